"""Puts the desk together: its guards, its pages, and what it says when something is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from importlib.resources import files

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from onrecord.web.desk import Desk
from onrecord.web.emptiness import WithoutEmpty
from onrecord.web.pages import PAGES
from onrecord.web.safety.guards import guard
from onrecord.web.wrong import tell_what_is_wrong

_PACKED = 5  # of 9: a page of 80 KB in a millisecond; 9 packs it a twentieth smaller, and a map in thrice the time
_AT_ONCE = 12  # pages that are made at once; the ledger has 15 connections, and a page may wait for one


@asynccontextmanager
async def _working(app: FastAPI) -> AsyncIterator[None]:
    """No more pages are made at once than there are connections for: others wait their turn, and none in vain."""
    current_default_thread_limiter().total_tokens = _AT_ONCE
    yield


def application(desk: Desk) -> FastAPI:
    """The desk as an ASGI application. Everything under ``/static`` is ours; every other page is made of the ledger."""
    app = FastAPI(
        title="onrecord",
        version=version("onrecord"),
        description="Who said what, on whose word, in a ledger. Every page has the same data as .json.",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        lifespan=_working,
    )
    app.state.desk = desk
    app.mount("/static/shared", StaticFiles(directory=str(files("onrecord.exports") / "static")), name="shared")
    app.mount("/static", StaticFiles(directory=str(files("onrecord.web") / "static")), name="static")
    for router in PAGES:
        app.include_router(router)
    tell_what_is_wrong(app)
    app.add_middleware(WithoutEmpty)
    guard(app, desk)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=_PACKED)
    return app
