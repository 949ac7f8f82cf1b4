"""Rows as exporters are given them, made of readings without a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from onrecord.contract import statement_values
from onrecord.exports import Row
from onrecord.exports.guarding import guarded
from onrecord.exports.privacy import Privacy
from onrecord.model import Kept, Reading, Sighting

LATER = date(2024, 1, 1)
SECRET = Privacy(b"a secret of the tests")


def kept(reading: Reading, **about: object) -> Kept:
    """The document of a reading as a ledger would keep it."""
    d = reading.document
    seen = Sighting(f"seen-{d.id[:8]}", d.key, d.published, d.title, d.publisher, d.url, d.language)
    fields: dict[str, object] = {
        "known": d.published or date(2023, 1, 1),
        "sightings": (seen,),
        "parties": tuple(dict.fromkeys(p for s in reading.statements for p in s.claimant)),
        "hedges": {c.id: c.text for c in reading.caveats},
    }
    return Kept(d.id, d.text, **{**fields, **about})  # type: ignore[arg-type]


def rows(
    *readings: Reading, privacy: Privacy | None = SECRET, today: date = LATER, about: Mapping[str, object] | None = None
) -> Iterator[Row]:
    for reading in readings:
        shown = guarded(kept(reading, **(about or {})), privacy, today)
        for value in map(statement_values, reading.statements):
            statement = shown.statement(value)
            yield Row(statement, shown.document, reader=reading.reader, withheld=shown.withholds(statement))
