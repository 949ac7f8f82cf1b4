"""``onrecord decide``, ``log``, ``undo``, ``merge`` and ``split``: decisions in and out of a ledger, line by line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from onrecord.cli.faults import say
from onrecord.cli.output import to_screen
from onrecord.errors import DecisionError
from onrecord.exports.visible import clipped
from onrecord.ledger import Decided, Ledger, open_ledger
from onrecord.ledger.deciding import Tell, files
from onrecord.model import Decision, Judgement

_AT_ONCE = 1000


def decide(place: str, file: str, by: str | None) -> None:
    """Keeps the decisions of a file, a batch for every thousand; tells of what cannot be kept, with its line."""
    lines = _Lines(file, by)
    new, there = 0, 0
    with closing(open_ledger(place)) as ledger, _opened(file) as stream:
        waiting = lines.read(stream)
        while some := _kept(ledger, waiting, lines.tell):
            new, there = new + some.added, there + some.there
    wrong = f", {lines.wrong:,} not kept (see above)" if lines.wrong else ""
    say(f"{_many(new)} new, {there:,} there already{wrong}")
    if lines.wrong:
        sys.exit(1)


@dataclass(slots=True)
class _Lines:
    """The lines of a file as they are read, so that what is wrong with one can be told with its number."""

    file: str
    by: str | None
    line: int = 0
    wrong: int = 0

    def read(self, stream: TextIO) -> Iterator[Decision]:
        for number, one in files.read(stream, self.by):
            self.line = number
            if isinstance(one, DecisionError):
                self.tell(one)
            else:
                yield one

    def tell(self, error: DecisionError) -> None:
        self.wrong += 1
        say(f"{self.file}, line {self.line}: {error}")


def _kept(ledger: Ledger, waiting: Iterator[Decision], tell: Tell) -> Decided | None:
    """Keeps the next thousand; None where no more come."""
    first = next(waiting, None)
    return None if first is None else ledger.decide(_from(first, islice(waiting, _AT_ONCE - 1)), tell)


def _from(first: Decision, others: Iterator[Decision]) -> Iterator[Decision]:
    yield first
    yield from others


@contextmanager
def _opened(file: str) -> Iterator[TextIO]:
    if file == "-":
        sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        yield sys.stdin
        return
    try:
        with Path(file).open(encoding="utf-8", newline="") as stream:
            yield stream
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise DecisionError(f"cannot be read: {file}: {why.lower()}") from None


def log(place: str, id_: str | None, of: str | None, by: str | None, format_: str) -> None:
    """Prints decisions as they come."""
    output = to_screen()
    with closing(open_ledger(place)) as ledger:
        for piece in _printed(ledger, ledger.decisions(of, id_, by), format_):
            output.write(piece)


def _printed(ledger: Ledger, found: Iterator[Decision], format_: str) -> Iterator[str]:
    if format_ == "table":
        undone = ledger.undone()
        return (_line(d, d.id in undone) for d in found)
    return files.csv_lines(found) if format_ == "csv" else files.json_lines(found)


def _line(d: Decision, undone: bool) -> str:
    """Which, when, who, what; undone or not; the reason under it."""
    what = " ".join(filter(None, (d.judgement, d.field, d.of, d.target, d.other and f"and {d.other}")))
    value = [] if d.judgement is not Judgement.CORRECT else [shown(d.value)]
    head = " · ".join(clipped(part, 200) for part in (d.by, what, *value))
    why = f"\n                  {clipped(d.why, 400)}" if d.why else ""
    return f"{d.id}  {d.at[:19].replace('T', ' ')}  {head}{' · undone' if undone else ''}{why}\n"


def shown(value: object) -> str:
    """A value on one line."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def undo(place: str, decision: str, by: str, why: str | None) -> None:
    """Undoes a decision and says so."""
    with closing(open_ledger(place)) as ledger:
        _say(ledger.undo(decision, by, why), f"undone: {decision}")


def join(place: str, judgement: str, of: str, ids: tuple[str, str], by: str, why: str | None) -> None:
    """Merges or splits two, and says what is one now."""
    with closing(open_ledger(place)) as ledger:
        one, other = (ledger.place_called(id_) if of == "place" else id_ for id_ in ids)
        decided = ledger.decide([Decision(Judgement(judgement), of, one, by, why=why, other=other)])
        groups = ledger.clusters(of)
        together = [id_ for id_, head in groups.items() if head == groups.get(one, one)]
        _say(decided, f"{'merged' if judgement == 'merge' else 'split'}: {one} is one with {_others(together, one)}")


def _others(together: list[str], one: str) -> str:
    return ", ".join(id_ for id_ in together if id_ != one) or "no other"


def _say(decided: Decided, done: str) -> None:
    new = decided.decisions[0].id if decided.decisions else ""
    say(f"{done}; this is decision {new}" if new else "it was so already; nothing is changed")


def _many(number: int) -> str:
    return f"{number:,} decision{'' if number == 1 else 's'}"
