"""Web archives: their pages and texts, record by record; what is broken costs itself, and no bomb goes off."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord.documents import Ask, Given, documents
from onrecord.errors import OnrecordError, Remark
from onrecord.model import Snapshot
from tests.documents.hosts import Pipe

STORY = "The army said on Monday that forty soldiers were killed near the town of Velyka Rika."
URL = "https://courier.example/"


def page(n: int, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article><p>{STORY} Part {n}.</p></article></body></html>".encode()


def record(
    n: int, body: bytes | None = None, *headers: str, status: str = "200 OK", url: str | None = None, **said: str
) -> bytes:
    """A response record; ``said`` replaces headers of the record."""
    sent = [f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html",))]
    block = "\r\n".join(sent).encode() + b"\r\n\r\n" + (page(n) if body is None else body)
    head = {
        "WARC-Type": "response",
        "WARC-Target-URI": url or f"{URL}{n}",
        "WARC-Date": "2023-03-07T12:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{n:012}>",
        "Content-Type": "application/http;msgtype=response",
        "Content-Length": str(len(block)),
    } | {name.replace("_", "-"): value for name, value in said.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value)
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def found(data: bytes | Iterator[bytes], ask: Ask | None = None) -> tuple[list[Given], list[str]]:
    told: list[OnrecordError | Remark] = []
    stream = io.BytesIO(data) if isinstance(data, bytes) else io.BufferedReader(Pipe(data))
    given = list(documents(["-"], ask or Ask(), told.append, stream))
    return given, [str(one) for one in told]


def numbers(given: list[Given]) -> list[int]:
    return [int(str(one.document.url).removeprefix(URL)) for one in given]


@pytest.mark.parametrize("compressed", [False, True, "as one"], ids=["plain", "by record", "as one"])
@pytest.mark.parametrize("suffix", [".warc", ".warc.gz", ""])
def test_the_pages_of_an_archive(compressed: Any, suffix: str, tmp_path: Path) -> None:
    records = [record(n) for n in range(3)]
    if compressed:
        records = [gzip.compress(b"".join(records))] if compressed == "as one" else [*map(gzip.compress, records)]
    (tmp_path / f"crawl{suffix}").write_bytes(b"".join(records))
    told: list[Any] = []
    given = list(documents([tmp_path / f"crawl{suffix}"], Ask(), told.append))
    assert numbers(given) == [0, 1, 2]
    assert given[2].document.text == f"{STORY} Part 2."
    assert given[2].document.key == given[2].document.url
    assert told == []


def bare(n: int, kind: str, media_type: str, block: bytes) -> bytes:
    """A record that holds its text by itself, without an HTTP answer round it."""
    head = f"WARC-Type: {kind}\r\nWARC-Target-URI: <{URL}{n}>\r\nContent-Type: {media_type}\r\n"
    return f"WARC/1.1\r\n{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def test_records_that_hold_text_by_themselves() -> None:
    data = [
        bare(0, "warcinfo", "application/warc-fields", b"software: x"),
        bare(1, "conversion", "text/plain", STORY.encode()),
        bare(2, "resource", "text/plain; charset=windows-1251", "Мост закрыт, сказал мэр.".encode("cp1251")),
        bare(3, "resource", "text/html", page(3)),
        bare(4, "metadata", "text/plain", b"hops: 2"),
    ]
    given, told = found(b"".join(data))
    assert numbers(given) == [1, 2, 3]
    assert given[1].document.text == "Мост закрыт, сказал мэр."
    assert told == ["standard input: 2 of 5 records hold no page or text and were passed over"]


def test_when_it_was_seen_is_not_when_it_was_published() -> None:
    kept: list[Snapshot] = []
    dated = page(1, '<meta property="article:published_time" content="2023-03-05T08:00:00Z">')
    data = record(0, None, "Content-Type: text/html", "ETag: e") + record(1, dated) + record(2, WARC_Date="never")
    given, _ = found(data, Ask(keep=kept.append))
    assert [one.document.published for one in given] == [None, date(2023, 3, 5), None]
    assert given[0].notes == ("seen 2023-03-07: as the archive says",)
    assert given[2].notes == ("the archive does not say when it was seen",)
    assert [(one.final, one.at, one.etag, one.body) for one in kept] == [
        (f"{URL}0", "2023-03-07T12:00:00.000+00:00", "e", None),
        (f"{URL}1", "2023-03-07T12:00:00.000+00:00", None, None),
    ]
    assert kept[0].document == given[0].document.id


def test_only_answers_with_a_page_or_text_are_taken() -> None:
    data = b"".join(
        [
            record(0, status="404 Not Found"),
            record(1, b"\x89PNG", "Content-Type: image/png"),
            record(2, WARC_Type="request"),
            record(3, None, "Content-Type: application/octet-stream"),
            record(4, url="dns:courier.example"),
            record(5, url="file:///etc/passwd"),
            record(6, status="302 Found"),
            record(7),
        ]
    )
    given, told = found(data)
    assert numbers(given) == [3, 7]  # the third is a page, whatever it was said to be
    assert told == ["standard input: 6 of 8 records hold no page or text and were passed over"]


def test_bodies_are_taken_out_of_their_codings() -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (page(0)[:50], page(0)[50:])) + b"0\r\n\r\n"
    html = "Content-Type: text/html"
    data = [
        record(0, chunks, html, "Transfer-Encoding: chunked"),
        record(1, gzip.compress(page(1)), html, "Content-Encoding: gzip"),
        record(2, zlib.compress(page(2)), html, "Content-Encoding: deflate"),
        record(3, page(3), "Content-Type: text/html; charset=nonsense"),
        record(4, b"%PDF-1.7", html),
        record(5, gzip.compress(page(5))[:-20], html, "Content-Encoding: gzip"),
    ]
    given, told = found(b"".join(data))
    assert numbers(given) == [0, 1, 2, 3]
    assert [line.split(":")[0] for line in told] == ["not a text", "broken record"]


# --- broken ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (b"garbage\r\nand more\r\n\r\n", "what follows it is no record"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n\r\n\r\n", "its header says no length"),
        (record(9, Content_Length="5"), "its length is not what its header says"),
        (record(9, Content_Length="-5"), "its header says no length"),
        (b"WARC/1.0\r\n" + b"X: " + b"y" * 200_000 + b"\r\n\r\n", "its header has no end"),
        (record(9, b"<html>", "nonsense", status="abc"), "it cannot be taken apart"),
    ],
    ids=["garbage", "no length", "short", "negative", "a header", "an answer"],
)
def test_a_broken_record_costs_only_itself(broken: bytes, says: str) -> None:
    for before, after in ((record(0), record(1)), (record(0), record(1) + record(2))):
        given, told = found(before + broken + after)
        assert numbers(given) == list(range(1 + after.count(b"WARC/1.0")))
        assert [line for line in told if says in line]
        assert len(told) == 1


@pytest.mark.parametrize("cut", [100, 200, 400])
@pytest.mark.parametrize("compress", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_an_archive_that_is_cut_short(cut: int, compress: Any) -> None:
    data = compress(record(0)) + compress(record(1))
    given, told = found(data[:-cut] if compress is bytes else data[: -cut // 5])
    assert numbers(given) == [0]
    assert len(told) == 1
    assert "it ends in the middle of a record" in told[0]


def test_a_broken_member_costs_only_itself() -> None:
    members = [bytearray(gzip.compress(record(n))) for n in range(4)]
    members[1][40:60] = bytes(20)
    members[2][-5] ^= 1  # the check sum
    given, told = found(b"".join(members))
    assert numbers(given) == [0, 3]
    assert told
    assert all("its compression is broken" in line or "no record" in line for line in told)


def test_any_archive_of_any_bytes_ends() -> None:
    noise = random.Random(7)
    plain = b"".join(record(n) for n in range(4))
    packed = b"".join(gzip.compress(record(n)) for n in range(4))
    for data in (plain, packed):
        for _ in range(15):
            spoilt = bytearray(data)
            for _ in range(noise.randrange(1, 6)):
                at = noise.randrange(20, len(spoilt))
                spoilt[at : at + noise.randrange(4)] = noise.randbytes(noise.randrange(4))
            given, told = found(bytes(spoilt))
            assert len(given) + len(told) >= 1


def test_an_empty_archive(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"")
    told: list[Any] = []
    assert list(documents([tmp_path / "a.warc"], Ask(), told.append)) == []
    assert "the archive holds no records" in str(told[0])


# --- without end -------------------------------------------------------------------------------------------------

MEGABYTE = b"\0" * 1_000_000


def packed(head: bytes, megabytes: int) -> Iterator[bytes]:
    """A gzip member that holds ``head`` and megabytes of nothing."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    yield deflater.compress(head)
    for _ in range(megabytes):
        yield deflater.compress(MEGABYTE)
    yield deflater.flush()


def peak(data: Iterator[bytes], ask: Ask | None = None) -> tuple[list[Given], list[str], int]:
    found(record(0))  # imports
    tracemalloc.start()
    given, told = found(data, ask)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return given, told, most


def test_a_record_larger_than_any_document_is_passed_over_in_little_memory() -> None:
    head = record(0, b"", Content_Length=str(10**8)).removesuffix(b"\r\n\r\n")
    head = head[: head.index(b"\r\n\r\n") + 4]

    def stream() -> Iterator[bytes]:
        yield from packed(head, 100)
        yield gzip.compress(b"\r\n\r\n" + record(1))

    given, told, most = peak(stream())
    assert numbers(given) == [1]
    assert told == ["standard input: 1 of 2 records hold no page or text and were passed over"]
    assert most < 20_000_000


def test_a_body_that_unpacks_without_end() -> None:
    inner = b"".join(packed(b"<html>", 100))
    data = record(0, inner, "Content-Type: text/html", "Content-Encoding: gzip") + record(1)
    given, told, most = peak(iter([data]), Ask(longest=100_000))
    assert numbers(given) == [1]
    assert "unpacks to more than is read" in told[0]
    assert most < 100_000_000


def test_a_line_without_end() -> None:
    def stream() -> Iterator[bytes]:
        yield record(0)
        yield b"WARC/1.0\r\nX: "
        for _ in range(20):
            yield b"y" * 1_000_000
        yield b"\r\n\r\n" + record(1)

    given, told, most = peak(stream())
    assert numbers(given) == [0, 1]
    assert "its header has no end" in told[0]
    assert most < 20_000_000


def test_an_archive_in_an_archive_is_no_archive() -> None:
    given, told = found(gzip.compress(gzip.compress(record(0))))
    assert given == []
    assert told == ["not a text: standard input: it is compressed; give its text, as .txt or .html"]
