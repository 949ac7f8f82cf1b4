"""Remembers what was worked out from the record until the record grows: nothing out of date is ever told."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from onrecord.ledger import Ledger

T = TypeVar("T")
Rests = Callable[[str], bool]

_MATCHED = frozenset({"matchings", "edges", "claims", "claim_statements", "drifts", "redactions"})
_REFERENCE = frozenset({"series", "observations"})
_WORKED_OUT = (_MATCHED - {"redactions"}) | {"findings", "finding_statements"} | _REFERENCE
_TURNS = 32


def everything(table: str) -> bool:
    """Whether it rests on a table, where that cannot be told apart."""
    return True


def read(table: str) -> bool:
    """Whether what was read in documents rests on a table."""
    return table not in _WORKED_OUT and table != "decisions"


def reviewed(table: str) -> bool:
    """Whether it rests on a table as it stands after review."""
    return table not in _WORKED_OUT


def matched(table: str) -> bool:
    """Whether claims rest on it, as they were matched."""
    return table in _MATCHED


def accounted(table: str) -> bool:
    """Whether accounts rest on it: statements as they stand after review, and series."""
    return reviewed(table) or table in _REFERENCE


@dataclass(slots=True)
class Memory:
    """Answers of a ledger, each with the newest batch that what it rests on had grown by before it was worked out.

    To be shared by all threads: what two ask for at once is worked out once.
    """

    ledger: Ledger
    most: int = 200  # answers that are kept, those asked for last
    kept: OrderedDict[Hashable, tuple[int, Any]] = field(default_factory=OrderedDict)
    last: dict[str, int] = field(default_factory=dict)
    upto: int = 0
    lock: Lock = field(default_factory=Lock)
    turns: tuple[Lock, ...] = field(default_factory=lambda: tuple(Lock() for _ in range(_TURNS)))

    def recall(self, what: Hashable, work: Callable[[], T], of: Rests = everything) -> T:
        """The answer to ``what``, worked out by ``work`` unless it is known since the record last grew by rows of the
        tables it rests on (``of``). ``work`` recalls nothing itself; what it gives is not changed."""
        since = self.grown(of)
        with self.turns[hash(what) % _TURNS]:
            known = self._known(what, since)
            if known is None:
                known = (since, work())
                self._keep(what, known)
        answer: T = known[1]
        return answer

    def grown(self, of: Rests) -> int:
        """The newest batch that brought rows to such a table."""
        with self.lock:
            for n, tables in self.ledger.growth(self.upto):
                self.last.update(dict.fromkeys(tables, n))
                self.upto = n
                if "redactions" in tables:  # words that were taken out are not kept here either
                    self.kept.clear()
            return max((n for table, n in self.last.items() if of(table)), default=0)

    def _known(self, what: Hashable, since: int) -> tuple[int, Any] | None:
        with self.lock:
            known = self.kept.get(what)
            if known is None or known[0] != since:
                return None
            self.kept.move_to_end(what)
            return known

    def _keep(self, what: Hashable, known: tuple[int, Any]) -> None:
        with self.lock:
            self.kept[what] = known
            self.kept.move_to_end(what)
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)
