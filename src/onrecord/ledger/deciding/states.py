"""What holds of a thing on the record after all that people decided on it: pure, from decisions and newest reading.

A decision outranks every reader. When a later reading says something else than the decision saw and than it decided,
the decision is *reopened*: its value holds until a person decides again, and the state tells what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from onrecord.ledger.deciding.meanings import CAVEAT, STATEMENT, Difference, same
from onrecord.ledger.deciding.paths import Json, Path, laid, path, told
from onrecord.ledger.laying import Spans
from onrecord.model import Decision, Judgement
from onrecord.model.standing import standing

FIELDS: Mapping[str, tuple[str, ...]] = {
    "statement": STATEMENT,
    "caveat": CAVEAT,
    "document": ("published",),
    "finding": ("inputs",),
}
"""For what can be accepted or corrected (a finding: confirmed), the fields that are decided on with it."""


class Status(StrEnum):
    """What people made of something; REOPENED where a later reading contradicts them."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    UNSURE = "unsure"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    REOPENED = "reopened"


STATUS = {
    Judgement.ACCEPT: Status.ACCEPTED,
    Judgement.CORRECT: Status.CORRECTED,
    Judgement.REJECT: Status.REJECTED,
    Judgement.UNSURE: Status.UNSURE,
    Judgement.CONFIRM: Status.CONFIRMED,
    Judgement.DISMISS: Status.DISMISSED,
}
_HOLDING = (Status.ACCEPTED, Status.CORRECTED)


@dataclass(frozen=True, slots=True)
class Seen:
    """A thing as the newest reading has it: its value, whether that reading still finds it, and who read it."""

    value: Json
    found: bool = True
    reader: str | None = None
    version: str | None = None
    document: str | None = None
    words: Spans = ()

    def as_saw(self) -> Json:
        """What a decision keeps of it."""
        return {"reader": self.reader, "version": self.version, "found": self.found, "value": self.value}


@dataclass(frozen=True, slots=True)
class State:
    """What holds: ``status``, and ``decided``, the status before it was reopened by what ``differs``.

    ``value`` is the newest reading's with what was decided laid over it, None where there is nothing to read;
    ``fields`` the paths that a person decided on. ``by`` and ``at`` are of the newest decision that made the status,
    ``decisions`` all that stand, the earliest first, comments among them.
    """

    of: str
    target: str
    status: Status = Status.OPEN
    decided: Status = Status.OPEN
    value: Json | None = None
    fields: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()
    by: str | None = None
    at: str | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def comments(self) -> tuple[Decision, ...]:
        """What people remarked, the earliest first."""
        return tuple(d for d in self.decisions if d.judgement is Judgement.COMMENT)


@dataclass(frozen=True, slots=True)
class _Held:
    """A value that was decided: over which one, and for a field of a figure that figure as it was."""

    value: Any
    over: Any
    whole: Json | None = None


@dataclass(slots=True)
class _Decided:
    """What holds so far, as the decisions are gone through: by field and path, in the order it was decided."""

    status: Status = Status.OPEN
    newest: Decision | None = None
    saw: Json = field(default_factory=dict)
    found: bool = True
    held: dict[str, dict[Path, _Held]] = field(default_factory=dict)

    def paths(self) -> Iterator[tuple[Path, _Held]]:
        """All that is decided."""
        return ((at, held) for field_ in self.held.values() for at, held in field_.items())

    def over(self, value: Json) -> Json:
        """The value with what was decided laid over it: whole fields first, at once, then what is within one."""
        whole: Json = {}
        within: list[tuple[Path, _Held]] = []
        for at, held in self.paths():
            if at.words:
                within.append((at, held))
            else:
                whole[at.field] = held.value
        value = {**value, **whole}
        for at, held in within:
            value = laid(value, at, held.value, held.whole)
        return value

    def set(self, at: Path, new: Any, saw: Json) -> None:
        """A field is decided on, and with it all within it."""
        if not at.words:
            self.held[at.field] = {at: _Held(new, saw.get(at.field))}
            return
        whole = told(self.over(saw), Path(at.field, at.words)) if at.part else None
        kept = {one: held for one, held in self.held.get(at.field, {}).items() if not one.within(at)}
        self.held[at.field] = {**kept, at: _Held(new, told(saw, at), whole)}


def state(of: str, target: str, decisions: Iterable[Decision], now: Seen | None) -> State:
    """What holds of ``target`` after ``decisions`` (on it, and their undos), with ``now`` the newest reading of it."""
    stand = standing(decisions)
    decided = _Decided()
    for d in stand:
        if d.judgement in STATUS:
            _take(decided, d, FIELDS.get(of, ()))
    differs = _differences(decided, now, FIELDS.get(of, ())) if now else ()
    value = _without_doubts(decided.over(now.value), decided) if now else None
    newest = decided.newest
    return State(
        of,
        target,
        Status.REOPENED if differs else decided.status,
        decided.status,
        value,
        tuple(str(at) for at, _ in decided.paths()),
        differs,
        newest.by if newest else None,
        newest.at if newest else None,
        tuple(stand),
    )


def _take(decided: _Decided, d: Decision, fields: tuple[str, ...]) -> None:
    """Takes up the next decision."""
    saw = d.saw if isinstance(d.saw, dict) else {}
    value = saw.get("value") or {}
    decided.status, decided.newest = STATUS[d.judgement], d
    decided.saw, decided.found = value, saw.get("found", True)
    if d.judgement is Judgement.CORRECT and d.field:
        decided.set(path(d.field), d.value, value)
    elif d.judgement is Judgement.ACCEPT:
        accepted = decided.over(value)
        for name in (d.field,) if d.field else fields:
            decided.set(path(name), told(accepted, path(name)), value)


def _differences(decided: _Decided, now: Seen, fields: tuple[str, ...]) -> tuple[Difference, ...]:
    """Where the newest reading contradicts what was decided."""
    if decided.status is Status.OPEN or (decided.status not in _HOLDING and not now.found):
        return ()
    if decided.status not in _HOLDING:
        return tuple(
            Difference(name, decided.saw.get(name), now.value.get(name))
            for name in fields
            if decided.saw and not same(Path(name), decided.saw.get(name), now.value.get(name))
        )
    if decided.found and not now.found:
        return (Difference("found", True, False),)
    return tuple(_contradicted(decided, now.value))


def _contradicted(decided: _Decided, now: Json) -> Iterator[Difference]:
    """The paths of which the reading says neither what was decided nor what it was decided over."""
    holds = decided.over(now)
    for at, held in decided.paths():
        read = told(now, at)
        if not same(at, read, held.over) and not same(at, read, stands := told(holds, at)):
            yield Difference(str(at), stands, read)


def _without_doubts(value: Json, decided: _Decided) -> Json:
    """A field that a person decided on is in doubt no longer."""
    if not value.get("doubts"):
        return value
    sure = {at.field for at, _ in decided.paths() if at.part is None and not at.words}
    return {**value, "doubts": [name for name in value["doubts"] if name not in sure]}
