"""Takes decisions from the forms of the desk: under a person's name, and never on a desk that only shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException

from onrecord.ledger import Ledger
from onrecord.model import Decision, standing
from onrecord.web.desk import desk_of
from onrecord.web.rendering import reviewer_of

Json = dict[str, Any]


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


def typed(text: str) -> Any:
    """What a person typed into a field: JSON where it is some, else the text itself; nothing is none.

    >>> typed(" 2023-03-07 "), typed("null"), typed('["Interfax"]')
    ('2023-03-07', None, ['Interfax'])
    """
    bare = text.strip()
    if not bare:
        return None
    try:
        return json.loads(bare) if bare.startswith(("{", "[", '"')) or bare in ("null", "true", "false") else bare
    except ValueError:
        return bare


def history(ledger: Ledger, of: str, *targets: str) -> list[Json]:
    """All that was decided on these, the earliest first: who, what, when and why, and whether it was ``undone``."""
    made = {one.id: one for target in targets for one in ledger.decisions(of, target)}
    gone = standing.undone(made.values())
    return [_told(one, one.id in gone) for one in sorted(made.values(), key=lambda d: (d.at, d.id))]


def _told(one: Decision, undone: bool) -> Json:
    named = ("id", "of", "target", "by", "at", "why", "field", "value", "other")
    return {name: getattr(one, name) for name in named} | {"judgement": str(one.judgement), "undone": undone}
