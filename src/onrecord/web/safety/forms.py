"""Forms that only this desk's own pages can send: a session in a cookie, and a token in every form that signs it."""

from __future__ import annotations

import hashlib
import hmac
from secrets import token_hex, token_urlsafe

from fastapi import Request

from onrecord.web.desk import desk_of

SESSION = "session"
FIELD = "form_token"
_SALT = 16  # characters


def session_of(request: Request) -> str:
    """The session of a request; one that came without gets a new one, which the guards set in its answer."""
    kept: str | None = getattr(request.state, "session", None)
    if kept is None:
        kept = request.cookies.get(SESSION) or token_urlsafe(24)
        request.state.session = kept
    return kept


def form_token(request: Request) -> str:
    """A token for the forms of a page, another on every page: how well a page packs then tells nothing of it."""
    salt = token_hex(_SALT // 2)
    return salt + _signed(request, salt)


def is_ours(request: Request, token: str) -> bool:
    """Whether a form came from a page of this session; compared in constant time."""
    known = SESSION in request.cookies
    salt, signed = token[:_SALT], token[_SALT:]
    return known and hmac.compare_digest(_signed(request, salt).encode(), signed.encode("utf-8", "replace"))


def _signed(request: Request, salt: str) -> str:
    told = f"{salt} {session_of(request)}".encode("utf-8", "surrogatepass")
    return hmac.new(desk_of(request).secret, told, hashlib.sha256).hexdigest()
