"""From a web archive (WARC, plain or gzip) to the pages and texts in it as documents."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from onrecord.documents.given import Ask, Given, Tell
from onrecord.documents.inflating import BrokenError, TooLargeError, inflated
from onrecord.documents.kinds import Kind, kind_of
from onrecord.documents.members import Members
from onrecord.documents.records import Record, Records
from onrecord.documents.streams import Named, Replayed
from onrecord.documents.texts import document
from onrecord.documents.web.urls import plain_url
from onrecord.errors import DocumentError, Remark
from onrecord.model import Snapshot

_GZIP = b"\x1f\x8b"
_TYPE = re.compile(rb"^warc-type[ \t]*:[ \t]*(\w+)[ \t]*\r?$", re.I | re.M)
_TEXTUAL = re.compile(r"text/(?:html|plain)\b|application/xhtml\+xml\b", re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_PIECE = 65_536
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class _Response:
    """What a record says was seen: where, when, with which status and headers, and the body as it came."""

    url: str
    at: datetime | None
    status: int
    headers: Any
    body: bytes


def archive(head: bytes, stream: Replayed, named: Named, ask: Ask, tell: Tell) -> Iterator[Given]:
    """The pages and texts of an archive, in its order, one record in memory at a time, however large it is.

    Taken are answers with status 200 that hold HTML or plain text, and records that hold such text by themselves; how
    many others there are is one remark. ``document.key`` and ``url`` are the record's URL. The record's date is when
    the page was *seen*: it goes into ``ask.keep``; the day of publication is the one that the page itself says, or
    None. A record that is broken is told with its number, and the others are given.
    """
    where = named.where
    told = _Told(where, tell)
    source = Members(stream) if head.startswith(_GZIP) else stream
    others = number = 0
    for record in Records(source, _wanted, ask.most_bytes, told):
        number = record.number
        try:
            given = _given(record, f"{where}, record {number}", ask)
        except DocumentError as error:
            tell(error)
            continue
        others += given is None
        if given is not None:
            yield given
    if not number and not told.any:
        tell(DocumentError(f"no text: {where}: the archive holds no records"))
    if others:
        tell(Remark(f"{where}: {others:,} of {number:,} records hold no page or text and were passed over"))


class _Told:
    """Says which record is broken."""

    def __init__(self, where: str, tell: Tell) -> None:
        self._where, self._tell, self.any = where, tell, False

    def __call__(self, number: int, why: str) -> None:
        self.any = True
        self._tell(DocumentError(f"broken archive: {self._where}, record {number}: {why}; the others are read"))


def _wanted(head: bytes) -> bool:
    found = _TYPE.search(head)
    return found is not None and found[1].lower() in (b"response", b"resource", b"conversion")


def _given(record: Record, where: str, ask: Ask) -> Given | None:
    """The document in a record, None where it holds no page or text."""
    if record.block is None:
        return None
    response = _response(record.head, record.block, where, ask.most_bytes)
    if response is None or response.status != 200:
        return None
    media_type = response.headers.get_header("Content-Type") or ""
    if not _TEXTUAL.match(media_type) and kind_of(response.body[:_HEAD], "") is not Kind.PAGE:
        return None
    charset = _CHARSET.search(media_type)
    named = Named(response.url, where, url=response.url, charset=charset[1] if charset else None)
    given = document(response.body, named, ask)
    given = replace(given, document=replace(given.document, url=response.url))
    if response.at is None:
        return replace(given, notes=(*given.notes, "the archive does not say when it was seen"))
    ask.keep(_snapshot(response, response.at, media_type, given.document.id))
    return replace(given, notes=(*given.notes, f"seen {response.at.date()}: as the archive says"))


def _response(head: bytes, block: bytes, where: str, most: int) -> _Response | None:
    """Taken apart by warcio; its limits are ours, since the block is one already."""
    from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
    from warcio.recordloader import ArcWarcRecordLoader  # type: ignore[import-untyped]
    from warcio.statusandheaders import StatusAndHeadersParserException  # type: ignore[import-untyped]

    logging.getLogger("warcio").setLevel(logging.CRITICAL)  # it logs what is said here in one line
    try:
        record = ArcWarcRecordLoader().parse_record_stream(
            io.BytesIO(head + b"\r\n" + block), known_format="warc", ensure_http_headers=True
        )
        url = plain_url(record.rec_headers.get_header("WARC-Target-URI") or "")
        status = int(record.http_headers.get_statuscode())
        body = _body(record, most)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError) as error:
        if isinstance(error, TooLargeError):
            raise DocumentError(f"too long: {where}: its body unpacks to more than is read") from None
        why = f": {error}" if isinstance(error, BrokenError) else ""
        raise DocumentError(f"broken record: {where}: it cannot be taken apart{why}; the others are read") from None
    except DocumentError:
        return None  # a URL that is none of the web: dns:, urn:, file:
    return _Response(url, _moment(record.rec_headers.get_header("WARC-Date")), status, record.http_headers, body)


def _body(record: Any, most: int) -> bytes:
    """The body with its transfer and content codings undone."""
    from warcio.bufferedreaders import ChunkedDataReader  # type: ignore[import-untyped]

    headers = record.http_headers
    chunked = (headers.get_header("Transfer-Encoding") or "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    pieces = iter(lambda: stream.read(_PIECE), b"")
    return inflated(pieces, headers.get_header("Content-Encoding"), most)


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _snapshot(response: _Response, at: datetime, media_type: str, document: str) -> Snapshot:
    said = response.headers.get_header
    return Snapshot(
        response.url,
        response.url,
        at.isoformat(timespec="milliseconds"),
        response.status,
        sha256(response.body).hexdigest(),
        media_type or None,
        said("ETag"),
        said("Last-Modified"),
        document=document,
    )
