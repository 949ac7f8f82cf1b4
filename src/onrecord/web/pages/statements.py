"""The ledger: statements as a table, narrowed by facets and search, page by page."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from onrecord.ledger import Found, Where
from onrecord.web.asked import LONGEST, NAMES, Asked, chosen
from onrecord.web.cards import several
from onrecord.web.desk import Desk, desk_of
from onrecord.web.pages.views import saved
from onrecord.web.remembering import everything, reviewed
from onrecord.web.rendering import Page, offered
from onrecord.web.state import address

router = APIRouter(tags=["statements"])
SIZE = 40
_IN_CSV = 10_000
_COUNTED_BY_TERM, _COUNTED = 5000, 1000  # statements that facets are counted over: as many as take 50 ms
_GONE_THROUGH = (
    "about_from",
    "about_to",
    "said_from",
    "said_to",
    "caveat",
    "publisher",
    "state",
    "finding",
    "document",
)
_FACETS = ("claimant", "side", "relay", "measure", "place", "act", "factuality", "caveat")
_EXACT = {"place": "place_name"}  # facets whose values are whole names, where a person types a part of one
_STATES = ("open", "accepted", "corrected", "rejected", "unsure", "reopened")
_FINDINGS = ("conflict", "series", "implied", "drift")
Json = dict[str, Any]
After = Annotated[int | None, Query(ge=0, le=2**62)]


class Sort(StrEnum):
    """The orders of statements; a minus turns one round. Those without a day come last in either."""

    ADDED = "added"
    ADDED_LAST = "-added"
    SAID = "said"
    SAID_LAST = "-said"
    PUBLISHED = "published"
    PUBLISHED_LAST = "-published"


_ORDERS = {
    Sort.ADDED: "as added",
    Sort.ADDED_LAST: "last added first",
    Sort.SAID: "said, earliest first",
    Sort.SAID_LAST: "said, latest first",
    Sort.PUBLISHED: "published, earliest first",
    Sort.PUBLISHED_LAST: "published, latest first",
}
"""What the orders are called on the page."""


@offered(router, "/statements", "json", "csv")
def statements(request: Request, where: Asked, sort: Sort = Sort.ADDED, after: After = None) -> Page:
    """The statements that meet every condition, in the order of ``sort``; ``after`` goes on where a page ended."""
    ledger = desk_of(request).ledger
    if request.url.path.endswith(".csv"):
        every = ledger.statements(where, sort=sort, after=after, limit=_IN_CSV)
        return Page("statements.html", "Ledger", {}, (_row(told(one)) for one in every))
    found = list(ledger.statements(where, sort=sort, after=after, limit=SIZE + 1))
    rows = [{**told(one), "state": one.state} for one in found[:SIZE]]
    more = len(found) > SIZE
    data = {"statements": rows, "next": found[SIZE - 1].row if more else None}
    extra = {
        "where": where,
        "sort": str(sort),
        "orders": [(str(one), name) for one, name in _ORDERS.items()],
        "chosen": chosen(request, where),
        "views": saved(desk_of(request)),
        "facets": facets(request, desk_of(request), where),
        "more": address(request, after=found[SIZE - 1].row) if more else None,
        "first": address(request, after=None) if after else None,
        "formats": ("json", "csv"),
    }
    return Page("statements.html", "Ledger", data, extra=extra)


def facets(request: Request, desk: Desk, where: Where) -> list[Json]:
    """For each facet its values with how many statements have them, and the address that a value leads to."""
    kinds = tuple(kind for kind in _FACETS if getattr(where, _EXACT.get(kind, kind)) is None)
    rests = everything if where.state or where.finding else reviewed
    most = _COUNTED if any(getattr(where, name) for name in _GONE_THROUGH) else _COUNTED_BY_TERM
    every = desk.memory.recall(("facets", where), lambda: desk.ledger.facets(kinds, where, limit=12, most=most), rests)
    told = []
    for kind, counted in every.items():
        if counted.values:
            name = _EXACT.get(kind, kind)
            values = [(value, n) for value, n in counted.values if 0 < len(value) <= LONGEST]
            changed = {kind: None} if name != kind else {}
            links = [
                {"name": value, "n": n, "link": address(request, **changed, **{name: value})} for value, n in values
            ]
            told.append({"name": NAMES[name], "kind": kind, "values": links, "of": counted.of})
    for kind, names in (("state", _STATES), ("finding", _FINDINGS)):
        if getattr(where, kind) is None:
            links = [{"name": value, "n": None, "link": address(request, **{kind: value})} for value in names]
            told.append({"name": NAMES[kind], "kind": kind, "values": links, "of": None})
    return told


def told(one: Found) -> Json:
    """A statement as the page and its JSON have it: the contract's values, and where it stands."""
    value = one.value
    return {
        **value,
        "claimant": several(value.get("claimant")),
        "document": one.key or one.document,
        "document_id": one.document,
        "spans": (value.get("content") or {}).get("spans", []),
        "text": (value.get("content") or {}).get("text", ""),
        "marked": one.marked,
        "found": one.found,
        "reader": {"name": one.reader, "version": one.version},
        "link": f"/documents/{one.document}#s-{value.get('id')}",
    }


def _row(row: Json) -> Json:
    said = row.get("said") or {}
    return {
        "id": row.get("id"),
        "document": row["document"],
        "claimant": "; ".join(p["name"] for p in row["claimant"]),
        "side": "; ".join(dict.fromkeys(p["side"] for p in row["claimant"] if p["side"])),
        "relays": "; ".join(r["name"] for r in row.get("relays") or ()),
        "act": row.get("act"),
        "factuality": row.get("factuality"),
        "said_from": said.get("earliest"),
        "said_to": said.get("latest"),
        "text": row["text"],
    }
