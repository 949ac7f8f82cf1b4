"""What the words beside a figure say of it: that it is not all there is, or that its place is only near a town."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from onrecord.model import Appearance, Figure

_BEFORE, _BEHIND = 40, 60  # characters in which such words are looked for
_JOINT = 3  # characters between two stretches of words (" … ")


def at_least(appearance: Appearance, figure: Figure) -> bool:
    """Whether a bare count is of those known, seen or treated alone: "the confirmed 40 dead", "31 are treated"."""
    statement = appearance.statement
    if statement.cue is not None and statement.cue.text.casefold().split()[-1] in _words()["seen"]:
        return True
    before, behind = _around(appearance, figure)
    clause = re.split(r"[.;:!?]|,? (?:and|while|but) ", behind)[0]
    return bool(_pattern("known", "before").search(before) or _pattern("until_now", "within").search(clause))


def of_those(appearance: Appearance, figure: Figure) -> bool:
    """Whether a figure is a part of what was told before: "half of those losses, almost 30,000"."""
    before, behind = _around(appearance, figure)
    return bool(_pattern("of_those", "within").search(before) or _pattern("of_those", "within").match(behind.lstrip()))


def only_near(appearance: Appearance, names: Iterable[str]) -> bool:
    """Whether a statement tells a town by one of its ``names`` only as what something happened near."""
    text = appearance.statement.content.text
    return any(_near(name).search(text) for name in names if name)


def _around(appearance: Appearance, figure: Figure) -> tuple[str, str]:
    """The words of the content before and behind a figure."""
    content, at = appearance.statement.content, 0
    start, end = figure.spans[0].start, figure.spans[-1].end
    for span in content.spans:
        if span.start <= start < span.end:
            left = at + start - span.start
            right = left + min(end, span.end) - start
            return content.text[max(0, left - _BEFORE) : left], content.text[right : right + _BEHIND]
        at += span.end - span.start + _JOINT
    return "", ""


@cache
def _near(name: str) -> re.Pattern[str]:
    before, behind = _any("near"), _any("surroundings")
    town = re.escape(name)
    return re.compile(
        rf"\b{before} (?:the )?(?:\w+ ){{0,3}}{town}\b|\b{town}(?:['’]s)? (?:\w+ )?{behind}\b", re.IGNORECASE
    )


@cache
def _pattern(table: str, where: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_any(table)}(?: \w+)? ?$" if where == "before" else rf"\b{_any(table)}\b", re.IGNORECASE)


def _any(table: str) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, _words()[table]), key=len, reverse=True)) + ")"


@cache
def _words() -> dict[str, list[str]]:
    text = files("onrecord.reconciling").joinpath("data/en/beside.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
