"""From a feed, RSS or Atom, to its entries as documents."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from html.entities import html5
from typing import Any

from onrecord.documents.days import day
from onrecord.documents.decoding import decoded
from onrecord.documents.fragments import fragment_text
from onrecord.documents.given import Ask, Given, Tell, of_fit_length
from onrecord.documents.streams import Named
from onrecord.documents.web.urls import plain_url
from onrecord.errors import DateError, DocumentError, Remark
from onrecord.model import Document

MOST_BYTES = 16_000_000
"""A larger feed is refused: it is held in memory several times over while it is taken apart."""

_ENTITY = re.compile("<!ENTITY", re.I)
_NAMED = re.compile("&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_ELEMENTS = 200_000
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class _Feed:
    """What the feed says of all its entries."""

    publisher: str | None
    language: str | None
    rss: bool


def feed(data: bytes, named: Named, ask: Ask, tell: Tell) -> Iterator[Given]:
    """The entries of a feed that hold a text of their own, in its order, one document each.

    An entry's content is its text, else its summary, with markup taken out; ``url`` is its link, ``published`` the day
    it says it was published on, as printed, never the day of an update; ``publisher`` what the entry names as its
    source, else the feed's title. Entries that are mere links are counted in one remark, unless links are followed:
    then they are given with their link and no text. Raises DocumentError for what is no feed, or declares entities.
    """
    parsed = _parsed(data, named, ask)
    about = _Feed(
        _plain(parsed.feed.get("publisher") or parsed.feed.get("title")),
        _language(parsed.feed.get("language")),
        str(parsed.version or "").startswith("rss"),
    )
    follows = ask.web is not None and ask.web.follow
    without = 0
    for number, entry in enumerate(parsed.entries, start=1):
        try:
            given = _given(entry, number, about, named, ask)
        except DocumentError as error:
            tell(error)
            continue
        if given.document.text or (follows and given.link):
            yield given
        else:
            without += 1
    if without:
        hint = "" if follows else "; --follow fetches the articles they link to"
        tell(Remark(f"{named.where}: {without:,} of {len(parsed.entries):,} entries hold no text of their own{hint}"))


def _parsed(data: bytes, named: Named, ask: Ask) -> Any:
    """Decoded here and handed on as a stream: feedparser would fetch a *string* that looks like an address."""
    import feedparser  # type: ignore[import-untyped]

    if len(data) > MOST_BYTES:
        raise DocumentError(f"too long: {named.where}: a feed may have {MOST_BYTES:,} bytes; split it")
    text, _ = decoded(data, named.where, ask.encoding, named.charset)
    if _ENTITY.search(text):
        raise DocumentError(
            f"not read: {named.where}: the feed declares entities of its own, as bombs do; take them out"
        )
    parsed = feedparser.parse(
        io.BytesIO(_well_formed(text, named.where)),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not parsed.version and not parsed.entries:
        raise DocumentError(f"not a feed: {named.where}: neither RSS nor Atom; give the texts as .txt, .html or .jsonl")
    if not parsed.entries:
        raise DocumentError(f"no text: {named.where}: the feed has no entries")
    return parsed


def _well_formed(text: str, where: str) -> bytes:
    """The feed's root with what is broken mended or cut off: feedparser takes minutes over what its strict parser
    refuses, when it is meant to."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    plain = _NAMED.sub(lambda found: html5.get(f"{found[1]};", found[0]), text.lstrip("\ufeff \t\r\n"))
    try:
        root = etree.fromstring(plain.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise DocumentError(f"not a feed: {where}: its XML cannot be parsed; give the texts as .txt, .html or .jsonl")
    elements = sum(1 for _ in root.iter())
    if elements > _ELEMENTS:
        raise DocumentError(f"too large: {where}: {elements:,} elements, the limit is {_ELEMENTS:,}; split the feed")
    return bytes(etree.tostring(root))


def _given(entry: Any, number: int, about: _Feed, named: Named, ask: Ask) -> Given:
    where = f"{named.where}, entry {number}"
    text = _text(entry, where)
    if text:
        of_fit_length(text, where, ask)
    said, note = _published(entry, about)
    published = ask.published or said
    link = _link(entry)
    source = entry.get("source")
    document = Document(
        text,
        key=f"{named.within}: {str(entry.get('id') or link or number)[:_LONGEST]}",
        published=published,
        title=_plain(entry.get("title")),
        publisher=_plain(source.get("title") if isinstance(source, dict) else None) or about.publisher,
        url=link,
        language=about.language,
    )
    return Given(document, (note,) if note and not ask.published else (), link=link)


def _text(entry: Any, where: str) -> str:
    """The longest of its contents, else its summary."""
    contents = [str(one.get("value") or "") for one in entry.get("content") or []]
    found = [fragment_text(markup, where) for markup in contents]
    return max(found, key=len, default="") or fragment_text(str(entry.get("summary") or ""), where)


def _published(entry: Any, about: _Feed) -> tuple[date | None, str | None]:
    """The day as it is printed, and a note on it. RSS knows no day of change, so its ``dc:date`` is one of publication;
    where Atom has only the day of the last change, none is taken."""
    printed, parsed = entry.get("published"), entry.get("published_parsed")
    if not printed and about.rss:
        printed, parsed = entry.get("updated"), entry.get("updated_parsed")
    if found := _day(printed, parsed):
        return found, f"published {found}: as the feed says"
    if changed := _day(entry.get("updated"), entry.get("updated_parsed")):
        return None, f"the feed says when it was last changed ({changed}), not when it was published"
    return None, None


def _day(printed: object, parsed: time.struct_time | None) -> date | None:
    text = str(printed or "").strip()[:100]
    try:
        return day(text)
    except DateError:
        pass
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError, TypeError, OverflowError):
        pass
    try:
        return date(parsed.tm_year, parsed.tm_mon, parsed.tm_mday) if parsed else None
    except ValueError:
        return None


def _link(entry: Any) -> str | None:
    """The entry's link, where it leads to the web; no other address is any use, and some are a trap."""
    try:
        return plain_url(str(entry.get("link") or ""))
    except DocumentError:
        return None


def _plain(text: object) -> str | None:
    """A name on one line, its markup taken out."""
    plain = re.sub(r"<[^>]{0,200}>", "", str(text or ""))
    return " ".join(plain.split())[:_LONGEST] or None


def _language(text: object) -> str | None:
    found = re.match(r"[A-Za-z]{2}(?![A-Za-z])", str(text or "").strip())
    return found[0].lower() if found else None
