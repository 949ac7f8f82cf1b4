"""Places and demonyms: recognised, named, and put on the map where a gazetteer knows them."""

from __future__ import annotations

from onrecord.model import Place, Span
from onrecord.reading.parsing import Parsed
from onrecord.reading.places.gazetteer import Entry
from onrecord.reading.places.names import Line, Name, names
from onrecord.reading.places.resolving import key_of, resolved
from onrecord.reading.places.vague import described
from onrecord.reading.places.voting import places_among
from onrecord.reading.places.wording import kind_by_words, shown_name
from onrecord.reading.steps import Mentioned


def find_places(parsed: Parsed) -> Mentioned:
    """Every place and demonym of a document, in order."""
    doc = parsed.doc
    line = Line.of(doc)
    found = places_among(names(line), line, doc)
    chosen = resolved(found, line)
    meant = [(name, name.means[0] if name.people else chosen.get(key_of(name))) for name in found]
    meant = [(name, entry) for name, entry in meant if entry or not name.means or line.tagged(name.start)]
    places = [_place(parsed, line, name, entry) for name, entry in meant if not name.people]
    demonyms = [_place(parsed, line, name, entry) for name, entry in meant if name.people]
    places = described(line, meant, places)
    return Mentioned(tuple(sorted(places, key=_position)), tuple(demonyms))


def _position(place: Place) -> tuple[Span, ...]:
    return place.spans


def _place(parsed: Parsed, line: Line, name: Name, entry: Entry | None) -> Place:
    first, last = parsed.doc[name.start], parsed.doc[name.end - 1]
    span = Span(first.idx, last.idx + len(last.text))
    text = parsed.text[span.start : span.end]
    if entry is None:
        return Place((span,), text, text, kind_by_words(line, name))
    return Place(
        (span,),
        text,
        shown_name(entry, text, name),
        entry.kind,
        entry.lat,
        entry.lon,
        max(entry.uncertainty_m, 1000),
        entry.geonameid,
    )
