"""The ledger at a million statements, on both stores in one run.

usage: python -m benchmarks.ledger [--statements N] [--stores sqlite,postgresql] [--folder FOLDER]

PostgreSQL is measured where ONRECORD_TEST_POSTGRESQL names a database; ``.ci/with-postgresql COMMAND`` starts one.
Printed, never a test: timings differ from machine to machine, and what else runs on it counts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.ledger.asking import asked, settle, streamed
from benchmarks.ledger.bare import put
from benchmarks.ledger.loading import DOCUMENTS_A_BATCH, load, memory
from benchmarks.ledger.stores import POSTGRESQL, STORES, new_ledger, there
from onrecord.ledger import Ledger


def main() -> None:
    """Measures one store after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--stores", default=",".join(STORES))
    parser.add_argument(
        "--folder", type=Path, help="where the SQLite file is made (else the system's temporary folder)"
    )
    parser.add_argument("--batch", type=int, default=DOCUMENTS_A_BATCH, help="documents a batch")
    parser.add_argument("--no-verify", action="store_true")
    parser.add_argument("--no-peer", action="store_true", help="without the same rows put there by the driver alone")
    asked = parser.parse_args()
    for store in asked.stores.split(","):
        if not there(store):
            print(f"{store}: not measured: {POSTGRESQL} names no database")
            continue
        with tempfile.TemporaryDirectory(dir=asked.folder) as folder, new_ledger(store, Path(folder)) as ledger:
            rate = measure(store, ledger, asked.statements, asked.batch, proof=not asked.no_verify)
            if not asked.no_peer:
                with new_ledger(store, Path(folder)) as bare:
                    alone = put(ledger, bare, _tell)
                _line("the driver alone", f"{alone:,.0f} rows/s", f"the load is {rate / alone:.2f} times as fast")


def measure(store: str, ledger: Ledger, statements: int, a_batch: int, *, proof: bool) -> float:
    """Loads a ledger and prints what it took; the rows a second of the load."""
    loaded = load(ledger, statements, _tell, a_batch=a_batch)
    print(f"{store}: {loaded.statements:,} statements, {loaded.rows:,} rows of all tables", flush=True)
    rate = loaded.rows / loaded.seconds
    _line("load", f"{rate:,.0f} rows/s", f"{loaded.seconds:,.1f} s, {loaded.cpu:,.1f} s of CPU")
    _line("  slowest tenth", f"{loaded.slowest_tenth:,.0f} rows/s")
    _line("  memory", f"{loaded.late:,.0f} MB", f"{loaded.early:,.0f} MB after a tenth")
    settle(ledger)
    for kind in asked(ledger):
        _line(kind.name, f"{kind.p95:,.1f} ms p95", f"{kind.median:,.1f} ms median, {kind.worst:,.1f} ms worst")
    number, seconds, early, late = streamed(ledger)
    _line("stream", f"{number / seconds:,.0f} statements/s", f"{late:,.0f} MB, {early:,.0f} MB after a tenth")
    if proof:
        start = time.perf_counter()
        proven = ledger.verify()
        spent = time.perf_counter() - start
        _line("verify", f"{proven.rows / spent:,.0f} rows/s", f"{spent:,.1f} s, {proven.faults} faults")
        _line("  memory", f"{memory():,.0f} MB")
    return rate


def _line(name: str, figure: str, more: str = "") -> None:
    print(f"  {name:<28}{figure:>20}  {more}", flush=True)


def _tell(line: str) -> None:
    print(f"\r{line}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
