"""Texts that are read again beside the desk, one after the other, on the days of publication that people set."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from threading import Lock, Thread

from onrecord.errors import OnrecordError, Remark
from onrecord.ledger import Ledger, open_ledger
from onrecord.pipeline import read_again
from onrecord.web.elsewhere import BrokeOffError, Tell, elsewhere

_WAITING = 32  # texts that wait for their turn


@dataclass(slots=True)
class Rereading:
    """The texts of a ledger that are being read again. To be shared by all threads."""

    ledger: Ledger
    doing: dict[str, Thread] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    turn: Lock = field(default_factory=Lock)

    def begin(self, document: str) -> None:
        """Lets a text (the id of its document) be read again from here on, unless it is being read, or many wait."""
        with self.lock:
            self.faults.pop(document, None)
            if document in self.doing or len(self.doing) >= _WAITING:
                return
            self.doing[document] = Thread(target=self._read, args=(document,), daemon=True)
            self.doing[document].start()

    def told(self, document: str) -> Mapping[str, str | bool | None]:
        """Whether it is being read (``doing``), and why it could not be (``fault``)."""
        with self.lock:
            return {"doing": document in self.doing, "fault": self.faults.get(document)}

    def _read(self, document: str) -> None:
        fault: str | None = "it broke off"
        try:
            with self.turn:
                where = self.ledger.store.engine.url.render_as_string(hide_password=False)
                fault = elsewhere(_reread, lambda line: None, where, document)
        except (BrokeOffError, OSError) as error:  # no ledger to write to, no process to be had
            fault = str(error)
        finally:
            with self.lock:
                self.doing.pop(document, None)
                if fault:
                    self.faults[document] = fault


def _reread(tell: Tell, where: str, document: str) -> str | None:
    """Reads it and keeps what was read; what went wrong, or nothing."""
    wrong: list[str] = []

    def hear(of: OnrecordError | Remark) -> None:
        if isinstance(of, OnrecordError):
            wrong.append(str(of))

    with closing(open_ledger(where)) as ledger:
        for _ in read_again(ledger, [document], hear):
            pass
    return wrong[0] if wrong else None
