"""The door of a desk that needs its token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from onrecord.web.desk import desk_of
from onrecord.web.rendering import rendered
from onrecord.web.safety.guards import KEY, key_of
from onrecord.web.safety.tokens import opens
from onrecord.web.wrong import wrong

router = APIRouter(include_in_schema=False)


@router.get("/enter")
def ask(request: Request) -> Response:
    """Asks for the token."""
    return rendered(request, "enter.html", {"title": "Token"})


@router.post("/enter")
def enter(request: Request, token: Annotated[str, Form(max_length=1000)]) -> Response:
    """Opens the session where the token is right."""
    desk = desk_of(request)
    if desk.token is None or not opens(token, desk.token):
        return wrong(request, 403, "That is not the token that onrecord serve was started with.")
    answer = RedirectResponse("/", 303)
    answer.set_cookie(KEY, key_of(request, desk), httponly=True, samesite="strict")
    return answer
