"""What every page of the desk is made with: the ledger it shows and what may be done there."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_bytes

from fastapi import Request

from onrecord.ledger import Ledger
from onrecord.web.remembering import Memory
from onrecord.web.rereading import Rereading
from onrecord.web.views import Views
from onrecord.web.working import Beside

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Desk:
    """``hosts`` are the names the desk answers to, without ports; ``token`` is the hash of the one that opens it, None
    where it needs none (loopback only). ``reads`` and ``writes`` are how many requests a second one address may send in
    the long run; ``views`` are those people saved. ``secret`` signs forms and sessions, for as long as the desk runs,
    ``memory`` keeps what was worked out from the ledger, ``pages`` the few large answers; ``accounts`` are worked
    out beside it, and texts are read again (``rereading``).
    """

    ledger: Ledger
    name: str
    read_only: bool = False
    hosts: frozenset[str] = LOOPBACK
    token: str | None = None
    reads: float = 50
    writes: float = 5
    views: Views = field(default_factory=Views)
    secret: bytes = field(default_factory=lambda: token_bytes(32), repr=False)
    memory: Memory = field(init=False, repr=False, compare=False)
    pages: Memory = field(init=False, repr=False, compare=False)
    accounts: Beside = field(init=False, repr=False, compare=False)
    rereading: Rereading = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "memory", Memory(self.ledger))
        object.__setattr__(self, "pages", Memory(self.ledger, most=32))
        object.__setattr__(self, "accounts", Beside(self.ledger, self.memory))
        object.__setattr__(self, "rereading", Rereading(self.ledger))


def desk_of(request: Request) -> Desk:
    """The desk a request came to."""
    desk: Desk = request.app.state.desk
    return desk
