"""Asks a ledger what a desk asks: filtered pages, text searches, counts, and every statement in one stream."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from random import Random

from benchmarks.ledger.loading import memory
from benchmarks.ledger.madeup import MEASURES, NAMES, PLACES
from onrecord.ledger import Ledger, Near, Where

SIZE = 50
_TIMES = 100
_WORDS = (
    "shelling", "near", "power station", "beekeeper", "lighthouse", "drones", '"came under fire"', "evacuated hospital",
    "tanks destroyed", "glacier", "were", '"in heavy fog"', "soldiers retreat", "Zoria", "March",
)  # fmt: skip
_SORTED = ("said", "-said", "published", "-published", "-added")
_COUNTED = ("claimant", "side", "measure", "act", "place", "caveat", "relay", "factuality")


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of a kind of question: the half of them took less than ``median``, all but five of 100 ``p95``."""

    name: str
    median: float
    p95: float
    worst: float
    of: str
    number: int


def settle(ledger: Ledger) -> None:
    """What PostgreSQL does by itself a minute after much was added: it counts anew what its tables hold."""
    if ledger.store.engine.dialect.name == "postgresql":
        with ledger.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def asked(ledger: Ledger) -> Iterator[Spent]:
    """Asks, and tells how long each kind of question took; the first of each kind is asked once before, unmeasured."""
    random = Random(7)  # noqa: S311 - made-up questions, no secret
    last = _last(ledger)
    yield _spent(
        "filtered page", ((str(where), _page(ledger, where, random.randrange(last))) for where in _pages(random))
    )
    sorts = product(_SORTED, (Where(), Where(side="UA"), Where(measure="killed"), Where(claimant=NAMES[3])))
    yield _spent("page in order", ((f"{sort} {where}", _sorted(ledger, sort, where)) for sort, where in sorts))
    yield _spent("text search", ((words, _page(ledger, Where(text=words))) for words in _WORDS * 4))
    narrowed = (Where(text=words, side=side) for words, side in product(_WORDS, ("UA", "RU")))
    yield _spent("text search, filtered", ((str(where), _page(ledger, where)) for where in narrowed))
    yield _spent("counts of all", ((by, _counts(ledger, by, Where())) for by in _COUNTED * 3))
    conditions = (Where(side="UA"), Where(measure="killed"), Where(claimant=NAMES[3]), Where(place=PLACES[5]))
    counted = product(_COUNTED, conditions)
    yield _spent("counts, filtered", ((f"{by} {where}", _counts(ledger, by, where)) for by, where in counted))


def streamed(ledger: Ledger) -> tuple[int, float, float, float]:
    """Every statement handed out: how many, in how many seconds, and the most MB held after a tenth and at the end."""
    total = _last(ledger)
    start, early, number = time.perf_counter(), 0.0, 0
    for number, _ in enumerate(ledger.statements(), start=1):
        if not early and number * 10 >= total:
            early = memory()
    return number, time.perf_counter() - start, early, memory()


def _pages(random: Random) -> Iterator[Where]:
    """Conditions of every kind, alone and together, from the common to the rare."""
    day = date(2023, 3, 14)
    alone: tuple[Callable[[], Where], ...] = (
        lambda: Where(claimant=random.choice(NAMES)),
        lambda: Where(claimant=random.choice(("Petr", "enko", "Anna "))),
        lambda: Where(side=random.choice(("UA", "RU", "UN"))),
        lambda: Where(measure=random.choice(tuple(MEASURES))),
        lambda: Where(act="deny", side=random.choice(("UA", "RU"))),
        lambda: Where(place=random.choice(PLACES)),
        lambda: Where(near=Near(47.5, 33.0, random.choice((15, 60, 200)))),
        lambda: Where(relay="Radio Steppe", measure="displaced"),
        lambda: Where(claimant=random.choice(NAMES), measure="killed"),
        lambda: Where(said_from=day, said_to=day),
        lambda: Where(about_from=day, about_to=day, side="UA"),
        lambda: Where(caveat="unverified", side="RU"),
        lambda: Where(caveat="none", factuality="probable"),
        lambda: Where(publisher="Press One", act="warn"),
    )
    for _ in range(_TIMES // len(alone) + 1):
        for made in alone:
            yield made()


def _page(ledger: Ledger, where: Where, after: int | None = None) -> Callable[[], object]:
    return lambda: deque(ledger.statements(where, after=after, limit=SIZE), maxlen=0)


def _sorted(ledger: Ledger, sort: str, where: Where) -> Callable[[], object]:
    """Three pages of that order."""

    def ask() -> None:
        after = None
        for _ in range(3):
            found = list(ledger.statements(where, sort=sort, after=after, limit=SIZE))
            after = found[-1].row if found else None

    return ask


def _counts(ledger: Ledger, by: str, where: Where) -> Callable[[], object]:
    return lambda: ledger.counts(by, where)


def _last(ledger: Ledger) -> int:
    """The number of the newest view."""
    with ledger.query("SELECT max(row) FROM statement_values") as answer:
        return int(next(answer.rows)[0])


def _spent(name: str, questions: Iterator[tuple[str, Callable[[], object]]]) -> Spent:
    times: list[tuple[float, str]] = []
    for n, (told, ask) in enumerate(questions):
        if n == 0:
            ask()
        start = time.perf_counter()
        ask()
        times.append(((time.perf_counter() - start) * 1000, told))
    times.sort()
    at = min(len(times) - 1, int(len(times) * 0.95))
    return Spent(name, times[len(times) // 2][0], times[at][0], times[-1][0], times[-1][1], len(times))
