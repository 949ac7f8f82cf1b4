"""What the desk remembers: worked out once, and never told once the record has grown by what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from starlette.testclient import TestClient

from onrecord.contract import contract
from onrecord.ledger import Entry, Ledger, open_ledger
from onrecord.model import Decision, Judgement
from onrecord.web import Desk, application
from onrecord.web.remembering import Memory, Rests, everything, matched, read, reviewed
from onrecord.web.safety.limits import Limit
from tests.exports.readings import RICH
from tests.web.conftest import HERE
from tests.web.records import HERALD, furnish

FIRST = RICH.statements[0].id


@pytest.fixture
def counted(ledger: Ledger) -> tuple[Memory, list[str]]:
    """A memory, and what was worked out."""
    return Memory(ledger), []


def asked(counted: tuple[Memory, list[str]], what: str, of: Rests = everything) -> None:
    memory, worked = counted
    memory.recall(what, lambda: worked.append(what), of)


def test_it_is_worked_out_once(counted: tuple[Memory, list[str]]) -> None:
    for what in ("a", "a", "b", "a"):
        asked(counted, what)
    assert counted[1] == ["a", "b"]


def test_it_is_worked_out_anew_when_the_record_grew(counted: tuple[Memory, list[str]], ledger: Ledger) -> None:
    asked(counted, "a")
    ledger.decide([Decision(Judgement.ACCEPT, "statement", FIRST, "Ana Lind")])
    asked(counted, "a")
    assert counted[1] == ["a", "a"]


def test_what_was_read_holds_over_decisions_and_falls_with_a_new_text(
    counted: tuple[Memory, list[str]], ledger: Ledger
) -> None:
    asked(counted, "a", read)
    ledger.decide([Decision(Judgement.ACCEPT, "statement", FIRST, "Ana Lind")])
    ledger.keep_matching(("hand", "1"), [], [], [])
    asked(counted, "a", read)
    assert counted[1] == ["a"]
    ledger.add([Entry(HERALD.document, HERALD, contract(HERALD))])
    asked(counted, "a", read)
    assert counted[1] == ["a", "a"]


def test_what_stands_after_review_falls_with_a_decision(counted: tuple[Memory, list[str]], ledger: Ledger) -> None:
    asked(counted, "a", reviewed)
    ledger.keep_matching(("hand", "1"), [], [], [])
    asked(counted, "a", reviewed)
    assert counted[1] == ["a"]
    ledger.decide([Decision(Judgement.ACCEPT, "statement", FIRST, "Ana Lind")])
    asked(counted, "a", reviewed)
    assert counted[1] == ["a", "a"]


def test_what_was_matched_holds_over_texts_and_falls_with_a_matching(
    counted: tuple[Memory, list[str]], ledger: Ledger
) -> None:
    asked(counted, "a", matched)
    ledger.add([Entry(HERALD.document, HERALD, contract(HERALD))])
    asked(counted, "a", matched)
    ledger.keep_matching(("hand", "1"), [], [], [])
    asked(counted, "a", matched)
    assert counted[1] == ["a", "a"]


def test_words_that_were_taken_out_are_forgotten(ledger: Ledger) -> None:
    memory = Memory(ledger)
    memory.recall("facets", lambda: "Iryna Moroz", read)
    ledger.redact(RICH.document.id, "Ana Lind", "they were private")
    memory.recall("other", lambda: "nothing")
    assert [value for _, value in memory.kept.values()] == ["nothing"]


def test_what_two_ask_for_at_once_is_worked_out_once(counted: tuple[Memory, list[str]]) -> None:
    together = Barrier(8)

    def ask(_: int) -> None:
        together.wait()
        asked(counted, "a")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    assert counted[1] == ["a"]


def test_what_was_asked_for_longest_ago_is_forgotten_first(ledger: Ledger) -> None:
    memory = Memory(ledger)
    for n in range(1000):
        memory.recall(n, lambda: None)
    assert len(memory.kept) < 1000
    assert 999 in memory.kept


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, Ledger]]:
    """A desk, and its ledger as another program has it open."""
    monkeypatch.setattr(Limit, "allows", lambda self, who: True)
    ours, theirs = open_ledger(tmp_path / "r.db", new=True), open_ledger(tmp_path / "r.db")
    with TestClient(application(Desk(ours, "r.db")), base_url=HERE) as client:
        yield client, theirs
    ours.close()
    theirs.close()


def test_a_page_shows_what_another_program_just_added(pages: tuple[TestClient, Ledger]) -> None:
    client, theirs = pages
    for address in ("/statements", "/documents", "/map", "/quality", "/claims", "/review"):
        assert client.get(address).status_code == 200
    furnish(theirs)
    assert "Moroz" in client.get("/statements").text.partition('class="facets"')[2].partition("</aside>")[0]
    assert len(client.get("/documents.json").json()["documents"]) == 2
    assert client.get("/quality.json").json()["readers"] == [{"name": "onrecord", "version": "0.1.0", "readings": 2}]
    assert client.get("/map.json").json()["places"]


def test_a_state_that_is_asked_for_is_that_of_the_last_decision(pages: tuple[TestClient, Ledger]) -> None:
    client, theirs = pages
    furnish(theirs)
    for judgement, n in ((Judgement.ACCEPT, 1), (Judgement.REJECT, 0), (Judgement.ACCEPT, 1)):
        theirs.decide([Decision(judgement, "statement", FIRST, "Ana Lind")])
        page = client.get("/statements?state=accepted")
        assert page.text.count("<tr>") == n + (n > 0)  # the row of names, and one a statement


def test_a_corrected_value_is_counted_at_once(pages: tuple[TestClient, Ledger]) -> None:
    client, theirs = pages
    furnish(theirs)
    assert ">deny</bdi>" not in client.get("/statements").text
    theirs.decide([Decision(Judgement.CORRECT, "statement", FIRST, "Ana Lind", field="act", value="deny")])
    assert ">deny</bdi>" in client.get("/statements").text
