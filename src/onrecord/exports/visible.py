"""Characters that would steer a terminal, a page or the eye, made visible instead of obeyed."""

from __future__ import annotations

import re

# C0 and C1 controls (tab and line feed are layout), bidirectional controls, interlinear and tag characters, lone
# surrogates and noncharacters
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
# Soft hyphens, zero-width spaces and byte order marks: litter of scraped text, of no width anywhere
_LITTER = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff]")


def visible(text: str) -> str:
    """``text`` with every steering character shown as a placeholder; tabs and line feeds stay.

    >>> visible("\\x1b[31mred")
    '␛[31mred'
    >>> visible("user\\u202egnp.exe")
    'user<U+202E>gnp.exe'
    """
    if text.isprintable():  # as most is: nothing that steers, and no litter, counts as printable
        return text
    return _STEERING.sub(_placeholder, _LITTER.sub("", text))


def one_line(text: str) -> str:
    """``text`` on one line, every run of white space one space.

    >>> one_line("two\\n\\tlines ")
    'two lines'
    """
    return visible(" ".join(text.split()))


def clipped(text: str, limit: int) -> str:
    """``text`` on one line, at most ``limit`` characters of it, ended by an ellipsis where it goes on.

    >>> clipped("the whole of the eastern bank", 15)
    'the whole of…'
    """
    line = one_line(text[: limit * 4])
    if len(line) <= limit and len(text) <= limit * 4:
        return line
    head = line[: limit - 1]
    return head[: head.rfind(" ") if head.rfind(" ") > limit // 2 else limit].rstrip(" ,;:–-") + "…"


def _placeholder(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF) or 0xFDD0 <= code <= 0xFDEF:
        return "\ufffd"
    return f"<U+{code:04X}>"
