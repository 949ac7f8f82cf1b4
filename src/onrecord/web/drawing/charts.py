"""Draws a reference series as a line, with the figures claimed beside it as intervals over the days they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.web.drawing.axes import Scale, round_days, round_numbers

WIDTH, HEIGHT = 960, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 18, 16, 34
_MOST = 1200  # points of a line: more than its pixels tell nothing


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
    drawn = _some(observed)
    upper = [(x(day.toordinal()), y(high)) for day, _, _, high in drawn]
    lower = [(x(day.toordinal()), y(low)) for day, _, low, _ in drawn]
    return Chart(
        line=_path([(x(day.toordinal()), y(value)) for day, value, _, _ in drawn]),
        band=_path(upper + lower[::-1]) + "Z" if upper != lower else "",
        bars=tuple(_bar(s, x, y) for s in stated),
        across=tuple((x(day.toordinal()), name) for day, name in round_days(first, last)),
        down=tuple((y(value), f"{value:,.10g}") for value in round_numbers(y.low, y.high)),
    )


def _some(observed: Sequence[Observed]) -> Sequence[Observed]:
    step = -(-len(observed) // _MOST) or 1
    return [*observed[::step], *observed[-1:]] if step > 1 else observed


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""


def _bar(stated: Stated, x: Scale, y: Scale) -> Bar:
    left, right = x(stated.first.toordinal()), x(stated.last.toordinal())
    top, bottom = y(stated.high), y(stated.low)
    wide, high = max(6.0, right - left), max(6.0, bottom - top)
    return Bar(
        stated, round((left + right - wide) / 2, 1), round((top + bottom - high) / 2, 1), round(wide, 1), round(high, 1)
    )
