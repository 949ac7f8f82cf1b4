"""The state of a page is its address: links that change one part of it and keep the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from fastapi import Request

Value = str | int | Sequence[str] | None


def address(request: Request, **changes: Value) -> str:
    """The address of this page with some of its query changed; None takes a part away.

    What is changed starts over from the first page: ``after`` is taken away unless it is what changes.
    """
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in changes and value]
    if "after" not in changes:
        kept = [(name, value) for name, value in kept if name != "after"]
    for name, value in changes.items():
        several = value if isinstance(value, list | tuple) else [] if value is None else [value]
        kept += [(name, str(one)) for one in several]
    path = request.url.path
    return path + (f"?{urlencode(kept)}" if kept else "")


def to(path: str, values: Mapping[str, Value] | None = None) -> str:
    """An address of the desk.

    >>> to("/findings", {"kind": "conflict", "state": None})
    '/findings?kind=conflict'
    """
    told = {name: value for name, value in (values or {}).items() if value not in (None, "", [])}
    return path + (f"?{urlencode(told, doseq=True)}" if told else "")
