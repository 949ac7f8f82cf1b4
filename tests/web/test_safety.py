"""The guards: whose requests are answered, and with what headers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from onrecord.web import Desk, application
from onrecord.web.safety.tokens import hashed
from tests.web.conftest import HERE, form_token


def test_every_answer_allows_nothing_from_elsewhere(client: TestClient) -> None:
    for path in ("/enter", "/nowhere", "/static/desk.css"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:80"])
def test_a_name_bent_to_this_machine_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/enter", headers={"host": host}).status_code == 400


def test_a_form_without_its_token_is_refused(client: TestClient) -> None:
    assert client.post("/settings", data={"theme": "dark"}).status_code == 403


def test_a_form_from_another_page_is_refused(client: TestClient) -> None:
    form = {"theme": "dark", "form_token": form_token(client)}
    assert client.post("/settings", data=form, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/settings", data=form, headers={"origin": "null"}).status_code == 403


def test_our_own_form_is_taken(client: TestClient) -> None:
    form = {"theme": "dark", "back": "/enter", "form_token": form_token(client)}
    answer = client.post("/settings", data=form, headers={"origin": HERE}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/enter")
    assert 'data-theme="dark"' in client.get("/enter").text


def test_one_session_cannot_send_the_form_of_another(client: TestClient) -> None:
    token = form_token(client)
    client.cookies.clear()
    client.get("/enter")
    assert client.post("/settings", data={"theme": "dark", "form_token": token}).status_code == 403


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_a_form_never_leads_elsewhere(client: TestClient, back: str) -> None:
    form = {"theme": "dark", "back": back, "form_token": form_token(client)}
    assert client.post("/settings", data=form, follow_redirects=False).headers["location"] == "/"


def test_a_desk_with_a_token_opens_with_it_alone(desk: Desk) -> None:
    locked = application(replace(desk, token=hashed("correct horse battery")))
    with TestClient(locked, base_url=HERE) as client:
        assert client.get("/", follow_redirects=False).headers["location"] == "/enter"
        assert client.get("/statements.json").status_code == 403
        token = form_token(client)
        assert client.post("/enter", data={"token": "wrong", "form_token": token}).status_code == 403
        entered = client.post(
            "/enter", data={"token": "correct horse battery", "form_token": token}, follow_redirects=False
        )
        assert entered.headers["location"] == "/"
        assert client.get("/", follow_redirects=False).headers["location"] == "/statements"


def test_who_asks_too_often_is_asked_to_wait(desk: Desk) -> None:
    with TestClient(application(replace(desk, reads=0.01)), base_url=HERE) as client:
        assert client.get("/enter").status_code == 429  # four hundredths of a request may come at once


def test_a_long_form_is_refused(client: TestClient) -> None:
    form = {"theme": "x" * 2_000_000, "form_token": form_token(client)}
    assert client.post("/settings", data=form).status_code == 413


def test_what_is_asked_for_packed_is_sent_packed(client: TestClient) -> None:
    answer = client.get("/statements", headers={"accept-encoding": "gzip"})
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert "content-encoding" not in client.get("/statements", headers={"accept-encoding": "identity"}).headers


def test_the_token_of_a_form_is_another_on_every_page(client: TestClient) -> None:
    one, other = form_token(client), form_token(client)
    assert one != other
    for token, status in ((one, 303), (other, 303), (one[:16] + other[16:], 403), ("", 403), (one[:-1], 403)):
        form = {"theme": "dark", "form_token": token}
        assert client.post("/settings", data=form, follow_redirects=False).status_code == status
