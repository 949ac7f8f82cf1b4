"""How words are put, against golden files; the attributions are those of the file, so only this step is tested.

``credited = true`` on a file lets the step know who is credited, as the reader does.
"""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.model import Document, Span
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse
from onrecord.reading.parties import credit
from onrecord.reading.stance import stances
from onrecord.reading.steps import Attribution, Stance
from onrecord.reading.times import find_times
from tests.golden.cases import Case, cases

FIELDS = ("act", "quotation", "factuality", "channel", "said", "doubts")


def attributions(file: dict[str, Any]) -> tuple[Attribution, ...]:
    """The file's attributions: each is looked for in the line of the one before or a later one."""
    found, line = list[Attribution](), 0
    lines = file["text"].splitlines(keepends=True)
    for e in file["expect"]:
        parts = [e.get("source"), e.get("cue"), *_parts(e["content"])]
        while not all(words in lines[line] for part in parts if part for words in _parts(part)):
            line += 1
        start = sum(map(len, lines[:line]))
        source, cue, content = (_spans(lines[line], start, e.get(k)) for k in ("source", "cue", "content"))
        found.append(Attribution(source, cue, content, e.get("within")))
    return tuple(found)


def _parts(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else words


def _spans(line: str, start: int, words: str | list[str] | None) -> tuple[Span, ...]:
    found, at = list[Span](), 0
    for part in _parts(words or []):
        at = line.index(part, at)
        found.append(Span(start + at, start + at + len(part)))
        at += len(part)
    return tuple(found)


def shown(stance: Stance) -> dict[str, Any]:
    said = stance.said
    return {
        "act": str(stance.act),
        "quotation": str(stance.quotation),
        "factuality": str(stance.factuality),
        "channel": stance.channel,
        "said": None if said is None else [str(said.earliest), str(said.latest)],
        "doubts": list(stance.doubts),
    }


@pytest.mark.parametrize("case", cases("stance"))
def test_stance(case: Case) -> None:
    parsed = parse(Document(case.text, published=case.published), language_model())
    given = attributions(case.file)
    credits = credit(parsed, given) if case.file.get("credited") else ()
    found = stances(parsed, given, find_times(parsed), credits)
    stance = shown(found[case.file["expect"].index(case.expected)])
    wanted = {k: v for k, v in case.expected.items() if k in FIELDS}
    if "said" not in wanted and "said" in case.file.get("always", []):
        wanted["said"] = None
    assert {k: stance[k] for k in wanted} == wanted
