"""The desk asked by machine, after its own description (OpenAPI) and with forms of anything: it never has a fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from starlette.testclient import TestClient

from onrecord.ledger import Ledger, open_ledger
from onrecord.model import Decision, Judgement
from onrecord.web import Desk, application
from onrecord.web.pages import PAGES
from tests.exports.readings import RICH
from tests.web.conftest import HERE, form_token
from tests.web.records import CLAIM, CONFLICT, MISFIT, RISE, SERIES, furnish

FORMATS = ("", ".csv", ".geojson")
THERE = (RICH.document.id, CLAIM, CONFLICT, MISFIT, SERIES, RISE)
VALUES = (
    *THERE, *Judgement, "", "act", "said", "say", "null", "[]", "{}", '{"earliest": "2023-03-05"}', "2023-03-05",
    "figures[0-6].value", "figures[", "claimant", "content", "1e999", "\0", "/claims",
)  # fmt: skip
DESCRIBED = schemathesis.openapi.from_dict(application(Desk(None, "")).openapi())  # type: ignore[arg-type]
OPERATIONS = [one.ok() for one in DESCRIBED.get_all_operations() if isinstance(one, Ok)]
RUN = settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger with something of everything."""
    ledger = open_ledger(tmp_path_factory.mktemp("openapi") / "record.db", new=True)
    furnish(ledger)
    ledger.decide([Decision(Judgement.UNSURE, "statement", RISE, "Ana Lind")])
    yield ledger
    ledger.close()


@pytest.fixture(scope="module")
def asked(opened: Ledger) -> Iterator[TestClient]:
    desk = Desk(opened, "record.db", reads=1e9, writes=1e9)
    with TestClient(application(desk), base_url=HERE, raise_server_exceptions=False) as client:
        client.post("/settings", data={"reviewer": "Ana Lind", "form_token": form_token(client)})
        yield client


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
@RUN
@given(data=st.data())
def test_what_is_described_is_never_a_fault(operation: Any, asked: TestClient, data: st.DataObject) -> None:
    """Data made up after the description, or to break it, sent to every address and its other formats."""
    case = data.draw(operation.as_strategy(data.draw(st.sampled_from(GenerationMode))))
    path = case.formatted_path
    for address in (path, *(path.removesuffix(".json") + format_ for format_ in FORMATS)):
        answer = asked.request(case.method, address, params=case.query)
        assert answer.status_code < 500, (address, case.query)
    told = asked.request(case.method, path, params=case.query)
    assert told.status_code in (200, 400, 404, 405, 422), path
    told.json()


def forms() -> dict[str, APIRoute]:
    """Every address that takes a form."""
    routes = (route for router in PAGES for route in router.routes)
    return {route.path: route for route in routes if isinstance(route, APIRoute) and "POST" in (route.methods or ())}


@pytest.mark.parametrize("path", forms())
@RUN
@given(data=st.data())
def test_no_form_is_a_fault(path: str, asked: TestClient, data: st.DataObject) -> None:
    """Ids that are there and are not, half forms and wrong ones, with the session's own token."""
    dependant = forms()[path].dependant
    value = st.sampled_from(VALUES) | st.text(max_size=40)
    fields = {one.alias: data.draw(value) for one in dependant.body_params if data.draw(st.booleans())}
    places = {
        one.alias: data.draw(st.sampled_from(THERE) | st.text(min_size=1, max_size=20)) for one in dependant.path_params
    }
    address = path.format(**{name: quote(place, safe="") for name, place in places.items()})
    form = {**fields, "form_token": form_token(asked)}
    answer = asked.post(address, data=form, follow_redirects=False)
    assert answer.status_code in (303, 400, 403, 404, 405, 422), (address, fields)


@pytest.mark.parametrize("path", [path for path in forms() if path not in ("/settings", "/enter")])
def test_a_desk_that_only_shows_takes_no_form_at_all(path: str, opened: Ledger) -> None:
    """Whatever forms there are, and may yet come: but for a person's own cookies none does anything."""
    before = list(opened.growth())
    desk = Desk(opened, "record.db", read_only=True, reads=1e9, writes=1e9)
    with TestClient(application(desk), base_url=HERE, raise_server_exceptions=False) as client:
        client.post("/settings", data={"reviewer": "Ana Lind", "form_token": form_token(client)})
        needed = {one.alias: "accept" for one in forms()[path].dependant.body_params}
        address = path.format(**{one.alias: RISE for one in forms()[path].dependant.path_params})
        answer = client.post(address, data={**needed, "form_token": form_token(client)}, follow_redirects=False)
        assert answer.status_code == 403, address
        assert "only shows" in answer.text
    assert list(opened.growth()) == before
