"""What a printed figure allows when it is set beside a series, by a rule that is printed with the finding."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any

from onrecord.model import Figure
from onrecord.reconciling.series_windows import Window, number


@dataclass(frozen=True, slots=True)
class Allowed:
    """The values that a figure allows, both ends inclusive; ``rule`` says how a word of nearness was read.

    ``near_low`` and ``near_high`` are where one would look for it: "at least 40" allows a million, and means about 40.
    """

    low: float
    high: float
    near_low: float
    near_high: float
    rule: str | None = None

    def fits(self, window: Window) -> bool:
        """Whether what the series allows and what the figure allows have a value in common."""
        return window.high >= self.low and window.low <= self.high

    def near(self, value: float) -> bool:
        """Whether one would take the figure for this value."""
        return self.near_low <= value <= self.near_high


def allowed(figure: Figure) -> Allowed | None:
    """What ``figure`` allows; None where it has neither a value nor bounds."""
    value = figure.value if figure.value is not None else figure.low if figure.high is None else figure.high
    if value is None:
        return None
    low = figure.low if figure.low is not None else value
    high = figure.high if figure.high is not None else value
    share = float(_words()["share"])
    below, above = value * (1 - share), value * (1 + share)
    match figure.comparator, _nearness(figure):
        case _, "below":
            return _near(figure, below, value)
        case _, "above":
            return _near(figure, value, above)
        case ("~", _) | ("=", "about"):
            return _near(figure, min(low, below), max(high, above))
        case ((">" | ">="), _):
            return Allowed(low, inf, low, above)
        case (("<" | "<="), _):
            return Allowed(-inf, high, below, high)
        case _:
            return Allowed(low, high, low, high)


def _near(figure: Figure, low: float, high: float) -> Allowed:
    """A figure with a word of nearness; a figure without a value has its bounds already."""
    if figure.value is None and figure.low is not None and figure.high is not None:
        return Allowed(figure.low, figure.high, figure.low, figure.high)
    unit = " percent" if figure.unit == "percent" else ""
    within = f"{_words()['share']:.0%}"
    rule = f"“{figure.text}” is read as from {number(low)} to {number(high)}{unit} (within {within} of what is printed)"
    return Allowed(low, high, low, high, rule)


def _nearness(figure: Figure) -> str | None:
    text = " ".join(figure.text.casefold().split())
    return next((way for way in ("below", "above", "about") if _pattern(way).match(text)), None)


@cache
def _pattern(way: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, _words()[way]))})\b")


@cache
def _words() -> dict[str, Any]:
    text = files("onrecord.reconciling").joinpath("data/en/nearness.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
