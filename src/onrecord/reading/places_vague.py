"""Places that are described rather than named."""

from __future__ import annotations

from onrecord.model import Place
from onrecord.reading.parsing import Parsed
from onrecord.reading.places_gazetteer import Entry
from onrecord.reading.places_names import Line, Name


def described(
    parsed: Parsed, line: Line, meant: list[tuple[Name, Entry | None]], places: list[Place]
) -> list[Place]:
    return places
