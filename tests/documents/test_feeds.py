"""RSS and Atom: each entry a document, its day as printed; links followed where they may be; bombs refused."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord.documents import Ask, Given, documents
from onrecord.errors import OnrecordError, Remark
from tests.documents.hosts import Host, Net, answer

STORY = "The army said on Monday that forty soldiers were killed near the town of Velyka Rika."
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The River Courier</title><language>en-gb</language><link>https://courier.example/</link>
<item><title>Forty &amp; more</title><link>https://courier.example/a#top</link><guid>tag:a</guid>
<pubDate>Mon, 06 Mar 2023 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{STORY}</p><p>He <b>denied</b> it.</p><script>fetch("http://192.0.2.1")</script>]]></content:encoded></item>
<item><link>javascript:alert(1)</link><description>&lt;p&gt;The bridge is closed.&lt;/p&gt;</description>
<source url="https://agency.example/">The Agency</source><dc:date>2023-03-05T01:00:00Z</dc:date></item>
<item><title>Only a link</title><link>https://courier.example/c</link></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Ministry</title>
<entry><id>urn:1</id><published>2023-03-07T01:00:00+02:00</published><updated>2023-03-09T00:00:00Z</updated>
<link href="https://ministry.example/1"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p></div></content></entry>
<entry><id>urn:2</id><updated>2023-03-09T00:00:00Z</updated><summary>Changed since.</summary></entry></feed>"""


def found(place: str | Path, ask: Ask | None = None, stdin: bytes = b"") -> tuple[list[Given], list[str]]:
    told: list[OnrecordError | Remark] = []
    given = list(documents([place], ask or Ask(), told.append, io.BytesIO(stdin)))
    return given, [str(one) for one in told]


def test_entries_of_rss(tmp_path: Path) -> None:
    (tmp_path / "news.xml").write_text(RSS)
    given, told = found(tmp_path / "news.xml")
    first, second = (one.document for one in given)
    assert first.text == f"{STORY}\nHe denied it."
    assert (first.key, first.title, first.publisher) == ("news.xml: tag:a", "Forty & more", "The River Courier")
    assert (first.url, first.language, first.published) == ("https://courier.example/a", "en", date(2023, 3, 6))
    assert given[0].notes == ("published 2023-03-06: as the feed says",)
    assert (second.text, second.url, second.publisher) == ("The bridge is closed.", None, "The Agency")
    assert second.published == date(2023, 3, 5)
    assert told == [
        f"{tmp_path / 'news.xml'}: 1 of 3 entries hold no text of their own; --follow fetches the articles they link to"
    ]


def test_a_day_of_change_is_no_day_of_publication() -> None:
    (first, second), told = found("-", stdin=ATOM.encode())
    assert told == []
    assert (first.document.text, first.document.key) == (STORY, "stdin: urn:1")
    assert first.document.published == date(2023, 3, 7)
    assert second.document.published is None
    assert second.notes == ("the feed says when it was last changed (2023-03-09), not when it was published",)
    assert all(
        one.document.published == date(2020, 1, 1) for one in found("-", Ask(date(2020, 1, 1)), ATOM.encode())[0]
    )


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.atom", "feed", "a.html"])
def test_a_feed_is_known_by_what_stands_in_it(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(ATOM)
    assert len(found(tmp_path / name)[0]) == 2
    if "." in name:
        assert len(found(tmp_path)[0]) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251"])
def test_feeds_in_other_encodings(encoding: str, tmp_path: Path) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><item><description>'
    (tmp_path / "a.xml").write_bytes(f"{text}Мост закрыт.</description></item></channel></rss>".encode(encoding))
    assert [one.document.text for one in found(tmp_path / "a.xml")[0]] == ["Мост закрыт."]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<?xml version='1.0'?><urlset><url/></urlset>", "its XML is neither a feed nor a page"),
        ("<rss version='2.0'><channel></channel></rss>", "the feed has no entries"),
        ("<rss", "not a text"),
        ("", "no text"),
    ],
)
def test_what_is_no_feed_is_one_line(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(text)
    given, told = found(tmp_path / "a.xml")
    assert given == []
    assert len(told) == 1
    assert says in told[0]


def test_a_broken_feed_gives_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(RSS[: RSS.index("<item><title>Only")] + "<item><descr")
    assert len(found(tmp_path / "a.xml")[0]) == 2


# --- following ---------------------------------------------------------------------------------------------------


def page(text: str) -> bytes:
    body = f"<html><head><title>T</title></head><body><article><p>{text}</p></article></body></html>"
    return answer(body.encode(), "200 OK", "Content-Type: text/html")


def test_links_are_followed_where_that_is_asked(net: Net, host: Host) -> None:
    host.says("courier.example/feed", answer(RSS.encode(), "200 OK", "Content-Type: application/rss+xml"))
    host.says("courier.example/c", page(STORY * 3))
    ask = Ask(web=net.web(follow=True))
    given, told = found("http://courier.example/feed", ask)
    texts = [one.document.text for one in given]
    assert texts == [f"{STORY}\nHe denied it.", "The bridge is closed."]
    assert [line.split(":")[0] for line in told] == ["not fetched", "not fetched"]  # https, where the host has none
    plain = RSS.replace("https://courier", "http://courier")
    host.says("courier.example/feed", answer(plain.encode()))
    given, told = found("http://courier.example/feed", Ask(web=net.web(follow=True)))
    assert [one.document.text for one in given] == [f"{STORY}\nHe denied it.", "The bridge is closed.", STORY * 3]
    assert len(told) == 1
    assert "http://courier.example/a: the host answers 404" in told[0]
    article = given[2].document
    assert (article.url, article.key, article.publisher) == (
        "http://courier.example/c",
        "http://courier.example/c",
        "The River Courier",
    )
    assert net.kept[-1].document == article.id


def test_a_feed_cannot_lead_inside(net: Net, host: Host) -> None:
    net.names["inside.example"] = [["127.0.0.1"]]
    links = ("http://inside.example/", "file:///etc/passwd", "http://user:word@example.org/")
    items = "".join(f"<item><link>{link}</link><description>Text.</description></item>" for link in links)
    host.says("courier.example/feed", answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode()))
    given, told = found("http://courier.example/feed", Ask(web=net.web(follow=True)))
    assert [one.document.url for one in given] == ["http://inside.example/", None, None]
    assert [line.split(":")[0] for line in told] == ["not fetched"]
    assert host.asked == ["courier.example/robots.txt", "courier.example/feed"]


# --- hostile -----------------------------------------------------------------------------------------------------

BOMB = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
FILE = Path(__file__)


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE rss [<!ENTITY a0 "ha">{BOMB}]>',
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{FILE.as_uri()}">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://192.0.2.1/">]>',
        '<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://192.0.2.1/"> %x;]>',
        "<!-- <rss > --><!DOCTYPE rss [<!ENTITY x 'y'>]>",
    ],
    ids=["a bomb", "a file", "an address", "a parameter", "behind a comment"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(declared: str, encoding: str) -> None:
    feed = (
        f"<?xml version='1.0'?>{declared}<rss version='2.0'><channel><item><description>&x;&a12;</description></item>"
    )
    given, told = found("-", stdin=f"{feed}</channel></rss>".encode(encoding))
    assert given == []
    assert len(told) == 1
    assert "declares entities" in told[0]


def test_a_document_type_elsewhere_is_not_fetched() -> None:
    feed = '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://192.0.2.1/rss.dtd"><rss version="0.91"><channel><item>'
    given, _ = found("-", stdin=f"{feed}<description>Text &nbsp;here.</description></item></channel></rss>".encode())
    assert [one.document.text.split() for one in given] == [["Text", "here."]]


def test_a_feed_that_is_an_address_is_text() -> None:
    for text in ("http://192.0.2.1/feed.xml", str(FILE), FILE.as_uri()):
        assert [one.document.text for one in found("-", stdin=text.encode())[0]] == [text]


@pytest.mark.parametrize("inside", ["<a>" * 100_000, "<b" * 20_000, "&lt;div&gt;" * 100_000, "<![CDATA[" * 10_000])
def test_a_feed_nested_without_end(inside: str) -> None:
    feed = f"<rss version='2.0'><channel><item><description>Text. {inside}</description></item></channel></rss>"
    given, told = found("-", stdin=feed.encode())
    assert len(given) + len(told) >= 1


def test_a_feed_too_large_to_take_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.documents import feeds

    monkeypatch.setattr(feeds, "MOST_BYTES", 500)
    given, told = found("-", stdin=RSS.encode())
    assert given == []
    assert "a feed may have 500 bytes" in told[0]


def test_a_fragment_reaches_for_nothing() -> None:
    from onrecord.documents.fragments import fragment_text

    wild: Any = (
        '<p>One.</p><img src="http://192.0.2.1/x"><iframe src="file:///etc/passwd">inner</iframe><style>p{}</style>'
        '<object data="http://192.0.2.1/o">o</object><!-- no --><br>Two<br/>three &amp; four<svg><text>s</text></svg>'
    )
    assert fragment_text(wild, "x") == "One.\nTwo\nthree & four"
