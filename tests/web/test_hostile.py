"""Hostile words in every field of a record: every page shows them as text, and none of them as markup."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]
from starlette.testclient import TestClient

from onrecord.contract import contract
from onrecord.ledger import Entry, open_ledger
from onrecord.model import (
    Act,
    Document,
    Factuality,
    Party,
    PartyKind,
    Quotation,
    ReaderInfo,
    Reading,
    Relay,
    Statement,
    Words,
    identifier,
)
from onrecord.web import Desk, application
from onrecord.web.safety.limits import Limit
from tests.exports.readings import MOROZ, everything
from tests.exports.texts import HOSTILE
from tests.web.conftest import HERE, form_token
from tests.web.records import CLAIM, CONFLICT, MISFIT, SERIES, furnish

KINDS = (
    *(words for words in HOSTILE if words.strip() and len(words) < 3000),
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "\\3c script\\3e </style><style>body{display:none}</style> expression(alert(1)) url(//evil.example/x)",
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "a\n=1+1",
    "../../../etc/passwd?x=1#y",
    "x" * 60_000,
)
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x1b\x9b]")
_LINKS = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset")


def pages(reading_id: str, statement: str) -> dict[str, tuple[str, ...]]:
    return {
        "/statements": ("csv",),
        f"/statements?text={statement}": (),
        f"/statements/{statement}": (),
        f"/parties/{MOROZ.id}": (),
        "/documents": ("csv",),
        f"/documents/{reading_id}": ("csv",),
        "/claims": ("csv",),
        f"/claims/{CLAIM}": ("csv",),
        "/findings": ("csv",),
        f"/findings/{CONFLICT}": (),
        f"/findings/{MISFIT}": (),
        "/series": ("csv",),
        f"/series/{SERIES}": ("csv",),
        "/map": ("csv",),
        "/timeline": ("csv",),
        "/review": (),
    }


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a ledger with nothing in it."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    open_ledger(path, new=True).close()
    return path.read_bytes()


@pytest.fixture(params=range(len(KINDS)), ids=lambda n: ascii(KINDS[n][:24]))
def hostile(
    request: pytest.FixtureRequest, empty: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[TestClient, dict[str, tuple[str, ...]]]]:
    """A client of a desk whose ledger holds one hostile text in every field, and the pages to ask it for."""
    monkeypatch.setattr(Limit, "allows", lambda self, who: True)
    words = KINDS[request.param].encode("utf-8", "replace").decode().replace("\0", "")  # the ledger takes neither
    reading = everything(words)
    (tmp_path / "hostile.db").write_bytes(empty)
    opened = open_ledger(tmp_path / "hostile.db")
    furnish(opened, reading, words=words)
    with TestClient(application(Desk(opened, "hostile.db")), base_url=HERE, raise_server_exceptions=False) as client:
        name = words[:100]
        form = {"reviewer": name, "form_token": form_token(client)}
        client.post("/settings", data=form)
        comment = {"statement": reading.statements[0].id, "judgement": "comment", "why": name}
        client.post("/review/decide", data={**comment, "form_token": form_token(client)})
        yield client, pages(reading.document.id, reading.statements[0].id)
    opened.close()


def test_hostile_words_are_text_on_every_page(hostile: tuple[TestClient, dict[str, tuple[str, ...]]]) -> None:
    client, asked = hostile
    for address, formats in asked.items():
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert_harmless(answer.text, address)
        for format_ in formats:
            table = client.get(f"{address}.{format_}")
            assert table.status_code == 200
            rows = list(csv.reader(io.StringIO(table.text, newline="")))
            assert len({len(row) for row in rows}) <= 1, address
            assert not [cell for row in rows for cell in row if cell[:1] in ("=", "@", "\t", "\r")], address
            assert not [cell for row in rows for cell in row if cell[:1] in ("+", "-") and not _number(cell)], address
        told = client.get(address.replace("?", ".json?") if "?" in address else address + ".json")
        assert told.status_code == 200
        told.json()


def assert_harmless(text: str, address: str) -> None:
    """The page holds our one script and no style, no event handler, and links to nothing but the desk."""
    page: Any = html.fromstring(text)
    assert [one.get("src") for one in page.iter("script")] == ["/static/built/desk.js"], address
    assert [one.get("href") for one in page.iter("link")] == [
        "/static/icon.svg",
        "/static/shared/story.css",
        "/static/desk.css",
    ], address
    strange = {"img", "iframe", "object", "embed", "style", "base", "audio", "video", "template", "frame"}
    assert not [one.tag for one in page.iter() if one.tag in strange], address
    for element in page.iter():
        for name, value in element.items():
            assert not name.startswith("on") and name not in ("style", "srcdoc"), (address, name)
            if name in _LINKS:
                assert value.startswith(("/", "#")) and not value.startswith("//"), (address, name, value[:80])
    turned = [one for one in page.xpath("//text()") if _TURNING.search(one)]
    assert not turned, (address, ascii(turned[0][:80]), turned[0].getparent().tag)


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


LONG = 1_000_000
PAGE = 400_000  # bytes: the most that a page may be of a record with such lines


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[str, tuple[str, ...]], str]]:
    """A desk over a ledger in which every field is one line of a million letters."""
    opened = open_ledger(tmp_path_factory.mktemp("long") / "long.db", new=True)
    reading = everything("x" * LONG)
    furnish(opened, reading, words="x" * LONG)
    desk = Desk(opened, "long.db", reads=1e9, writes=1e9)
    with TestClient(application(desk), base_url=HERE, raise_server_exceptions=False) as client:
        yield client, pages(reading.document.id, reading.statements[0].id), reading.document.id
    opened.close()


def test_a_long_line_makes_no_page_long(long: tuple[TestClient, dict[str, tuple[str, ...]], str]) -> None:
    client, asked, _ = long
    weights = {address: len(client.get(address).content) for address in asked}
    assert {address: size for address, size in weights.items() if size > PAGE} == {}


def test_the_whole_of_a_long_line_is_a_link_away(long: tuple[TestClient, dict[str, tuple[str, ...]], str]) -> None:
    client, _, document = long
    assert f"/documents/{document}" in client.get("/statements").text
    letters, address = 0, f"/documents/{document}"
    while address:
        page: Any = html.fromstring(client.get(address).text)
        letters += sum(len(text) for text in page.xpath("//*[contains(@class, 'story')]//text()") if "xxxx" in text)
        address = next(iter(page.xpath("//nav[@class='pages']/a[@rel='next']/@href")), "")
    assert letters >= LONG


def test_a_text_of_ten_million_letters_on_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Limit, "allows", lambda self, who: True)
    text = "Colonel Iryna Moroz said " + "very " * 2_000_000 + "little."
    document = Document(text, key="long.txt", title=text, publisher=text, url=text)
    content, cue, source = (Words.of(text, [span]) for span in ((25, len(text)), (20, 24), (0, 19)))
    party = Party("p1", text, PartyKind.PERSON, text, text)
    statement = Statement(
        identifier(document, "statement", content.spans), content, cue, source, (party,), (Relay(text, source.spans),),
        text, Act.SAY, Quotation.INDIRECT, Factuality.CERTAIN,
    )  # fmt: skip
    reading = Reading(document, ReaderInfo("onrecord", "0.1.0"), (statement,), (), (), (), (), ())
    opened = open_ledger(tmp_path / "long.db", new=True)
    opened.add([Entry(document, reading, contract(reading))])
    with TestClient(application(Desk(opened, "long.db")), base_url=HERE, raise_server_exceptions=False) as client:
        for address in ("/statements", "/documents", f"/documents/{document.id}", "/timeline", "/review"):
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert len(answer.content) < PAGE, address
    opened.close()
