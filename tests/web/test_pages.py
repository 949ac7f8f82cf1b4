"""Every page of the desk: it answers, its data can be parsed, people decide on it, and bad asking gets one line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]
from starlette.testclient import TestClient

from onrecord.ledger import Ledger, open_ledger
from onrecord.web import Desk, application
from onrecord.web.safety.limits import Limit
from tests.exports.readings import MOROZ, RICH, VELYKA_RIKA
from tests.web.conftest import HERE, form_token
from tests.web.records import (
    CHANGED,
    CLAIM,
    CONFLICT,
    DISPLACED,
    HELD_BACK,
    HERALD,
    IMPLIED,
    MISFIT,
    REVISED,
    RISE,
    SERIES,
    furnish,
)

DOCUMENT = RICH.document.id
PLACE = str(VELYKA_RIKA.geonameid)
OTHER_MOROZ = HERALD.statements[0].claimant[0].id
PAGES = {
    "/statements": ("json", "csv"),
    f"/statements/{RISE}": ("json",),
    f"/parties/{MOROZ.id}": ("json",),
    f"/places/{PLACE}": ("json",),
    "/documents": ("json", "csv"),
    f"/documents/{DOCUMENT}": ("json", "csv"),
    "/claims": ("json", "csv"),
    f"/claims/{CLAIM}": ("json", "csv"),
    "/findings": ("json", "csv"),
    f"/findings/{CONFLICT}": ("json",),
    f"/findings/{MISFIT}": ("json",),
    "/accounts": ("json", "csv"),
    "/accounts?believe=Iryna+Moroz": ("json", "csv"),
    "/series": ("json", "csv"),
    f"/series/{SERIES}": ("json", "csv"),
    f"/series/{SERIES}?as=daily": ("json", "csv"),
    "/map": ("json", "csv", "geojson"),
    "/timeline": ("json", "csv"),
    "/review": ("json",),
    "/quality": ("json",),
    "/views": ("json", "csv"),
}
"""Every address, with the formats of its data."""


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with something of everything, where the other tests have one with a document alone."""
    path = tmp_path_factory.mktemp("furnished") / "record.db"
    opened = open_ledger(path, new=True)
    furnish(opened)
    opened.close()
    return path


@pytest.fixture
def reviewer(client: TestClient) -> TestClient:
    """A client that gave a name."""
    send(client, "/settings", reviewer="Ana Lind", back="/review")
    return client


def send(client: TestClient, path: str, **form: Any) -> Any:
    """The answer to a form of the desk, not followed."""
    return client.post(path, data={**form, "form_token": form_token(client)}, follow_redirects=False)


def of(address: str, format_: str) -> str:
    path, _, query = address.partition("?")
    return f"{path}.{format_}" + (f"?{query}" if query else "")


def page(client: TestClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text[-400:])
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return html.fromstring(answer.text)


def ids(client: TestClient, address: str) -> list[str]:
    return [one["id"] for one in client.get(address).json()["statements"]]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_html_with_one_heading(client: TestClient, address: str) -> None:
    shown = page(client, address)
    assert len(shown.xpath("//h1")) == 1
    assert shown.xpath("//main//h1")[0].text_content().strip()
    named = shown.xpath("//*[@id]/@id")
    assert len(named) == len(set(named))


@pytest.mark.parametrize(("address", "format_"), [(a, f) for a, formats in PAGES.items() for f in formats])
def test_a_page_offers_its_data(client: TestClient, address: str, format_: str) -> None:
    assert of(address, format_) in page(client, address).xpath("//footer//a/@href")
    answer = client.get(of(address, format_))
    assert answer.status_code == 200
    if format_ == "csv":
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert len({len(row) for row in rows}) <= 1
    else:
        told = json.loads(answer.text)
        assert isinstance(told, dict)
        assert format_ != "geojson" or told["type"] == "FeatureCollection"


def test_every_link_of_a_page_leads_somewhere(client: TestClient) -> None:
    links = {link.partition("#")[0] for address in PAGES for link in page(client, address).xpath("//a/@href")}
    for link in sorted(links - {""}):
        assert link.startswith("/")
        assert client.get(link).status_code == 200, link


def test_every_link_within_a_page_has_its_end(client: TestClient) -> None:
    for address in PAGES:
        shown = page(client, address)
        ends = set(shown.xpath("//@id"))
        assert {link[1:] for link in shown.xpath("//a/@href") if link.startswith("#")} <= ends, address


def test_a_statement_leads_to_its_words(client: TestClient) -> None:
    for one in client.get("/statements.json").json()["statements"]:
        path, _, end = one["link"].partition("#")
        assert page(client, path).xpath("//*[@id=$end]", end=end)


@pytest.mark.parametrize(
    ("narrowed", "count"),
    [
        ("claimant=Iryna+Moroz", 4),
        ("claimant=Iryna+Moroz&text=losses", 2),
        ("relay=Lower+Bank+Herald", 1),
        ("side=RU", None),
        ("measure=losses", None),
        ("place=Velyka+Rika", None),
        ("caveat=unverified", 2),
        ("finding=conflict", 2),
        ("state=accepted", 0),
        ("said_from=2023-03-05&said_to=2023-03-05", 1),
        ("about_from=2023-02-01&about_to=2023-02-28", None),
        ("near=48.61,37.98,20", None),
        (f"document={DOCUMENT}", 9),
        ("text=nowhere+to+be+found", 0),
        ("text=%22AND+%28*", None),
    ],
)
def test_an_address_narrows_the_ledger(client: TestClient, narrowed: str, count: int | None) -> None:
    found = ids(client, f"/statements.json?{narrowed}")
    assert len(found) == count if count is not None else len(found) <= 10
    shown = page(client, f"/statements?{narrowed}")
    assert len(shown.xpath("//table//tbody/tr")) == len(found)
    held = shown.xpath("//ul[@class='chosen']//a/@href")
    assert len(held) == len(narrowed.split("&"))


def test_a_facet_leads_to_at_least_what_it_counts(client: TestClient) -> None:
    facets = page(client, "/statements").xpath("//aside//li[.//*[@class='count']]")
    assert facets
    for one in facets:
        # A name also finds those that it is a part of.
        leads = one.xpath(".//a/@href")[0].replace("/statements", "/statements.json")
        assert len(ids(client, leads)) >= int(one.xpath(".//*[@class='count']")[0].text), leads


def test_pages_of_the_ledger_hold_every_statement_once(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    every = ids(client, "/statements.json")
    monkeypatch.setattr("onrecord.web.pages.statements.SIZE", 4)
    found, address = [], "/statements"
    while address:
        shown = page(client, address)
        found += [link.partition("#s-")[2] for link in shown.xpath("//td/a[@class='words']/@href")]
        address = next(iter(shown.xpath("//a[@rel='next']/@href")), "")
    assert found == every


@pytest.mark.parametrize(
    ("address", "module", "listed"),
    [
        ("/claims", "claims", "//td/a/@href"),
        ("/findings", "findings", "//h2/a/@href"),
        ("/documents", "documents", "//td/a/@href"),
    ],
)
def test_pages_of_a_list_hold_everything_once(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, address: str, module: str, listed: str
) -> None:
    every = page(client, address).xpath(listed)
    monkeypatch.setattr(f"onrecord.web.pages.{module}.SIZE", 1)
    found: list[str] = []
    while address:
        shown = page(client, address)
        found += shown.xpath(listed)
        address = next(iter(shown.xpath("//a[@rel='next']/@href")), "")
    assert every and found == every


def test_a_page_of_pages_keeps_what_was_asked(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.pages.statements.SIZE", 1)
    more = page(client, "/statements?claimant=Iryna+Moroz").xpath("//a[@rel='next']/@href")[0]
    assert "claimant=Iryna+Moroz" in more
    assert len(ids(client, more.replace("/statements", "/statements.json"))) == 1


@pytest.mark.parametrize("sort", ["said", "published", "added"])
def test_statements_in_an_order_and_the_other_way_round(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, sort: str
) -> None:
    monkeypatch.setattr("onrecord.web.pages.statements.SIZE", 3)

    def pages(sort: str) -> Iterator[str]:
        told = client.get(f"/statements.json?sort={sort}").json()
        yield from (one["id"] for one in told["statements"])
        while told["next"]:
            told = client.get(f"/statements.json?sort={sort}&after={told['next']}").json()
            yield from (one["id"] for one in told["statements"])

    one, other = list(pages(sort)), list(pages(f"-{sort}"))
    assert len(one) == len(set(one)) == len(RICH.statements) + 1
    assert set(one) == set(other)
    assert one != other
    shown = page(client, f"/statements?sort=-{sort}&side=UA")
    assert shown.xpath("//option[@selected]/@value") == [f"-{sort}"]
    assert all(f"sort=-{sort}" in link for link in shown.xpath("//aside//li/a/@href"))


def test_findings_by_kind_and_state(client: TestClient) -> None:
    found = client.get("/findings.json?kind=series&state=open").json()["findings"]
    assert [one["id"] for one in found] == [MISFIT]
    assert client.get("/findings.json?state=confirmed").json()["findings"] == []


def test_what_an_assumption_bears_falls_without_it(client: TestClient) -> None:
    shown = page(client, f"/findings?without={HELD_BACK}")
    assert len(shown.xpath("//section[contains(@class, 'falls')]")) == 2
    assert shown.xpath("//input[@name='without' and @checked]/@value") == [HELD_BACK]
    assert "2 findings here fall without" in shown.text_content()
    again = shown.xpath("//a[.='switch on again']/@href")[0]
    assert not page(client, again).xpath("//section[contains(@class, 'falls')]")
    off = page(client, "/findings").xpath("//a[contains(@class, 'switch')]/@href")[0]
    assert page(client, off).xpath("//section[contains(@class, 'falls')]")


def test_the_facet_of_places_holds_whole_names(client: TestClient) -> None:
    shown = page(client, "/statements?place=velyka")
    links = shown.xpath("//aside//a[contains(@href, 'place_name=Velyka+Rika')]/@href")
    assert len(links) == 1
    assert "place=" not in links[0]
    told = client.get(links[0].replace("/statements", "/statements.json")).json()["statements"]
    assert told
    assert all(any(place["name"] == "Velyka Rika" for place in one["places"]) for one in told)


def test_a_document_shows_each_statement_once_and_lights_its_words(client: TestClient) -> None:
    shown = page(client, f"/documents/{DOCUMENT}")
    assert {f"c-{one.id}" for one in RICH.statements} == set(shown.xpath("//ol/li[starts-with(@id, 'c-')]/@id"))
    story = shown.xpath("//section[@class='story']")[0]
    lit = {kinds.split()[0] for kinds in story.xpath(".//span/@class")}
    assert lit == {"content", "source", "relay", "cue", "figure", "place", "time", "caveat"}
    told = re.sub(r"\s+", "", "".join(story.xpath("p//text()[not(parent::a[contains(@class, 'ref')])]")))
    assert told == re.sub(r"\s+", "", RICH.document.text)


def test_a_series_shows_the_figures_set_beside_it(client: TestClient) -> None:
    shown = page(client, f"/series/{SERIES}")
    assert f"/findings/{MISFIT}" in shown.xpath("//*[local-name()='svg']//a/@href")
    assert len(client.get(f"/series/{SERIES}.json?from=2023-02-01&to=2023-02-03").json()["observations"]) == 3
    assert {row["value"] for row in client.get(f"/series/{SERIES}.json?as=daily").json()["observations"]} == {150.0}


def test_a_series_is_told_by_pages_and_whole_in_its_csv(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    every = client.get(f"/series/{SERIES}.json").json()
    assert every["next"] is None and len(every["observations"]) == every["days"] > 7
    monkeypatch.setattr("onrecord.web.pages.series._SIZE", 7)
    found: list[dict[str, Any]] = []
    number = 1
    while number:
        told = client.get(f"/series/{SERIES}.json?page={number}").json()
        shown = page(client, f"/series/{SERIES}?page={number}").xpath("//table[last()]/tbody/tr/td[1]/text()")
        assert shown == [one["day"] for one in told["observations"]]
        found, number = found + told["observations"], told["next"]
    assert found == every["observations"]
    days = [line.partition(",")[0] for line in client.get(f"/series/{SERIES}.csv?page=2").text.splitlines()[1:]]
    assert days == sorted(one["day"] for one in found)
    assert f"1 to 7 of {len(found)} days" in page(client, f"/series/{SERIES}").text_content()


def test_the_map_draws_no_place_finer_than_a_kilometre(client: TestClient) -> None:
    told = client.get("/map.geojson").json()["features"]
    assert {"Velyka Rika", "Ukraine"} <= {one["properties"]["name"] for one in told}
    assert all(one["properties"]["uncertainty_m"] >= 1000 for one in told)
    nearer = page(client, "/map").xpath("//a[@data-move='nearer']/@href")[0]
    assert page(client, nearer).xpath("//*[local-name()='svg']")


@pytest.mark.parametrize("path", ["statements", "parties", "places", "documents", "claims", "findings", "series"])
def test_an_id_that_is_not_there_gets_one_line(client: TestClient, path: str) -> None:
    for id_ in ("nothing", "0" * 16, "%2e%2e", "%00", "a b", "é"):
        answer = client.get(f"/{path}/{id_}")
        assert answer.status_code == 404, (id_, answer.text)
        assert len(html.fromstring(answer.text).xpath("//p[@class='empty']")) == 1
        told = client.get(f"/{path}/{id_}.json")
        assert (told.status_code, list(told.json())) == (404, ["error"])


@pytest.mark.parametrize(
    "address",
    [
        "/statements?said_from=yesterday",
        "/statements?after=-1",
        "/statements?after=99999999999999999999",
        "/statements?near=here",
        "/statements?text=" + "x" * 400,
        "/findings?kind=opinion",
        "/findings?state=%00",
        "/documents?page=0",
        f"/documents/{DOCUMENT}?part=x",
        f"/series/{SERIES}?as=weekly",
        f"/series/{SERIES}?from=2023-02-30",
        "/map?box=1,2,3",
    ],
)
def test_what_cannot_be_understood_gets_one_line(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert "Traceback" not in answer.text
    assert html.fromstring(answer.text).xpath("//p[@class='empty']/text()")[0].strip()


@pytest.mark.parametrize(
    "address",
    [
        "/statements?claimant=%00&text=%00",
        "/statements?text=%ED%A0%80",
        "/statements?near=999,999,999",
        "/statements?sort=colour",
        "/statements?side=%27%3B+DROP+TABLE+statements",
        "/statements?said_from=2023-03-05&said_to=2023-01-01",
        "/statements?finding=opinion&state=opinion&caveat=opinion",
        "/claims?after=nothing",
        "/findings?after=nothing",
        "/findings?after=conflict/nothing",
        "/findings?without=%00",
        "/documents?page=99999",
        f"/documents/{DOCUMENT}?part=9999",
        f"/series/{SERIES}?page=9999",
        f"/series/{SERIES}?from=2030-01-01",
        f"/series/{SERIES}?from=2023-03-01&to=2023-02-01",
        "/accounts?believe=%00&doubt=Nobody",
        "/accounts?believe=,,,",
        "/map?box=10,10,-10,-10",
        "/map?box=179,84,180,85",
        "/map?box=1,1,1.001,1.001",
        "/map?box=-180,-90,180,90",
        "/map?box=.,.,.,.",
        "/review?skip=nothing",
        "/timeline?after=4611686018427387904",
    ],
)
def test_odd_asking_is_no_fault(client: TestClient, address: str) -> None:
    for format_ in ("", "json"):
        assert client.get(of(address, format_) if format_ else address).status_code in (200, 400, 404, 422), address


def test_an_empty_ledger_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limit, "allows", lambda self, who: True)
    opened = open_ledger(tmp_path / "empty.db", new=True)
    with TestClient(application(Desk(opened, "empty.db")), base_url=HERE, raise_server_exceptions=False) as client:
        for address, formats in PAGES.items():
            if not re.match(r"/(statements|parties|places|documents|claims|findings|series)/", address):
                assert page(client, address).xpath("//*[contains(@class, 'empty')]") or address == "/quality"
                assert all(client.get(of(address, format_)).status_code == 200 for format_ in formats)
    opened.close()


def test_a_decision_needs_a_name(client: TestClient, ledger: Ledger) -> None:
    answers = [
        send(client, f"/findings/{CONFLICT}/decide", judgement="confirm"),
        send(client, "/review/decide", statement=RISE, judgement="accept"),
        send(client, f"/documents/{DOCUMENT}/published", published="2023-03-08"),
        send(client, "/decisions", of="claim", target=CLAIM, judgement="accept"),
    ]
    assert [one.status_code for one in answers] == [403] * 4
    assert all("needs your name" in one.text for one in answers)
    assert list(ledger.decisions()) == []


def test_a_desk_that_only_shows_takes_no_decision(desk: Desk, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limit, "allows", lambda self, who: True)
    with TestClient(application(replace(desk, read_only=True)), base_url=HERE) as client:
        send(client, "/settings", reviewer="Ana Lind")
        answers = [
            send(client, f"/findings/{CONFLICT}/decide", judgement="confirm"),
            send(client, "/review/decide", statement=RISE, judgement="accept"),
            send(client, "/review/undo", decision="0" * 16),
            send(client, f"/documents/{DOCUMENT}/published", published="2023-03-08"),
            send(client, f"/documents/{DOCUMENT}/reread"),
            send(client, f"/documents/{DOCUMENT}/choose", statement=RISE, field="act", value="say"),
            send(client, "/decisions", of="party", target=MOROZ.id, judgement="merge", other=OTHER_MOROZ),
            send(client, "/decisions/undo", decision="0" * 16),
            send(client, "/views", name="Losses", address="/statements"),
            send(client, "/views/delete", name="Losses"),
        ]
        assert [one.status_code for one in answers] == [403] * 10
        for address in PAGES:
            assert page(client, address).xpath("//form[@method='post']/@action") == ["/settings"]
    assert list(ledger.decisions()) == []


def test_a_finding_is_confirmed(reviewer: TestClient) -> None:
    answer = send(reviewer, f"/findings/{CONFLICT}/decide", judgement="confirm", why="Both stand.", back="/findings")
    assert (answer.status_code, answer.headers["location"]) == (303, "/findings")
    told = reviewer.get(f"/findings/{CONFLICT}.json").json()
    assert told["state"] == "confirmed"
    assert [(d["judgement"], d["by"], d["why"]) for d in told["decisions"]] == [("confirm", "Ana Lind", "Both stand.")]
    send(reviewer, f"/findings/{CONFLICT}/decide", judgement="dismiss", why="On second thoughts.")
    assert reviewer.get(f"/findings/{CONFLICT}.json").json()["state"] == "dismissed"


def next_up(client: TestClient) -> str:
    return str(client.get("/review.json").json()["next"]["id"])


def test_the_queue_goes_on_with_each_decision(reviewer: TestClient, ledger: Ledger) -> None:
    decided = {}
    for judgement in ("accept", "reject", "unsure"):
        id_ = next_up(reviewer)
        assert send(reviewer, "/review/decide", statement=id_, judgement=judgement).status_code == 303
        decided[id_] = judgement
    assert len(decided) == 3
    assert next_up(reviewer) not in decided
    states = ledger.states("statement", decided)
    assert {id_: str(state.status) for id_, state in states.items()} == dict(
        zip(decided, ("accepted", "rejected", "unsure"), strict=True)
    )
    assert reviewer.get("/review.json").json()["decided"] == len(decided)


def test_a_comment_leaves_the_statement_in_the_queue(reviewer: TestClient) -> None:
    id_ = next_up(reviewer)
    send(reviewer, "/review/decide", statement=id_, judgement="comment", why="Ask the desk in Kyiv.")
    told = reviewer.get("/review.json").json()["next"]
    assert told["id"] == id_
    assert [(c["by"], c["why"]) for c in told["comments"]] == [("Ana Lind", "Ask the desk in Kyiv.")]


def test_a_field_is_corrected_and_the_correction_undone(reviewer: TestClient, ledger: Ledger) -> None:
    form = {"statement": RISE, "judgement": "correct", "field": "act", "value": "say", "why": "Her own word."}
    assert send(reviewer, "/review/decide", **form).status_code == 303
    assert (ledger.effective(RISE) or {})["act"] == "say"
    undo = page(reviewer, "/review").xpath("//input[@name='decision']/@value")[0]
    assert send(reviewer, "/review/undo", decision=undo).status_code == 303
    assert (ledger.effective(RISE) or {})["act"] == "estimate"


def test_what_is_passed_over_comes_later(reviewer: TestClient) -> None:
    first = next_up(reviewer)
    skip = page(reviewer, "/review").xpath("//a[@data-key='s']/@href")[0]
    assert reviewer.get(skip.replace("/review", "/review.json")).json()["next"]["id"] != first


def test_the_day_of_a_story_is_set(
    reviewer: TestClient, desk: Desk, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.web.rereading.Rereading.begin", lambda self, document: None)
    answer = send(reviewer, f"/documents/{DOCUMENT}/published", published="2023-03-08")
    assert answer.headers["location"] == f"/documents/{DOCUMENT}"
    assert [(d.field, d.value) for d in ledger.decisions("document", DOCUMENT)] == [("published", "2023-03-08")]
    assert reviewer.get(f"/documents/{DOCUMENT}.json").json()["published"] == "2023-03-08"
    listed = {one["id"]: one["published"] for one in reviewer.get("/documents.json").json()["documents"]}
    assert listed == {DOCUMENT: "2023-03-08", HERALD.document.id: "2023-03-09"}
    again = f"//form[@action='/documents/{DOCUMENT}/reread']"
    assert page(reviewer, f"/documents/{DOCUMENT}").xpath(again)
    assert not page(reviewer, f"/documents/{HERALD.document.id}").xpath("//form[contains(@action, 'reread')]")


def test_a_candidate_is_chosen(reviewer: TestClient, ledger: Ledger) -> None:
    shown = page(reviewer, f"/documents/{DOCUMENT}")
    form = shown.xpath(f"//form[.//input[@name='statement' and @value='{DISPLACED}']]")[0]
    named = {name: form.xpath(f".//input[@name='{name}']/@value")[0] for name in ("statement", "field")}
    earlier = form.xpath(".//button/@value")[-1]
    assert send(reviewer, form.get("action"), **named, value=earlier).status_code == 303
    period = (ledger.effective(DISPLACED) or {})["figures"][0]["period"]
    assert period["earliest"] == "2022-02-24"


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/review/decide", {"statement": "nothing", "judgement": "accept"}),
        ("/review/decide", {"statement": RISE, "judgement": "correct", "field": "colour", "value": "blue"}),
        ("/review/decide", {"statement": RISE, "judgement": "correct", "field": "act", "value": "sing"}),
        ("/review/decide", {"statement": RISE, "judgement": "correct", "field": "act", "value": "{"}),
        ("/review/decide", {"statement": RISE, "judgement": "correct"}),
        ("/review/undo", {"decision": "nothing"}),
        ("/findings/nothing/decide", {"judgement": "confirm"}),
        (f"/findings/{CONFLICT}/decide", {"judgement": "accept"}),
        ("/decisions", {"of": "statement", "target": "nothing", "judgement": "accept"}),
        ("/decisions", {"of": "party", "target": RISE, "judgement": "merge", "other": REVISED}),
        ("/decisions", {"of": "statement", "target": RISE, "judgement": "merge"}),
        ("/decisions", {"of": "weather", "target": RISE, "judgement": "accept"}),
        ("/decisions/undo", {"decision": "nothing"}),
        ("/documents/nothing/published", {"published": "2023-03-08"}),
        (f"/documents/{DOCUMENT}/published", {"published": "the eighth"}),
        (f"/documents/{DOCUMENT}/choose", {"statement": "nothing", "field": "act", "value": "say"}),
    ],
)
def test_a_decision_that_cannot_be_kept_gets_one_line(
    reviewer: TestClient, ledger: Ledger, path: str, form: dict[str, str]
) -> None:
    answer = send(reviewer, path, **form)
    assert 400 <= answer.status_code < 500, answer.text
    assert html.fromstring(answer.text).xpath("//p[@class='empty']/text()")[0].strip()
    assert list(ledger.decisions()) == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/review/decide", {"statement": RISE}),
        ("/review/decide", {"statement": RISE, "judgement": "praise"}),
        (f"/findings/{CONFLICT}/decide", {}),
        ("/settings", {"reviewer": "x" * 300}),
    ],
)
def test_half_a_form_gets_one_line(reviewer: TestClient, path: str, form: dict[str, str]) -> None:
    assert send(reviewer, path, **form).status_code == 422


def test_a_claim_shows_where_it_came_from_and_what_changed(client: TestClient) -> None:
    told = client.get(f"/claims/{CLAIM}.json").json()
    assert [one["id"] for one in told["statements"]] == [RISE, REVISED]
    assert told["updates"] == [{"from": RISE, "to": REVISED, "why": "a later count of the same month"}]
    assert [(d["from_value"], d["to_value"], d["class"]) for d in told["drift"]] == [("11,000", "14,000", "update")]
    assert {one["id"] for one in told["findings"]} == {CONFLICT, IMPLIED, MISFIT, CHANGED}
    assert {one["document_id"] for one in told["statements"]} == {DOCUMENT, HERALD.document.id}


def test_a_claim_is_told_by_pages_and_whole_in_its_csv(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.pages.claims._APPEARANCES", 1)
    first, second = (client.get(f"/claims/{CLAIM}.json?page={n}").json() for n in (1, 2))
    assert [one["id"] for told in (first, second) for one in told["statements"]] == [RISE, REVISED]
    assert (first["next"], second["next"], first["appearances"]) == (2, None, 2)
    assert {**first, "statements": [], "next": 0} == {**second, "statements": [], "next": 0}
    shown = page(client, f"/claims/{CLAIM}?page=2")
    assert "2 to 2 of 2" in shown.text_content()
    assert shown.xpath("//a[@rel='prev']/@href") == [f"/claims/{CLAIM}?page=1#appearances"]
    assert shown.xpath("//button[@value='split']/preceding-sibling::input[@name='other']/@value") == [RISE]
    assert len(client.get(f"/claims/{CLAIM}.csv?page=2").text.splitlines()) == 3
    assert "none on this page" in page(client, f"/claims/{CLAIM}?page=9").text_content()


def test_of_many_changes_a_claim_shows_some_and_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.web.pages.claims._SHOWN", 0)
    text = page(client, f"/claims/{CLAIM}").text_content()
    assert text.count("0 of 1; all of them are in the JSON") == 3  # origins, updates, changes
    assert len(client.get(f"/claims/{CLAIM}.json").json()["drift"]) == 1


def test_the_interface_is_described(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {of(a, "json").partition("?")[0].replace(DOCUMENT, "{id}") for a in PAGES if "/" not in a[1:]} <= set(paths)


@pytest.fixture(autouse=True)
def _no_faults(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing here may be a fault in onrecord."""
    yield
    assert [one.getMessage() for one in caplog.records if one.name == "onrecord.web"] == []


def test_a_claim_says_how_to_cite_it(client: TestClient) -> None:
    cite = client.get(f"/claims/{CLAIM}.json").json()["cite"]
    told = ("Iryna Moroz", "Russian losses came to 11,000 in February", "2 texts", "1 independent origin", CLAIM)
    assert all(part in cite for part in told)
    assert cite.endswith(f"{HERE}/claims/{CLAIM}")


def test_a_card_tells_the_way_of_the_words(client: TestClient) -> None:
    card = page(client, f"/documents/{HERALD.document.id}").xpath(f"//li[@id='c-{REVISED}']")[0]
    way = " ".join(card.xpath("string(p[@class='who'])").split())
    assert way == "1 Iryna Moroz, colonel RU ← by way of Lower Bank Herald ← in herald.txt".replace(
        "RU", MOROZ.side or ""
    )


def test_a_caveat_and_what_it_covers_lead_to_each_other(client: TestClient) -> None:
    shown = page(client, f"/documents/{DOCUMENT}")
    caveat = RICH.caveats[0]
    covered = {f"#c-{id_}" for id_ in caveat.covers}
    assert covered
    assert set(shown.xpath(f"//li[@id='k-{caveat.id}']//p[@class='manner']//a/@href")) == covered
    for link in covered:
        assert f"#k-{caveat.id}" in shown.xpath(f"//li[@id='{link[1:]}']//p[@class='covered']//a/@href")


def test_parties_are_merged_and_split_and_the_merge_undone(reviewer: TestClient, ledger: Ledger) -> None:
    address = f"/parties/{MOROZ.id}"
    offered = page(reviewer, address).xpath("//input[@name='other' and @type='checkbox']/@value")
    assert OTHER_MOROZ in offered
    form = {"of": "party", "target": MOROZ.id, "other": OTHER_MOROZ, "back": address}
    answer = send(reviewer, "/decisions", **form, judgement="merge")
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert [one["id"] for one in reviewer.get(f"{address}.json").json()["one_with"]] == [OTHER_MOROZ]
    send(reviewer, "/decisions", **form, judgement="split")
    assert reviewer.get(f"{address}.json").json()["one_with"] == []
    told = reviewer.get(f"{address}.json").json()["decisions"]
    assert [(one["judgement"], one["by"]) for one in told] == [("merge", "Ana Lind"), ("split", "Ana Lind")]
    send(reviewer, "/decisions/undo", decision=told[1]["id"])
    assert [one["id"] for one in reviewer.get(f"{address}.json").json()["one_with"]] == [OTHER_MOROZ]
    assert [one["undone"] for one in reviewer.get(f"{address}.json").json()["decisions"]] == [False, True, False]


def test_a_place_is_one_with_another(reviewer: TestClient) -> None:
    other = reviewer.get(f"/places/{PLACE}.json?like=u").json()["may_be"][0]["id"]
    send(reviewer, "/decisions", of="place", target=PLACE, judgement="merge", other=other, why="One town.")
    told = reviewer.get(f"/places/{PLACE}.json").json()
    assert [one["id"] for one in told["one_with"]] == [other]
    assert told["decisions"][0]["why"] == "One town."


def test_an_appearance_is_taken_out_of_its_claim(reviewer: TestClient, ledger: Ledger) -> None:
    form = page(reviewer, f"/claims/{CLAIM}").xpath("//button[@value='split']/ancestor::form")[0]
    named = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    assert {named["target"], named["other"]} == {RISE, REVISED}
    assert send(reviewer, form.get("action"), **named | {"judgement": "split"}).status_code == 303
    assert [str(one.judgement) for one in ledger.decisions("statement", RISE)] == ["split"]


def test_a_statement_tells_what_was_decided_on_it(reviewer: TestClient) -> None:
    address = f"/statements/{RISE}"
    form = {"of": "statement", "target": RISE, "judgement": "correct", "field": "act", "value": "say"}
    send(reviewer, "/decisions", **form, why="Her own word.", back=address)
    row = page(reviewer, address).xpath("//h2[@id='history']/following-sibling::table//tbody/tr")[0]
    told = " ".join(row.text_content().split())
    assert all(part in told for part in ("Ana Lind", "correct act to “say”", "Her own word."))
    undo = row.xpath(".//input[@name='decision']/@value")[0]
    send(reviewer, "/decisions/undo", decision=undo, back=address)
    assert "undone" in page(reviewer, address).xpath("//tr[@class='undone']")[0].text_content()
    assert reviewer.get(f"{address}.json").json()["act"] == "estimate"


@pytest.mark.parametrize("back", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)"])
def test_a_decision_leads_back_to_the_desk_alone(reviewer: TestClient, back: str) -> None:
    answer = send(reviewer, "/decisions", of="claim", target=CLAIM, judgement="accept", back=back)
    assert answer.headers["location"] == "/"


def test_a_view_is_a_name_for_an_address(client: TestClient) -> None:
    address = "/statements?claimant=Iryna+Moroz&side=UA"
    form = page(client, address).xpath("//form[@action='/views']")[0]
    assert form.xpath(".//input[@name='address']/@value") == [address]
    answer = send(client, "/views", name=" Moroz  on losses ", address=address)
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert client.get("/views.json").json() == {"views": [{"name": "Moroz on losses", "link": address}]}
    assert page(client, "/statements").xpath("//details[@class='views']//a[.='Moroz on losses']/@href") == [address]
    send(client, "/views/delete", name="Moroz on losses")
    assert client.get("/views.json").json() == {"views": []}


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\nb\x00", "turned \u202e round"])
def test_a_view_needs_a_plain_name(client: TestClient, name: str) -> None:
    assert 400 <= send(client, "/views", name=name, address="/statements").status_code < 500
    assert client.get("/views.json").json() == {"views": []}


def test_a_view_leads_nowhere_else(client: TestClient) -> None:
    send(client, "/views", name="Elsewhere", address="https://elsewhere.example/")
    assert [one["link"] for one in client.get("/views.json").json()["views"]] == ["/"]


@pytest.mark.parametrize("path", ["/statements", "/map", "/timeline", "/accounts", "/claims", "/findings", "/review"])
def test_fields_left_empty_ask_for_nothing(client: TestClient, path: str) -> None:
    empty = "text=&claimant=&said_from=&said_to=&about_from=&near=&sort=&after=&kind=&state=&limit=&by="
    assert client.get(f"{path}?{empty}").status_code == 200
    assert client.get(f"{path}.json?{empty}").json() == client.get(f"{path}.json").json()


def test_an_account_is_told_by_pages(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "believe=Iryna+Moroz"
    every = client.get(f"/accounts.json?{asked}").json()
    assert every["current"] and len(every["lines"]) == every["quantities"] > 1
    monkeypatch.setattr("onrecord.web.pages.accounts._SHOWN", 1)
    found: list[dict[str, Any]] = []
    number = 1
    while number:
        told = client.get(f"/accounts.json?{asked}&page={number}").json()
        assert len(page(client, f"/accounts?{asked}&page={number}").xpath("//table/tbody/tr")) == 1
        found, number = found + told["lines"], told["next"]
    assert found == every["lines"]
    assert len(client.get(f"/accounts.csv?{asked}&page=2").text.splitlines()) == len(found) + 1


def test_accounts_offer_whom_to_take_at_their_word(client: TestClient) -> None:
    (link,) = html.fromstring(client.get("/accounts").text).xpath("//ul[@class='voices']//a[.='Iryna Moroz']/@href")
    assert client.get(link).status_code == 200
