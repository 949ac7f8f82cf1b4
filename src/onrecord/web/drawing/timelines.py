"""Draws when things were said over what they are about: two lanes on one axis of time, one bar a statement in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.web.drawing.axes import Scale, round_days

WIDTH = 1100
_LEFT, _RIGHT, _ROW, _GAP, _LEAST = 8, 8, 12, 26, 7
_ROWS = 40  # rows of one lane; what does not fit is counted and stands in the table

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Dated:
    """A statement with the days it was said on and the days it is about; None where the text does not tell."""

    label: str
    link: str
    said: Days | None
    about: Days | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A statement in a lane, in pixels."""

    of: Dated
    days: Days
    x: float
    y: float
    width: float
    height: float = _ROW - 3


@dataclass(frozen=True, slots=True)
class Lane:
    """``name`` is said or about; ``y`` where it begins; ``left_over`` how many found no room."""

    name: str
    y: float
    height: float
    bars: tuple[Bar, ...]
    left_over: int


@dataclass(frozen=True, slots=True)
class Timeline:
    lanes: tuple[Lane, ...]
    across: tuple[tuple[float, str], ...]
    height: float
    width: int = WIDTH


def timeline(dated: Sequence[Dated]) -> Timeline | None:
    """The two lanes; None where no statement has a day. A bar is at least as wide as can be pressed."""
    days = [day for one in dated for pair in (one.said, one.about) if pair for day in pair]
    if not days:
        return None
    first, last = min(days), max(days)
    x = Scale(first.toordinal(), last.toordinal() + 1, _LEFT, WIDTH - _RIGHT)
    lanes, top = [], float(_GAP)
    for name in ("said", "about"):
        lane = _lane(
            name, top, ((one, pair) for one in dated if (pair := one.said if name == "said" else one.about)), x
        )
        lanes.append(lane)
        top += lane.height + _GAP
    across = tuple((x(day.toordinal()), written) for day, written in round_days(first, last))
    return Timeline(tuple(lanes), across, top)


def _lane(name: str, top: float, those: Iterable[tuple[Dated, Days]], x: Scale) -> Lane:
    """The bars in as few rows as hold them: each in the first row that is free where it begins."""
    bars: list[Bar] = []
    ends: list[float] = []
    left_over = 0
    for one, (first, last) in sorted(those, key=lambda of: (of[1][0], of[1][1], of[0].label)):
        begins = x(first.toordinal())
        wide = round(max(_LEAST, x(last.toordinal() + 1) - begins - 1), 1)
        row = next((n for n, end in enumerate(ends) if end <= begins), len(ends))
        if row == _ROWS:
            left_over += 1
            continue
        ends[row : row + 1] = [begins + wide + 1]
        bars.append(Bar(one, (first, last), begins, round(top + row * _ROW, 1), wide))
    return Lane(name, top, max(1, len(ends)) * _ROW, tuple(bars), left_over)
