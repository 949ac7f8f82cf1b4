"""Takes decisions from the forms of the desk: under a person's name, and never on a desk that only shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fastapi import Request
from starlette.exceptions import HTTPException

from onrecord.model import Decision
from onrecord.web.desk import desk_of
from onrecord.web.rendering import reviewer_of


def decide(request: Request, decisions: Sequence[Decision]) -> None:
    """Keeps what the reviewer decided. Refuses with one line where there is no name, or nothing may be decided."""
    who = reviewer(request)
    desk_of(request).ledger.decide([replace(one, by=who) for one in decisions])


def reviewer(request: Request) -> str:
    """The name to decide under."""
    if desk_of(request).read_only:
        raise HTTPException(403, "This desk only shows the ledger; decisions are taken on one that is not read-only.")
    who = reviewer_of(request)
    if not who:
        raise HTTPException(403, "A decision needs your name: give it on the review page first.")
    return who
