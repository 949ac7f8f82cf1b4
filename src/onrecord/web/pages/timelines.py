"""The timeline: when things were said over what they are about, and how many statements have no day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from onrecord.ledger import Ledger, Where
from onrecord.web.asked import Asked, chosen
from onrecord.web.desk import desk_of
from onrecord.web.drawing.timelines import Dated, Days, Timeline, timeline
from onrecord.web.pages.statements import told
from onrecord.web.pages.views import saved
from onrecord.web.remembering import everything, reviewed
from onrecord.web.rendering import Page, offered
from onrecord.web.showing import shown
from onrecord.web.state import address

router = APIRouter(tags=["timeline"])
SIZE = 250
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Lanes:
    """A page of statements with their days, drawn, and the row of the last where there are more."""

    rows: list[Json]
    drawn: Timeline | None
    next: int | None


@offered(router, "/timeline", "json", "csv")
def timelines(request: Request, where: Asked, after: Annotated[int | None, Query(ge=0, le=2**62)] = None) -> Page:
    """The days of the statements that meet every condition, in two lanes; ``after`` goes on where a page ended."""
    desk = desk_of(request)
    rests = everything if where.state or where.finding else reviewed
    known = desk.pages.recall(("timeline", where, after), lambda: _lanes(desk.ledger, where, after), rests)
    data = {"statements": known.rows, "next": known.next}
    extra = {
        "where": where,
        "chosen": chosen(request, where),
        "views": saved(desk),
        "drawn": known.drawn,
        "dateless": [row for row in known.rows if not (row["said_from"] or row["about_from"])],
        "more": address(request, after=known.next) if known.next else None,
        "first": address(request, after=None) if after else None,
        "formats": ("json", "csv"),
    }
    return Page("timeline.html", "Timeline", data, known.rows, extra=extra)


def _lanes(ledger: Ledger, where: Where, after: int | None) -> _Lanes:
    found = list(ledger.statements(where, after=after, limit=SIZE + 1))
    rows = [_dated(told(one)) for one in found[:SIZE]]
    next_ = found[SIZE - 1].row if len(found) > SIZE else None
    return _Lanes(rows, timeline([_drawn(row) for row in rows]), next_)


def _dated(one: Json) -> Json:
    """A statement with the days it was said on, and from the first to the last that its figures are about."""
    said = one.get("said") or {}
    periods = [f["period"] for f in one.get("figures") or () if f.get("period")]
    bounds = [
        day for p in periods for day in (p.get("earliest") or p.get("latest"), p.get("latest") or p.get("earliest"))
    ]
    days = sorted(day for day in bounds if day)
    return {
        "id": one["id"],
        "document": one["document"],
        "claimant": "; ".join(p["name"] for p in one["claimant"]) or None,
        "said_from": said.get("earliest") or said.get("latest"),
        "said_to": said.get("latest") or said.get("earliest"),
        "about_from": days[0] if days else None,
        "about_to": days[-1] if days else None,
        "text": one["text"],
        "link": one["link"],
    }


def _drawn(row: Json) -> Dated:
    label = f"{shown(row['claimant'] or 'the author', 40)}: {shown(row['text'], 90)}"
    return Dated(label, row["link"], _days(row, "said"), _days(row, "about"))


def _days(row: Json, lane: str) -> Days | None:
    first, last = row[f"{lane}_from"], row[f"{lane}_to"]
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None
