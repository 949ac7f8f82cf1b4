"""What the reconciler knows of measures, of those counted and of events: a data file."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vocabulary() -> dict[str, Any]:
    """The tables of ``data/quantities.toml``."""
    return tomllib.loads((files("onrecord.reconciling") / "data" / "quantities.toml").read_text(encoding="utf-8"))


def counted(measure: str | None) -> bool:
    """Whether figures of ``measure`` are held against each other."""
    return measure in vocabulary()["measures"]


@cache
def who_is(noun: str | None) -> str:
    """The class of people a noun names: its own where the data file has none, "person" where no noun is told.

    >>> who_is("troop"), who_is(None), who_is("journalist")
    ('combatant', 'person', 'journalist')
    """
    if noun is None:
        return "person"
    word = noun.casefold().strip()
    for name, entry in vocabulary()["who"].items():
        if word in entry["nouns"]:
            return str(name)
    return word


def who_within(part: str, whole: str) -> bool:
    """Whether people of class ``part`` are all of class ``whole``.

    >>> who_within("child", "person"), who_within("person", "child")
    (True, False)
    """
    while part != "person":
        part = vocabulary()["who"].get(part, {}).get("within", "person")
        if part == whole:
            return True
    return False


def measure_within(part: str, whole: str) -> str | None:
    """The sentence that says ``part`` is counted within ``whole``, None where it is not.

    >>> measure_within("killed", "casualties")
    'those killed are counted among the casualties'
    """
    sentence = vocabulary()["parts"].get(whole, {}).get(part)
    return str(sentence) if sentence else None


def same_event(name: str) -> int:
    """A limit within which two figures may be about one event."""
    return int(vocabulary()["same_event"][name])
