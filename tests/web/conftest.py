"""A desk over a small ledger, asked without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.contract import contract
from onrecord.ledger import Entry, Ledger, open_ledger
from onrecord.web import Desk, application
from onrecord.web.safety.limits import Limit
from tests.exports.readings import RICH

HERE = "http://localhost"


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a ledger with one document; tests that write take a copy."""
    path = tmp_path_factory.mktemp("desk") / "record.db"
    opened = open_ledger(path, new=True)
    opened.add([Entry(RICH.document, RICH, contract(RICH))])
    opened.close()
    return path


@pytest.fixture
def ledger(record: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "record.db"
    path.write_bytes(record.read_bytes())
    opened = open_ledger(path)
    yield opened
    opened.close()


@pytest.fixture
def desk(ledger: Ledger) -> Desk:
    return Desk(ledger, "record.db")


@pytest.fixture
def client(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A browser of sorts: it keeps cookies, and is never asked to slow down."""
    monkeypatch.setattr(Limit, "allows", lambda self, who: True)
    with TestClient(application(desk), base_url=HERE, raise_server_exceptions=False) as opened:
        yield opened


def form_token(client: TestClient) -> str:
    """The token of the forms in the client's session."""
    page = str(client.get("/enter").text)
    return page.partition('name="form_token" value="')[2].partition('"')[0]
