"""What is asked of a ledger is what is there, in its newest view."""

from __future__ import annotations

import tracemalloc
from collections import deque
from dataclasses import replace
from datetime import date
from itertools import islice

import pytest

from benchmarks.ledger.madeup import entries
from onrecord.ledger import Entry, Ledger, Where
from onrecord.model import Act, Document, ReaderInfo
from tests.exports.readings import RICH
from tests.ledger.conftest import Keep

pytestmark = pytest.mark.parametrize("ledger", ["sqlite", "postgresql"], indirect=True)
OTHER = ReaderInfo("another", "2")


def texts(ledger: Ledger, **where: object) -> list[str]:
    return [found.value["content"]["text"][:20] for found in ledger.statements(Where(**where))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ({}, 9),
        ({"claimant": "iryna moroz"}, 3),
        ({"claimant": "MOROZ"}, 3),
        ({"claimant": "Mor_z"}, 0),
        ({"claimant": "two aid workers"}, 1),
        ({"side": "RU"}, 2),
        ({"side": "UA"}, 4),
        ({"act": "estimate"}, 1),
        ({"measure": "displaced"}, 1),
        ({"place": "velyka"}, 2),
        ({"place_name": "Velyka Rika"}, 1),
        ({"place_name": "Velyka Rika", "place": "bridge"}, 0),
        ({"place_name": "velyka rika"}, 0),
        ({"place_name": "Velyka"}, 0),
        ({"text": "lost tanks"}, 1),
        ({"text": '"more tanks"'}, 1),
        ({"text": '"tanks lost"'}, 0),
        ({"text": "tank"}, 1),
        ({"text": "tanks or bridge"}, 0),
        ({"said_from": date(2023, 3, 5)}, 1),
        ({"said_from": date(2023, 3, 6)}, 0),
        ({"said_to": date(2023, 3, 5)}, 1),
        ({"said_to": date(2023, 3, 4)}, 0),
        ({"side": "RU", "text": "ratio"}, 1),
        ({"side": "RU", "text": "bridge"}, 0),
    ],
)
def test_each_condition_narrows(where: dict[str, object], number: int, ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    assert len(texts(ledger, **where)) == number
    assert len(list(ledger.documents(Where(**where)))) == bool(number)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ['"', "tanks AND", "NEAR(", "a*b:c", "-", "';--", "()", "text:x", "^"])
def test_what_is_searched_for_is_never_syntax(text: str, ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    assert len(texts(ledger, text=text)) <= 9


def test_words_that_were_searched_for_are_marked(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    (found,) = ledger.statements(Where(text="tank"))
    assert found.marked == "Ukraine had lost far more **tanks** than Russia"
    assert [one.marked for one in ledger.statements(Where(act="estimate"))] == [None]


def test_the_newest_view_is_shown_once(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    keep(replace(RICH, reader=OTHER, statements=tuple(replace(s, act=Act.DENY) for s in RICH.statements)))
    assert len(texts(ledger)) == len(texts(ledger, act="deny")) == 9
    assert texts(ledger, act="estimate") == []
    assert {found.reader for found in ledger.statements()} == {"another"}


def test_what_is_not_found_again_is_still_shown(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    keep(replace(RICH, reader=OTHER, statements=RICH.statements[1:]))
    lost = [found for found in ledger.statements() if not found.found]
    assert [found.value["id"] for found in lost] == [RICH.statements[0].id]
    keep(replace(RICH, reader=ReaderInfo("third", "3")))
    assert all(found.found for found in ledger.statements())


def test_documents_are_listed_with_what_is_known_of_them(ledger: Ledger, keep: Keep) -> None:
    keep(RICH)
    ledger.add([Entry(replace(RICH.document, key="copy", published=date(2023, 3, 9))), Entry(Document("Short."))])
    rich, short = ledger.documents()
    assert (rich.published, rich.sightings, rich.readings, rich.statements) == ("2023-03-07", 2, 1, 9)
    assert (short.key, short.statements) == (None, 0)


def test_to_stream_many_takes_the_memory_of_few(ledger: Ledger) -> None:
    ledger.add(entries(300))
    told = ledger.statements()
    deque(islice(told, 1000), maxlen=0)  # what is made once is there
    tracemalloc.start()
    try:
        deque(islice(told, 500), maxlen=0)
        _, few = tracemalloc.get_traced_memory()
        number = sum(1 for _ in told)
        _, all_ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert number > 1000
    assert all_ < few * 1.5
