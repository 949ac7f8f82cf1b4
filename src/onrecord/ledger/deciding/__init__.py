"""What people decide on the record, who and when: kept, undone, and laid over what readers read."""

from onrecord.ledger.deciding.meanings import Difference
from onrecord.ledger.deciding.queue import Progress, Queued, Reason, Why, progress, queue
from onrecord.ledger.deciding.reviewing import Reviewed, clusters, decisions, reviewed, states
from onrecord.ledger.deciding.states import Seen, State, Status
from onrecord.ledger.deciding.storing import Decided, decide

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
    "Why",
    "clusters",
    "decide",
    "decisions",
    "progress",
    "queue",
    "reviewed",
    "states",
]
