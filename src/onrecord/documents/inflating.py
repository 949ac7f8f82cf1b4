"""Undoes gzip and deflate piece by piece, and stops at a limit: a small bomb never becomes a large body."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_PIECE = 65_536
_GZIP = b"\x1f"
_CODINGS = ("gzip", "x-gzip", "deflate")
_MOST_CODINGS = 2  # gzip in gzip is sent by mistake; more than that only on purpose


class TooLargeError(ValueError):
    """More came out than may."""


class BrokenError(ValueError):
    """It is not what it says it is, or it ends too early."""


def inflated(pieces: Iterable[bytes], codings: str | None, most: int) -> bytes:
    """The body whose ``pieces`` were coded as a Content-Encoding says, last coding first.

    Raises TooLargeError when there are more than ``most`` bytes before, between or after decoding; BrokenError for a
    coding that is not known or data that is not coded so.
    """
    named = [name for name in (codings or "").lower().replace(" ", "").split(",") if name not in ("", "identity")]
    if len(named) > _MOST_CODINGS or any(name not in _CODINGS for name in named):
        raise BrokenError(f"its content coding is {(codings or '')[:40]}")
    found = _limited(pieces, most)
    for name in reversed(named):
        found = _limited(_undone(found, name), most)
    try:
        return b"".join(found)
    except zlib.error:
        raise BrokenError("its compression is broken") from None


def _limited(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise TooLargeError(most)
        yield piece


def _undone(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Inflated in pieces of at most 64 KB; gzip may have several members, deflate may lack its frame."""
    inflater = None
    for piece in pieces:
        data = piece
        while data:
            if inflater is not None and inflater.eof:
                if coding == "deflate" or not data.startswith(_GZIP):
                    return  # what follows a body is padding
                inflater = None
            inflater = inflater or zlib.decompressobj(_window(coding, data))
            yield inflater.decompress(data, _PIECE)
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    if inflater is not None and not inflater.eof:
        yield inflater.flush()
    if inflater is not None and not inflater.eof:
        raise BrokenError("its compressed body ends too early")


def _window(coding: str, data: bytes) -> int:
    if coding != "deflate":
        return 16 + zlib.MAX_WBITS
    framed = data[0] & 0x0F == 8 and data[0] >> 4 <= 7  # RFC 1950; else bare, as some servers send it
    return zlib.MAX_WBITS if framed else -zlib.MAX_WBITS
