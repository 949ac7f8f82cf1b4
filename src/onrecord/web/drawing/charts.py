"""Draws a reference series as a line, with the figures claimed beside it as intervals over the days they cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from onrecord.web.drawing.axes import Scale, round_days, round_numbers

WIDTH, HEIGHT = 960, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 18, 16, 34


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure somebody stated: from ``first`` to ``last``, what it allows, whether it fits, and where it stands."""

    first: date
    last: date
    low: float
    high: float
    fits: bool | None
    label: str
    link: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A stated figure in pixels; at least three wide and high, so that it can be seen and pressed."""

    of: Stated
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything to draw: the line, what it allows beside it, the stated figures, and the axes."""

    line: str
    band: str
    bars: tuple[Bar, ...]
    across: tuple[tuple[float, str], ...]
    down: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM


Point = tuple[float, float]
Observed = tuple[date, float, float, float]
"""A day, its value, and the least and the most it allows."""


def chart(observed: Sequence[Observed], stated: Sequence[Stated] = ()) -> Chart | None:
    """The chart of a series; None where there is nothing to draw."""
    days = [day for day, *_ in observed] + [day for s in stated for day in (s.first, s.last)]
    values = [value for _, *several in observed for value in several] + [v for s in stated for v in (s.low, s.high)]
    if not days:
        return None
    first, last, most = min(days), max(days), max(*values, 1.0)
    x = Scale(first.toordinal(), max(last.toordinal(), first.toordinal() + 1), _LEFT, WIDTH - _RIGHT)
    y = Scale(min(0.0, *values), most * 1.05, HEIGHT - _BOTTOM, _TOP)
    drawn = [(x(day.toordinal()), several) for day, *several in observed]
    banded = any(low != high for _, (_, low, high) in drawn)
    line, lower, upper = (_thinned((at, y(of[n])) for at, of in drawn) if banded or not n else [] for n in range(3))
    return Chart(
        line=_path(line),
        band=_path(upper + lower[::-1]) + "Z" if banded else "",
        bars=tuple(_bar(s, x, y) for s in stated),
        across=tuple((x(day.toordinal()), name) for day, name in round_days(first, last)),
        down=tuple((y(value), f"{value:,.10g}") for value in round_numbers(y.low, y.high)),
    )


def _thinned(points: Iterable[Point]) -> list[Point]:
    """Of the points over one pixel the first, the highest, the lowest and the last: the line they draw is the same.

    >>> _thinned([(1, 5.0), (1, 9.0), (1, 6.0), (1, 2.0), (1, 3.0), (2, 3.0)])
    [(1, 5.0), (1, 9.0), (1, 2.0), (1, 3.0), (2, 3.0)]
    """
    kept: list[Point] = []
    for _, group in groupby(points, key=lambda point: int(point[0])):
        here = list(group)
        ends = {0, len(here) - 1}
        if len(here) > len(ends):
            heights = [height for _, height in here]
            ends |= {heights.index(min(heights)), heights.index(max(heights))}
        kept += [here[n] for n in sorted(ends)]
    return kept


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""


def _bar(stated: Stated, x: Scale, y: Scale) -> Bar:
    left, right = x(stated.first.toordinal()), x(stated.last.toordinal())
    top, bottom = y(stated.high), y(stated.low)
    wide, high = max(6.0, right - left), max(6.0, bottom - top)
    return Bar(
        stated, round((left + right - wide) / 2, 1), round((top + bottom - high) / 2, 1), round(wide, 1), round(high, 1)
    )
