"""The timeline: when things were said over what they are about, and how many statements have no day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from onrecord.web.asked import Asked, chosen
from onrecord.web.desk import desk_of
from onrecord.web.drawing.timelines import Dated, Days, timeline
from onrecord.web.pages.statements import told
from onrecord.web.pages.views import saved
from onrecord.web.rendering import Page, offered
from onrecord.web.showing import shown
from onrecord.web.state import address

router = APIRouter(tags=["timeline"])
SIZE = 250
Json = dict[str, Any]


@offered(router, "/timeline", "json", "csv")
def timelines(request: Request, where: Asked, after: Annotated[int | None, Query(ge=0, le=2**62)] = None) -> Page:
    """The days of the statements that meet every condition, in two lanes; ``after`` goes on where a page ended."""
    found = list(desk_of(request).ledger.statements(where, after=after, limit=SIZE + 1))
    rows = [_dated(told(one)) for one in found[:SIZE]]
    more = len(found) > SIZE
    drawn = timeline([_drawn(row) for row in rows])
    dateless = [row for row in rows if not (row["said_from"] or row["about_from"])]
    data = {"statements": rows, "next": found[SIZE - 1].row if more else None}
    extra = {
        "where": where,
        "chosen": chosen(request, where),
        "views": saved(desk_of(request)),
        "drawn": drawn,
        "dateless": dateless,
        "more": address(request, after=found[SIZE - 1].row) if more else None,
        "first": address(request, after=None) if after else None,
        "formats": ("json", "csv"),
    }
    return Page("timeline.html", "Timeline", data, rows, extra=extra)


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
