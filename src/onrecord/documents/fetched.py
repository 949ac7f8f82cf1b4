"""From a URL to the documents that stand there, and from the entries of a feed to the articles they link to."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.documents.given import Ask, Given, Tell
from onrecord.documents.kinds import Kind, kind_of, suffix_of
from onrecord.documents.opened import opened
from onrecord.documents.streams import Named
from onrecord.documents.web import Fetched, Web
from onrecord.errors import DocumentError
from onrecord.model import Snapshot

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_HEAD = 16_384


def at_url(url: str, ask: Ask, tell: Tell) -> Iterator[Given]:
    """The documents at ``url``: an article, the entries of a feed, or what a corpus or archive holds.

    An article's ``url`` is the one that answered, its key the one asked for. Raises DocumentError, also where the
    network is not to be used.
    """
    if ask.web is None:
        raise DocumentError(f"not fetched: {url}: the network is not used unless you say so; add --allow-network")
    fetched = ask.web.fetch(url)
    named = _named(url, fetched)
    if kind_of(fetched.body[:_HEAD], named.suffix) in (Kind.PAGE, Kind.TEXT):
        yield _article(fetched, named, ask, tell, ask.web)
        return
    ask.web.keep(fetched.snapshot)
    yield from opened(io.BytesIO(fetched.body), named, ask, tell)


def _named(url: str, fetched: Fetched) -> Named:
    """What the host says of the body is a hint and no more; only an archive or corpus is known by its name."""
    snapshot = fetched.snapshot
    charset = _CHARSET.search(snapshot.media_type or "")
    suffix = suffix_of(snapshot.final.split("?")[0])
    known = suffix if suffix in (".jsonl", ".ndjson", ".warc", ".warc.gz") else ""
    return Named(url, url, known, snapshot.final, charset[1] if charset else None)


def _article(fetched: Fetched, named: Named, ask: Ask, tell: Tell, web: Web) -> Given:
    """The one document of an answer; its snapshot is kept whether there is one or not."""
    snapshot: Snapshot = fetched.snapshot
    try:
        (given,) = opened(io.BytesIO(fetched.body), named, ask, tell)
    except DocumentError:
        web.keep(snapshot)
        raise
    found = replace(given.document, url=snapshot.final)
    web.keep(replace(snapshot, document=found.id))
    return replace(given, document=found)


def followed(given: Given, ask: Ask, tell: Tell) -> Given | None:
    """The article that a feed's entry links to in place of the entry, when links are followed; what the article does
    not say of itself is taken from the entry. Where it cannot be had, that is told, and the entry's own text stands,
    if it has one."""
    if given.link is None or ask.web is None or not ask.web.follow:
        return given
    try:
        article = next(at_url(given.link, ask, tell))
    except (DocumentError, StopIteration) as error:
        if isinstance(error, DocumentError):
            tell(error)
        return given if given.document.text else None
    entry, found = given.document, article.document
    known = {
        name: getattr(found, name) or getattr(entry, name) for name in ("published", "title", "publisher", "language")
    }
    from_feed = given.notes if found.published is None and entry.published else ()
    return replace(article, document=replace(found, **known), notes=from_feed + article.notes)
