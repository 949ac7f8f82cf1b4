"""Claims: what one claimant asserts over all documents, with its origins, updates and what changed in retelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException

from onrecord.ledger import Ledger
from onrecord.model import Claim, Drift, Finding, Origin
from onrecord.web.cards import Cards, cards, chosen
from onrecord.web.deciding import history
from onrecord.web.desk import Desk, desk_of
from onrecord.web.pages.findings import brief
from onrecord.web.remembering import matched
from onrecord.web.rendering import Page, offered
from onrecord.web.showing import many, shown, stated
from onrecord.web.state import address

router = APIRouter(tags=["claims"])
SIZE = 40
_APPEARANCES = 50  # statements of one claim on a page
_SHOWN = 20  # origins, updates and changes of one claim on its page; all of them are in its JSON
_BESIDE = 30  # findings that rest on it
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
    desk = desk_of(request)
    asked = "listed", claimant, after
    rows, next_ = desk.pages.recall(asked, lambda: _listed(desk.ledger, claimant, after), matched)
    data = {"claims": rows, "next": next_}
    extra = {
        "claimant": claimant or "",
        "more": address(request, after=next_) if next_ else None,
        "unmatched": desk.memory.recall("unmatched", desk.ledger.unmatched),
        "formats": ("json", "csv"),
    }
    return Page("claims.html", "Claims", data, map(_row, rows), extra=extra)


def _listed(ledger: Ledger, claimant: str | None, after: str | None) -> tuple[list[Json], str | None]:
    """The claims after one, and after which there are more."""
    found = list(ledger.claims(claimant=claimant or None, after=after, limit=SIZE + 1))
    return [_summary(one) for one in found[:SIZE]], found[SIZE - 1].id if len(found) > SIZE else None


@dataclass(frozen=True, slots=True)
class _Shown:
    """A claim with all that its page tells of it; ``known`` are the cards of those of its statements that are shown,
    ``drift`` and ``together`` plain values, ``named`` the documents it came from."""

    claim: Claim
    members: Sequence[str]
    known: Cards
    named: dict[str, str]
    drift: list[Json]
    beside: list[Finding]
    together: list[Json]
    state: str
    decisions: list[Json]


@offered(router, "/claims/{id}", "json", "csv")
def claim(request: Request, id: str, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Page:
    """One claim: how to cite it, its appearances (``page`` by page), origins, updates, drift, findings, decisions."""
    desk = desk_of(request)
    first = (page - 1) * _APPEARANCES
    shown = desk.pages.recall(("claim", id, page), lambda: _shown(desk.ledger, id, first))
    if shown is None:
        raise HTTPException(404, "There is no claim by that id; it may have come from an earlier matching.")
    one = shown.claim
    last = first + _APPEARANCES >= len(one.statements)
    data = {
        **_summary(one),
        "state": shown.state,
        "cite": _cited(request, one, shown.known),
        "statements": chosen(shown.known, shown.members),
        "next": None if last else page + 1,
        "updates": [{"from": u.from_, "to": u.to, "why": u.why} for u in one.updates],
        "drift": shown.drift,
        "findings": [brief(f) for f in shown.beside[:_BESIDE]],
        "more_findings": len(shown.beside) > _BESIDE,
        "one_with": shown.together,
        "may_be": _may_be(desk, one, {other["id"] for other in shown.together}),
        "decisions": shown.decisions,
    }
    extra = {
        "known": shown.known,
        "named": shown.named,
        "shown": _SHOWN,
        "first": first + 1,
        "split_from": one.statements[:2],
        "before": address(request, page=page - 1) + "#appearances" if page > 1 else None,
        "after": None if last else address(request, page=page + 1) + "#appearances",
        "here": address(request),
        "formats": ("json", "csv"),
    }
    return Page("claim.html", stated(one.summary), data, _appearances(desk.ledger, one.statements), extra=extra)


def _shown(ledger: Ledger, id_: str, first: int) -> _Shown | None:
    """The claim with its appearances from the ``first`` on; None where there is none by that id."""
    one = next(iter(list(ledger.claims(ids=[id_], limit=1))), None)
    if one is None:
        return None
    members = one.statements[first : first + _APPEARANCES]
    drift = _drifts(ledger, one)
    pairs = [(d["from"], d["to"]) for d in drift[:_SHOWN]] + [(u.from_, u.to) for u in one.updates[:_SHOWN]]
    known = cards(ledger, [*members, *one.statements[:1], *(side for pair in pairs for side in pair)])
    return _Shown(
        one,
        members,
        known,
        _named(ledger, one.origins[:_SHOWN], known),
        drift,
        list(ledger.findings(statement=one.statements, limit=_BESIDE + 1)),
        _together(ledger, id_),
        str(ledger.state(id_, "claim").status),
        history(ledger, "claim", id_),
    )


def _drifts(ledger: Ledger, one: Claim) -> list[Json]:
    """What changed between its statements, each change once."""
    members = set(one.statements)
    told = (_drift(d) for d in ledger.drift(one.statements) if d.from_ in members and d.to in members)
    return list({(d["from"], d["to"], d["field"]): d for d in told}.values())


def _named(ledger: Ledger, origins: Sequence[Origin], known: Cards) -> dict[str, str]:
    """The names of the documents that a claim came from, those of cards among them."""
    named = {card["document_id"]: card["document"] for card in known.values()}
    others = ledger.kept({one.document for one in origins} - named.keys())
    return named | {id_: next((s.key for s in kept.sightings if s.key), id_[:12]) for id_, kept in others.items()}


def _appearances(ledger: Ledger, ids: Sequence[str]) -> Iterator[Json]:
    """Every appearance for a spreadsheet, a page at a time."""
    for at in range(0, len(ids), _APPEARANCES):
        some = ids[at : at + _APPEARANCES]
        yield from map(_card, chosen(cards(ledger, some), some))


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


def _drift(one: Drift) -> Json:
    return {
        "from": one.from_,
        "to": one.to,
        "field": one.field,
        "from_value": one.from_value,
        "to_value": one.to_value,
        "class": str(one.class_),
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
