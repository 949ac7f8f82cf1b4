"""Findings: what cannot all hold, what follows, what does not fit, with the words and sums they rest on."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from onrecord.ledger import Ledger
from onrecord.model import Decision, Finding, FindingKind, FindingState, Judgement
from onrecord.web.cards import Cards, cards, chosen
from onrecord.web.deciding import decide
from onrecord.web.desk import desk_of
from onrecord.web.pages.home import local
from onrecord.web.rendering import Page, offered
from onrecord.web.state import address

router = APIRouter(tags=["findings"])
SIZE = 20
_LONGEST = 2000  # characters of an assumption that can be switched off
Json = dict[str, Any]


@offered(router, "/findings", "json", "csv")
def findings(
    request: Request,
    kind: FindingKind | None = None,
    state: FindingState | None = None,
    without: Annotated[list[str] | None, Query(max_length=50)] = None,
    after: Annotated[str | None, Query(max_length=100)] = None,
) -> Page:
    """The findings by kind; ``without`` names assumptions switched off, ``after`` goes on where a page ended."""
    desk = desk_of(request)
    off = [one for one in without or () if one]
    asked = "findings", kind, state, after
    known, next_ = desk.pages.recall(asked, lambda: _page(desk.ledger, kind, state, after))
    rows = [{**row, "falls": not set(off).isdisjoint(row["assumptions"])} for row in known]
    data = {"findings": rows, "without": off, "next": next_}
    fallen = sum(row["falls"] for row in rows)
    assumed = Counter(line for row in rows for line in row["assumptions"] if len(line) <= _LONGEST)
    extra = {
        "kind": kind and str(kind),
        "state": state and str(state),
        "kinds": [(str(k), address(request, kind=str(k))) for k in FindingKind],
        "states": [(str(s), address(request, state=str(s))) for s in FindingState],
        "any_kind": address(request, kind=None),
        "any_state": address(request, state=None),
        "fallen": fallen,
        "with_again": [address(request, without=[one for one in off if one != line]) for line in off],
        "switches": {line: address(request, without=[*off, line]) for line in assumed if line not in off},
        "assumed": assumed.most_common(40),
        "more": address(request, after=next_) if next_ else None,
        "here": address(request, after=after),
        "formats": ("json", "csv"),
    }
    return Page("findings.html", "Findings", data, map(_row, rows), extra=extra)


def _page(
    ledger: Ledger, kind: FindingKind | None, state: FindingState | None, after: str | None
) -> tuple[list[Json], str | None]:
    """The findings after one, and after which there are more."""
    last = tuple(after.partition("/")[::2]) if after else None
    found = list(ledger.findings(kind=kind, state=state, after=last, limit=SIZE + 1))  # type: ignore[arg-type]
    shown, more = found[:SIZE], found[SIZE:]
    return told(ledger, shown), f"{shown[-1].kind}/{shown[-1].id}" if more else None


@offered(router, "/findings/{id}", "json")
def finding(request: Request, id: str) -> Page:
    """One finding with all it rests on, and what was decided on it."""
    ledger = desk_of(request).ledger
    found = list(ledger.findings(ids=[id], limit=1))
    if not found:
        raise HTTPException(404, "There is no finding by that id; it may have come from an earlier check.")
    row = told(ledger, found)[0]
    decided = [_decision(d) for d in ledger.decisions("finding", id)]
    named = {one.id: one.name for one in ledger.series(observed=False) if one.id in found[0].series}
    data = {**row, "decisions": decided, "series_names": named}
    return Page("finding.html", "Finding", data, extra={"here": f"/findings/{id}", "formats": ("json",)})


@router.post("/findings/{id}/decide", include_in_schema=False)
def judge(
    request: Request,
    id: str,
    judgement: Annotated[Judgement, Form()],
    why: Annotated[str | None, Form(max_length=2000)] = None,
    back: Annotated[str, Form(max_length=4000)] = "/findings",
) -> Response:
    """Keeps a person's confirm, dismiss or comment."""
    decide(request, [Decision(judgement, "finding", id, "", why=why or None)])
    return RedirectResponse(local(back), 303)


def told(ledger: Ledger, found: list[Finding], known: Cards | None = None) -> list[Json]:
    """Findings as plain values, their statements as cards."""
    if known is None:
        known = cards(ledger, (id_ for one in found for id_ in one.statements))
    return [{**brief(one), "statements": chosen(known, one.statements)} for one in found]


def brief(one: Finding) -> Json:
    """A finding as plain values, its statements by their ids alone."""
    return {
        "id": one.id,
        "kind": str(one.kind),
        "state": str(one.state),
        "text": one.text,
        "arithmetic": one.arithmetic,
        "assumptions": list(one.assumptions),
        "hedges": list(one.hedges),
        "asks": one.asks,
        "fits": one.fits,
        "series": list(one.series),
        "statements": [{"id": id_} for id_ in one.statements],
    }


def _row(told: Json) -> Json:
    flat = {name: told[name] for name in ("id", "kind", "state", "text", "arithmetic", "asks", "fits")}
    lists = {name: "; ".join(told[name]) for name in ("assumptions", "hedges")}
    return {**flat, **lists, "statements": " ".join(one["id"] for one in told["statements"])}


def _decision(one: Decision) -> Json:
    return {"id": one.id, "judgement": str(one.judgement), "by": one.by, "at": one.at, "why": one.why}
