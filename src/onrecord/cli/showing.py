"""``onrecord show``: all that is known of one thing on the record, as lines or as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import Any

from onrecord.cli.told import write
from onrecord.exports.visible import clipped, one_line, visible
from onrecord.ledger import Shown, open_ledger

Row = dict[str, Any]

_LONGEST = 2000  # characters of one value in a table


def print_shown(place: str, id_: str, format_: str) -> None:
    """What has the id."""
    with closing(open_ledger(place)) as ledger:
        shown = ledger.show(id_)
    if format_ == "jsonl":
        write([json.dumps({"of": shown.of, **shown.value}, ensure_ascii=False) + "\n"])
    else:
        write(line + "\n" for line in _lines(shown))


def _lines(shown: Shown) -> Iterator[str]:
    yield f"{shown.of} {one_line(shown.id)}"
    yield from _SHOWN.get(shown.of, _plain)(shown.value)


def _plain(value: Row, skipped: Iterable[str] = ("id", "decisions")) -> Iterator[str]:
    for name, one in value.items():
        if name not in skipped and one not in (None, [], ""):
            yield _field(name, _words(one))
    yield from _decisions(value.get("decisions") or ())


def _field(name: str, words: str) -> str:
    return f"  {name.replace('_', ' '):<14}{clipped(words, _LONGEST)}"


def _words(value: Any) -> str:
    """A value of the contract on one line."""
    match value:
        case None | []:
            return "none"
        case bool():
            return "yes" if value else "no"
        case str() | int() | float():
            return str(value)
        case {"earliest": earliest, "latest": latest}:
            return " to ".join(dict.fromkeys(day or "…" for day in (earliest, latest)))
        case {"name": str(name)}:
            more = [str(value[key]) for key in ("role", "side", "version") if value.get(key)]
            return f"{name} ({', '.join(more)})" if more else name
        case {"text": str(text)}:
            return text
        case [[int(), int()], *_]:
            return ", ".join(f"{start}–{end}" for start, end in value)
        case list():
            return "; ".join(map(_words, value))
        case _:
            return json.dumps(value, ensure_ascii=False)


# --- a statement -------------------------------------------------------------------------------------------------

_FIELDS = (
    "claimant", "source", "cue", "content", "relays", "channel", "act", "quotation", "factuality", "said", "within",
    "figures", "places", "doubts",
)  # fmt: skip


def _statement(value: Row) -> Iterator[str]:
    yield _field("document", f"{value['document']} {_words(value['spans'])}")
    yield _field("words", value["sentence"]["text"])
    yield _field("state", _state(value["state"]))
    if not value["found"]:
        yield _field("found", "not found again by the newest reader")
    yield from (_field(f"· {one['kind']}", one["text"]) for one in value["hedges"])
    yield ""
    yield from _side_by_side(value)
    yield ""
    yield from _decisions(value["decisions"])
    yield from (_field("seen", _sighting(one)) for one in value["sightings"])
    yield from (_field("claim", f"{one['id']}  {one['summary']}") for one in value["claims"])
    yield from (_field(one["kind"], f"{one['id']}  {one['text']}") for one in value["findings"])


def _state(state: Row) -> str:
    by = f" by {state['by']} at {state['at']}" if state["by"] else ""
    differs = ", ".join(one["field"] for one in state["differs"])
    return str(state["status"]) + by + (f"; a later reading differs in {differs}" if differs else "")


def _side_by_side(value: Row) -> Iterator[str]:
    """Every reader's view, the newest last, and what stands after review: a field a line where all agree."""
    views = [(f"{one['reader']['name']} {one['reader']['version']}", one["value"]) for one in value["views"]]
    views += [("after review", value)] if value["state"]["fields"] else []
    yield _field(
        "readings", "; ".join(f"{name} ({one['added']})" for (name, _), one in zip(views, value["views"], strict=False))
    )
    for name in _FIELDS:
        told = [(who, _words((one or {}).get(name)) if one else "not found") for who, one in views]
        if len({words for _, words in told}) == 1:
            if told[0][1] != "none":
                yield _field(name, told[0][1])
        else:
            yield _field(name, "")
            yield from (f"    {clipped(who, 40):<24}{clipped(words, _LONGEST)}" for who, words in told)


def _sighting(one: Row) -> str:
    return " · ".join(str(one[name]) for name in ("published", "key", "title", "publisher", "url") if one[name])


def _decisions(decisions: Iterable[Row]) -> Iterator[str]:
    for one in decisions:
        what = f"{one['field']} = {_words(one['value'])}" if one["field"] else one["other"] or ""
        why = f" ({one['why']})" if one["why"] else ""
        gone = ", undone" if one["undone"] else ""
        yield _field("decision", f"{one['id']}  {one['at']} {one['by']}: {one['judgement']} {what}{why}{gone}")


# --- the others --------------------------------------------------------------------------------------------------


def _document(value: Row) -> Iterator[str]:
    yield from (_field("seen", _sighting(one)) for one in value["sightings"])
    if gone := value["redacted"]:
        yield _field("redacted", f"{gone['at']} by {gone['by']}: {gone['why']}")
    for one in value["readings"]:
        lost = f", {one['unfound']} no longer found" if one["unfound"] else ""
        yield _field("reading", f"{one['id']}  {one['reader']} {one['version']}: {one['statements']} statements{lost}")
    skipped = ("id", "text", "decisions", "sightings", "redacted", "readings", "statements")
    yield from _plain(value, skipped)
    yield ""
    yield visible(value["text"])


def _hedge(value: Row) -> Iterator[str]:
    yield from _plain({**value, "sentence": value["sentence"]["text"], "state": _state(value["state"]), "views": None})


_SHOWN: dict[str, Callable[[Row], Iterator[str]]] = {"statement": _statement, "document": _document, "caveat": _hedge}
