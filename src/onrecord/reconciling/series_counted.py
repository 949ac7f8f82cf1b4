"""What a series counts: the counted nouns and units of figures laid beside it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.model import Series

_PERSON = "person"


def counts_same(noun: str | None, series: Series) -> bool:
    """Whether the people that a figure counts are those of the series: nobody closer, and no part of them alone.

    A noun for anyone, or none, is of soldiers where the series is; civilians are of everybody where nobody tells them
    apart.
    """
    if series.unit != _PERSON or noun == series.noun:
        return True
    counted, told = _groups(series.noun), _groups(noun)
    parts = set(_words()["parts"])
    if noun and counted and not told and noun.casefold() not in _words()["anyone"]:
        return False  # generals are a part of the soldiers
    if not told or not counted:
        return not (told | counted) & parts
    return bool(told & counted)


def same_unit(unit: str | None, series: Series) -> bool:
    """Whether a figure's unit is that of the series, by one of its names; where either is silent, it is.

    >>> same_unit("apc", Series("", "", "", "", (), unit="armoured personnel carrier"))
    True
    """
    return unit is None or series.unit in (None, unit) or unit.casefold() in _words()["things"].get(series.unit, ())


def _groups(noun: str | None) -> set[str]:
    return {group for group, nouns in _words()["people"].items() if noun and noun.casefold() in nouns}


@cache
def _words() -> dict[str, Any]:
    text = files("onrecord.reconciling").joinpath("data/en/counted.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
