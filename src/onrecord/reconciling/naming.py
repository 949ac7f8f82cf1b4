"""Quantities, figures, days and numbers in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from onrecord.model import PartyKind
from onrecord.reconciling.stated import Scope, Stated

LARGE = 10**15


def claimant(one: Stated) -> str:
    """Who says it; the publisher or the text for the author's own."""
    parties = one.appearance.statement.claimant
    names = [p.name.removeprefix("unnamed: ") if p.kind is PartyKind.UNNAMED else p.name for p in parties]
    return joined(names) or one.appearance.publisher or "the author"


def told_in(one: Stated) -> str:
    """Where it is printed, in brackets: the document's key and the day it was published."""
    day = f"{one.appearance.published}" if one.appearance.published else ""
    told = ", ".join(part for part in (one.appearance.key or "", day) if part)
    return f" ({told})" if told else ""


def quoted(one: Stated) -> str:
    """The figure as printed."""
    return f"“{' '.join(one.figure.text.split())}”"


def quantity(scope: Scope) -> str:
    """A quantity in words: what is counted, of whom, where and when."""
    people = "" if scope.unit == "person" and scope.who == "person" else f" ({_counted(scope)})"
    side = f", {scope.side}" if scope.side else ""
    place = f", {'near ' if scope.place.near else ''}{scope.place.name}" if scope.place else ""
    unplaced = " (place not told)" if scope.text else ""
    return f"{scope.measure}{people}{side}{place}, {days(scope)}{unplaced}"


def where(scope: Scope) -> str:
    """The whole of a place."""
    if scope.place is None:
        return "all fronts"
    return f"all fronts in {scope.place.name}" if scope.place.wide else f"all of {scope.place.name}"


def days(scope: Scope) -> str:
    """The days of a quantity in words.

    A month or a year by its name, other days by their dates.
    """
    return span(scope.first, scope.last)


def span(first: date, last: date) -> str:
    """Days in words.

    >>> span(date(2023, 2, 1), date(2023, 2, 28)), span(date(2016, 7, 19), date(2016, 7, 19))
    ('February 2023', '19 July 2016')
    """
    if first == last:
        return _day(first)
    ends = last + timedelta(days=1) if last < date.max else last
    if first.day == 1 and ends.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    return f"{_day(first)} to {_day(last)}"


def number(value: Fraction) -> str:
    """A number as people write it; to four decimals where it has more.

    >>> number(Fraction(154830)), number(Fraction(281, 200)), number(Fraction(1, 3))
    ('154,830', '1.405', '0.3333')
    """
    if abs(value) >= LARGE:
        return f"{value.numerator // value.denominator:.4e}" if abs(value) < 10**300 else f"10^{_digits(value)}"
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.4f}".rstrip("0").rstrip(".") if abs(value) < 100 else f"{float(value):,.1f}"


def bounds(low: Fraction | None, high: Fraction | None) -> str:
    """Bounds in words, rounded outwards to whole ones where they are not small.

    >>> bounds(Fraction(21000000, 2810), None), bounds(Fraction(73, 10), Fraction(8243))
    ('at least 7,473', '7.3 to 8,243')
    """
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(down(low))} to {number(up(high))}"
    if low is not None:
        return f"at least {number(down(low))}"
    return f"at most {number(up(high))}" if high is not None else "unknown"


def down(value: Fraction) -> Fraction:
    """Rounded down to a whole number from a hundred on."""
    return Fraction(math.floor(value)) if value >= 100 else value


def up(value: Fraction) -> Fraction:
    """Rounded up to a whole number from a hundred on."""
    return Fraction(math.ceil(value)) if value >= 100 else value


def joined(words: Sequence[str]) -> str:
    """Words with "and" before the last."""
    return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else "".join(words)


def _counted(scope: Scope) -> str:
    return scope.who if scope.unit == "person" else scope.unit


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _digits(value: Fraction) -> int:
    """The power of ten of a number too large for anything else."""
    return math.floor(math.log10(abs(value.numerator)) - math.log10(value.denominator) + 1e-9)
