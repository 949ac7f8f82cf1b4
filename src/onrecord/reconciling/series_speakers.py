"""Whose series it is: claimants laid beside publishers."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from onrecord.model import Party, Series, normalised

_ARTICLES = ("the ", "unnamed ")


def speaks(party: Party, series: Series) -> bool:
    """Whether ``party`` is the publisher of ``series``, by name, by the office it speaks for, or as a body of its side.

    Names are compared without case, accents and articles.
    """
    names = {_bare(name) for name in (series.publisher, *series.known_as)}
    name, role = _bare(party.name), _bare(party.role or "")
    if name in names or (role and any(_within(one, role) for one in names)):
        return True
    if series.speaks_for is None or party.side != series.speaks_for:
        return False
    if name.split()[-1:] and name.split()[-1] in _words()["nobody"]:
        return False
    bodies = set().union(*map(_body, names))
    return bool(bodies & (_body(name) | _body(role)))


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    plain = normalised(name)
    for article in _ARTICLES:
        plain = plain.removeprefix(article)
    return plain


def _within(words: str, text: str) -> bool:
    return f" {words} " in f" {text} "


def _body(name: str) -> set[str]:
    return {body for body, words in _words()["bodies"].items() if any(_within(word, name) for word in words)}


@cache
def _words() -> dict[str, Any]:
    text = files("onrecord.reconciling").joinpath("data/en/speakers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
