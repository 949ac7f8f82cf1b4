"""Accounts of a large record are worked out beside the desk: whole or not at all, never as newer than they are."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.model import Account, Decision, Judgement
from onrecord.pipeline.comparing import account
from onrecord.web import Desk
from onrecord.web.working import Asked, Beside
from tests.exports.readings import RICH

MOROZ: Asked = (("Iryna Moroz",), ())
PAGE = "/accounts?believe=Iryna+Moroz"


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every record is taken for a large one."""
    monkeypatch.setattr("onrecord.web.pages.accounts._AT_ONCE", 0)


def done(beside: Beside) -> None:
    """Waits until nothing is worked out any more."""
    for thread in list(beside.threads.values()):
        thread.join(60)


def told(client: TestClient) -> tuple[int, Any]:
    answer = client.get(PAGE.replace("?", ".json?"))
    return answer.status_code, answer.json()


def test_it_is_the_same_account(client: TestClient, desk: Desk, ledger: Ledger) -> None:
    status, before = told(client)
    assert (status, before["lines"], before["current"]) == (202, [], False)
    assert before["doing"]
    done(desk.accounts)
    status, after = told(client)
    assert (status, after["current"], after["doing"], after["fault"]) == (200, True, None, None)
    expected = account(ledger, *MOROZ)
    assert after["quantities"] == len(expected.lines) > 0
    assert {one["quantity"] for one in after["lines"]} == {one.quantity for one in expected.lines}


def test_a_page_that_is_awaited_says_so_and_looks_again(client: TestClient, desk: Desk) -> None:
    awaited = client.get(PAGE)
    assert awaited.status_code == 202
    assert "Being worked out" in awaited.text and "look again" in awaited.text and "hx-trigger" in awaited.text
    assert "<table" not in awaited.text
    done(desk.accounts)
    assert "Being worked out" not in (text := client.get(PAGE).text)
    assert "<table" in text and "hx-trigger" not in text


def test_one_that_the_record_outgrew_is_told_as_such_and_worked_out_anew(
    client: TestClient, desk: Desk, ledger: Ledger
) -> None:
    told(client)
    done(desk.accounts)
    ledger.decide([Decision(Judgement.REJECT, "statement", RICH.statements[2].id, "Ana Lind")])
    status, earlier = told(client)
    assert (status, earlier["current"]) == (200, False)
    assert earlier["lines"] and earlier["at"] and earlier["doing"]
    assert "has grown since this was worked out" in client.get(PAGE).text
    done(desk.accounts)
    _, now = told(client)
    assert now["current"] and now["lines"] != earlier["lines"]


def test_what_goes_wrong_is_told_once_and_tried_again(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("onrecord.web.working._account", _ends)
        told(client)
        done(desk.accounts)
    status, failed = told(client)
    assert status == 200 and "it ended before it was done (code 3)" in failed["fault"]
    assert told(client)[0] == 202
    done(desk.accounts)
    assert told(client)[1]["current"]


def _ends(*given: object) -> None:
    raise SystemExit(3)


def test_one_after_the_other_and_few_wait(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.working._WAITING", 2)
    monkeypatch.setattr(Beside, "_worked_out", lambda self, asked: Account(asked[0], asked[1], ()))
    asked = [((name,), ()) for name in ("Ana", "Bo", "Cy")]
    with desk.accounts.turn:
        assert all(desk.accounts.ask(one).doing for one in asked)
        assert [*desk.accounts.doing] == asked[:2]
    done(desk.accounts)
    assert {*desk.accounts.kept} == {*asked[:2]}
