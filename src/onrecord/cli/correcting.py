"""Asks in the terminal for a field of a statement and its right value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from onrecord.cli.deciding import shown
from onrecord.exports.visible import clipped
from onrecord.ledger import State
from onrecord.model import Act, Factuality, Quotation

_FIELDS = (
    "claimant", "relays", "channel", "act", "quotation", "factuality", "said", "content", "cue", "source", "within",
)  # fmt: skip
_CHOICES: Mapping[str, Any] = {"act": Act, "quotation": Quotation, "factuality": Factuality}
_LISTS = ("figures", "places")
_SPOKEN = {
    "said": "2023-03-07, 2023-03, 2023 or 2023-03-01/2023-03-07",
    "period": "2023-03-07, 2023-03, 2023 or 2023-03-01/2023-03-07",
    "content": "the words as they are printed",
    "cue": "the words as they are printed",
    "source": "the words as they are printed",
    "claimant": 'a name of this document, or {"name": …, "kind": "person", "role": …, "side": …}',
}
Ask = Callable[[str, str], str]


def correction(state: State, ask: Ask) -> tuple[str, Any] | None:
    """The field and the value that a person gives; None where they leave it."""
    value = state.value or {}
    choices = list(_offered(value))
    for n, (at, told) in enumerate(choices, start=1):
        click.echo(f"  {n:>3}  {at:<24} {clipped(told, 80)}")
    chosen = ask("field, by number or name (nothing: leave it): ", "")
    if chosen.isdecimal() and 0 < int(chosen) <= len(choices):
        chosen = choices[int(chosen) - 1][0]
    if not chosen:
        return None
    if chosen.startswith(_LISTS) and chosen.endswith("]"):
        part = ask("which of it: value, measure, side, period … (nothing: the whole): ", "")
        chosen += f".{part}" if part else ""
    kind = chosen.rpartition(".")[2]
    hint = ", ".join(_CHOICES[kind]) if kind in _CHOICES else _SPOKEN.get(kind, "JSON, or plain text")
    typed = ask(f"{chosen} ({hint}; null for none; nothing: leave it): ", _now(state, chosen))
    return (chosen, _parsed(typed)) if typed else None


def _offered(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _FIELDS:
        yield name, _said(value.get(name))
    for name in _LISTS:
        for one in value.get(name) or ():
            start, end = one["spans"][0][0], one["spans"][-1][1]
            yield f"{name}[{start}-{end}]", one["text"]


def _said(value: Any) -> str:
    match value:
        case {"text": str(text), "earliest": earliest, "latest": latest}:
            return f"{earliest or '…'}/{latest or '…'} {text}"
        case {"text": str(text)}:
            return text
        case {"name": str(name)}:
            return name
        case list():
            return "; ".join(map(_said, value)) or "none"
        case None:
            return "none"
        case _:
            return shown(value)


def _now(state: State, at: str) -> str:
    """What is typed over: what the newest reading says where that is contradicted, else the value that holds."""
    for difference in state.differs:
        if difference.field == at:
            return _typed(difference.now)
    return _typed((state.value or {}).get(at)) if "[" not in at else ""


def _typed(value: Any) -> str:
    match value:
        case None:
            return ""
        case {"earliest": earliest, "latest": latest}:
            return str(earliest) if earliest == latest else f"{earliest or ''}/{latest or ''}"
        case {"spans": _, "text": str(text)}:
            return text
        case {"id": _, **rest}:
            return json.dumps(rest, ensure_ascii=False)
        case _:
            return shown(value)


def _parsed(typed: str) -> Any:
    """JSON where it is some, else the text itself; a year or a day is text."""
    if not typed.startswith(("{", "[", '"')) and typed not in ("null", "true", "false"):
        try:
            return float(typed) if "." in typed else int(typed)
        except ValueError:
            return typed
    try:
        return json.loads(typed)
    except ValueError:
        return typed
