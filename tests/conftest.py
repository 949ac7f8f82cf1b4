"""What every test may ask for: the language model and a reader, loaded once a session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from spacy.language import Language

    from onrecord.model import Reading
    from onrecord.reading.reader import Reader

settings.register_profile("onrecord", deadline=None)  # timings never fail a test
settings.load_profile("onrecord")


@pytest.fixture(scope="session")
def model() -> Language:
    from onrecord.reading.language import language_model

    return language_model()


@pytest.fixture(scope="session")
def reader(model: Language) -> Reader:
    from onrecord.reading.reader import Reader

    return Reader(model=model)


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Reading]:
    """``read(text, published=None)``: the reading of a text; the day may be given as ISO text."""
    from onrecord.model import Document

    def reading(text: str, published: date | str | None = None) -> Reading:
        day = date.fromisoformat(published) if isinstance(published, str) else published
        return reader(Document(text, published=day))

    return reading
