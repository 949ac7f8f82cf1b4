"""Keeps decisions: each is checked against the record, and attached to its words and what the newest reading says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from onrecord.errors import DecisionError
from onrecord.ledger import tables as t
from onrecord.ledger.adding import Batch
from onrecord.ledger.deciding import shape
from onrecord.ledger.deciding.correcting import Around, corrected
from onrecord.ledger.deciding.looking import decoded, in_parts, parties_of, redacted, seen, spans, text_of
from onrecord.ledger.deciding.paths import Json, path
from onrecord.ledger.deciding.states import FIELDS, Seen
from onrecord.ledger.rows import compact
from onrecord.model import Decision, Judgement, Span
from onrecord.model.standing import standing

Tell = Callable[[DecisionError], None]
J = Judgement


@dataclass(frozen=True, slots=True)
class Decided:
    """What deciding brought: the decisions that are new, as they are kept, and how many were there already."""

    decisions: tuple[Decision, ...] = ()
    there: int = 0
    refused: int = 0

    @property
    def added(self) -> int:
        """How many are new."""
        return len(self.decisions)


def decide(connection: Connection, decisions: Iterable[Decision], tell: Tell | None = None) -> Decided:
    """Keeps the decisions as one batch; what was decided so already is passed over.

    With ``tell`` the ones that cannot be kept are told and the others kept; without it the first raises DecisionError,
    and none is kept.
    """
    desk = _Desk(connection)
    refused = 0
    for d in decisions:
        try:
            desk.take(d)
        except DecisionError as error:
            if tell is None:
                raise
            refused += 1
            tell(error)
    batch = Batch(connection)
    for d, document in desk.new.values():
        batch.add(document, iter([(t.decisions, _row(d))]))
    batch.close()
    return Decided(tuple(d for d, _ in desk.new.values()), desk.there, refused)


@dataclass(slots=True)
class _Desk:
    """The decisions of a batch, each checked against the record and those before it."""

    connection: Connection
    new: dict[str, tuple[Decision, str | None]] = field(default_factory=dict)
    on: dict[tuple[str, str], list[Decision]] = field(default_factory=lambda: defaultdict(list))
    undoing: list[Decision] = field(default_factory=list)
    there: int = 0

    def take(self, given: Decision) -> None:
        """Takes up a decision, unless it is there. Raises DecisionError for one that cannot be kept."""
        d = shape.checked(given)
        if d.id and self._kept(d):
            self.there += 1
            return
        of = self._of(d)
        d = self._filled(d, of)
        if d.id in self.new or self._kept(d) or (not given.at and self._holds(d)):
            self.there += 1
            return
        self.new[d.id] = d, of.document
        for id_ in _named(d):
            self.on[d.of, id_].append(d)
        self.undoing += [d] if d.judgement is J.UNDO else []

    def _of(self, d: Decision) -> Seen:
        """What is decided on, as the newest reading has it."""
        of = self._seen(d.of, d.target)
        others = [self._seen(d.of, d.other)] if d.other else []
        documents = {one.document for one in (of, *others) if one.document}
        if d.judgement is not J.UNDO and redacted(self.connection, documents):
            raise DecisionError(f"{d.of} {d.target}: the words of its document were taken out of the record")
        return of

    def _seen(self, of: str, target: str) -> Seen:
        found = self._decision(target) if of == "decision" else seen(self.connection, of, [target]).get(target)
        if found is None:
            raise DecisionError(f"no {of} {target} in this ledger; see the id")
        return found

    def _decision(self, target: str) -> Seen | None:
        if target in self.new:
            return Seen({}, document=self.new[target][1])
        row = self.connection.execute(select(t.decisions.c.document).where(t.decisions.c.id == target)).first()
        return Seen({}, document=row.document) if row else None

    def _kept(self, d: Decision) -> bool:
        """Whether it is on the record under its id. Raises DecisionError where another one is."""
        row = self.connection.execute(select(t.decisions.c.document).where(t.decisions.c.id == d.id)).first()
        if row is None:
            return False
        if d.id != shape.decision_id(d) and not (row.document and redacted(self.connection, [row.document])):
            raise _another(d)
        return True

    def _filled(self, d: Decision, of: Seen) -> Decision:
        """The decision as it is kept: its value checked, with its words, what it saw, its time and its id."""
        if d.judgement is J.CORRECT and d.field:
            d = replace(d, value=self._corrected(d, of))
        elif d.field and path(d.field).field not in FIELDS.get(d.of, ()):
            raise DecisionError(f"{d.field} is no field of a {d.of}; one of {', '.join(FIELDS.get(d.of, ()))}")
        saw = _lasting(d.of, shape.saw(d) if d.saw is not None else of.as_saw())
        words = d.words or tuple(Span(*span) for span in of.words)
        d = replace(d, words=words, saw=saw, at=d.at or shape.after(self._newest(d)))
        id_ = shape.decision_id(d)
        if d.id and d.id != id_:
            raise _another(d)
        return replace(d, id=id_)

    def _corrected(self, d: Decision, of: Seen) -> object:
        document, at = of.document or "", d.field or ""
        named = parties_of(self.connection, document) if at == "claimant" else {}
        value = corrected(d.of, at, d.value, Around(document, text_of(self.connection, document), of.value, named))
        self._refuse_strangers(at, value, document)
        return value

    def _refuse_strangers(self, at: str, value: object, document: str) -> None:
        """A statement or caveat that is named must be one of the same document."""
        table = {"within": t.statements, "covers": t.statements, "caveats": t.caveats}.get(at)
        if table is None or not value:
            return
        named = {str(one) for one in (value if isinstance(value, list) else [value])}
        asked = select(table.c.id).where(table.c.document == document, table.c.id.in_(named))
        if strange := sorted(named - set(self.connection.execute(asked).scalars())):
            raise DecisionError(f"{at}: no {table.name[:-1]} {strange[0]} in this document")

    def _newest(self, d: Decision) -> str | None:
        """When it, or what was decided on the same, was decided last."""
        ids = _named(d)
        before = [one.at for id_ in ids for one in self.on[d.of, id_]]
        c = t.decisions.c
        for named in (*on(d.of, ids), [c.id == d.target]):
            before += self.connection.execute(select(c.at).where(*named)).scalars()
        if d.target in self.new:
            before.append(self.new[d.target][0].at)
        return max(before, default=None)

    def _holds(self, d: Decision) -> bool:
        """Whether the same person's same decision holds as it is, so that saying it again changes nothing."""
        if d.judgement is J.UNDO:
            return self._undone(d.target)
        known = [*about(self.connection, d.of, [d.target]), *self.on[d.of, d.target], *self.undoing]
        answers = [one for one in standing(known) if _answers(one, d)]
        if d.judgement is J.COMMENT:
            return any(_said(one) == _said(d) for one in answers)
        return bool(answers) and _said(answers[-1]) == _said(d)

    def _undone(self, target: str) -> bool:
        undone = Decision(J.COMMENT, "decision", target, "", id=target)
        return undone not in standing([undone, *undos(self.connection, [target]), *self.undoing])


def _lasting(of: str, saw: Json) -> Json | None:
    """What is kept of what was seen: the fields that a later reading may contradict, and no more.

    A finding or claim quotes many documents, and what is kept of it would outlast their redaction.
    """
    seen_then = saw["value"]
    value = seen_then if of == "statement" else {n: seen_then[n] for n in FIELDS.get(of, ()) if n in seen_then}
    return {**saw, "value": value} if value else None


def _named(d: Decision) -> tuple[str, ...]:
    """What a decision is on."""
    return (d.target, d.other) if d.other else (d.target,)


def _another(d: Decision) -> DecisionError:
    return DecisionError(f"it is not what was decided under the id {d.id}; leave the id out to decide it anew")


def _answers(one: Decision, d: Decision) -> bool:
    """Whether two decisions are on one thing, so that the later of them holds."""
    if J.COMMENT in (one.judgement, d.judgement) or (one.other or d.other):
        return _kind(one) == _kind(d)
    if one.of != d.of or one.target != d.target or not (one.field and d.field):
        return one.of == d.of and one.target == d.target
    return path(one.field).within(path(d.field)) or path(d.field).within(path(one.field))


def _kind(d: Decision) -> tuple[object, ...]:
    return d.of, d.judgement is J.COMMENT, frozenset((d.target, d.other or d.target))


def _said(d: Decision) -> tuple[object, ...]:
    saw = None if d.other or d.judgement is J.COMMENT else compact(d.saw)
    return d.judgement, d.field, compact(d.value), d.by, d.why, saw


def _row(d: Decision) -> dict[str, object]:
    return {
        "id": d.id,
        "judgement": str(d.judgement),
        "of": d.of,
        "target": d.target,
        "field": d.field,
        "value": compact(d.value) if d.judgement is J.CORRECT else None,
        "other": d.other,
        "by": d.by,
        "at": d.at,
        "why": d.why,
        "words": compact(d.words) if d.words else None,
        "saw": compact(d.saw) if d.saw is not None else None,
    }


# --- decisions as they are kept ----------------------------------------------------------------------------------


def decisions(connection: Connection, query: Select[tuple[object, ...]]) -> Iterator[Decision]:
    """The decisions of a query over the table, as they come."""
    for row in connection.execute(query):
        yield _decision(row)


def _decision(row: Row[tuple[object, ...]]) -> Decision:
    return Decision(
        Judgement(row.judgement),
        row.of,
        row.target,
        row.by,
        row.at,
        row.why,
        row.field,
        decoded(row.value),
        row.other,
        row.id,
        tuple(Span(*span) for span in spans(row.words)),
        decoded(row.saw),
    )


def about(connection: Connection, of: str, targets: Sequence[str]) -> Iterator[Decision]:
    """All that was decided on the targets, and then the undos of it."""
    found: dict[str, Decision] = {}
    for some in in_parts(targets):
        for named in on(of, some):
            found.update((d.id, d) for d in decisions(connection, select(t.decisions).where(*named)))
    yield from found.values()
    yield from undos(connection, list(found))


def on(of: str, targets: Sequence[str]) -> Iterator[list[ColumnElement[bool]]]:
    """The conditions on decisions that name the targets, one after the other: each is answered by an index, and both in
    one by neither."""
    c = t.decisions.c
    yield [c.of == of, c.target.in_(targets)]
    yield [c.of.concat("") == of, c.other.in_(targets)]


def undos(connection: Connection, ids: Sequence[str]) -> Iterator[Decision]:
    """The undos of decisions, and theirs."""
    c = t.decisions.c
    while ids:
        found = []
        for some in in_parts(ids):
            asked = select(t.decisions).where(c.of == "decision", c.target.in_(some), c.judgement == str(J.UNDO))
            found += list(decisions(connection, asked))
        yield from found
        ids = [d.id for d in found]
