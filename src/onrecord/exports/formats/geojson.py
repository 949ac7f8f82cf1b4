"""GeoJSON (RFC 7946): a feature for every place in a statement, for maps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec

from onrecord.exports.rows import COLUMNS, Row, flat
from onrecord.model import Place

_TOLD = tuple(name for name in COLUMNS if name not in ("spans", "places"))
_YOUNG = "the text is younger than 14 days"


class GeoJson:
    """One FeatureCollection. What has no coordinates, or none that may be shown, is a feature without geometry."""

    name = "geojson"
    description = "one feature for every place in a statement, for maps"
    media_type = "application/geo+json"
    suffix = ".geojson"
    binary = False

    def write(self, rows: Iterable[Row], out: IO[str]) -> None:
        out.write('{"type":"FeatureCollection","features":[')
        for n, feature in enumerate(feature for row in rows for feature in _features(row)):
            out.write((",\n" if n else "\n") + msgspec.json.encode(feature).decode())
        out.write("\n]}\n")


def _features(row: Row) -> Iterator[dict[str, Any]]:
    values = flat(row)
    told = {name: values[name] for name in _TOLD}
    for n, place in enumerate(row.statement.places or (None,)):
        yield {
            "type": "Feature",
            "id": f"{row.statement.id}-{n}",
            "geometry": _point(place),
            "properties": {**told, **_of(place), "withheld": _withheld(row, place)},
        }


def _point(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _of(place: Place | None) -> dict[str, Any]:
    return {
        "place": place.name if place else None,
        "place_text": place.text if place else None,
        "place_kind": place.kind.value if place else None,
        "uncertainty_m": place.uncertainty_m if place else None,
        "geonameid": place.geonameid if place else None,
    }


def _withheld(row: Row, place: Place | None) -> str | None:
    """Why a place that is known has no coordinates."""
    return _YOUNG if row.withheld and place is not None and place.lat is None else None
