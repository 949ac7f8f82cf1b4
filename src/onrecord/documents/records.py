"""Takes an archive apart into its records (WARC, ISO 28500), one in memory at a time, the broken ones left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.documents.inflating import BrokenError
from onrecord.documents.streams import Stream

_PIECE = 65_536
_LONGEST_LINE = 16_384
_LONGEST_HEAD = 131_072
_BEGINS = b"WARC/"
_LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Record:
    """A record's number from 1, its header as it stands there, and its block; None where that was not wanted."""

    number: int
    head: bytes
    block: bytes | None


class Records:
    """The records of a stream; ``wanted`` is asked about each header whether to hold the block, of ``most`` bytes.

    ``tell`` hears the number of each broken record and what is wrong with it; the search goes on from the next line
    that begins one.
    """

    def __init__(
        self, stream: Stream, wanted: Callable[[bytes], bool], most: int, tell: Callable[[int, str], None]
    ) -> None:
        self._stream, self._wanted, self._most, self._tell = stream, wanted, most, tell
        self._first = b""
        self._number = 0
        self._lost = False

    def __iter__(self) -> Iterator[Record]:
        while True:
            try:
                if not self._begins():
                    return
                self._number += 1
                yield self._record()
            except BrokenError as error:
                self._lost = True
                self._tell(max(self._number, 1), str(error))

    def _begins(self) -> bool:
        """Goes to the first line of the next record; False at the end. What lies between is told, unless something was
        told of it already."""
        line = self._first or self._stream.readline(_LONGEST_LINE)
        odd = False
        while line and not line.startswith(_BEGINS):
            odd = odd or not line.isspace()
            line = self._stream.readline(_LONGEST_LINE)
        self._first = line
        told, self._lost = self._lost, False
        if odd and not told:
            raise BrokenError("what follows it is no record" if self._number else "it does not begin with a record")
        return bool(line)

    def _record(self) -> Record:
        head = self._head()
        found = _LENGTH.search(head)
        if not found:
            raise BrokenError("its header says no length")
        length = int(found[1])
        held = length <= self._most and self._wanted(head)
        block = self._block(length, held)
        self._close()
        return Record(self._number, head, block)

    def _head(self) -> bytes:
        head = bytearray(self._first)
        self._first = b""
        while (line := self._stream.readline(_LONGEST_LINE)).strip():
            head += line
            if len(head) > _LONGEST_HEAD:
                raise BrokenError("its header has no end")
        if not line:
            raise BrokenError("it ends in the middle of a record")
        return bytes(head)

    def _block(self, length: int, held: bool) -> bytes | None:
        pieces = bytearray()
        while length > 0:
            piece = self._stream.read(min(_PIECE, length))
            if not piece:
                raise BrokenError("it ends in the middle of a record")
            length -= len(piece)
            if held:
                pieces += piece
        return bytes(pieces) if held else None

    def _close(self) -> None:
        """Two empty lines end a record; read now, so that the check sum of its compression is seen before its use."""
        for _ in range(2):
            line = self._stream.readline(_LONGEST_LINE)
            if line.strip():
                self._first = line
                if not line.startswith(_BEGINS):
                    raise BrokenError("its length is not what its header says")
                return
