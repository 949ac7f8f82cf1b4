"""Kills a program at random moments while it adds to a ledger, and looks what is left: nothing lost, nothing twice.

usage: python -m benchmarks.ledger.faults [--kills N] [--stores sqlite,postgresql] [--documents N] [--seed N]

Each kill has a ledger of its own; every fifth is killed from the making of the tables on. The moments are spread evenly
over the time that a whole run takes. ``--kills`` is for each store; the exit code is 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from benchmarks.ledger.loading import count
from benchmarks.ledger.madeup import entries
from benchmarks.ledger.stores import POSTGRESQL, STORES, address, there
from onrecord.ledger import Entry, open_ledger

DOCUMENTS = 60
A_BATCH = 4
_FIFTH = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found after a kill; ``killed`` is false where the program was done before.

    ``acknowledged`` documents had been reported as added, ``kept`` were on the record; ``faults`` is what verify told
    then and after the rest was added, ``missing`` and ``surplus`` are rows by which the whole then differed from a run
    that nothing disturbed.
    """

    killed: bool
    acknowledged: int
    kept: int
    faults: int
    missing: int
    surplus: int

    @property
    def sound(self) -> bool:
        """Whether nothing was lost and nothing is there twice."""
        whole = self.kept >= self.acknowledged and self.kept % A_BATCH == 0
        return whole and not (self.faults or self.missing or self.surplus)


def batches(documents: int) -> Iterator[list[Entry]]:
    """The made-up documents as they are added."""
    made = entries(documents)
    while batch := list(islice(made, A_BATCH)):
        yield batch


def add_all(place: str, documents: int, told: Connection | None = None) -> None:
    """Adds the documents, and tells of each batch that is done; the first word comes when all is made ready."""
    ready = list(batches(documents))
    if told:
        told.send(0)
    ledger = open_ledger(place, new=True)
    for n, batch in enumerate(ready):
        ledger.add(batch)
        if told:
            told.send((n + 1) * A_BATCH)
    ledger.close()


def kill(place: str, delay: float, whole: dict[str, int], documents: int = DOCUMENTS) -> Outcome:
    """Has another program add the documents, kills it after ``delay`` seconds, and looks at what is left.

    ``whole`` is how many rows each table has after a run that nothing disturbs.
    """
    context = get_context("forkserver")
    hears, tells = context.Pipe(duplex=False)
    child = context.Process(target=add_all, args=(place, documents, tells))
    child.start()
    tells.close()
    hears.recv()
    time.sleep(delay)
    child.kill()
    child.join()
    return left(place, _last(hears), whole, documents, killed=child.exitcode != 0)


def _last(hears: Connection) -> int:
    """The last number that was told before the other end went away."""
    told = 0
    try:
        while True:
            told = hears.recv()
    except EOFError:
        return told


def left(place: str, acknowledged: int, whole: dict[str, int], documents: int, *, killed: bool) -> Outcome:
    """Opens what a killed program left, proves it, adds the rest, and proves it again."""
    ledger = open_ledger(place, new=True)
    found = ledger.verify()
    for batch in batches(documents):
        ledger.add(batch)
    faults = found.faults + ledger.verify().faults
    rows = count(ledger)
    ledger.close()
    differ = [rows[name] - whole[name] for name in whole if name != "batches"]
    missing, surplus = -sum(n for n in differ if n < 0), sum(n for n in differ if n > 0)
    return Outcome(killed, acknowledged, found.documents, faults, missing, surplus)


def undisturbed(place: str, documents: int = DOCUMENTS) -> tuple[dict[str, int], float, float]:
    """How many rows each table has after a run that nothing disturbs; the seconds that making the tables takes, and
    adding."""
    start = time.perf_counter()
    open_ledger(place, new=True).close()
    made = time.perf_counter()
    add_all(place, documents)
    added = time.perf_counter()
    ledger = open_ledger(place)
    rows = count(ledger)
    ledger.close()
    return rows, made - start, added - made


def outcomes(store: str, folder: Path, kills: int, documents: int, seed: int) -> Iterator[Outcome]:
    """One outcome after another until as many were killed as asked for."""
    random = Random(seed)  # noqa: S311 - moments, no secret
    with address(store, folder) as place:
        whole, making, adding = undisturbed(place, documents)
    done = tried = 0
    while done < kills:
        with address(store, folder) as place:
            span = adding
            if tried % _FIFTH:
                open_ledger(place, new=True).close()
            else:
                span += making
            outcome = kill(place, span * random.random(), whole, documents)
        tried += 1
        done += outcome.killed
        yield outcome


def main() -> None:
    """Prints one column a store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--stores", default=",".join(STORES))
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sound = True
    for store in asked.stores.split(","):
        if not there(store):
            print(f"{store}: not tried: {POSTGRESQL} names no database")
            continue
        with tempfile.TemporaryDirectory() as folder:
            found = []
            for outcome in outcomes(store, Path(folder), asked.kills, asked.documents, asked.seed):
                found.append(outcome)
                print(f"\r{store}: {sum(o.killed for o in found)} of {asked.kills}", end="", file=sys.stderr)
        print(file=sys.stderr)
        _table(store, [o for o in found if o.killed], asked.documents)
        sound = sound and all(o.sound for o in found)
    sys.exit(0 if sound else 1)


def _table(store: str, found: list[Outcome], documents: int) -> None:
    kept = sorted(o.kept for o in found)
    lines = {
        "killed while adding": len(found),
        "opened, proven, completed": sum(o.sound for o in found),
        "documents told as added and lost": sum(max(0, o.acknowledged - o.kept) for o in found),
        "rows missing at the end": sum(o.missing for o in found),
        "rows there twice at the end": sum(o.surplus for o in found),
        "faults that verify told": sum(o.faults for o in found),
    }
    print(f"{store}: {documents} documents, on the record when killed: {kept[0]} to {kept[-1]}", flush=True)
    for name, number in lines.items():
        print(f"  {name:<36}{number:>8,}", flush=True)


if __name__ == "__main__":
    main()
