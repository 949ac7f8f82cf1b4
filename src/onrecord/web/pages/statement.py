"""One statement: its words in their place, the claim and findings it bears, and all that was decided on it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.model import Claim
from onrecord.web.cards import several
from onrecord.web.deciding import history
from onrecord.web.desk import desk_of
from onrecord.web.lighting import in_its_place
from onrecord.web.pages.review import FIELDS
from onrecord.web.rendering import Page, offered
from onrecord.web.showing import stated

router = APIRouter(tags=["statements"])
Json = dict[str, Any]


@offered(router, "/statements/{id}", "json")
def statement(request: Request, id: str) -> Page:
    """One statement as it stands, how every reading had it, and who decided what of it, when and why."""
    ledger = desk_of(request).ledger
    told = _told(ledger, id)
    claims = [_claim(one) for one in ledger.claims(statement=id, limit=20)]
    decisions = history(ledger, "statement", id)
    data = {**told, "claims": claims, "decisions": decisions}
    extra = {
        "lines": in_its_place(ledger.text(told["document_id"]), told),
        "fields": FIELDS,
        "here": f"/statements/{id}",
        "formats": ("json",),
    }
    return Page("statement.html", stated((told.get("content") or {}).get("text")) or "Statement", data, extra=extra)


def _told(ledger: Ledger, id_: str) -> Json:
    try:
        shown = ledger.show(id_)
    except LedgerError:
        shown = None
    if shown is None or shown.of != "statement" or not shown.value.get("content"):
        raise HTTPException(404, "There is no statement by that id, or its words were taken out of the record.")
    value = shown.value
    return {
        **value,
        "claimant": several(value.get("claimant")),
        "state": value["state"]["status"],
        "holds": value["state"],
    }


def _claim(one: Claim) -> Json:
    return {"id": one.id, "summary": one.summary, "texts": one.texts, "independent_origins": one.independent_origins}
