"""Claims: what one claimant asserts over all documents, with its origins, updates and what changed in retelling."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException

from onrecord.ledger import Ledger
from onrecord.model import Claim, Drift
from onrecord.web.cards import Cards, cards, chosen
from onrecord.web.deciding import history
from onrecord.web.desk import Desk, desk_of
from onrecord.web.pages.findings import told
from onrecord.web.remembering import matched
from onrecord.web.rendering import Page, offered
from onrecord.web.showing import many, shown, stated
from onrecord.web.state import address

router = APIRouter(tags=["claims"])
SIZE = 40
_SHOWN = 100  # statements of one claim on its page
_BESIDE = 60  # findings that rest on them, and what changed between them
_OFFERED = 30  # claims that may be the same
_LONGEST = 200  # letters of a name that others are looked for by
Json = dict[str, Any]


@offered(router, "/claims", "json", "csv")
def claims(
    request: Request,
    claimant: Annotated[str | None, Query(max_length=200)] = None,
    after: Annotated[str | None, Query(max_length=100)] = None,
) -> Page:
    """The claims told in most texts first; ``claimant`` is a part of a name, ``after`` goes on where a page ended."""
    ledger = desk_of(request).ledger
    found = list(ledger.claims(claimant=claimant or None, after=after, limit=SIZE + 1))
    listed, more = found[:SIZE], found[SIZE:]
    rows = [_summary(one) for one in listed]
    next_ = listed[-1].id if more else None
    data = {"claims": rows, "next": next_}
    extra = {
        "claimant": claimant or "",
        "more": address(request, after=next_) if more else None,
        "unmatched": ledger.unmatched(),
        "formats": ("json", "csv"),
    }
    return Page("claims.html", "Claims", data, map(_row, rows), extra=extra)


@offered(router, "/claims/{id}", "json", "csv")
def claim(request: Request, id: str) -> Page:
    """One claim: how to cite it, every appearance, origins, updates, drift, findings, and what people decided on it."""
    ledger = desk_of(request).ledger
    found = list(ledger.claims(ids=[id], limit=1))
    if not found:
        raise HTTPException(404, "There is no claim by that id; it may have come from an earlier matching.")
    one = found[0]
    members = one.statements[:_SHOWN]
    known = cards(ledger, members)
    drift = [_drift(d, known) for d in ledger.drift(members, limit=_BESIDE) if d.to in members]
    rest = list(ledger.findings(statement=members, limit=_BESIDE))
    together = _together(ledger, id)
    data = {
        **_summary(one),
        "state": str(ledger.state(id, "claim").status),
        "cite": _cited(request, one, known),
        "statements": chosen(known, members),
        "updates": [{"from": u.from_, "to": u.to, "why": u.why} for u in one.updates],
        "drift": list({(d["from"], d["to"], d["field"]): d for d in drift}.values()),
        "findings": told(ledger, rest, []),
        "one_with": together,
        "may_be": _may_be(desk_of(request), one, {other["id"] for other in together}),
        "decisions": history(ledger, "claim", id),
    }
    extra = {
        "known": known,
        "named": {c["document_id"]: c["document"] for c in known.values()},
        "left_out": len(one.statements) - len(members),
        "here": f"/claims/{id}",
        "formats": ("json", "csv"),
    }
    return Page("claim.html", stated(one.summary), data, (_card(c) for c in data["statements"]), extra=extra)


def _cited(request: Request, one: Claim, known: Cards) -> str:
    """The claim as a footnote names it: who, what, where and when first, how often, and where it can be looked up."""
    who = "; ".join(p.name for p in one.claimant) or "the author"
    appears = [known[id_] for id_ in one.statements if id_ in known]
    first = f", in {appears[0]['document']} ({appears[0]['published'] or 'no day'})" if appears else ""
    spread = f"{many(one.texts, 'text')}, {many(one.independent_origins, 'independent origin')}"
    ledger = f"claim {one.id} of {desk_of(request).name}, as of {date.today().isoformat()}"
    return f"{who}: “{shown(stated(one.summary), 200)}”{first}; {spread}; {ledger}. {request.base_url}claims/{one.id}"


def _together(ledger: Ledger, id_: str) -> list[Json]:
    """The claims that people hold to be one with it; ``gone`` where the newest matching has it no longer."""
    heads = ledger.clusters("claim")
    ids = [other for other, head in heads.items() if head == heads.get(id_) and other != id_]
    stand = {one.id: one.summary for one in ledger.claims(ids=ids)} if ids else {}
    return [{"id": other, "summary": stand.get(other), "gone": other not in stand} for other in ids]


def _may_be(desk: Desk, one: Claim, without: set[str]) -> list[Json]:
    """Other claims of the same claimant."""
    name = one.claimant[0].name[:_LONGEST] if one.claimant else None
    found = desk.memory.recall(
        ("claims", name), lambda: list(desk.ledger.claims(claimant=name, limit=_OFFERED)) if name else [], matched
    )
    return [{"id": c.id, "summary": c.summary} for c in found if c.id != one.id and c.id not in without]


def _summary(one: Claim) -> Json:
    return {
        "id": one.id,
        "claimant": [{"name": p.name, "role": p.role, "side": p.side} for p in one.claimant],
        "summary": one.summary,
        "origins": [
            {"party": o.party, "document": o.document, "said": o.said and o.said.isoformat()} for o in one.origins
        ],
        "independent_origins": one.independent_origins,
        "texts": one.texts,
        "appearances": len(one.statements),
    }


def _row(one: Json) -> Json:
    return {
        **one,
        "claimant": "; ".join(p["name"] for p in one["claimant"]),
        "origins": "; ".join(o["party"] for o in one["origins"]),
    }


def _drift(one: Drift, known: Cards) -> Json:
    return {
        "from": one.from_,
        "to": one.to,
        "field": one.field,
        "from_value": one.from_value,
        "to_value": one.to_value,
        "class": str(one.class_),
        "told": known.get(one.from_),
        "retold": known.get(one.to),
    }


def _card(one: Json) -> Json:
    if one["gone"]:
        return dict.fromkeys(("id", "document", "published", "claimant", "act", "text"), "") | {"id": one["id"]}
    claimant = "; ".join(p["name"] for p in one["claimant"])
    return {
        **{n: one[n] for n in ("id", "document", "published")},
        "claimant": claimant,
        "act": one["act"],
        "text": one["text"],
    }
