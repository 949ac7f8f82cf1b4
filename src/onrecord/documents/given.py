"""What is asked of the documents, and what is given: a document with what should be said about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import DocumentError, OnrecordError, Remark
from onrecord.model import Document, Snapshot

if TYPE_CHECKING:
    from onrecord.documents.web import Web

LONGEST = 2_000_000
"""Characters of the longest document that is read unless more is asked for: about 350,000 words."""

_BYTES = 64_000_000

Tell = Callable[[OnrecordError | Remark], None]
"""Hears of every document that cannot be read, and of what a person should know of one that can."""


@dataclass(frozen=True, slots=True)
class Ask:
    """How documents are to be taken.

    ``published`` outranks what a document says of itself; ``encoding`` likewise; ``longest`` is in characters;
    ``besides`` is a file to pass over in folders (the output). ``web`` is the network, None where it is not to be used.
    ``keep`` hears of what an archive says was seen at a URL and when; ``web`` keeps what it fetches itself.
    """

    published: date | None = None
    encoding: str | None = None
    longest: int = LONGEST
    besides: Path | None = None
    web: Web | None = None
    keep: Callable[[Snapshot], None] = lambda snapshot: None

    @property
    def most_bytes(self) -> int:
        """Files longer than this are refused before they are held in memory."""
        return max(_BYTES, 4 * self.longest)

    @property
    def most_bytes_a_line(self) -> int:
        """Lines of a corpus longer than this are passed over; escaped, a character takes six bytes."""
        return 8 * self.longest


@dataclass(frozen=True, slots=True)
class Given:
    """A document, and lines that go into the notes of its reading; ``remarks`` are told to the user as well.

    ``link`` is set on the entry of a feed that links to an article, which may be fetched in its place.
    """

    document: Document
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    link: str | None = None


def of_fit_length(text: str, where: str, ask: Ask) -> str:
    """``text`` itself; raises DocumentError when there is none, or more of it than is read."""
    if not text or text.isspace():
        raise DocumentError(f"no text: {where}: it is empty or white space only")
    if len(text) > ask.longest:
        raise DocumentError(
            f"too long: {where}: {len(text):,} characters, the limit is {ask.longest:,}; "
            f"split it, or read it as it is with --longest {len(text)}"
        )
    return text
