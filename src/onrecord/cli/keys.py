"""Keys and lines from a terminal: what is typed ahead is kept, and control-c interrupts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from select import select
from typing import Any

import click

try:
    import termios
    import tty
except ImportError:  # Windows has consoles of another kind, which click knows
    termios = tty = None  # type: ignore[assignment]

_END = ("\x04", "\x1a")


@contextmanager
def key_by_key() -> Iterator[None]:
    """Within it keys come as they are typed, unseen; after it the terminal is as it was."""
    before = _mode()
    if before is not None:
        tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)
    try:
        yield
    finally:
        _restore(before)


def key() -> str:
    """The next key, nothing for one that moves the cursor. Raises EOFError where the terminal is gone."""
    if termios is None:
        return click.getchar()
    typed = _byte()
    if typed == b"\x1b":
        return _passed_over()
    while typed[0] >= 0xC0 and len(typed) < 4 and not _is_text(typed):
        typed += _byte()
    text = typed.decode(errors="replace")
    if text in _END:
        raise EOFError
    return text


def line(prompt: str, before: str = "") -> str:
    """A line that is typed, over ``before`` where the terminal can edit; nothing where it is broken off."""
    mode = _mode()
    if mode is not None:
        seen = [*mode]
        seen[3] |= termios.ICANON | termios.ECHO
        seen[0] |= termios.ICRNL
        _restore(seen)
    try:
        with _typed_over(before):
            return input(prompt).strip()
    except (EOFError, KeyboardInterrupt):
        click.echo()
        return ""
    finally:
        _restore(mode)


def _mode() -> list[Any] | None:
    return None if termios is None else termios.tcgetattr(sys.stdin.fileno())


def _restore(mode: list[Any] | None) -> None:
    if mode is not None:
        try:
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, mode)
        except termios.error:  # the terminal is gone
            return


def _byte() -> bytes:
    try:
        typed = os.read(sys.stdin.fileno(), 1)
    except OSError:
        typed = b""
    if not typed:
        raise EOFError
    return typed


def _passed_over() -> str:
    """Reads the rest of what an arrow key or the like sends."""
    while select([sys.stdin], [], [], 0.05)[0]:
        if (typed := _byte()) not in b"[O" and (typed.isalpha() or typed == b"~"):
            break
    return ""


def _is_text(typed: bytes) -> bool:
    try:
        typed.decode()
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def _typed_over(before: str) -> Iterator[None]:
    try:
        import readline
    except ImportError:  # not on every system
        yield
        return
    readline.set_startup_hook(lambda: readline.insert_text(before))
    try:
        yield
    finally:
        readline.set_startup_hook(None)
