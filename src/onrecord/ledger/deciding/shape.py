"""Checks what a decision says by itself: which judgement of what, by whom and when, with what beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from onrecord.contract import statement_from
from onrecord.errors import DecisionError
from onrecord.ledger.rows import compact
from onrecord.model import Decision, Judgement, digest

J = Judgement
_READ = frozenset({J.ACCEPT, J.CORRECT, J.REJECT, J.UNSURE, J.COMMENT})
_ONE = frozenset({J.MERGE, J.SPLIT, J.COMMENT})
JUDGEMENTS: Mapping[str, frozenset[Judgement]] = {
    "statement": _READ | _ONE,
    "caveat": _READ,
    "party": _ONE,
    "place": _ONE,
    "claim": _ONE | {J.ACCEPT, J.REJECT, J.UNSURE},
    "finding": frozenset({J.CONFIRM, J.DISMISS, J.UNSURE, J.COMMENT}),
    "document": frozenset({J.CORRECT, J.COMMENT}),
    "decision": frozenset({J.UNDO, J.COMMENT}),
}
"""What can be decided of what."""

_ID = re.compile("[!-~]{1,100}")
_AHEAD = timedelta(minutes=10)  # how far another desk's clock may be ahead
_LONGEST = {"by": 200, "why": 10_000}
# What would steer a terminal or the eye; a remark may have lines and tabs.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]")


def checked(d: Decision) -> Decision:
    """The decision with its names set straight. Raises DecisionError for what cannot be one."""
    if d.of not in JUDGEMENTS:
        raise DecisionError(f"{d.of or 'nothing'} cannot be decided on; one of {', '.join(JUDGEMENTS)}")
    if d.judgement not in JUDGEMENTS[d.of]:
        can = ", ".join(sorted(JUDGEMENTS[d.of]))
        raise DecisionError(f"a {d.of} cannot be given the judgement {d.judgement}; one of {can}")
    for id_ in (d.target, *filter(None, (d.other, d.id))):
        if not _ID.fullmatch(id_):
            raise DecisionError(f"it names no {d.of}; give its id as target")
    _beside(d)
    by, why = _line("by", d.by), _line("why", d.why)
    if not by or "\n" in by or "\t" in by:
        raise DecisionError("it does not say on one line by whom; give a name")
    if d.judgement is J.COMMENT and not why:
        raise DecisionError("a comment says something; give it as why")
    return replace(d, judgement=J(d.judgement), by=by, why=why or None, at=d.at and at(d.at))


def _beside(d: Decision) -> None:
    """Field, value and other stand only where they mean something."""
    if d.judgement is J.CORRECT and not d.field:
        raise DecisionError("a correction names a field")
    if d.field and d.judgement not in (J.CORRECT, J.ACCEPT):
        raise DecisionError(f"a field is corrected or accepted; {d.judgement} is of the whole")
    if d.value is not None and d.judgement is not J.CORRECT:
        raise DecisionError(f"a value belongs to a correction, not to {d.judgement}")
    two = d.judgement in (J.MERGE, J.SPLIT)
    if two != bool(d.other) or (two and d.other == d.target):
        raise DecisionError("a merge or split names two different ids" if two else f"{d.judgement} has no other id")


def _line(name: str, said: str | None) -> str:
    text = (said or "").strip()
    if _STEERING.search(text) or len(text) > _LONGEST[name]:
        raise DecisionError(f"{name} holds control characters, or more than {_LONGEST[name]:,}; write plain text")
    return text


def at(text: str) -> str:
    """A time as the record keeps it: ISO text in UTC to the microsecond; without an offset it is taken as UTC.

    >>> at("2024-05-01T12:00:00+02:00")
    '2024-05-01T10:00:00.000000+00:00'
    """
    try:
        time = datetime.fromisoformat(text.strip())
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        raise DecisionError(f"at: {text[:40]} is no time; write 2024-05-01T12:00:00+00:00") from None
    if time > datetime.now(UTC) + _AHEAD:
        raise DecisionError(f"at: {text[:40]} is still to come; see to the clock")
    return iso(time)


def iso(time: datetime) -> str:
    """ISO text whose order is that of time."""
    return time.isoformat(timespec="microseconds")


def after(newest: str | None) -> str:
    """Now, or just after ``newest`` where a clock is behind: what is decided later comes later."""
    now = datetime.now(UTC)
    if newest and newest >= iso(now):
        now = datetime.fromisoformat(newest) + timedelta(microseconds=1)
    return iso(now)


def decision_id(d: Decision) -> str:
    """The id of a decision: what was decided, by whom, when and why; not what was on the record then."""
    said = [d.judgement, d.of, d.target, d.field, d.value, d.other, d.by, d.at, d.why]
    return digest(storable("value", said))[:16]


def saw(d: Decision) -> dict[str, Any]:
    """What a decision from elsewhere says that it saw, as the record keeps it.

    Raises DecisionError where it is not what a reading says.
    """
    of = d.saw if isinstance(d.saw, dict) else {}
    value, found = of.get("value"), of.get("found", True)
    try:
        if not isinstance(value, dict) or not isinstance(found, bool):
            raise ValueError
        if d.of == "statement":
            statement_from(value)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DecisionError("saw: it is not what a reading says; leave it out") from None
    kept = {"reader": of.get("reader"), "version": of.get("version"), "found": found, "value": value}
    storable("saw", kept)
    return kept


def storable(name: str, value: object) -> str:
    """A value as JSON text. Raises DecisionError for what no store can hold."""
    try:
        return compact(value)
    except (UnicodeEncodeError, TypeError, ValueError, RecursionError):
        raise DecisionError(f"{name}: it holds half characters (surrogates) or is nested too deeply; mend it") from None
