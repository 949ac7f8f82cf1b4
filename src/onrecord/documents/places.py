"""From the places a user names (files, folders, corpora, standard input) to the documents that stand there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.documents.corpus import corpus
from onrecord.documents.days import stated_day
from onrecord.documents.decoding import decoded
from onrecord.documents.given import Ask, Given, Tell, of_fit_length
from onrecord.documents.languages import language_name, language_of
from onrecord.documents.pages import looks_like_page, page
from onrecord.errors import DocumentError
from onrecord.model import Document

STANDARD_INPUT = "-"
_PAGES = (".html", ".htm", ".xhtml")
_CORPORA = (".jsonl", ".ndjson")
_TEXTS = (".txt", ".md")
_IN_FOLDERS = (*_TEXTS, ".html", ".htm", ".jsonl")


def documents(
    places: Iterable[str | Path], ask: Ask, tell: Tell, standard_input: BinaryIO | None = None
) -> Iterator[Given]:
    """Every document at ``places``, in order, one at a time; what cannot be read is told and left out.

    A place is a file, a folder (walked in sorted order), a ``.jsonl`` corpus, or ``-`` for standard input.
    """
    for place in places:
        if str(place) == STANDARD_INPUT:
            found = _of_stream(standard_input or sys.stdin.buffer, ask, tell)
        elif is_folder(place):
            found = _of_folder(Path(place), ask, tell)
        else:
            found = _of_file(Path(place), Path(place).name, ask, tell)
        yield from (_with_language(given) for given in found)


def file(path: Path, ask: Ask) -> Given:
    """The one document in a file. Raises DocumentError when it cannot be read."""
    with _open(path, str(path), ask) as stream:
        return _with_language(_document(_all(stream, str(path), ask), path.name, str(path), path.suffix, ask))


def is_folder(place: str | Path) -> bool:
    """Whether a folder stands there; a name that none can have is none."""
    try:
        return Path(place).is_dir()
    except (OSError, ValueError):
        return False


def _of_folder(folder: Path, ask: Ask, tell: Tell) -> Iterator[Given]:
    found = False
    for path in _walk(folder, tell):
        if ask.besides and path.resolve() == ask.besides:
            continue
        found = True
        yield from _of_file(path, path.relative_to(folder).as_posix(), ask, tell)
    if not found:
        tell(
            DocumentError(f"no texts: {folder}: no {', '.join(_IN_FOLDERS)} in this folder; name the files themselves")
        )


def _walk(folder: Path, tell: Tell) -> Iterator[Path]:
    """The files to read under ``folder``, hidden ones aside, in sorted order.

    A link that leaves the folder is told, not followed; one to a folder inside is passed over, since what it leads to
    is read anyway.
    """
    inside = folder.resolve()
    for path in sorted(_visible(folder, tell), key=lambda path: path.parts):
        if path.is_symlink() and not path.resolve().is_relative_to(inside):
            tell(DocumentError(f"not followed: {path}: it is a link out of the folder; name what it leads to"))
        elif path.suffix.lower() in _IN_FOLDERS and not path.is_dir():
            yield path


def _visible(folder: Path, tell: Tell) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        tell(_trouble(error, str(error.filename or folder)))

    for above, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = [name for name in folders if (Path(above) / name).is_symlink()]
        yield from (Path(above) / name for name in chain(names, linked) if not name.startswith("."))


def _of_file(path: Path, key: str, ask: Ask, tell: Tell) -> Iterator[Given]:
    where = str(path)
    suffix = path.suffix.lower()
    try:
        if suffix == ".json":
            raise DocumentError(f"not a text: {where}: a .json is not read; write one document a line, in a .jsonl")
        with _open(path, where, ask) as stream:
            if suffix in _CORPORA:
                yield from corpus(stream, key, ask, tell)
            else:
                yield _document(_all(stream, where, ask), key, where, suffix, ask)
    except DocumentError as error:
        tell(error)


def _of_stream(stream: BinaryIO, ask: Ask, tell: Tell) -> Iterator[Given]:
    where = "standard input"
    first = stream.readline(ask.most_bytes)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b'{"'):
        yield from corpus(cast(BinaryIO, _Replayed(first, stream)), "stdin", ask, tell)
        return
    try:
        data = first + stream.read(ask.most_bytes + 1 - len(first))
        yield _document(_fitting(data, where, ask), STANDARD_INPUT, where, "", ask)
    except DocumentError as error:
        tell(error)
    except OSError as error:
        tell(_trouble(error, where))


class _Replayed:
    """A stream with its first line put back."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = BytesIO(first), rest

    def readline(self, most: int) -> bytes:
        return self._first.readline(most) or self._rest.readline(most)


@contextmanager
def _open(path: Path, where: str, ask: Ask) -> Iterator[BinaryIO]:
    try:
        if path.exists() and not path.is_file():
            raise DocumentError(f"not a file: {where}: name a file, a folder or - for standard input")
        with path.open("rb") as stream:
            yield stream
    except (OSError, ValueError) as error:
        raise _trouble(error, where) from None


def _trouble(error: Exception, where: str) -> DocumentError:
    match error:
        case FileNotFoundError():
            return DocumentError(f"no such file: {where}: check the name")
        case PermissionError():
            return DocumentError(f"not allowed: {where}: this user may not read it")
        case OSError():
            return DocumentError(f"cannot be read: {where}: {(error.strerror or 'input error').lower()}")
    return DocumentError(f"no such file: {where[:80]}: no file can have this name")


def _all(stream: BinaryIO, where: str, ask: Ask) -> bytes:
    """The whole of a file, unless it is longer than anything that is read."""
    size = os.fstat(stream.fileno()).st_size
    if size > ask.most_bytes:
        raise _too_big(f"{size:,} bytes", where, ask)
    return _fitting(stream.read(ask.most_bytes + 1), where, ask)


def _fitting(data: bytes, where: str, ask: Ask) -> bytes:
    if len(data) > ask.most_bytes:
        raise _too_big(f"more than {ask.most_bytes:,} bytes", where, ask)
    return data


def _too_big(size: str, where: str, ask: Ask) -> DocumentError:
    return DocumentError(
        f"too long: {where}: {size}, and a document may have {ask.longest:,} characters; split it, or raise --longest"
    )


def _document(data: bytes, key: str, where: str, suffix: str, ask: Ask) -> Given:
    text, remark = decoded(data, where, ask.encoding)
    suffix = suffix.lower()
    remarks = (remark,) if remark else ()
    if text.strip() and (suffix in _PAGES or (suffix not in _TEXTS and looks_like_page(text))):
        return _of_page(text, key, where, ask, remarks)
    text = of_fit_length(text, where, ask)
    stated = None if ask.published else stated_day(text)
    notes = (f"published {stated.day}: as the text says, “{stated.words}”",) if stated else ()
    return Given(Document(text, key, ask.published or (stated and stated.day)), notes, remarks)


def _of_page(markup: str, key: str, where: str, ask: Ask, remarks: tuple[str, ...]) -> Given:
    document, remark = page(markup, where, ask)
    of_fit_length(document.text, where, ask)
    published = ask.published or document.published
    says = published and not ask.published
    return Given(
        replace(document, key=key, published=published),
        (f"published {published}: as the page says",) if says else (),
        (*remarks, remark) if remark else remarks,
    )


def _with_language(given: Given) -> Given:
    language = given.document.language or language_of(given.document.text)
    remarks = given.remarks
    if language and language.lower()[:2] != "en":
        remarks = (*remarks, f"looks like {language_name(language.lower()[:2])}; read with English rules")
    return replace(given, document=replace(given.document, language=language), remarks=remarks)
