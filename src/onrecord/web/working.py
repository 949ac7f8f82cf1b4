"""Accounts that are worked out beside the desk, one after the other, and kept as long as they hold."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock, Thread

from onrecord.errors import OnrecordError
from onrecord.ledger import Ledger, open_ledger
from onrecord.model import Account, AccountLine
from onrecord.pipeline.comparing import account
from onrecord.web.elsewhere import Tell, elsewhere
from onrecord.web.remembering import Memory, accounted

Asked = tuple[tuple[str, ...], tuple[str, ...]]
"""Whom one believes, and whom one doubts."""
_WAITING = 8  # accounts that wait for their turn
_BEGINS, _WAITS = "it begins", "it waits for others to be done"


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an account: the newest there is, and whether the record has not grown since (``current``).

    ``at`` is when it was worked out, ``doing`` what is done for a newer one, ``fault`` why there is none.
    """

    account: Account | None = None
    current: bool = False
    at: str | None = None
    doing: str | None = None
    fault: str | None = None


def worked_out(ledger: Ledger, asked: Asked, step: Callable[[str], None] = lambda doing: None) -> Account:
    """An account, in the order pages have it: what both speak of, what the believed alone do, what only others do."""
    found = account(ledger, *asked, step=step)
    return replace(found, lines=tuple(sorted(found.lines, key=apart)))


def apart(line: AccountLine) -> int:
    """What both speak of before what the believed alone do, and that before what only others do."""
    ours, theirs = line.claimed or line.implied, line.others_claimed or line.others_implied
    return 0 if ours and theirs else 1 if ours else 2


@dataclass(frozen=True, slots=True)
class _Kept:
    since: int
    account: Account
    at: str


@dataclass(slots=True)
class Beside:
    """The accounts of a ledger as far as they are worked out. To be shared by all threads."""

    ledger: Ledger
    memory: Memory
    most: int = 8  # accounts that are kept, those asked for last
    kept: OrderedDict[Asked, _Kept] = field(default_factory=OrderedDict)
    doing: dict[Asked, str] = field(default_factory=dict)
    threads: dict[Asked, Thread] = field(default_factory=dict)
    faults: dict[Asked, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    turn: Lock = field(default_factory=Lock)

    def ask(self, asked: Asked) -> Told:
        """What is known by now; where that is not of the record as it stands, it is worked out from here on. A fault is
        told once, and what is asked again is tried again."""
        since = self.memory.grown(accounted)
        with self.lock:
            known, fault = self.kept.get(asked), self.faults.pop(asked, None)
            current = known is not None and known.since == since
            if not current and fault is None and asked not in self.doing and len(self.doing) < _WAITING:
                self.doing[asked] = _WAITS
                self.threads[asked] = Thread(target=self._work, args=(asked,), daemon=True)
                self.threads[asked].start()
            if known is None:
                return Told(doing=None if fault else self.doing.get(asked, _WAITS), fault=fault)
            self.kept.move_to_end(asked)
            return Told(known.account, current, known.at, self.doing.get(asked), fault)

    def _work(self, asked: Asked) -> None:
        since = 0
        found: Account | str = "it broke off"
        try:
            with self.turn:
                since, found = self.memory.grown(accounted), self._worked_out(asked)
        except (OnrecordError, OSError) as error:  # no ledger to ask, no process to be had
            found = str(error)
        finally:
            self._keep(asked, since, found)

    def _keep(self, asked: Asked, since: int, found: Account | str) -> None:
        with self.lock:
            self.doing.pop(asked, None)
            self.threads.pop(asked, None)
            if isinstance(found, str):
                self.faults[asked] = found
                return
            self.kept[asked] = _Kept(since, found, datetime.now(UTC).isoformat())
            self.kept.move_to_end(asked)
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)

    def _worked_out(self, asked: Asked) -> Account:
        self.doing[asked] = _BEGINS
        where = self.ledger.store.engine.url.render_as_string(hide_password=False)
        return elsewhere(_account, lambda line: self.doing.update({asked: line}), where, asked)


def _account(tell: Tell, where: str, asked: Asked) -> Account:
    with closing(open_ledger(where)) as ledger:
        return worked_out(ledger, asked, tell)
