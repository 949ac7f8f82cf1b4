"""Documents: the list, and each story with its words lit and every statement beside it."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Form, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onrecord.exports.visible import clipped
from onrecord.ledger import State, Story
from onrecord.model import Decision, Judgement
from onrecord.web.cards import several
from onrecord.web.deciding import decide, reviewer
from onrecord.web.desk import desk_of
from onrecord.web.lighting import Numbered, lit, numbered
from onrecord.web.remembering import read
from onrecord.web.rendering import Page, offered
from onrecord.web.state import address

router = APIRouter(tags=["documents"])
SIZE = 50
_NONE = "There is no document by that id, or its words were taken out of the record."
_LONGEST = 200_000  # characters of a story on one page; a longer one goes on on the next
Json = dict[str, Any]


@offered(router, "/documents", "json", "csv")
def documents(request: Request, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Page:
    """The documents of the ledger in the order they were added."""
    first = (page - 1) * SIZE
    desk = desk_of(request)
    ledger = desk.ledger
    found = desk.memory.recall(("documents", first), lambda: list(ledger.documents(offset=first, limit=SIZE + 1)), read)
    decided = ledger.states("document", [one.id for one in found[:SIZE]])
    rows = [msgspec.to_builtins(one) | _day(decided.get(one.id)) for one in found[:SIZE]]
    extra = {
        "before": address(request, page=page - 1) if page > 1 else None,
        "after": address(request, page=page + 1) if len(found) > SIZE else None,
        "formats": ("json", "csv"),
    }
    return Page("documents.html", "Documents", {"documents": rows}, rows, extra=extra)


@offered(router, "/documents/{id}", "json", "csv")
def document(request: Request, id: str, part: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Page:
    """One story: its words lit, statements beside it, its sightings, and what is doubtful with its candidates."""
    ledger = desk_of(request).ledger
    found = ledger.story(id)
    if found is None:
        raise HTTPException(404, _NONE)
    start, end = (part - 1) * _LONGEST, part * _LONGEST
    statements = numbered(found.statements)
    values = [_value(one) for one in statements]
    about = _about(found) | _day(ledger.states("document", [id]).get(id))
    data = {**about, "statements": values, "caveats": list(found.caveats)}
    extra = {
        "lit": lit(found, statements, start, end),
        "short": clipped(data["key"] or data["title"] or "this text", 40),
        "part": part,
        "before": address(request, part=part - 1) if part > 1 else None,
        "after": address(request, part=part + 1) if end < len(found.kept.text) else None,
        "here": f"/documents/{id}",
        "again": desk_of(request).rereading.told(id),
        "formats": ("json", "csv"),
    }
    return Page("document.html", data["title"] or data["key"] or "Story", data, map(_row, values), extra=extra)


@router.post("/documents/{id}/published", include_in_schema=False)
def set_day(request: Request, id: str, published: Annotated[str, Form(max_length=10)] = "") -> Response:
    """Sets the day a story was published on, as a person's correction, and has its dates worked out from it."""
    day = published or None
    decide(request, [Decision(Judgement.CORRECT, "document", id, "", field="published", value=day)])
    return reread(request, id)


@router.post("/documents/{id}/reread", include_in_schema=False)
def reread(request: Request, id: str) -> Response:
    """Has a story read again, beside the desk."""
    reviewer(request)
    desk = desk_of(request)
    if not desk.ledger.kept([id]):
        raise HTTPException(404, _NONE)
    desk.rereading.begin(id)
    return RedirectResponse(f"/documents/{id}", 303)


@router.get("/documents/{id}/rereading", include_in_schema=False)
def rereading(request: Request, id: str) -> Response:
    """Nothing (204) while a story is being read again; then the page that waits for it is to be loaded anew."""
    doing = desk_of(request).rereading.told(id)["doing"]
    return Response(status_code=204) if doing else Response(headers={"HX-Refresh": "true"})


@router.post("/documents/{id}/choose", include_in_schema=False)
def choose(
    request: Request,
    id: str,
    statement: Annotated[str, Form(max_length=64)],
    field: Annotated[str, Form(max_length=200)],
    value: Annotated[str, Form(max_length=4000)],
) -> Response:
    """Takes one of the candidates of a doubtful field."""
    decide(request, [Decision(Judgement.CORRECT, "statement", statement, "", field=field, value=value)])
    return RedirectResponse(f"/documents/{id}#c-{statement}", 303)


def _about(found: Story) -> Json:
    seen = [msgspec.to_builtins(one) for one in found.kept.sightings]
    first = seen[0] if seen else {}
    named = {
        name: next((one[name] for one in seen if one.get(name)), None) for name in ("key", "title", "publisher", "url")
    }
    return {
        "id": found.kept.id,
        **named,
        "published": first.get("published"),
        "characters": len(found.kept.text),
        "sightings": seen,
        "revises": list(found.kept.revises),
        "copies": list(found.kept.copies),
        "readers": [{"name": one.name, "version": one.version} for one in dict.fromkeys(found.readers)],
        "read_on": found.read_on,
    }


def _day(decided: State | None) -> Json:
    """The day of publication, where a person set it."""
    return {"published": (decided.value or {}).get("published")} if decided and "published" in decided.fields else {}


def _value(one: Numbered) -> Json:
    return {
        **one.of.value,
        "id": one.of.id,
        "number": one.number,
        "claimant": several(one.of.value.get("claimant")),
        "state": str(one.of.state.status),
        "found": one.of.found,
        "reader": {"name": one.of.reader, "version": one.of.version},
    }


def _row(value: Json) -> Json:
    return {
        "id": value["id"],
        "number": value["number"],
        "claimant": "; ".join(p["name"] for p in value["claimant"]),
        "relays": "; ".join(r["name"] for r in value.get("relays") or ()),
        "act": value.get("act"),
        "factuality": value.get("factuality"),
        "state": value["state"],
        "text": (value.get("content") or {}).get("text"),
    }
