"""Bytes to text: what is decoded, how it is told, what is refused."""

from __future__ import annotations

import codecs

import pytest

from onrecord.documents.decoding import decoded
from onrecord.errors import DocumentError

STORY = "“We hold,” Colonel Petrenko said — the city’s defence won’t fail. A café in Orléans was hit. "
UKRAINIAN = "Армія повідомила про втрати у понеділок, сказав речник військового командування. "


def test_utf8_is_kept_as_given() -> None:
    text = "a\r\nb\x00\x1b[31m\u202e“c”\ufeff"
    assert decoded(text.encode(), "f") == (text, None)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides(mark: bytes, encoding: str) -> None:
    assert decoded(mark + STORY.encode(encoding), "f") == (STORY, None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_recognised(encoding: str) -> None:
    text, remark = decoded(STORY.encode(encoding), "f")
    assert text == STORY
    assert encoding in str(remark)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1252", STORY), ("cp1252", STORY * 20), ("cp1251", UKRAINIAN * 3), ("koi8-u", UKRAINIAN * 3)],
)
def test_other_encodings_are_detected_and_named(encoding: str, text: str) -> None:
    found, remark = decoded(text.encode(encoding), "f")
    assert found == text
    assert encoding.replace("-", "_") in str(remark)


def test_what_a_page_declares_outranks_detection() -> None:
    short = "<html><meta charset='koi8-u'><p>Київ</p>"
    assert decoded(short.encode("koi8-u"), "f") == (short, None)
    assert decoded(short.encode(), "f") == (short, None)
    western = STORY + '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'
    assert decoded(western.encode("cp1252"), "f") == (western, None)


def test_a_named_encoding_outranks_detection() -> None:
    assert decoded(UKRAINIAN.encode("koi8-u"), "f", "koi8-u") == (UKRAINIAN, None)


@pytest.mark.parametrize(
    ("encoding", "says"), [("ascii", "it is not ascii"), ("klingon", "unknown"), ("hex", "unknown")]
)
def test_a_wrong_name_is_refused(encoding: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        decoded(UKRAINIAN.encode(), "f", encoding)


def test_a_few_spoilt_bytes_do_not_make_it_another_encoding() -> None:
    data = (UKRAINIAN * 3).encode()
    text, remark = decoded(data[:100] + b"\xff" + data[100:], "f")
    assert text.replace("\ufffd", "") == UKRAINIAN * 3
    assert "1 of its bytes" in str(remark)


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 text", b"PK\x03\x04 docx", b"\x89PNG\r\n", b"\x7fELF", bytes(range(32)) * 50, b"\x00" * 100],
    ids=["pdf", "zip", "png", "program", "controls", "nul"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^not a text: f: "):
        decoded(data, "f")
