"""Forms that only this desk's own pages can send: a session in a cookie, and a token in every form that signs it."""

from __future__ import annotations

import hashlib
import hmac
from secrets import token_urlsafe

from fastapi import Request

from onrecord.web.desk import desk_of

SESSION = "session"
FIELD = "form_token"


def session_of(request: Request) -> str:
    """The session of a request; one that came without gets a new one, which the guards set in its answer."""
    kept: str | None = getattr(request.state, "session", None)
    if kept is None:
        kept = request.cookies.get(SESSION) or token_urlsafe(24)
        request.state.session = kept
    return kept


def form_token(request: Request) -> str:
    """The token of every form in a session."""
    key = desk_of(request).secret
    return hmac.new(key, session_of(request).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def is_ours(request: Request, token: str) -> bool:
    """Whether a form came from a page of this session; compared in constant time."""
    known = SESSION in request.cookies
    return known and hmac.compare_digest(form_token(request).encode(), token.encode("utf-8", "replace"))
