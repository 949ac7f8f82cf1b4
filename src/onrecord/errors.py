"""Every error onrecord raises on purpose.

OnrecordError            one line: what, where, what to do; exit code 1 on the command line
├── DocumentError        a document that cannot be read: missing, empty, binary, broken
├── DateError            a date that is none
├── LanguageModelError   the language model is absent or altered
├── DataError            a gazetteer, a file of parties or of series that cannot be added or used
├── LedgerError          a ledger that cannot be opened, read or added to
├── DecisionError        a decision that cannot be kept: of nothing on the record, or of the wrong shape
├── ReadingError         the reader failed on a document: a fault of ours, to be reported
└── OutputError          the result cannot be written

Remark                   no error: what a person should know of a document that was read all the same
"""

from __future__ import annotations

from dataclasses import dataclass


class OnrecordError(Exception):
    """An error with one line for a person: what is wrong, where, and what to do about it."""


class DocumentError(OnrecordError):
    """A document that cannot be read. The others of its batch are kept."""


class DateError(OnrecordError):
    """A date that is none."""


class LanguageModelError(OnrecordError):
    """The language model is absent, or not the one that was checked."""


class DataError(OnrecordError):
    """A gazetteer, a file of parties or a file of series that cannot be added or used."""


class LedgerError(OnrecordError):
    """A ledger that cannot be opened, read or added to."""


class DecisionError(OnrecordError):
    """A decision that cannot be kept: its target is not on the record, or its value has the wrong shape."""


class ReadingError(OnrecordError):
    """The reader failed on one document, which is a fault of ours. The others of its batch are kept."""


class OutputError(OnrecordError):
    """What was read cannot be written where it should go."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line about a document that is read all the same: a guessed encoding, another language."""

    line: str

    def __str__(self) -> str:
        return self.line
