"""Loads made-up readings into a ledger through ``Ledger.add``, and measures rows a second, memory and proof."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import func, select

from benchmarks.ledger.madeup import STATEMENTS_A_DOCUMENT, entries
from onrecord.ledger import Ledger
from onrecord.ledger import tables as t

DOCUMENTS_A_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, in wall and CPU seconds of ``Ledger.add``, and MB of memory at a tenth and at the end."""

    statements: int
    rows: int
    seconds: float
    cpu: float
    slowest_tenth: float
    early: float
    late: float


def load(ledger: Ledger, statements: int, tell: Callable[[str], None], *, a_batch: int = DOCUMENTS_A_BATCH) -> Loaded:
    """Adds made-up documents with about ``statements`` statements; only ``Ledger.add`` itself is timed."""
    number = -(-statements // STATEMENTS_A_DOCUMENT)
    made = entries(number)
    wall = cpu = 0.0
    done, early, marks = 0, 0.0, [(0, 0.0)]
    while batch := list(islice(made, a_batch)):
        start, used = time.perf_counter(), time.process_time()
        ledger.add(batch)
        wall, cpu = wall + time.perf_counter() - start, cpu + time.process_time() - used
        done += len(batch)
        marks.append((done, wall))
        if not early and done * 10 >= number:
            early = memory()
        tell(f"{done:,} of {number:,} documents in {wall:,.0f} s")
    rows = count(ledger)
    a_document = sum(rows.values()) / number
    tenths = [_rate(marks, number * n // 10, number * (n + 1) // 10) for n in range(10)] if len(marks) > 10 else [0.0]
    return Loaded(rows["statements"], sum(rows.values()), wall, cpu, min(tenths) * a_document, early, memory())


def _rate(marks: list[tuple[int, float]], start: int, end: int) -> float:
    """Documents a second between two numbers of documents."""
    before = max(mark for mark in marks if mark[0] <= start)
    after = min(mark for mark in marks if mark[0] >= end)
    return (after[0] - before[0]) / (after[1] - before[1])


def count(ledger: Ledger) -> dict[str, int]:
    """How many rows each table has."""
    with ledger.store.reads() as connection:
        return {
            str(table.name): connection.execute(select(func.count()).select_from(table)).scalar() or 0
            for table in t.GROWING
        }


def memory() -> float:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
