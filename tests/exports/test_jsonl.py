"""The JSON contract: what is written is what the schema describes, and every word is where it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped, unused-ignore]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.contract import contract, line
from onrecord.exports import schema
from onrecord.exports.fields import fields as page_of_fields
from onrecord.model import Reading
from onrecord.model import reading as model

from .readings import RICH, bare, everything

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())


def complaints(reading: Reading) -> list[str]:
    return [f"{e.json_path}: {e.message}" for e in VALIDATOR.iter_errors(json.loads(line(reading)))]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("reading", [RICH, bare(""), bare("Nothing was said.", language="en")])
def test_what_is_written_is_described(reading: Reading) -> None:
    assert complaints(reading) == []


@given(st.text(st.characters(), min_size=1, max_size=40))
def test_any_text_is_written_as_described(text: str) -> None:
    assert complaints(everything(text)) == []


def test_a_field_that_is_not_described_is_found() -> None:
    loose = contract(RICH) | {"verdict": True}
    assert not VALIDATOR.is_valid(loose)


def test_every_field_has_a_description() -> None:
    bare_fields = [
        f"{name}.{field}"
        for name, definition in [("reading", schema()), *schema()["$defs"].items()]
        for field, of in definition.get("properties", {}).items()
        if not of.get("description")
    ]
    assert bare_fields == []


def test_every_field_of_the_model_is_written() -> None:
    """A field added to the model cannot be forgotten here."""
    described = {name: set(of.get("properties", ())) for name, of in schema()["$defs"].items()}
    described["reading"] = set(schema()["properties"])
    renamed = {"from_": "from"}
    names = {"ReaderInfo": "reader"}
    for noun in vars(model).values():
        if isinstance(noun, type) and is_dataclass(noun) and noun.__module__ == model.__name__:
            written = described[names.get(noun.__name__, noun.__name__.lower())]
            assert {renamed.get(f.name, f.name) for f in fields(noun)} == written, noun.__name__


def test_every_word_stands_where_it_says() -> None:
    written = contract(RICH)
    text = written["document"]["text"]
    told = [o for key, value in written.items() if key != "document" for o in anchored(value)]
    assert len(told) > 40
    for words in told:
        assert words["text"] == " … ".join(text[a:b] for a, b in words["spans"])


def anchored(value: Any) -> Iterator[dict[str, Any]]:
    """Every object below ``value`` that has both spans and their text."""
    match value:
        case dict():
            if "spans" in value and "text" in value:
                yield value
            for one in value.values():
                yield from anchored(one)
        case list():
            for one in value:
                yield from anchored(one)


def test_every_id_leads_somewhere() -> None:
    statements = {s.id for s in RICH.statements}
    assert {s.within for s in RICH.statements} - {None} <= statements
    assert {id_ for c in RICH.caveats for id_ in c.covers} <= statements


def test_whole_numbers_are_written_whole() -> None:
    assert '"value":11000,"low":10500,"high":11500' in line(RICH)


def test_lone_surrogates_move_no_offset() -> None:
    written = json.loads(line(everything("a\ud800b")))
    assert written["document"]["text"] == "a\ufffdb"
    assert written["statements"][0]["content"] == {"spans": [[0, 3]], "text": "a\ufffdb"}


def test_one_line_is_one_line() -> None:
    assert len(line(everything("a\nb\r\u2028c\x85d")).split("\n")) == 1


def test_the_page_of_fields_is_up_to_date() -> None:
    """Write it anew with ``python -m onrecord.exports.fields > docs/contract.md``."""
    assert (ROOT / "docs" / "contract.md").read_text(encoding="utf-8") == page_of_fields()
