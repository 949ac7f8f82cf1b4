"""The record: a file or database that only grows, where words keep their id whoever reads them again."""

from onrecord.ledger.adding import Added, Entry
from onrecord.ledger.asking import COUNTED, Claimed, Counts, Found, FoundFigure, Listed, Near, Spotted, Where
from onrecord.ledger.asking.querying import Answer
from onrecord.ledger.asking.showing import Shown
from onrecord.ledger.claiming import Matched
from onrecord.ledger.copies import Copy
from onrecord.ledger.deciding import Decided, Difference, Progress, Queued, Reason, Reviewed, State, Status, Why
from onrecord.ledger.finding import NewFindings
from onrecord.ledger.opening import REVISIONS
from onrecord.ledger.record import Ledger, open_ledger
from onrecord.ledger.stories import Story
from onrecord.ledger.verifying import Proof

__all__ = [
    "COUNTED",
    "REVISIONS",
    "Added",
    "Answer",
    "Claimed",
    "Copy",
    "Counts",
    "Decided",
    "Difference",
    "Entry",
    "Found",
    "FoundFigure",
    "Ledger",
    "Listed",
    "Matched",
    "Near",
    "NewFindings",
    "Progress",
    "Proof",
    "Queued",
    "Reason",
    "Reviewed",
    "Shown",
    "Spotted",
    "State",
    "Status",
    "Story",
    "Where",
    "Why",
    "open_ledger",
]
