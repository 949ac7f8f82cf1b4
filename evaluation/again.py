"""Reads the shared reports again, as they are and with a better reader: nothing twice, no decision lost.

usage: python -m evaluation.again [--documents N] [--ledger FILE]

The reports are added by the rules alone, twice; every statement is accepted; then they are read by the default, twice.
Exit code 1 where reading the same again brought anything, a decision is lost, or the ledger does not prove whole.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from evaluation import SHARED
from evaluation.steps import STEPS
from onrecord import pipeline
from onrecord.cli.progress import progress
from onrecord.documents import Ask
from onrecord.errors import OnrecordError, Remark
from onrecord.ledger import Added, Ledger, open_ledger
from onrecord.model import Decision, Judgement
from onrecord.reading.reader import Reader

REPORTS = tuple(SHARED / "corpora/war" / name for name in ("ukraine.jsonl", "other.jsonl"))
ALL = 109


def main() -> int:
    """1 where anything was added twice or lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=ALL, help="only the first so many reports")
    parser.add_argument("--ledger", type=Path, help="a new file to keep the ledger in (else it is thrown away)")
    asked = parser.parse_args()
    if not SHARED.is_dir():
        print(f"evaluation: skipped, the shared corpora are not at {SHARED} (set ONRECORD_SHARED)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder) / "reports.jsonl"
        with reports.open("w", encoding="utf-8") as lines:
            lines.writelines(islice(_rows(REPORTS), asked.documents))
        with closing(open_ledger(asked.ledger or Path(folder) / "record.db", new=True)) as ledger:
            return followed(ledger, reports, asked.documents)


def _rows(corpora: Iterable[Path]) -> Iterator[str]:
    for corpus in corpora:
        with corpus.open(encoding="utf-8") as lines:
            yield from (row for row in lines if row.strip())


def followed(ledger: Ledger, reports: Path, documents: int) -> int:
    """Adds the reports as the module says and prints what each time brought; the exit code."""
    rules = Reader(attribute=STEPS["rules"]())
    better = Reader(model=rules.model)
    print(f"{'':<28}{'documents':>10}{'statements':>12}{'values':>9}{'unfound':>9}{'kept their id':>15}")
    _told("rules", _added(ledger, reports, documents, rules))
    twice = _told("rules, again", _added(ledger, reports, documents, rules))
    decided = {d.id for d in _all_accepted(ledger)}
    _told("default", _added(ledger, reports, documents, better))
    twice += _told("default, again", _added(ledger, reports, documents, better))
    lost = _lost(ledger, decided)
    faults = ledger.verify(print).faults
    print(f"\n{twice} statements or values twice, {lost} of {len(decided):,} decisions lost, {faults} faults")
    return 1 if twice or lost or faults else 0


def _added(ledger: Ledger, reports: Path, documents: int, reader: Reader) -> Added:
    """What adding the reports brought."""
    whole = Added()
    with progress(of=f"of {documents} reports") as bar:
        for brought in pipeline.add(ledger, [reports], Ask(), _complain, step=bar.step, reader=reader):
            whole += brought
    return whole


def _complain(error: OnrecordError | Remark) -> None:
    print(error, file=sys.stderr)


def _told(name: str, added: Added) -> int:
    """Prints a row; how many statements and values are new."""
    share = "" if added.share_kept is None else f"{added.share_kept:.1%}"
    counts = f"{added.documents:>10,}{added.statements:>12,}{added.values:>9,}{added.unfound:>9,}"
    print(f"{name:<28}{counts}{share:>15}", flush=True)
    return added.statements + added.values + added.unfound


def _all_accepted(ledger: Ledger) -> list[Decision]:
    """Accepts every statement, and gives back the decisions as the record has them."""
    ids = [found.value["id"] for found in ledger.statements()]
    ledger.decide(Decision(Judgement.ACCEPT, "statement", id_, "evaluation") for id_ in ids)
    return list(ledger.decisions(of="statement"))


def _lost(ledger: Ledger, decided: set[str]) -> int:
    """How many of the decisions no statement holds now; prints how many were reopened, and over what."""
    states = ledger.states("statement")
    held = {d.id for state in states.values() for d in state.decisions}
    reopened = [state for state in states.values() if state.differs]
    over = Counter(difference.field for state in reopened for difference in state.differs)
    print(f"\nreopened, of {len(states):,} decided: {len(reopened):,}")
    for field, times in over.most_common():
        print(f"  {field:<26}{times:>8,}")
    return len(decided - held)


if __name__ == "__main__":
    sys.exit(main())
