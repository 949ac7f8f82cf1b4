"""The first page, and what a person sets for all of them: theme and reviewer name."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

router = APIRouter()
_YEAR = 365 * 24 * 3600


@router.get("/", include_in_schema=False)
def home() -> Response:
    """The ledger."""
    return RedirectResponse("/statements", 307)


@router.post("/settings", include_in_schema=False)
def settings(
    request: Request,
    back: Annotated[str, Form()] = "/",
    theme: Annotated[str | None, Form()] = None,
    reviewer: Annotated[str | None, Form(max_length=200)] = None,
) -> Response:
    """Keeps the theme or the reviewer's name in a cookie and goes back."""
    answer = RedirectResponse(local(back), 303)
    if theme in ("light", "dark", ""):
        answer.set_cookie("theme", theme or "", max_age=_YEAR, httponly=True, samesite="strict")
    if reviewer is not None:
        name = quote(" ".join(reviewer.split()))
        answer.set_cookie("reviewer", name, max_age=_YEAR, httponly=True, samesite="strict")
    return answer


def local(address: str) -> str:
    """The address where it is one of this desk, else the first page.

    >>> local("/claims?side=UA"), local("//elsewhere.example/"), local("https://elsewhere.example/")
    ('/claims?side=UA', '/', '/')
    """
    parts = urlsplit(address.replace("\\", "/"))
    fits = not parts.scheme and not parts.netloc and parts.path.startswith("/") and not parts.path.startswith("//")
    return address if fits and address.isprintable() else "/"
