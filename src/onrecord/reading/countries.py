"""States: their codes, names, demonyms and capitals, from one table of facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory with a side of its own; ``code`` is ISO 3166 alpha-2 (XK for Kosovo)."""

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    lat: float
    lon: float
    uncertainty_m: int


def by_name(words: str) -> Country | None:
    """The country with that name, former name or abbreviation ("Ukraine", "the U.S.", "Britain")."""
    return None


def by_demonym(words: str) -> Country | None:
    """The country whose people or adjective ``words`` is ("Russian", "Ukrainians")."""
    return None


def by_capital(words: str) -> Country | None:
    """The country whose capital or seat of government ``words`` names ("Kiev", "the Kremlin")."""
    return None
