"""Puts the desk together: its guards, its pages, and what it says when something is wrong."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from onrecord.web.desk import Desk
from onrecord.web.pages import PAGES
from onrecord.web.safety.guards import guard
from onrecord.web.wrong import tell_what_is_wrong


def application(desk: Desk) -> FastAPI:
    """The desk as an ASGI application. Everything under ``/static`` is ours; every other page is made of the ledger."""
    app = FastAPI(
        title="onrecord",
        version=version("onrecord"),
        description="Who said what, on whose word, in a ledger. Every page has the same data as .json.",
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
    )
    app.state.desk = desk
    app.mount("/static", StaticFiles(directory=str(files("onrecord.web") / "static")), name="static")
    for router in PAGES:
        app.include_router(router)
    tell_what_is_wrong(app)
    guard(app, desk)
    return app
