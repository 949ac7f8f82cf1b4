"""What people decide on the record, who and when: kept, undone, and laid over what readers read."""

from onrecord.ledger.deciding.looking import text_of
from onrecord.ledger.deciding.meanings import Difference
from onrecord.ledger.deciding.queue import Progress, Queued, Reason, Why, progress, queue
from onrecord.ledger.deciding.reviewing import (
    Reviewed,
    clusters,
    decisions,
    known_as,
    newest,
    place_called,
    reviewed,
    states,
    undone,
)
from onrecord.ledger.deciding.states import Seen, State, Status
from onrecord.ledger.deciding.storing import Decided, Tell, decide

__all__ = [
    "Decided",
    "Difference",
    "Progress",
    "Queued",
    "Reason",
    "Reviewed",
    "Seen",
    "State",
    "Status",
    "Tell",
    "Why",
    "clusters",
    "decide",
    "decisions",
    "known_as",
    "newest",
    "place_called",
    "progress",
    "queue",
    "reviewed",
    "states",
    "text_of",
    "undone",
]
