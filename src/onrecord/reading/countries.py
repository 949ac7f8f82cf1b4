"""States: their codes, names, demonyms and capitals, from one table of facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.reading.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory with a side of its own; ``code`` is ISO 3166 alpha-2 (XK for Kosovo).

    Historic and unrecognised states have a short name for a code ("Soviet Union"). ``lat`` and ``lon`` are
    the centre in degrees, ``uncertainty_m`` the radius about it in metres.
    """

    code: str
    name: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    lat: float
    lon: float
    uncertainty_m: int
    geonameid: int | None = None


def by_name(words: str) -> Country | None:
    """The country with that name, former name or abbreviation, dotted, possessive or leading a compound.

    >>> [by_name(w).code for w in ("Ukraine’s", "the U.S.", "Britain", "US-led", "Syrias")]
    ['UA', 'US', 'GB', 'US', 'SY']
    """
    return _looked_up(_tables().names, words)


def by_demonym(words: str) -> Country | None:
    """The country whose people or adjective ``words`` is, the likeliest one where several share it.

    >>> [by_demonym(w).code for w in ("Russian", "Ukrainians", "Britons", "Russian-backed")]
    ['RU', 'UA', 'GB', 'RU']
    """
    return _looked_up(_tables().demonyms, words)


def by_capital(words: str) -> Country | None:
    """The country whose capital or seat of government ``words`` names.

    >>> [by_capital(w).code for w in ("Kiev", "the Kremlin", "White House")]
    ['UA', 'RU', 'US']
    """
    return _looked_up(_tables().capitals, words)


def by_code(code: str) -> Country | None:
    """The country with that code."""
    return _tables().codes.get(code)


def sharing(words: str) -> tuple[Country, ...]:
    """All countries whose demonym ``words`` is, likeliest first: more than one for "Korean"."""
    tables = _tables()
    for form in _forms(words):
        if form in tables.shared:
            return tables.shared[form]
        if form in tables.demonyms:
            return (tables.demonyms[form],)
    return ()


def side_of(words: str) -> str | None:
    """The code of the country that ``words`` names, by name, demonym or capital.

    >>> side_of("Russian"), side_of("Kyiv"), side_of("the village")
    ('RU', 'UA', None)
    """
    country = by_name(words) or by_demonym(words) or by_capital(words)
    return country.code if country else None


def countries() -> tuple[Country, ...]:
    """Every country of the table."""
    return tuple(_tables().codes.values())


@dataclass(frozen=True, slots=True)
class _Tables:
    names: dict[str, Country]
    demonyms: dict[str, Country]
    capitals: dict[str, Country]
    codes: dict[str, Country]
    shared: dict[str, tuple[Country, ...]]


@cache
def _tables() -> _Tables:
    data = lexicon("countries")
    codes = {row["code"]: _country(row) for row in data["country"]}
    everyone = tuple(codes.values())
    shared = {
        form: tuple(codes[code] for code in owners)
        for demonym, owners in data["ambiguous"].items()
        for form in _numbers(demonym)
    }
    demonyms = _index((form, c) for c in everyone for d in c.demonyms for form in _numbers(d))
    demonyms |= {form: owners[0] for form, owners in shared.items()}
    return _Tables(
        names=_index((name, c) for c in everyone for name in (c.name, *c.names)),
        demonyms=demonyms,
        capitals=_index((name, c) for c in everyone for name in c.capitals),
        codes=codes,
        shared=shared,
    )


def _country(row: dict[str, Any]) -> Country:
    lat, lon = row["point"]
    return Country(
        code=row["code"],
        name=row["name"],
        names=tuple(row["names"]),
        demonyms=tuple(row["demonyms"]),
        capitals=tuple(row["capitals"]),
        lat=lat,
        lon=lon,
        uncertainty_m=row["km"] * 1000,
        geonameid=row.get("geonameid"),
    )


def _index(rows: Iterable[tuple[str, Country]]) -> dict[str, Country]:
    """The first country of a name keeps it: sovereign states come before quasi-states in the table."""
    index: dict[str, Country] = {}
    for name, country in rows:
        index.setdefault(_bare(name), country)
    return index


def _numbers(demonym: str) -> tuple[str, ...]:
    """A demonym in singular and, where it takes an -s, plural."""
    takes_s = not demonym.endswith(("s", "x", "z", "ch", "sh", "ese", "men"))
    return (demonym, demonym + "s") if takes_s else (demonym,)


def _looked_up(table: dict[str, Country], words: str) -> Country | None:
    if len(words) > 80:
        return None
    return next((table[form] for form in _forms(words) if form in table), None)


def _forms(words: str) -> Iterator[str]:
    """The ways to look ``words`` up, nearest to the printed form first."""
    bare = _bare(words)
    yield bare
    if bare.isupper() and len(bare) > 3:
        yield bare.title()
    if bare.endswith("'s"):
        yield bare[:-2]
    elif bare.endswith(("s", "'")):  # "Syrias": feeds lose apostrophes
        yield bare[:-1].rstrip("'")
    head, hyphen, tail = bare.rpartition("-")
    if hyphen and tail[:1].islower():
        yield head


def _bare(words: str) -> str:
    """Without a leading article, with plain apostrophes, and abbreviations without their dots."""
    bare = " ".join(words.replace("’", "'").replace("‘", "'").split())
    if bare[:4] in ("the ", "The ", "THE "):
        bare = bare[4:]
    if "." in bare and len(bare) > 2 and bare[1] == ".":
        bare = bare.replace(".", "")
    return bare
