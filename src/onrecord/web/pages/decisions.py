"""Takes what people decide anywhere on the desk: judgements, merges and splits, and undoing them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onrecord.model import Decision, Judgement
from onrecord.web.deciding import decide, reviewer, typed
from onrecord.web.desk import desk_of
from onrecord.web.pages.home import local

router = APIRouter(include_in_schema=False)
Id = Annotated[str, Form(max_length=100)]
Back = Annotated[str, Form(max_length=4000)]
_TWO = (Judgement.MERGE, Judgement.SPLIT)
_MOST = 100  # that one form may merge


@router.post("/decisions")
def judge(
    request: Request,
    of: Annotated[str, Form(max_length=20)],
    target: Id,
    judgement: Annotated[Judgement, Form()],
    other: Annotated[list[str] | None, Form(max_length=_MOST)] = None,
    why: Annotated[str | None, Form(max_length=2000)] = None,
    field: Annotated[str | None, Form(max_length=200)] = None,
    value: Annotated[str | None, Form(max_length=20_000)] = None,
    back: Back = "/",
) -> Response:
    """Keeps a judgement; a merge or split of ``target`` with every one of ``other``."""
    one = Decision(judgement, of, target, "", why=why or None)
    if judgement is Judgement.CORRECT:
        one = Decision(judgement, of, target, "", why=why or None, field=field, value=typed(value or ""))
    others = [id_.strip() for id_ in other or () if id_.strip()]
    if judgement in _TWO and not others:
        raise HTTPException(422, f"Choose what to {judgement}; nothing was chosen.")
    made = [Decision(judgement, of, target, "", why=why or None, other=id_) for id_ in others]
    decide(request, made if judgement in _TWO else [one])
    return RedirectResponse(local(back), 303)


@router.post("/decisions/undo")
def undo(request: Request, decision: Id, back: Back = "/") -> Response:
    """Takes a decision back, which is a decision too."""
    desk_of(request).ledger.undo(decision, reviewer(request))
    return RedirectResponse(local(back), 303)
