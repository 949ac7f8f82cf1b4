"""Which names the desk answers to: a page elsewhere whose name is bent to this machine does not reach it."""

from __future__ import annotations

from urllib.parse import urlsplit


def named(host: str | None) -> str:
    """The name in a Host header, without its port, in small letters.

    >>> named("localhost:8000"), named("[::1]:8000"), named("Desk.Example")
    ('localhost', '[::1]', 'desk.example')
    """
    name = (host or "").strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]


def from_here(origin: str | None, host: str | None) -> bool:
    """Whether an Origin header names the very place the request went to; one that is absent says nothing."""
    if origin is None:
        return True
    return origin != "null" and urlsplit(origin).netloc.lower() == (host or "").lower()
