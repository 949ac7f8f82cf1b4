"""Streams of bytes as documents are read from them: named, looked into without losing a byte, never without end."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Protocol

STANDARD_INPUT = "-"


class Stream(Protocol):
    """What is asked of a stream: never more than ``most`` bytes at a time."""

    def read(self, most: int, /) -> bytes: ...

    def readline(self, most: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Named:
    """A stream as the record and the user know it.

    ``key`` becomes a document's key, ``where`` stands in lines to the user, ``suffix`` is the end of its name. ``url``
    is where it was fetched from, ``charset`` the encoding its host named, ``size`` its bytes where they are known.
    """

    key: str
    where: str
    suffix: str = ""
    url: str | None = None
    charset: str | None = None
    size: int | None = None

    @property
    def within(self) -> str:
        """What the documents of a corpus or feed are told apart by, before their number or id."""
        return "stdin" if self.key == STANDARD_INPUT else self.key


class Replayed:
    """A stream with its first bytes put back."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first, self._rest = BytesIO(first), rest

    def read(self, most: int) -> bytes:
        found = self._first.read(most)
        return found if len(found) == most else found + self._rest.read(most - len(found))

    def readline(self, most: int) -> bytes:
        found = self._first.readline(most)
        if found.endswith(b"\n") or len(found) == most:
            return found
        return found + self._rest.readline(most - len(found))


def looked_into(stream: BinaryIO, most: int) -> tuple[bytes, Replayed]:
    """The first bytes, and the stream as if they had not been read.

    Of a corpus that comes through a pipe only what is there already is waited for, so that its first rows are not held
    back by those to come.
    """
    read_some = getattr(stream, "read1", stream.read)
    head: bytes = read_some(most)
    if not head.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and len(head) < most:
        head += stream.read(most - len(head))
    return head, Replayed(head, stream)
