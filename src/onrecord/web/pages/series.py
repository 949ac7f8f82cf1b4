"""Series: a reference line with the figures that were set beside it, filled where they fit and hollow where not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException

from onrecord.ledger import Ledger
from onrecord.model import FindingKind, Observation, Series
from onrecord.web.desk import Desk, desk_of
from onrecord.web.drawing.charts import Observed, Stated, chart
from onrecord.web.pages.findings import told
from onrecord.web.rendering import Page, offered
from onrecord.web.state import address

router = APIRouter(tags=["series"])
_SIZE = 100  # days of the table at once
_BESIDE = 100  # findings beside one series
Json = dict[str, Any]


class As(StrEnum):
    """How a cumulative series is drawn."""

    TOTAL = "total"
    DAILY = "daily"


@offered(router, "/series", "json", "csv")
def every(request: Request) -> Page:
    """The reference series of this ledger, newest version of each."""
    rows = [_about(one) for one in desk_of(request).ledger.series(observed=False)]
    return Page("series.html", "Series", {"series": rows}, rows, extra={"formats": ("json", "csv")})


@offered(router, "/series/{id}", "json", "csv")
def series(
    request: Request,
    id: str,
    as_: Annotated[As | None, Query(alias="as")] = None,
    from_: Annotated[date | None, Query(alias="from")] = None,
    to: date | None = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Page:
    """One series from day to day, ``as`` totals or daily, with the figures that the findings set beside it."""
    shown = _shown(desk_of(request), id)
    one = shown.series
    daily = one.cumulative and as_ is As.DAILY
    values = [o for o in _observed(one, daily) if (not from_ or o[0] >= from_) and (not to or o[0] <= to)]
    first = (page - 1) * _SIZE
    last = first + _SIZE >= len(values)
    data = {
        **_about(one),
        "days": len(values),
        "observations": [_row(o) for o in values[::-1][first : first + _SIZE]],
        "next": None if last else page + 1,
        "findings": shown.beside,
        "more_findings": shown.more,
    }
    extra = {
        "drawn": chart(values, list(_clipped(_stated(one, shown, values), from_, to))),
        "first": first + 1,
        "before": address(request, page=page - 1) + "#days" if page > 1 else None,
        "after": None if last else address(request, page=page + 1) + "#days",
        "daily": daily,
        "as_total": address(request, page=None, **{"as": "total"}),
        "as_daily": address(request, page=None, **{"as": "daily"}),
        "from_": from_ and from_.isoformat(),
        "to": to and to.isoformat(),
        "formats": ("json", "csv"),
    }
    return Page("one_series.html", one.name, data, map(_row, values), extra=extra)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A series, and the first findings that set figures beside it; whether there are ``more``."""

    series: Series
    beside: list[Json]
    more: bool


def _shown(desk: Desk, id_: str) -> _Shown:
    """What a series' page is made of."""
    found: _Shown | None = desk.pages.recall(("series", id_), lambda: _found(desk.ledger, id_))
    if found is None:
        raise HTTPException(404, "There is no series by that id.")
    return found


def _found(ledger: Ledger, id_: str) -> _Shown | None:
    one = next(iter(list(ledger.series(id_))), None)
    if one is None:
        return None
    beside = list(ledger.findings(kind=FindingKind.SERIES, series=one.id, limit=_BESIDE + 1))
    return _Shown(one, told(ledger, beside[:_BESIDE]), len(beside) > _BESIDE)


def _about(one: Series) -> Json:
    named = ("id", "name", "publisher", "measure", "side", "unit", "noun", "place", "definition", "hedge", "cumulative")
    return {name: getattr(one, name) for name in (*named, "licence", "version", "source")}


def _observed(one: Series, daily: bool) -> Iterator[Observed]:
    """The values of a series in the order of days; those of a cumulative one as what each day added."""
    values = sorted((o for o in one.observations if o.value is not None), key=lambda o: o.day)
    if not daily:
        yield from ((o.day, *_spread(o)) for o in values)
        return
    for before, now in pairwise(values):
        added = (now.value or 0.0) - (before.value or 0.0)
        yield now.day, added, added, added


def _spread(one: Observation) -> tuple[float, float, float]:
    value = one.value or 0.0
    return value, value if one.low is None else one.low, value if one.high is None else one.high


def _row(one: Observed) -> Json:
    day, value, low, high = one
    return {"day": day.isoformat(), "value": value, "low": low, "high": high}


def _stated(one: Series, shown: _Shown, values: Sequence[Observed]) -> Iterator[Stated]:
    """The figures of the findings' statements that measure what the series does, over the days they cover."""
    measures = {one.measure, *one.read_as}
    last = values[-1][0] if values else None
    for finding in shown.beside:
        for card in finding["statements"]:
            for figure in card.get("figures", ()):
                days = _days(figure, card, last)
                bounds = _bounds(figure)
                if figure["measure"] in measures and days and bounds:
                    label = f"{figure['text']} ({card['document']})"
                    yield Stated(*days, *bounds, finding["fits"], label, f"/findings/{finding['id']}")


def _clipped(stated: Iterable[Stated], first: date | None, last: date | None) -> Iterator[Stated]:
    """The figures as far as they lie in the days shown."""
    for one in stated:
        begins, ends = max(one.first, first or one.first), min(one.last, last or one.last)
        if begins <= ends:
            yield replace(one, first=begins, last=ends)


def _days(figure: Json, card: Json, last: date | None) -> tuple[date, date] | None:
    period = figure["period"] or {}
    first, until = period.get("earliest"), period.get("latest")
    published = card.get("published")
    ends = until or published or (last and last.isoformat())
    if not ends:
        return None
    begins = first if first and first <= ends else ends
    return date.fromisoformat(begins), date.fromisoformat(ends)


def _bounds(figure: Json) -> tuple[float, float] | None:
    known = [x for x in (figure["low"], figure["value"], figure["high"]) if x is not None]
    return (min(known), max(known)) if known else None
