"""The map: places at their true precision, as wide as they are uncertain, and a list of what has no place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from onrecord.ledger import Spotted
from onrecord.web.asked import Asked, chosen
from onrecord.web.desk import desk_of
from onrecord.web.drawing.basemap import Box, basemap
from onrecord.web.drawing.maps import Spot, View, around, fitted
from onrecord.web.pages.views import saved
from onrecord.web.remembering import everything, reviewed
from onrecord.web.rendering import Page, offered
from onrecord.web.state import address, to

router = APIRouter(tags=["map"])
FINEST = 1000  # metres: no place is shown finer
WAIT = 14  # days: positions told of in younger texts stay off the map
_UNKNOWN = 50_000  # metres: how wide a place of unknown extent is drawn
_AREAS = ("country", "region")
_SHOWN = 1000
Json = dict[str, Any]
Bounds = Annotated[str | None, Query(max_length=80, pattern=r"^-?[\d.]+,-?[\d.]+,-?[\d.]+,-?[\d.]+$")]


@offered(router, "/map", "json", "csv", "geojson")
def maps(request: Request, where: Asked, box: Bounds = None) -> Page:
    """The places that the statements name; ``box`` is west, south, east and north in degrees, with commas between."""
    desk, day = desk_of(request), date.today() - timedelta(WAIT)
    found = desk.memory.recall(
        ("places", where, day),
        lambda: desk.ledger.places(where, limit=_SHOWN, known_by=day),
        everything if where.state or where.finding else reviewed,
    )
    spots = [_spot(one) for one in found]
    held = _box(box) or around([s for s in spots if not s.area] or spots)
    view = View(held)
    marks = view.marks(spots)
    rows = [_row(one) for one in found]
    extra = {
        "where": where,
        "chosen": chosen(request, where),
        "views": saved(desk_of(request)),
        "view": view,
        "outlines": _outlines(view),
        "labels": view.labels(marks, basemap()),
        "marks": marks,
        "bar": view.bar(),
        "moves": list(_moves(request, held)),
        "formats": ("json", "csv", "geojson"),
    }
    data = {"places": rows, "box": list(held)}
    return Page("map.html", "Map", data, rows, (_feature(row) for row in rows), extra)


@lru_cache(maxsize=32)
def _outlines(view: View) -> list[tuple[str, str]]:
    """The lines of the base map in view: of one view they are always the same."""
    return view.outlines(basemap())


def _spot(one: Spotted) -> Spot:
    wide = max(FINEST, one.uncertainty_m or _UNKNOWN)
    return Spot(one.name, round(one.lon, 2), round(one.lat, 2), wide, one.statements, one.kind in _AREAS, _link(one))


def _link(one: Spotted) -> str:
    """Where its statements are."""
    return to("/statements", {"place_name": one.name})


def _row(one: Spotted) -> Json:
    return {
        "name": one.name,
        "kind": one.kind,
        "lat": round(one.lat, 2),
        "lon": round(one.lon, 2),
        "uncertainty_m": max(FINEST, one.uncertainty_m or _UNKNOWN),
        "statements": one.statements,
        "link": _link(one),
    }


def _feature(row: Json) -> Json:
    properties = {name: row[name] for name in ("name", "kind", "uncertainty_m", "statements")}
    point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def _box(text: str | None) -> Box | None:
    try:
        west, south, east, north = (float(part) for part in (text or "").split(","))
    except ValueError:
        return None
    fits = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return fitted(Box(west, south, east, north), least=0.05) if fits else None


def _moves(request: Request, held: Box) -> Iterator[tuple[str, str, str]]:
    """What each way of moving the map is called, its sign, and where it leads."""
    wide, high = held.east - held.west, held.north - held.south
    ways = {
        "nearer": ("+", (wide / 4, high / 4, -wide / 4, -high / 4)),
        "farther": ("−", (-wide / 2, -high / 2, wide / 2, high / 2)),
        "west": ("←", (-wide / 3, 0, -wide / 3, 0)),
        "east": ("→", (wide / 3, 0, wide / 3, 0)),
        "north": ("↑", (0, high / 3, 0, high / 3)),
        "south": ("↓", (0, -high / 3, 0, -high / 3)),
    }
    for name, (sign, by) in ways.items():
        west, south, east, north = (round(a + b, 4) for a, b in zip(held, by, strict=True))
        inside = Box(max(-180, west), max(-85, south), min(180, east), min(85, north))
        if inside.east - inside.west > 0.01 and inside.north - inside.south > 0.01:
            yield name, sign, address(request, box=",".join(f"{x:g}" for x in inside))
    yield "all places", "⤢", address(request, box=None)
