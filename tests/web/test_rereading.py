"""A story whose day was set is read again beside the desk, and its page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.contract import contract
from onrecord.errors import Remark
from onrecord.ledger import Entry, Ledger, open_ledger
from onrecord.model import Document, ReaderInfo, Reading
from onrecord.web import Desk, application
from onrecord.web.elsewhere import Tell
from onrecord.web.rereading import _reread
from tests.web.conftest import HERE
from tests.web.test_pages import page, send

STORY = Document("“The bridge is closed,” Colonel Ivan Petrenko said on Monday.", key="bridge.txt")
PAGE = f"/documents/{STORY.id}"
MONDAY = "2023-03-06"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over a story that was read without a day."""
    with closing(open_ledger(tmp_path / "record.db", new=True)) as ledger:
        reading = Reading(STORY, ReaderInfo("another", "1"), (), (), (), (), (), ())
        ledger.add([Entry(STORY, reading, contract(reading))])
        yield Desk(ledger, "record.db")


@pytest.fixture
def reviewer(desk: Desk) -> Iterator[TestClient]:
    with TestClient(application(desk), base_url=HERE, follow_redirects=False) as client:
        send(client, "/settings", reviewer="Ana Lind")
        yield client


def said(ledger: Ledger) -> list[str]:
    return [one.value["said"]["earliest"] for one in ledger.statements() if one.value["said"]]


def test_setting_the_day_has_the_story_read_again(reviewer: TestClient, desk: Desk) -> None:
    assert said(desk.ledger) == []
    assert send(reviewer, f"{PAGE}/published", published="2023-03-07").status_code == 303
    waits = page(reviewer, PAGE)
    assert "Being read again" in waits.text_content()
    assert waits.xpath(f"//*[@hx-get='{PAGE}/rereading']")
    assert reviewer.get(f"{PAGE}/rereading").status_code == 204
    for thread in list(desk.rereading.doing.values()):
        thread.join(120)
    assert desk.rereading.told(STORY.id) == {"doing": False, "fault": None}
    assert reviewer.get(f"{PAGE}/rereading").headers["HX-Refresh"] == "true"
    assert said(desk.ledger) == [MONDAY]
    assert "reread" not in reviewer.get(PAGE).text
    assert desk.ledger.verify().faults == 0


def test_what_goes_wrong_is_told_and_can_be_tried_again(
    reviewer: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.rereading._reread", _fails)
    send(reviewer, f"{PAGE}/reread")
    for thread in list(desk.rereading.doing.values()):
        thread.join(120)
    shown = page(reviewer, PAGE)
    assert "It could not be read again: the parser is not there" in shown.text_content()
    assert shown.xpath(f"//form[@action='{PAGE}/reread']")


def _fails(tell: Tell, where: str, document: str) -> str:
    return "the parser is not there"


def test_remarks_are_no_faults(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.rereading.read_again", lambda ledger, ids, tell: [tell(Remark("a table"))])
    assert _reread(print, str(tmp_path / "record.db"), STORY.id) is None


def test_a_story_that_is_not_there_is_not_read(reviewer: TestClient, desk: Desk) -> None:
    assert send(reviewer, "/documents/nothing/reread").status_code == 404
    assert not desk.rereading.doing
