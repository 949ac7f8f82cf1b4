"""Places and demonyms: recognised, named, and put on the map where a gazetteer knows them."""

from __future__ import annotations

from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Mentioned


def find_places(parsed: Parsed) -> Mentioned:
    """Every place and demonym of a document, in order."""
    return Mentioned((), ())
