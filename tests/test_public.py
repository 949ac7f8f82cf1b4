"""The public names: all there, all documented, none loaded before it is used."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from enum import Enum
from pathlib import Path

import pytest

import onrecord
from onrecord import DateError, DocumentError, OnrecordError

TEXT = "The bridge is closed, Mayor Anna Bondar said on Monday."


def test_every_public_name_is_there_and_documented() -> None:
    assert len(set(onrecord.__all__)) == len(onrecord.__all__)
    for name in onrecord.__all__:
        value = getattr(onrecord, name)
        assert name == "__version__" or value.__doc__ or issubclass(value, Enum), name
    assert set(onrecord.__all__) <= set(dir(onrecord))
    with pytest.raises(AttributeError):
        _ = onrecord.unheard_of


def test_the_public_errors_have_one_base() -> None:
    errors = [getattr(onrecord, name) for name in onrecord.__all__ if name.endswith("Error")]
    assert all(issubclass(error, OnrecordError) for error in errors)


def test_importing_loads_nothing_heavy() -> None:
    heavy = ("spacy", "click", "trafilatura", "rich", "numpy")
    code = f"import sys, onrecord; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_text_is_read() -> None:
    reading = onrecord.read(TEXT, published=date(2023, 3, 7))
    assert reading.document.text == TEXT
    assert reading == onrecord.read(TEXT, published="2023-03-07T10:00:00Z")
    assert reading.statements


def test_a_string_is_never_a_path(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text(TEXT, encoding="utf-8")
    assert onrecord.read(str(story)).document.text == str(story)
    assert onrecord.read(story).document.text == TEXT
    assert onrecord.read(story).document.key == "story.txt"


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    with pytest.raises(DateError, match="not a date: 2023-13-45"):
        onrecord.read(TEXT, published="2023-13-45")
    with pytest.raises(DocumentError, match="no such file"):
        onrecord.read(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="not a file"):
        onrecord.read(tmp_path)
