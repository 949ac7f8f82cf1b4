"""Asks the record: what meets a condition, how much of it there is, all about one thing, or any question in SQL."""

from onrecord.ledger.asking.claimants import Claimed, claimants
from onrecord.ledger.asking.counting import COUNTED, MOST, Counts, Spotted, counts, facets, places
from onrecord.ledger.asking.figures import FoundFigure, figures
from onrecord.ledger.asking.found import Found, Listed, documents, row_of, statements
from onrecord.ledger.asking.narrowing import narrowed
from onrecord.ledger.asking.ordering import SORTS
from onrecord.ledger.asking.where import Near, Where

__all__ = [
    "COUNTED",
    "MOST",
    "SORTS",
    "Claimed",
    "Counts",
    "Found",
    "FoundFigure",
    "Listed",
    "Near",
    "Spotted",
    "Where",
    "claimants",
    "counts",
    "documents",
    "facets",
    "figures",
    "narrowed",
    "places",
    "row_of",
    "statements",
]
