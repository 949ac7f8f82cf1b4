"""What a place is called in the record, and what kind of place its words tell of."""

from __future__ import annotations

import unicodedata

from onrecord.model import PlaceKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.places.gazetteer import Entry
from onrecord.reading.places.names import Line, Name, words_of

_ROMANISED = frozenset("āīūēōḩḥşṣţṭḑḍz̧ẓ‘’ʼ`")


def shown_name(entry: Entry, text: str, name: Name) -> str:
    """The modern English name: the table's own, or the printed one where the table has a scholar's spelling."""
    shown = entry.name
    if entry.curated:
        return shown
    if entry.kind is PlaceKind.REGION and name.area and entry.country:
        word = lexicon("places")["area_word"].get(entry.country)
        return f"{shown} {word}" if word and word not in shown else shown
    if not _ROMANISED.intersection(shown.lower()):
        return shown
    if not text.isupper():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", shown) if not unicodedata.combining(c) and c not in "‘’ʼ`")


def kind_by_words(line: Line, name: Name) -> PlaceKind:
    """The kind of a place no table knows: by a noun in its name or right beside it, then by the tagger."""
    near = set(line.lower[max(0, name.start - 2) : name.end + 1])
    for words, kind in (
        ("facility_words", PlaceKind.FACILITY),
        ("water_words", PlaceKind.OTHER),
        ("district_words", PlaceKind.DISTRICT),
        ("area_words", PlaceKind.REGION),
        ("settlement_words", PlaceKind.SETTLEMENT),
    ):
        if near & words_of(words):
            return kind
    label = line.labels[name.start]
    return {"FAC": PlaceKind.FACILITY, "GPE": PlaceKind.SETTLEMENT}.get(label, PlaceKind.OTHER)
