"""From the places a user names (files, folders, corpora, feeds, archives, URLs, standard input) to their documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from onrecord.documents.fetched import at_url, followed
from onrecord.documents.given import Ask, Given, Tell
from onrecord.documents.kinds import IN_FOLDERS, suffix_of
from onrecord.documents.languages import language_name, language_of
from onrecord.documents.opened import opened, whole_of
from onrecord.documents.streams import STANDARD_INPUT, Named
from onrecord.documents.texts import document
from onrecord.documents.web.urls import is_url
from onrecord.errors import DocumentError


def documents(
    places: Iterable[str | Path], ask: Ask, tell: Tell, standard_input: BinaryIO | None = None
) -> Iterator[Given]:
    """Every document at ``places``, in order, one at a time; what cannot be read is told and left out.

    A place is a file, a folder (walked in sorted order), ``-`` for standard input, or a URL (where ``ask.web`` allows
    it). A file, an answer or standard input is a text, a page, a ``.jsonl`` corpus, an RSS or Atom feed or a WARC
    archive, told apart by name and content.
    """
    for place in places:
        for given in _at(place, ask, tell, standard_input):
            found = followed(given, ask, tell)
            if found is not None:
                yield _with_language(found)


def _at(place: str | Path, ask: Ask, tell: Tell, standard_input: BinaryIO | None) -> Iterator[Given]:
    if str(place) == STANDARD_INPUT:
        return _told(_of_stream(standard_input or sys.stdin.buffer, ask, tell), tell)
    if is_url(place):
        return _told(at_url(str(place), ask, tell), tell)
    if is_folder(place):
        return _of_folder(Path(place), ask, tell)
    return _told(_of_file(Path(place), Path(place).name, ask, tell), tell)


def _told(found: Iterator[Given], tell: Tell) -> Iterator[Given]:
    """What ends a place early is told, and the next place is gone on with."""
    try:
        yield from found
    except DocumentError as error:
        tell(error)


def file(path: Path, ask: Ask) -> Given:
    """The one document in a file. Raises DocumentError when it cannot be read."""
    with _open(path, str(path)) as stream:
        named = _named(path, path.name, stream)
        return _with_language(document(whole_of(stream, named, ask), named, ask))


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
        yield from _told(_of_file(path, path.relative_to(folder).as_posix(), ask, tell), tell)
    if not found:
        tell(DocumentError(f"no texts: {folder}: no {', '.join(IN_FOLDERS)} in this folder; name the files themselves"))


def _walk(folder: Path, tell: Tell) -> Iterator[Path]:
    """The files to read under ``folder``, hidden ones aside, in sorted order.

    A link that leaves the folder is told, not followed; one to a folder inside is passed over, since what it leads to
    is read anyway.
    """
    inside = folder.resolve()
    for path in sorted(_visible(folder, tell), key=lambda path: path.parts):
        if path.is_symlink() and not path.resolve().is_relative_to(inside):
            tell(DocumentError(f"not followed: {path}: it is a link out of the folder; name what it leads to"))
        elif suffix_of(path.name) in IN_FOLDERS and not path.is_dir():
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
    if path.suffix.lower() == ".json":
        raise DocumentError(f"not a text: {where}: a .json is not read; write one document a line, in a .jsonl")
    with _open(path, where) as stream:
        yield from opened(stream, _named(path, key, stream), ask, tell)


def _named(path: Path, key: str, stream: BinaryIO) -> Named:
    return Named(key, str(path), suffix_of(path.name), size=os.fstat(stream.fileno()).st_size)


def _of_stream(stream: BinaryIO, ask: Ask, tell: Tell) -> Iterator[Given]:
    where = "standard input"
    try:
        yield from opened(stream, Named(STANDARD_INPUT, where), ask, tell)
    except OSError as error:
        raise _trouble(error, where) from None


@contextmanager
def _open(path: Path, where: str) -> Iterator[BinaryIO]:
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


def _with_language(given: Given) -> Given:
    language = given.document.language or language_of(given.document.text)
    remarks = given.remarks
    if language and language.lower()[:2] != "en":
        remarks = (*remarks, f"looks like {language_name(language.lower()[:2])}; read with English rules")
    return replace(given, document=replace(given.document, language=language), remarks=remarks)
