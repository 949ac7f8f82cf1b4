"""Saved views: the list, and the forms that keep and delete one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onrecord.web.desk import Desk, desk_of
from onrecord.web.pages.home import local
from onrecord.web.rendering import Page, offered

router = APIRouter(tags=["views"])
Address = Annotated[str, Form(max_length=4000)]
Name = Annotated[str, Form(max_length=200)]


@offered(router, "/views", "json", "csv")
def views(request: Request) -> Page:
    """The names that people gave to addresses of this desk."""
    rows = saved(desk_of(request))
    return Page("views.html", "Saved views", {"views": rows}, rows, extra={"formats": ("json", "csv")})


def saved(desk: Desk) -> list[dict[str, Any]]:
    """The saved views; those that lead elsewhere than to this desk are left out."""
    return [{"name": name, "link": link} for name, link in desk.views.named().items() if local(link) == link]


@router.post("/views", include_in_schema=False)
def keep(request: Request, name: Name, address: Address) -> Response:
    """Keeps the address under a name, and goes back to it."""
    leads = local(address)
    _changeable(request).views.keep(name, leads)
    return RedirectResponse(leads, 303)


@router.post("/views/delete", include_in_schema=False)
def drop(request: Request, name: Name, back: Address = "/views") -> Response:
    """Deletes a view."""
    _changeable(request).views.drop(name)
    return RedirectResponse(local(back), 303)


def _changeable(request: Request) -> Desk:
    desk = desk_of(request)
    if desk.read_only:
        raise HTTPException(403, "This desk only shows the ledger; views are saved on one that is not read-only.")
    return desk
