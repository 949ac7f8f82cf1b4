"""Caveats and their scope, against golden files; the statements are those of the file."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.model import (
    Act,
    Document,
    Factuality,
    Figure,
    FigureKind,
    Party,
    PartyKind,
    Quotation,
    Statement,
    Words,
    identifier,
)
from onrecord.reading.caveats import find_caveats
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse
from tests.golden.cases import Case, cases
from tests.golden.test_stance import attributions


def statements(document: Document, file: dict[str, Any]) -> tuple[Statement, ...]:
    given = file.get("statements", [])
    found = attributions({"text": document.text, "expect": given})
    return tuple(
        Statement(
            id=identifier(document, "statement", a.content),
            content=Words.of(document.text, a.content),
            cue=Words.of(document.text, a.cue),
            source=Words.of(document.text, a.source),
            claimant=(Party("x", e["source"], PartyKind(e.get("kind", "person"))),),
            relays=(),
            channel=None,
            act=Act.SAY,
            quotation=Quotation.INDIRECT,
            factuality=Factuality(e.get("factuality", "certain")),
            figures=tuple(Figure(a.content, f, FigureKind.COUNT) for f in e.get("figures", [])),
        )
        for a, e in zip(found, given, strict=True)
    )


@pytest.mark.parametrize("case", cases("caveats"))
def test_caveat(case: Case) -> None:
    document = Document(case.text)
    given = statements(document, case.file)
    words = {s.id: s.content.text for s in given}
    found = [
        {"text": c.text, "kind": c.kind, "covers": [words[i] for i in c.covers], "certain": c.certain}
        for c in find_caveats(parse(document, language_model()), given)
    ]
    if case.wanted:
        assert {k: v for k, v in case.expected.items() if k != "gap"} in found, found
    else:
        assert case.expected["text"] not in [c["text"] for c in found]
