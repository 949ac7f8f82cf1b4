"""Fields of a form that were left empty ask for nothing: they are taken out of the address before a page sees it."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class WithoutEmpty:
    """ASGI middleware. ``?text=bridge&said_from=&sort=`` is ``?text=bridge`` to what lies behind it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on."""
        if scope["type"] == "http" and scope["query_string"]:
            said = (pair for pair in scope["query_string"].split(b"&") if not pair.endswith(b"=") and pair)
            scope = {**scope, "query_string": b"&".join(said)}
        await self.app(scope, receive, send)
