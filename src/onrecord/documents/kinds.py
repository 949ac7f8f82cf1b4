"""What stands in a file or stream, by its name and its first bytes."""

from __future__ import annotations

import re
import zlib
from enum import Enum, auto
from pathlib import PurePath

from onrecord.documents.pages import looks_like_page

HEAD = 16_384
"""Bytes that are looked at."""

PAGES = (".html", ".htm", ".xhtml")
CORPORA = (".jsonl", ".ndjson")
TEXTS = (".txt", ".md")
FEEDS = (".rss", ".atom")
ARCHIVES = (".warc", ".warc.gz")
IN_FOLDERS = (*TEXTS, ".html", ".htm", ".jsonl", ".xml", *FEEDS, *ARCHIVES)
"""What is read of a folder."""

_GZIP = b"\x1f\x8b"
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", re.I)


class Kind(Enum):
    ARCHIVE = auto()
    CORPUS = auto()
    FEED = auto()
    PAGE = auto()
    TEXT = auto()


def suffix_of(name: str) -> str:
    """The end of a name that tells what the file is.

    >>> suffix_of("crawl.WARC.gz"), suffix_of("notes.v2.txt"), suffix_of("README")
    ('.warc.gz', '.txt', '')
    """
    return ".warc.gz" if name.lower().endswith(".warc.gz") else PurePath(name).suffix.lower()


def kind_of(head: bytes, suffix: str) -> Kind:
    """By the name where it is beyond doubt, else by the first bytes.

    >>> kind_of(b"WARC/1.0\\r\\n", ""), kind_of(b'<?xml version="1.0"?><rss version="2.0">', ".xml")
    (<Kind.ARCHIVE: 1>, <Kind.FEED: 3>)
    """
    if suffix in ARCHIVES or _is_archive(head):
        return Kind.ARCHIVE
    if suffix in CORPORA or (not suffix and head.lstrip(b"\xef\xbb\xbf \t").startswith(b'{"')):
        return Kind.CORPUS
    if suffix in TEXTS:
        return Kind.TEXT
    start = _text(head)
    if suffix in FEEDS or looks_like_feed(start):
        return Kind.FEED
    return Kind.PAGE if suffix in PAGES or looks_like_page(start) else Kind.TEXT


def looks_like_feed(start: str) -> bool:
    """Whether what begins so is RSS (0.9 to 2.0) or Atom."""
    plain = start.lstrip("\ufeff \t\r\n")
    return plain.startswith("<") and not looks_like_page(plain) and _FEED.search(plain) is not None


def _is_archive(head: bytes) -> bool:
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 16)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def _text(head: bytes) -> str:
    """Enough of the text to tell what it is: NULs of a wide encoding are passed over."""
    return head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"").decode("utf-8", "replace")
