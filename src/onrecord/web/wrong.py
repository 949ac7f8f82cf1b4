"""What the desk says when something is wrong: one clear line, as a page or as JSON, never a traceback."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from onrecord.errors import OnrecordError
from onrecord.web.rendering import rendered

_log = logging.getLogger("onrecord.web")
_SAYS = {
    403: "You may not do this here.",
    404: "There is nothing here by that name.",
    405: "This page cannot be used in that way.",
    429: "Too many requests; wait a little and try again.",
}


def tell_what_is_wrong(app: FastAPI) -> None:
    """Registers what is said for every kind of error."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(OnrecordError, _told)
    app.add_exception_handler(Exception, _fault)


def wrong(request: Request, status: int, line: str) -> Response:
    """The answer with ``status`` that says ``line``: JSON where data was asked for, else a page."""
    if request.url.path.endswith((".json", ".csv", ".geojson")):
        return JSONResponse({"error": line}, status)
    return rendered(request, "wrong.html", {"title": "Not possible", "line": line}, status)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else ""
    standard = not detail or detail in ("Not Found", "Method Not Allowed", "Forbidden")
    return wrong(request, status, _SAYS.get(status, detail) if standard else detail)


async def _not_understood(request: Request, error: Exception) -> Response:
    first = error.errors()[0] if isinstance(error, RequestValidationError) and error.errors() else {}
    where = ".".join(str(part) for part in first.get("loc", ())[1:]) or "the request"
    return wrong(request, 422, f"{where}: {first.get('msg', 'not understood')}")


async def _told(request: Request, error: Exception) -> Response:
    return wrong(request, 400, str(error))


async def _fault(request: Request, error: Exception) -> Response:
    _log.exception("a fault in onrecord at %s", request.url.path, exc_info=error)
    return wrong(request, 500, "This is a fault in onrecord; please report it with the address of this page.")
