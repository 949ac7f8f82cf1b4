"""What people decide on the record, who and when: kept, undone, and laid over what readers read."""

from onrecord.ledger.deciding.meanings import Difference
from onrecord.ledger.deciding.reviewing import Reviewed, clusters, decisions, reviewed, states
from onrecord.ledger.deciding.states import Seen, State, Status
from onrecord.ledger.deciding.storing import Decided, decide

__all__ = [
    "Decided",
    "Difference",
    "Reviewed",
    "Seen",
    "State",
    "Status",
    "clusters",
    "decide",
    "decisions",
    "reviewed",
    "states",
]
