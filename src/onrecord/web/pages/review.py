"""The review queue: what matters first, one statement at a time, one key per decision."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from onrecord.ledger import Ledger, Queued
from onrecord.model import Decision, Judgement
from onrecord.web.cards import several
from onrecord.web.deciding import decide, reviewer, typed
from onrecord.web.desk import desk_of
from onrecord.web.lighting import in_its_place
from onrecord.web.rendering import Page, offered, reviewer_of
from onrecord.web.state import to

router = APIRouter(tags=["review"])
_SKIPPED = 200
FIELDS = (
    "act", "factuality", "quotation", "claimant", "relays", "channel", "said", "content", "cue", "source",
)  # fmt: skip
_SIMPLE = {Judgement.ACCEPT, Judgement.REJECT, Judgement.UNSURE, Judgement.COMMENT}
Json = dict[str, Any]
Skipped = Annotated[list[str] | None, Query(max_length=_SKIPPED)]


@offered(router, "/review", "json")
def review(request: Request, skip: Skipped = None) -> Page:
    """The next statement to review, with why it is asked; ``skip`` names those passed over for now."""
    ledger, by = desk_of(request).ledger, reviewer_of(request) or None
    passed = list(dict.fromkeys(skip or ()))[-_SKIPPED:]
    with closing(ledger.queue(None, by)) as queue:
        queued = next((one for one in queue if one.statement.id not in passed), None)
    progress = ledger.progress()
    data: Json = {"statements": progress.statements, "decided": progress.decided, "next": None}
    extra: Json = {"skip": passed, "lines": [], "fields": FIELDS, "formats": ("json",), "mine": _mine(ledger, by)}
    if queued is not None:
        data["next"] = _queued(queued)
        extra["lines"] = in_its_place(ledger.text(data["next"]["document_id"]), data["next"])
        extra["skip_to"] = to("/review", {"skip": [*passed, queued.statement.id][-_SKIPPED:]})
    return Page("review.html", "Review", data, extra=extra)


@router.post("/review/decide", include_in_schema=False)
def judge(
    request: Request,
    statement: Annotated[str, Form(max_length=64)],
    judgement: Annotated[Judgement, Form()],
    why: Annotated[str | None, Form(max_length=2000)] = None,
    field: Annotated[str | None, Form(max_length=200)] = None,
    value: Annotated[str | None, Form(max_length=20_000)] = None,
    skip: Annotated[list[str] | None, Form(max_length=_SKIPPED)] = None,
) -> Response:
    """Keeps a decision on a statement, and goes on with the queue."""
    corrected = judgement is Judgement.CORRECT
    one = Decision(judgement, "statement", statement, "", why=why or None)
    if corrected:
        one = Decision(judgement, "statement", statement, "", why=why or None, field=field, value=typed(value or ""))
    elif judgement not in _SIMPLE:
        one = Decision(Judgement.COMMENT, "statement", statement, "", why=why or None)
    decide(request, [one])
    stays = corrected or judgement is Judgement.COMMENT
    passed = [id_ for id_ in skip or () if not (stays and id_ == statement)]
    return RedirectResponse(to("/review", {"skip": passed}), 303)


@router.post("/review/undo", include_in_schema=False)
def undo(request: Request, decision: Annotated[str, Form(max_length=64)]) -> Response:
    """Takes a decision back, which is a decision too."""
    desk_of(request).ledger.undo(decision, reviewer(request))
    return RedirectResponse("/review", 303)


def _queued(one: Queued) -> Json:
    s = one.statement
    return {
        **s.value,
        "id": s.id,
        "claimant": several(s.value.get("claimant")),
        "document_id": s.document,
        "found": s.found,
        "state": str(s.state.status),
        "differs": [{"field": d.field, "was": d.was, "now": d.now} for d in s.state.differs],
        "reasons": [{"why": str(r.why), "text": r.text} for r in one.reasons],
        "comments": [{"by": d.by, "at": d.at, "why": d.why} for d in s.state.comments],
        "reader": {"name": s.reader, "version": s.version},
    }


def _mine(ledger: Ledger, by: str | None) -> Json | None:
    """The newest decision of the reviewer that is not undone, nor an undo."""
    if by is None:
        return None
    last = ledger.last_decision(by)
    return {"id": last.id, "judgement": str(last.judgement), "target": last.target} if last else None
