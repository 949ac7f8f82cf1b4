"""From bytes to the text they stand for."""

from __future__ import annotations

import codecs
import re

from onrecord.errors import DocumentError

_BINARY = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "an RTF document",
    b"\x1f\x8b": "compressed",
    b"BZh": "compressed",
    b"\xfd7zXZ": "compressed",
    b"7z\xbc\xaf": "compressed",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"RIFF": "sound or an image",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_META = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_XML = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_META_WITHIN = 4_096
_HEAD = 65_536
_MOST_CONTROLS = 0.1
_WORTH_MENDING = 10  # letters beyond ASCII that are good UTF-8 for each byte that is not


def decoded(data: bytes, where: str, encoding: str | None = None, said: str | None = None) -> tuple[str, str | None]:
    """The text of ``data``, and a line on how it was decoded unless it was UTF-8 or named.

    ``encoding`` outranks everything; then a byte order mark, UTF-16 by its pattern of NULs, UTF-8, what the host
    ``said``, what a page or feed declares, what charset-normalizer detects. A few NULs and control characters are kept
    as they are. Raises DocumentError for what is no text or cannot be decoded.
    """
    if encoding is not None:
        return _named(data, where, encoding), None
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _named(data[len(mark) :], where, marked), None
    _refuse_formats(data, where)
    if (wide := _wide(data)) is not None:
        return _named(data, where, wide), f"read as {wide}, as its pattern of NULs suggests; name it with --encoding"
    _refuse_controls(data, where)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _mended(data) or _declared(data, said) or _detected(data, where)


def _named(data: bytes, where: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise DocumentError(f"unknown encoding: {encoding}: name one such as utf-8, cp1251 or koi8-u") from None
    except (UnicodeError, ValueError) as error:
        raise DocumentError(f"wrong encoding: {where}: it is not {encoding} ({_place(error)}); name another") from None


def _place(error: Exception) -> str:
    return f"byte {error.start:,}" if isinstance(error, UnicodeDecodeError) else "no text encoding"


def _refuse_formats(data: bytes, where: str) -> None:
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise DocumentError(f"not a text: {where}: it is {what}; give its text, as .txt or .html")


def _refuse_controls(data: bytes, where: str) -> None:
    head = data[:_HEAD]
    if len(_CONTROLS.findall(head)) > _MOST_CONTROLS * len(head):
        raise DocumentError(f"not a text: {where}: it is binary; give its text, as .txt or .html")


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: in Latin text every second byte is NUL, on the same side."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half < 4 or len(data) % 2:
        return None
    if odd > 0.5 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.5 * half and odd < 0.05 * half else None


def _mended(data: bytes) -> tuple[str, str] | None:
    """UTF-8 with a few spoilt bytes, which another encoding would only make worse."""
    text = data.decode("utf-8", "surrogateescape")
    spoilt = sum("\udc80" <= c <= "\udcff" for c in text)
    good = sum(c > "\x7f" for c in text) - spoilt
    if good < _WORTH_MENDING * spoilt:
        return None
    return data.decode("utf-8", "replace"), f"{spoilt:,} of its bytes are not UTF-8 and stand as U+FFFD"


def _declared(data: bytes, said: str | None) -> tuple[str, None] | None:
    """By what the host said, or the page or feed declares, where that is true; Latin-1 means windows-1252 on the web
    (WHATWG)."""
    found = _XML.match(data[:_META_WITHIN]) or _META.search(data[:_META_WITHIN])
    for name in (said, found and found.group(1).decode("ascii")):
        plain = (name or "").lower()
        try:
            return data.decode("cp1252" if plain in ("iso-8859-1", "latin1", "latin-1") else plain), None
        except (LookupError, UnicodeError, ValueError):
            continue
    return None


def _detected(data: bytes, where: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:_HEAD])
    best = matches.best()
    if best is None:
        raise DocumentError(f"unknown encoding: {where}: neither UTF-8 nor any that is known; name it with --encoding")
    # Of encodings that agree on these bytes the Western one is likeliest in English text.
    name = "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
    return _named(data, where, name), f"not UTF-8: read as {name}, which was detected; name another with --encoding"
