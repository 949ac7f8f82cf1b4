"""How long matching takes and how much memory it needs, and how both grow: 10,000, 30,000 and 100,000 statements.

usage: python -m benchmarks.matching [STATEMENTS ...]

The statements are made up, the same in every run: events told by one to six texts each, by several claimants, with
figures that agree, differ or are revised, some texts copies of others, background sentences that come back in many.
Bounds of issue 6: 100,000 statements in less than 120 s and 2 GB.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.matching import match
from onrecord.model import (
    Act,
    Appearance,
    Factuality,
    Figure,
    FigureKind,
    Party,
    PartyKind,
    Period,
    Place,
    PlaceKind,
    Precision,
    Quotation,
    Span,
    Statement,
    Words,
    digest,
)

SIZES = (10_000, 30_000, 100_000)
_START = date(2022, 3, 1)
_SYLLABLES = ["ka", "ro", "ve", "li", "mar", "do", "sen", "tu", "bra", "ny", "zo", "pel", "ri", "sha", "go", "len"]
_OFFICES = ("Regional Administration", "Rescue Service", "Health Department", "Police", "Military Command", "Monitor")
_HARM = (("killed", "were killed"), ("wounded", "were wounded"), ("displaced", "fled their homes"))
_WHAT = ["shelling of", "air strike on", "rocket attack on", "drone attack on", "explosion in", "fighting near"]
_COUNTED = ("civilian", "person", "soldier", "child")


class Made:
    """A stream of made-up appearances."""

    def __init__(self, seed: int = 6) -> None:
        self.random = random.Random(seed)  # noqa: S311 - made-up figures, no secrets
        self.words = [self.word() for _ in range(4_000)]
        self.places = [self.place(n) for n in range(600)]
        self.background = [self.plain() for _ in range(400)]

    def word(self) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=self.random.randint(2, 4)))

    def place(self, n: int) -> Place:
        name = self.word().capitalize()
        lat, lon = self.random.uniform(44, 52), self.random.uniform(22, 40)
        return Place((), name, name, PlaceKind.SETTLEMENT, lat, lon, 5_000, 1_000 + n)

    def plain(self) -> str:
        """A sentence whose words come as often as words do, few often and most seldom."""
        chosen = (self.words[min(len(self.words) - 1, int(self.random.paretovariate(0.6)))] for _ in range(14))
        return " ".join(chosen)

    def appearances(self) -> Iterator[Appearance]:
        for n in range(10**9):
            yield from self.event(n)

    def event(self, n: int) -> Iterator[Appearance]:
        """The texts about one event: each tells what some claimants said of it, and some background."""
        rng = self.random
        place, day = rng.choice(self.places), _START + timedelta(n // 20)
        offices = [f"{place.name} {office}" for office in rng.sample(_OFFICES, 2)]
        tolls = [rng.randint(2, 90), rng.randint(2, 300)]
        said = [self.plain() for _ in range(3)]
        for text in range(rng.randint(1, 6)):
            key = f"event {n} text {text}"
            published = day + timedelta(rng.randint(0, 3))
            for office, toll in zip(offices, tolls, strict=True):
                told = toll if rng.random() < 0.8 else toll + rng.randint(1, 9)
                yield self.toll(key, published, place, day, office, told)
            for words in said:
                changed = " ".join(word if rng.random() < 0.8 else rng.choice(self.words) for word in words.split())
                yield self.statement(key, published, changed, offices[0], place)
            yield self.statement(key, published, rng.choice(self.background), None, None)

    def toll(self, key: str, published: date, place: Place, day: date, office: str, value: int) -> Appearance:
        rng = self.random
        measure, verb = rng.choice(_HARM)
        noun = rng.choice(_COUNTED)
        text = f"{value} {noun}s {verb} after the {rng.choice(_WHAT)} {place.name}"
        period = Period(day, day, Precision.DAY, "", ())
        figure = Figure(
            spans=(Span(0, len(str(value))),),
            text=str(value),
            kind=FigureKind.COUNT,
            comparator="=",
            measure=measure,
            noun=noun,
            value=value,
            low=value,
            high=value,
            unit="person",
            period=period,
            place=place.name,
        )
        return self.statement(key, published, text, office, place, figure)

    def statement(
        self, key: str, day: date, text: str, office: str | None, place: Place | None, figure: Figure | None = None
    ) -> Appearance:
        party = Party(digest(f"{key}|{office}")[:16], office, PartyKind.ORGANISATION) if office else None
        words = Words((Span(0, len(text)),), text)
        statement = Statement(
            digest(f"{key}|{text}|{office}|{self.random.random()}")[:16],
            words,
            words if office else None,
            words if office else None,
            (party,) if party else (),
            (),
            None,
            Act.SAY if office else Act.REPORT,
            Quotation.INDIRECT if office else Quotation.NONE,
            Factuality.CERTAIN,
            figures=(figure,) if figure else (),
            places=(place,) if place else (),
        )
        return Appearance(statement, digest(key), key, day, key.split()[-1])


def run(size: int) -> None:
    """Matches that many statements and prints what it took."""
    stream = Made().appearances()
    appearances = [next(stream) for _ in range(size)]
    before, cpu = time.perf_counter(), time.process_time()
    found = match(appearances)
    took, worked = time.perf_counter() - before, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    several = sum(len(claim.statements) > 1 for claim in found.claims)
    updates = sum(len(claim.updates) for claim in found.claims)
    print(
        f"{size:>9,} statements {took:7.1f} s ({worked:6.1f} s of CPU) {memory:5.2f} GiB   "
        f"{several:,} claims of several, {len(found.edges):,} edges, {updates:,} updates, {len(found.drifts):,} drifts",
        flush=True,
    )


def main(arguments: list[str]) -> None:
    """Each size in a process of its own, so that memory is its own too."""
    if len(arguments) == 1:
        run(int(arguments[0]))
        return
    for size in map(int, arguments or map(str, SIZES)):
        subprocess.run([sys.executable, "-m", "benchmarks.matching", str(size)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
