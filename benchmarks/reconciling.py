"""How long it takes to find planted conflicts among thousands of constraints, and how that grows.

usage: python -m benchmarks.reconciling [CONSTRAINTS …]

A made-up war, of which all claims are true but for fifty: in fifty of its fronts one claim cannot hold beside others
of the front, by a count, a chain of changes, a ratio, a sum, a year and its months, or a region and its towns. Printed
for each size: how many conflicts were found, and whether they are exactly those planted. Fails where they are not.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, cycle

from onrecord.model import (
    Act,
    Appearance,
    Factuality,
    Figure,
    FigureKind,
    FindingKind,
    Party,
    PartyKind,
    Period,
    Precision,
    Quotation,
    Span,
    Statement,
    Words,
)
from onrecord.reconciling.findings import constraints, findings

SIZES = (1_000, 3_000, 10_000)
PLANTED = 50
TOWNS, MONTHS = 12, 6
Days = tuple[date, date]


@dataclass(slots=True)
class War:
    """Claims made up so far, and the sets of them that cannot all hold."""

    rng: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 - claims, not secrets
    claims: list[Appearance] = field(default_factory=list)
    planted: set[frozenset[str]] = field(default_factory=set)
    fronts: Iterator[int] = field(default_factory=count)

    def claim(self, figure: Figure) -> str:
        """A statement by a claimant of its own, in a text of its own; its id."""
        n = len(self.claims)
        name = f"claimant {n}"
        statement = Statement(
            f"s{n}", Words((Span(0, 1),), name), None, None, (Party(name, name, PartyKind.ORGANISATION),), (), None,
            Act.SAY, Quotation.INDIRECT, Factuality.CERTAIN, figures=(figure,),
        )  # fmt: skip
        self.claims.append(Appearance(statement, f"text {n}", f"text {n}", date(2022, 1, 1)))
        return statement.id

    def plant(self, *statements: str) -> None:
        """Notes that these cannot all hold."""
        self.planted.add(frozenset(statements))


def month(n: int) -> Days:
    """The first to the last day of a month of 2021, the first being 0."""
    ends = date(2021, n + 2, 1) if n < 11 else date(2022, 1, 1)
    return date(2021, n + 1, 1), ends - timedelta(days=1)


def told(
    place: str, days: Days, low: float | None, high: float | None, measure: str = "killed", side: str = "AA"
) -> Figure:
    """A count of people."""
    value = low if high is None else high if low is None else (low + high) / 2
    comparator = ">=" if high is None else "<=" if low is None else "="
    return Figure(
        (Span(0, 1),), f"{value}", FigureKind.COUNT, comparator, measure, None, side, value, low, high, "person",
        _period(days), place=place,
    )  # fmt: skip


def _period(days: Days) -> Period:
    return Period(*days, Precision.RANGE, "then", ())


def voices(war: War, place: str, false: bool) -> None:
    """Many claims of one toll."""
    true = war.rng.randint(200, 5000)
    exact = war.claim(told(place, month(4), true - 5, true + 5))
    for _ in range(5):
        war.claim(told(place, month(4), true - war.rng.randint(10, 150), None))
    if false:
        war.plant(exact, war.claim(told(place, month(4), true + 100, None)))


def changes(war: War, place: str, false: bool) -> None:
    """A count, changes from month to month, and a count at the end."""
    start = true = war.rng.randint(1000, 5000)
    said = [war.claim(told(place, month(0), start - 5, start + 5))]
    for n in range(1, MONTHS):
        percent = war.rng.randint(5, 40)
        true = round(true * (1 + percent / 100))
        said.append(war.claim(Figure(
            (Span(0, 1),), f"{percent} percent", FigureKind.CHANGE, "up", "killed", None, "AA", percent, percent - 0.5,
            percent + 0.5, "percent", _period(month(n)), against=_period(month(n - 1)), place=place, direction="up",
        )))  # fmt: skip
    end = true * 3 if false else true
    said.append(war.claim(told(place, month(MONTHS - 1), end * 0.9, end * 1.1)))
    if false:
        war.plant(*said)


def ratios(war: War, place: str, false: bool) -> None:
    """The losses of two sides, and how many of one there are for one of the other."""
    true, times = war.rng.randint(300, 3000), war.rng.randint(2, 9)
    said = [war.claim(told(place, month(4), true - 5, true + 5))]
    said.append(war.claim(Figure(
        (Span(0, 1),), f"{times} to one", FigureKind.RATIO, "=", "killed", None, None, times, times, times, None,
        _period(month(4)), place=place, numerator="BB", denominator="AA",
    )))  # fmt: skip
    other = true * times * (2 if false else 1)
    said.append(war.claim(told(place, month(4), other * 0.9, other * 1.1, side="BB")))
    if false:
        war.plant(*said)


def sums(war: War, place: str, false: bool) -> None:
    """Killed, wounded, and casualties."""
    killed, wounded = war.rng.randint(100, 900), war.rng.randint(100, 900)
    said = [war.claim(told(place, month(4), n - 5, n + 5, m)) for n, m in ((killed, "killed"), (wounded, "wounded"))]
    whole = max(killed, wounded) + 30 if false else killed + wounded
    said.append(war.claim(told(place, month(4), whole - 5, whole + 5, "casualties")))
    if false:
        war.plant(*said)


def years(war: War, place: str, false: bool) -> None:
    """The months of a year, its weeks, and the year."""
    whole = 0
    for n in range(12):
        true = war.rng.randint(50, 500)
        war.claim(told(place, month(n), true - 5, None))
        for week in range(4):
            first = month(n)[0] + timedelta(days=7 * week)
            war.claim(told(place, (first, first + timedelta(days=6)), true // 8, None))
        whole += true
    year = war.claim(told(place, (month(0)[0], month(11)[1]), None, whole + 100))
    if false:
        war.plant(year, war.claim(told(place, month(5), whole + 200, None)))


def towns(war: War, place: str, false: bool) -> None:
    """The towns of a region by month, by killed and by casualties, and the region itself."""
    for n in range(MONTHS):
        whole = 0
        for town in range(TOWNS):
            true = war.rng.randint(20, 200)
            war.claim(told(f"{place}/{town}", month(n), true - 5, None))
            war.claim(told(f"{place}/{town}", month(n), true, None, "casualties"))
            whole += true
        most = war.claim(told(place, month(n), None, whole, "casualties"))
        if false and n == 2:
            war.plant(most, war.claim(told(f"{place}/3", month(n), whole + 50, None)))


KINDS: tuple[Callable[[War, str, bool], None], ...] = (voices, changes, ratios, sums, years, towns)


def within(whole: str, part: str) -> bool:
    """Whether a place is a town of a region."""
    return part.startswith(f"{whole}/")


def made_up(size: int) -> War:
    """A war of about ``size`` constraints that figures make, fifty of its fronts with a false claim."""
    war = War()
    kinds = cycle(KINDS)
    while len(war.claims) < size or len(war.planted) < PLANTED:
        false = len(war.planted) < PLANTED
        kind = next(kinds)
        if false and len(war.claims) > size - 20 * PLANTED and kind in (years, towns):
            continue  # too little room left for the big ones
        kind(war, f"front {next(war.fronts)}", false)
    return war


def main(sizes: list[int]) -> int:
    """Prints a row for each size; the number of sizes at which not exactly the planted conflicts were found."""
    wrong = 0
    print("claims  constraints  found  planted  exactly  CPU seconds  MiB at most")
    for size in sizes:
        war = made_up(size)
        began = time.process_time()
        found = [one for one in findings(war.claims, contains=within) if one.kind is FindingKind.CONFLICT]
        took = time.process_time() - began
        right = {frozenset(one.statements) for one in found} == war.planted and len(found) == len(war.planted)
        wrong += not right
        number = len(constraints(war.claims, contains=within))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{len(war.claims):>6,}  {number:>11,}  {len(found):>5}  {len(war.planted):>7}  {right!s:>7}"
            f"  {took:>11.1f}  {memory:>11,}"
        )
    return wrong


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or list(SIZES)))
