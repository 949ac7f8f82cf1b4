"""Stands before every page: host, origin, rate, token and form are checked before anything is done."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse, Response

from onrecord.web.desk import Desk
from onrecord.web.safety.forms import FIELD, SESSION, is_ours, session_of
from onrecord.web.safety.headers import HEADERS
from onrecord.web.safety.hosts import from_here, named
from onrecord.web.safety.limits import Limit
from onrecord.web.wrong import wrong

Next = Callable[[Request], Awaitable[Response]]

KEY = "key"
_LONGEST = 1_000_000  # bytes of a form
_OPEN = ("/enter", "/static/")


def guard(app: FastAPI, desk: Desk) -> None:
    """Puts the guards before the pages of ``app``."""
    reads, writes = Limit(desk.reads, desk.reads * 4), Limit(desk.writes, desk.writes * 6)

    async def stand(request: Request, pages: Next) -> Response:
        line = await _refusal(request, desk, reads, writes)
        if line is not None:
            answer = wrong(request, *line)
        elif desk.token and not _entered(request, desk) and not request.url.path.startswith(_OPEN):
            answer = _asked_to_enter(request)
        else:
            answer = await pages(request)
        return _sealed(request, answer)

    app.middleware("http")(stand)


async def _refusal(request: Request, desk: Desk, reads: Limit, writes: Limit) -> tuple[int, str] | None:
    """Why a request is refused, None where it is not."""
    if named(request.headers.get("host")) not in desk.hosts:
        return 400, "This desk does not answer to that name; open it under the address that onrecord serve printed."
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    who = request.client.host if request.client else ""
    if not (writes if changes else reads).allows(who):
        return 429, "Too many requests; wait a little and try again."
    if not changes:
        return None
    if not from_here(request.headers.get("origin"), request.headers.get("host")):
        return 403, "This form came from another page."
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _LONGEST:
        return 413, "This form is too long, or does not say how long it is."
    if not await _is_our_form(request):
        return 403, "This form is no longer valid: open its page again and send it from there."
    return None


async def _is_our_form(request: Request) -> bool:
    token = request.headers.get("x-form-token")
    if token is None:
        await request.body()  # kept, so that the page can read the form again
        form = await request.form()
        token = str(form.get(FIELD, ""))
    return is_ours(request, token)


def _entered(request: Request, desk: Desk) -> bool:
    """Whether the session was opened with the token."""
    return hmac.compare_digest(request.cookies.get(KEY, ""), key_of(request, desk))


def key_of(request: Request, desk: Desk) -> str:
    """What the cookie of an opened session holds."""
    return hmac.new(desk.secret, f"open {session_of(request)}".encode(), hashlib.sha256).hexdigest()


def _asked_to_enter(request: Request) -> Response:
    if request.method == "GET" and not request.url.path.endswith((".json", ".csv", ".geojson")):
        return RedirectResponse("/enter", 303)
    return wrong(request, 403, "This desk needs its token: open /enter in a browser first.")


def _sealed(request: Request, answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if not request.url.path.startswith("/static/"):
        answer.headers.setdefault("Cache-Control", "no-store")
    if SESSION not in request.cookies:
        answer.set_cookie(SESSION, session_of(request), httponly=True, samesite="strict")
    return answer
