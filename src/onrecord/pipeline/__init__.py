"""The whole way of the data: documents are found, read, and handed on one by one or kept in a ledger."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import islice
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.documents import Ask, Given, Tell, day, documents, file
from onrecord.errors import DocumentError, LedgerError, OnrecordError, ReadingError, Remark
from onrecord.model import Document, Reading, Snapshot

if TYPE_CHECKING:
    from onrecord.ledger import Added, Entry, Ledger
    from onrecord.reading.reader import Reader


def readings(
    places: Iterable[str | Path],
    ask: Ask,
    tell: Tell,
    *,
    wanted: Callable[[Document], bool] = lambda document: True,
) -> Iterator[Reading]:
    """The readings of the documents at ``places`` that are ``wanted``, one at a time and in order.

    ``tell`` hears of every document that could not be read; the others are kept.
    """
    for given in documents(places, ask, tell):
        if wanted(given.document):
            for remark in given.remarks:
                tell(Remark(f"{given.document.key}: {remark}"))
            try:
                yield _read(given, _reader())
            except ReadingError as error:
                tell(error)


def read(text_or_path: str | PathLike[str], published: date | str | None = None) -> Reading:
    """The reading of a text (``str``) or of a file (a path such as ``pathlib.Path``; text or HTML).

    A string is always the text itself: what a hostile text says never reaches the file system. ``published`` (a date,
    or ISO text) outranks what a file says of itself; without either, relative dates stay unresolved.

    Raises DocumentError for a file that cannot be read, DateError for a date that is none.

    >>> reading = read("The bridge is closed, the mayor said on Monday.", published="2023-03-07")
    >>> reading.statements[0].content.text
    'The bridge is closed'
    """
    ask = Ask(day(published) if isinstance(published, str) else published)
    if isinstance(text_or_path, str):
        return _read(Given(Document(text_or_path, published=ask.published)), _reader())
    return _read(file(Path(text_or_path), ask), _reader())


def add(
    ledger: Ledger,
    places: Iterable[str | Path],
    ask: Ask,
    tell: Tell,
    *,
    step: Callable[[], None] = lambda: None,
    at_once: int = 25,
    reader: Reader | None = None,
) -> Iterator[Added]:
    """Adds the documents at ``places`` to ``ledger`` and tells what each batch of ``at_once`` brought.

    ``reader`` reads them in place of the default.
    ``tell`` hears of every document that is kept out, ``step`` of every one that is done. What URLs gave goes with the
    batch of the documents found in it, and what they gave before is asked for again only where it has changed. A run
    that breaks off leaves whole batches, and running it again completes them.
    """
    seen: list[Snapshot] = []
    web = replace(ask.web, keep=seen.append, known=ledger.snapshot) if ask.web else None
    entries = _entries(ledger, places, replace(ask, keep=seen.append, web=web), tell, step, reader)
    while (batch := list(islice(entries, at_once))) or seen:
        yield ledger.add(batch, seen)
        seen.clear()


def read_again(
    ledger: Ledger,
    ids: Sequence[str] | None,
    tell: Tell,
    *,
    step: Callable[[], None] = lambda: None,
    at_once: int = 25,
    reader: Reader | None = None,
) -> Iterator[Added]:
    """Reads the texts of documents that are on the record (by their ids, or all) once more, and tells what each batch
    of ``at_once`` brought.

    Passed over are those that this reader has read so already, under the day that people set, else the earliest known.
    ``tell`` hears of those that cannot be read, and of ids that name no text.
    """
    asked = [one.id for one in ledger.documents()] if ids is None else ids
    for start in range(0, len(asked), at_once):
        some = asked[start : start + at_once]
        there = ledger.kept(some)
        for id_ in some if ids else ():
            if id_ not in there:
                tell(LedgerError(f"no text of {id_} in this ledger: see the id; its words may have been taken out"))
        given = (Given(there[id_].document()) for id_ in some if id_ in there)
        yield ledger.add(_read_those(ledger, given, tell, step, reader))


def _entries(
    ledger: Ledger, places: Iterable[str | Path], ask: Ask, tell: Tell, step: Callable[[], None], by: Reader | None
) -> Iterator[Entry]:
    """The documents to add; those the reader has not read yet with their reading."""
    return _read_those(ledger, documents(places, ask, tell), tell, step, by)


def _read_those(
    ledger: Ledger, those: Iterable[Given], tell: Tell, step: Callable[[], None], by: Reader | None
) -> Iterator[Entry]:
    from onrecord.contract import contract
    from onrecord.ledger import Entry

    for given in those:
        reader = by or _reader()
        try:
            asked = ledger.to_read(given.document, reader.info)
            if asked is None:
                yield Entry(given.document)
            else:
                for remark in given.remarks:
                    tell(Remark(f"{given.document.key}: {remark}"))
                reading = _read(replace(given, document=asked), reader)
                yield Entry(given.document, reading, contract(reading))
        except (DocumentError, ReadingError) as error:
            tell(error)
        step()


@cache
def _reader() -> Reader:
    from onrecord.reading.reader import (
        Reader,  # the parser takes a second to import, which a missing file need not wait for
    )

    return Reader()


def _read(given: Given, reader: Reader) -> Reading:
    """The one place where a fault of the reader is caught: it costs its document, not the others."""
    try:
        reading = reader(given.document)
    except OnrecordError:
        raise
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        raise ReadingError(
            f"reading failed: {given.document.key or 'text'}: {type(error).__name__} in {Path(last.filename).name}, "
            f"line {last.lineno}; this is a fault in onrecord, please report it with the document"
        ) from error
    return replace(reading, notes=given.notes + given.remarks + reading.notes)
