"""Reads reporting about a war and keeps, for every statement in it, who made it and what it is about.

>>> import onrecord
>>> reading = onrecord.read("The bridge is closed, the mayor said.")
>>> [statement.cue.text for statement in reading.statements]
['said']

``Reader`` is built once and called often with a ``Document``; everything it returns is a frozen value with spans.
Names are loaded when they are first used, so that ``import onrecord`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.errors import (
        DataError,
        DateError,
        DecisionError,
        DocumentError,
        LanguageModelError,
        LedgerError,
        OnrecordError,
        OutputError,
        ReadingError,
        Remark,
    )
    from onrecord.ledger import Ledger, Where, open_ledger
    from onrecord.model import (
        Act,
        Caveat,
        Decision,
        Document,
        Factuality,
        Figure,
        FigureKind,
        Judgement,
        Party,
        PartyKind,
        Period,
        Place,
        PlaceKind,
        Precision,
        Quotation,
        ReaderInfo,
        Reading,
        Relay,
        Span,
        Statement,
        Time,
        Words,
    )
    from onrecord.pipeline import read
    from onrecord.reading.reader import Reader

__version__: str

__all__ = [
    "Act",
    "Caveat",
    "DataError",
    "DateError",
    "Decision",
    "DecisionError",
    "Document",
    "DocumentError",
    "Factuality",
    "Figure",
    "FigureKind",
    "Judgement",
    "LanguageModelError",
    "Ledger",
    "LedgerError",
    "OnrecordError",
    "OutputError",
    "Party",
    "PartyKind",
    "Period",
    "Place",
    "PlaceKind",
    "Precision",
    "Quotation",
    "Reader",
    "ReaderInfo",
    "Reading",
    "ReadingError",
    "Relay",
    "Remark",
    "Span",
    "Statement",
    "Time",
    "Where",
    "Words",
    "__version__",
    "open_ledger",
    "read",
]

_ELSEWHERE = {
    "Ledger": "onrecord.ledger",
    "Reader": "onrecord.reading.reader",
    "Where": "onrecord.ledger",
    "open_ledger": "onrecord.ledger",
    "read": "onrecord.pipeline",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("onrecord")
    if name not in __all__:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    errors = name.endswith("Error") or name == "Remark"
    module = _ELSEWHERE.get(name, "onrecord.errors" if errors else "onrecord.model")
    value = globals()[name] = getattr(import_module(module), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
