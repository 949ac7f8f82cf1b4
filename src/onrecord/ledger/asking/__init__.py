"""Asks the record: what meets a condition, how much of it there is, all about one thing, or any question in SQL."""

from onrecord.ledger.asking.counting import COUNTED, Counts, Spotted, counts, places
from onrecord.ledger.asking.found import Found, FoundFigure, Listed, documents, figures, statements
from onrecord.ledger.asking.narrowing import narrowed
from onrecord.ledger.asking.where import Near, Where

__all__ = [
    "COUNTED",
    "Counts",
    "Found",
    "FoundFigure",
    "Listed",
    "Near",
    "Spotted",
    "Where",
    "counts",
    "documents",
    "figures",
    "narrowed",
    "places",
    "statements",
]
