"""The bytes of a gzip file, member after member: what is broken is told, and the next member is gone on with."""

from __future__ import annotations

import zlib

from onrecord.documents.inflating import BrokenError
from onrecord.documents.streams import Stream

_PIECE = 65_536
_MAGIC = b"\x1f\x8b\x08"


class Members:
    """A stream over the inflated bytes of all members, at most two pieces of 64 KB in memory.

    ``read`` and ``readline`` raise BrokenError where a member is broken or ends too early; called again, they go on
    with the next member.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._given = b""
        self._inflater: zlib._Decompress | None = None
        self._found = b""

    def read(self, most: int) -> bytes:
        """At most ``most`` bytes; none at the end."""
        if not self._found:
            self._found = self._more()
        piece, self._found = self._found[:most], self._found[most:]
        return piece

    def readline(self, most: int) -> bytes:
        """A line with its end, or the first ``most`` bytes of a longer one."""
        line = b""
        while len(line) < most and not line.endswith(b"\n"):
            if not self._found:
                self._found = self._more()
            if not self._found:
                break
            end = self._found.find(b"\n", 0, most - len(line)) + 1 or min(len(self._found), most - len(line))
            line, self._found = line + self._found[:end], self._found[end:]
        return line

    def _more(self) -> bytes:
        found = b""
        while not found:
            self._given = self._given or self._stream.read(_PIECE)
            if not self._given:
                return self._ended()
            found = self._inflated()
        return found

    def _ended(self) -> bytes:
        if self._inflater is not None:
            self._inflater = None
            raise BrokenError("it ends in the middle of a record")
        return b""

    def _inflated(self) -> bytes:
        inflater = self._inflater or zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            found = inflater.decompress(self._given, _PIECE)
        except zlib.error:
            self._inflater = None
            self._skip()
            raise BrokenError("its compression is broken") from None
        self._inflater = None if inflater.eof else inflater
        self._given = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        return found

    def _skip(self) -> None:
        """To what looks like the beginning of the next member."""
        self._given = self._given[1:]
        while (at := self._given.find(_MAGIC)) < 0:
            piece = self._stream.read(_PIECE)
            self._given = self._given[-2:] + piece if piece else b""
            if not piece:
                return
        self._given = self._given[at:]
