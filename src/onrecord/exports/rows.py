"""What an exporter is given: statements where they stand on the record, with their document, reader and review."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onrecord.contract import statement_values
from onrecord.model import Figure, Kept, Party, Period, Place, ReaderInfo, Sighting, Statement


@dataclass(frozen=True, slots=True)
class Row:
    """A statement to export. All in it is as it may be shown: no exporter needs to guard it again.

    ``statement`` is the newest reading's with what people decided laid over it; ``corrected`` names the fields that are
    a person's, ``review`` is what people made of it ("open" where nobody looked), ``found`` is false where a later
    reading does not find it. ``withheld`` tells that coordinates were taken out because the text is too young.
    ``document`` has the text and all that is known of it: the same object for all statements of a document that come
    one after another. ``same`` gives, for the id of a party that people merged with others, the id of all of them.
    """

    statement: Statement
    document: Kept
    reader: ReaderInfo
    review: str = "open"
    corrected: tuple[str, ...] = ()
    found: bool = True
    withheld: bool = False
    same: Mapping[str, str] = field(default_factory=dict)

    @property
    def seen(self) -> Sighting:
        """The earliest sighting of the document."""
        return self.document.sightings[0] if self.document.sightings else Sighting("")

    @property
    def name(self) -> str:
        """What the document is called: its key, or else its id."""
        return next((s.key for s in self.document.sightings if s.key), self.document.id)

    @property
    def hedges(self) -> tuple[str, ...]:
        """The texts of the caveats that cover the statement."""
        found = (self.document.hedges.get(id_) for id_ in self.statement.caveats)
        return tuple(text for text in found if text is not None)


COLUMNS: Mapping[str, str] = {
    "id": "Id of the statement; it stays with its words whoever reads them again.",
    "document": "The document's key, its id where it has none.",
    "document_id": "Id of the document: hash of its text.",
    "published": "Earliest day the text is known to have been published.",
    "publisher": "Who published it.",
    "title": "Its title.",
    "url": "Where it was seen first.",
    "claimant": "Who makes the statement, several apart by `; `; empty for the author's own.",
    "claimant_kind": "person, organisation, group or unnamed.",
    "claimant_role": "Office or rank, as printed.",
    "claimant_side": "ISO 3166 alpha-2 code or short name.",
    "relays": "The parties it came through, nearest the claimant first.",
    "channel": "The medium used.",
    "act": "What the speech does.",
    "quotation": "direct, indirect, mixed or none.",
    "factuality": "As the source presents it.",
    "said_from": "Earliest day it was said on.",
    "said_to": "Latest day it was said on.",
    "text": "The content, parts joined by ` … `.",
    "spans": "Where the content stands in the text: JSON `[[start, end], …]`, code points, half-open.",
    "cue": "The words that credit it.",
    "source": "The words that name who is credited.",
    "within": "Id of the statement it is nested in.",
    "hedges": "The caveats that cover it, in their words.",
    "figures": "The quantities in it, as printed.",
    "measures": "What they measure.",
    "places": "The places in it, by name.",
    "doubts": "The fields whose reading is doubtful.",
    "review": "open, accepted, corrected, rejected, unsure or reopened.",
    "corrected": "The fields whose value is a person's.",
    "found": "Whether the newest reading of the document finds it.",
    "reader": "Name of the reader.",
    "version": "Its version.",
}
"""The columns of a statement laid out flat, each with what it says."""


def flat(row: Row) -> dict[str, Any]:
    """The row with one plain value a column; several are joined by ``; ``."""
    s = row.statement
    return {
        "id": s.id,
        "document": row.name,
        "document_id": row.document.id,
        "published": iso(row.seen.published),
        "publisher": row.seen.publisher,
        "title": row.seen.title,
        "url": row.seen.url,
        "claimant": joined(p.name for p in s.claimant),
        "claimant_kind": joined(p.kind for p in s.claimant),
        "claimant_role": joined(p.role for p in s.claimant),
        "claimant_side": joined(dict.fromkeys(p.side for p in s.claimant)),
        "relays": joined(r.name if r.certain else f"{r.name}?" for r in s.relays),
        "channel": s.channel,
        "act": s.act.value,
        "quotation": s.quotation.value,
        "factuality": s.factuality.value,
        **said(s.said),
        "text": s.content.text,
        "spans": json.dumps(s.content.spans),
        "cue": s.cue.text if s.cue else None,
        "source": s.source.text if s.source else None,
        "within": s.within,
        "hedges": joined(row.hedges),
        "figures": joined(f.text for f in s.figures),
        "measures": joined(dict.fromkeys(f.measure for f in s.figures)),
        "places": joined(dict.fromkeys(p.name for p in s.places)),
        "doubts": joined(s.doubts),
        "review": row.review,
        "corrected": joined(row.corrected),
        "found": row.found,
        "reader": row.reader.name,
        "version": row.reader.version,
    }


def said(period: Period | None) -> dict[str, str | None]:
    """The days between which something was said, as ISO text."""
    return {"said_from": iso(period.earliest if period else None), "said_to": iso(period.latest if period else None)}


def iso(day: date | None) -> str | None:
    """A day as ISO text."""
    return day.isoformat() if day else None


def joined(parts: Any) -> str | None:
    """What there is of the parts, apart by ``; ``; None for nothing.

    >>> joined(["UA", None, "RU"]), joined([])
    ('UA; RU', None)
    """
    return "; ".join(str(part) for part in parts if part) or None


def whole(row: Row) -> dict[str, Any]:
    """The row with all that is known of it, as the contract has a statement."""
    seen = row.seen
    return {
        **statement_values(row.statement),
        "document": row.name,
        "document_id": row.document.id,
        "published": iso(seen.published),
        "publisher": seen.publisher,
        "title": seen.title,
        "url": seen.url,
        "spans": [list(span) for span in row.statement.content.spans],
        "hedges": list(row.hedges),
        "review": row.review,
        "corrected": list(row.corrected),
        "found": row.found,
        "withheld": row.withheld,
        "reader": {"name": row.reader.name, "version": row.reader.version},
    }


def figure_values(figure: Figure) -> dict[str, Any]:
    """A figure laid out flat."""
    period = figure.period
    return {
        "text": figure.text,
        "kind": figure.kind.value,
        "comparator": figure.comparator,
        "measure": figure.measure,
        "noun": figure.noun,
        "side": figure.side,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "period_from": iso(period.earliest if period else None),
        "period_to": iso(period.latest if period else None),
        "place": figure.place,
    }


def party_values(party: Party) -> dict[str, Any]:
    """A party laid out flat."""
    return {"id": party.id, "name": party.name, "kind": party.kind.value, "role": party.role, "side": party.side}


def place_values(place: Place) -> dict[str, Any]:
    """A place laid out flat, as it may be shown."""
    return {
        "text": place.text,
        "name": place.name,
        "kind": place.kind.value,
        "latitude": place.lat,
        "longitude": place.lon,
        "uncertainty_m": place.uncertainty_m,
        "geonameid": place.geonameid,
    }
