"""From an open stream to the documents in it, whatever kind of thing it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, cast

from onrecord.documents.archives import archive
from onrecord.documents.corpus import corpus
from onrecord.documents.feeds import feed
from onrecord.documents.given import Ask, Given, Tell
from onrecord.documents.kinds import HEAD, Kind, kind_of
from onrecord.documents.streams import Named, Stream, looked_into
from onrecord.documents.texts import document
from onrecord.errors import DocumentError


def opened(stream: BinaryIO, named: Named, ask: Ask, tell: Tell) -> Iterator[Given]:
    """Every document in ``stream``. Archives and corpora are read as they come, of any length; others are held whole,
    up to ``ask.most_bytes``. Raises DocumentError for what cannot be read at all."""
    head, whole = looked_into(stream, HEAD)
    match kind_of(head, named.suffix):
        case Kind.ARCHIVE:
            yield from archive(head, whole, named, ask, tell)
        case Kind.CORPUS:
            yield from corpus(cast(BinaryIO, whole), named.within, ask, tell)
        case Kind.FEED:
            yield from feed(whole_of(whole, named, ask), named, ask, tell)
        case _:
            yield document(whole_of(whole, named, ask), named, ask)


def whole_of(stream: Stream, named: Named, ask: Ask) -> bytes:
    """The whole of it, unless it is longer than anything that is read."""
    if named.size is not None and named.size > ask.most_bytes:
        raise _too_big(f"{named.size:,} bytes", named.where, ask)
    data = stream.read(ask.most_bytes + 1)
    if len(data) > ask.most_bytes:
        raise _too_big(f"more than {ask.most_bytes:,} bytes", named.where, ask)
    return data


def _too_big(size: str, where: str, ask: Ask) -> DocumentError:
    return DocumentError(
        f"too long: {where}: {size}, and a document may have {ask.longest:,} characters; split it, or raise --longest"
    )
