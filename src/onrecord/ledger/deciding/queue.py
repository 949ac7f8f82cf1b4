"""What to review next, what matters first: findings, reopened, others unsure, doubtful, readers at odds, the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, not_, or_, select

from onrecord.ledger import tables as t
from onrecord.ledger.asking import Where, narrowed
from onrecord.ledger.deciding.looking import decoded, in_parts
from onrecord.ledger.deciding.meanings import STATEMENT, same
from onrecord.ledger.deciding.paths import Json, Path
from onrecord.ledger.deciding.reviewing import Reviewed, reviewed, states
from onrecord.ledger.deciding.states import STATUS, Status
from onrecord.ledger.tables.derived import tallies, terms
from onrecord.model import Judgement

_AT_ONCE = 25
_VIEW = t.statement_values.c
_LATER = t.readings.alias("later").c
_MADE = tuple(map(str, STATUS))


class Why(StrEnum):
    """Why a statement is in the queue, what matters first."""

    FINDING = "in a finding"
    REOPENED = "reopened"
    UNSURE = "unsure"
    DOUBTFUL = "doubtful"
    AT_ODDS = "readers differ"
    NEW = "not reviewed"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, and in words what it rests on."""

    why: Why
    text: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A statement to review, and every reason why; the first put it where it stands."""

    statement: Reviewed
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How many statements are on the record, and of how many a person's judgement stands."""

    statements: int
    decided: int


def queue(connection: Connection, where: Where, by: str | None = None) -> Iterator[Queued]:
    """The statements to review that meet ``where``, each once, looked up as they are asked for.

    ``by`` is who reviews: what others are unsure of is asked too.
    """
    desk = _Desk(connection, where, by)
    told: set[str] = set()
    for why, ids in desk.stages():
        while some := list(islice(ids, _AT_ONCE)):
            for queued in desk.looked_at([id_ for id_ in some if id_ not in told]):
                if queued.reasons[0].why is why:
                    yield queued
                    if why is not Why.NEW:  # the last
                        told.add(queued.statement.id)


def progress(connection: Connection) -> Progress:
    """How far the review of the whole record is. Every statement whose words are there has one act."""
    number = connection.execute(select(func.sum(tallies.c.n)).where(tallies.c.kind == "act")).scalar() or 0
    c = t.decisions.c
    asked = select(func.count(c.target.distinct())).where(c.of == "statement", c.judgement.in_(_MADE))
    touched = connection.execute(asked).scalar() or 0
    return Progress(number, touched - len(_open_again(connection)))


@dataclass(frozen=True, slots=True)
class _Desk:
    """The stages of the queue: ids of statements, in the order they were added, or of the findings they are in."""

    connection: Connection
    where: Where
    by: str | None

    def stages(self) -> Iterator[tuple[Why, Iterator[str]]]:
        """For each reason, what may be there for it, looked up when it is asked for."""
        c = t.decisions.c
        made = select(c.target).where(c.of == "statement", c.judgement.in_(_MADE))
        yield Why.FINDING, self._in_findings()
        yield Why.REOPENED, self._few(made, or_(_lost(), self._stirred()))
        if self.by:
            yield Why.UNSURE, self._few(made.where(c.judgement == str(Judgement.UNSURE), c.by != self.by))
        yield Why.DOUBTFUL, self._due(Why.DOUBTFUL)
        yield Why.AT_ODDS, self._due(Why.AT_ODDS)
        yield Why.AT_ODDS, self._few(select(t.unfound.c.statement), _lost(), self._undecided())
        yield Why.NEW, self._ids(_VIEW.row, self._undecided())

    def _in_findings(self) -> Iterator[str]:
        """Those in findings, finding by finding, as far as a person may have to look at them."""
        f = t.finding_statements.c
        asked = narrowed(self.connection, select(_VIEW.statement), self.where)
        asked = asked.where(_VIEW.statement == f.statement, self._wanted()).order_by(f.finding, f.inputs, f.n)
        yield from self.connection.execute(asked.execution_options(yield_per=_AT_ONCE)).scalars()

    def _wanted(self) -> ColumnElement[bool]:
        """Whether no judgement stands, or one that others or a later reading may stir."""
        c = t.decisions.c
        unsure = exists().where(
            c.of == "statement", c.target == _VIEW.statement, c.judgement == str(Judgement.UNSURE), c.by != self.by
        )
        stirred = or_(self._undecided(), _lost(), self._stirred())
        return or_(stirred, unsure) if self.by else stirred

    def _stirred(self) -> ColumnElement[bool]:
        """Whether the newest reading does not say what a decision saw; that it matters is seen later."""
        c = t.decisions.c
        tail = func.substr(c.saw, func.length(c.saw) - func.length(_VIEW.value))
        as_seen = and_(c.saw.contains('"found":true,'), tail == _VIEW.value + "}")
        on = (c.of == "statement", c.target == _VIEW.statement, c.judgement.in_(_MADE))
        return exists().where(*on, or_(c.saw.is_(None), not_(as_seen)))

    def _undecided(self) -> ColumnElement[bool]:
        c = t.decisions.c
        decided = exists().where(c.of == "statement", c.target == _VIEW.statement, c.judgement.in_(_MADE))
        return or_(~decided, _VIEW.statement.in_(_open_again(self.connection)))

    def _few(self, ids: Select[Any], *conditions: ColumnElement[bool]) -> Iterator[str]:
        """Those of a few statements; the order is such that they are looked up, and not all others gone through."""
        return self._ids(_VIEW.row + 0, _VIEW.statement.in_(ids), *conditions)

    def _due(self, why: Why) -> Iterator[str]:
        """Those of undecided statements that have the term."""
        due, n = terms.alias("due").c, tallies.c
        term = select(n.id).where(n.kind == "review", n.value == str(why)).scalar_subquery()
        return self._ids(due.row, due.term == term, due.row == _VIEW.row, self._undecided())

    def _ids(self, order: ColumnElement[int], *conditions: ColumnElement[bool]) -> Iterator[str]:
        asked: Select[Any] = narrowed(self.connection, select(_VIEW.statement), self.where).where(*conditions)
        rows = self.connection.execute(asked.order_by(order).execution_options(yield_per=_AT_ONCE))
        yield from rows.scalars()

    def looked_at(self, ids: Sequence[str]) -> Iterator[Queued]:
        """Those of the statements that a person must look at, with every reason."""
        findings = _findings(self.connection, ids)
        odds = _odds(self.connection, ids)
        for one in reviewed(self.connection, ids).values():
            if self._asked(one):
                reasons = tuple(_reasons(one, findings[one.id], odds[one.id]))
                yield Queued(one, reasons or (Reason(Why.NEW, ""),))

    def _asked(self, one: Reviewed) -> bool:
        """Whether a person must look at the statement: no judgement stands, or this reviewer's is still wanted."""
        status = one.state.status
        others = status is Status.UNSURE and self.by not in (None, one.state.by)
        return bool(one.value) and (others or status in (Status.OPEN, Status.REOPENED))


def _reasons(one: Reviewed, findings: Sequence[str], odds: Sequence[str]) -> Iterator[Reason]:
    yield from (Reason(Why.FINDING, text) for text in findings)
    if one.state.differs:
        yield Reason(Why.REOPENED, ", ".join(d.field for d in one.state.differs))
    if one.state.status is Status.UNSURE:
        yield Reason(Why.UNSURE, one.state.by or "")
    if doubts := _doubts(one.value):
        yield Reason(Why.DOUBTFUL, ", ".join(doubts))
    if odds:
        yield Reason(Why.AT_ODDS, ", ".join(odds))


def _lost() -> ColumnElement[bool]:
    """Whether a later reading does not find the statement."""
    u = t.unfound.c
    return exists().where(u.statement == _VIEW.statement, _LATER.id == u.reading, _LATER.nth > _VIEW.nth)


def _open_again(connection: Connection) -> list[str]:
    """The statements whose every decision was undone."""
    c = t.decisions.c
    undone = connection.execute(select(c.target).where(c.of == "decision", c.judgement == str(Judgement.UNDO)))
    touched: set[str] = set()
    for some in in_parts(undone.scalars()):
        rows = connection.execute(select(c.of, c.target, c.judgement).where(c.id.in_(some)))
        touched.update(row.target for row in rows if row.of == "statement" and row.judgement in _MADE)
    return [id_ for id_, held in states(connection, "statement", touched).items() if held.decided is Status.OPEN]


def _findings(connection: Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """The open findings that each statement is in, in words."""
    f, s = t.findings.c, t.finding_statements.c
    newer = t.findings.alias("newer").c
    asked = (
        select(s.statement, f.id, f.text)
        .join_from(t.finding_statements, t.findings, and_(f.id == s.finding, f.inputs == s.inputs))
        .where(s.statement.in_(list(ids)), not_(f.gone), ~exists().where(newer.id == f.id, newer.nth > f.nth))
        .order_by(f.id)
    )
    rows = connection.execute(asked).all()
    held = states(connection, "finding", [row.id for row in rows])
    closed = (Status.CONFIRMED, Status.DISMISSED)
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if held[row.id].status not in closed and row.text not in found[row.statement]:
            found[row.statement].append(row.text)
    return found


def _odds(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    """The fields that the newest two readings of a statement have otherwise, ``found`` where the newest lacks it."""
    views: dict[str, list[Json]] = defaultdict(list)
    asked = select(_VIEW.statement, _VIEW.value).where(_VIEW.statement.in_(ids)).order_by(_VIEW.nth.desc())
    for row in connection.execute(asked):
        views[row.statement].append(decoded(row.value) or {})
    lost = set(connection.execute(select(_VIEW.statement).where(_VIEW.statement.in_(ids), _lost())).scalars())
    found: dict[str, list[str]] = defaultdict(list)
    for id_, (newest, *others) in views.items():
        for name in STATEMENT:
            other = [one.get(name) for one in others if not same(Path(name), newest.get(name), one.get(name))]
            if other:
                found[id_].append(_either(name, newest.get(name), other[0]))
        found[id_] += ["found"] if id_ in lost else []
    return found


def _either(name: str, one: Any, other: Any) -> str:
    """A field and both its values, where they are words."""
    short = all(value is None or isinstance(value, str) for value in (one, other)) and name != "within"
    return f"{name} ({one or 'none'} or {other or 'none'})" if short else name


def _doubts(value: Json) -> list[str]:
    """The fields whose reading is doubtful, and the figures of several readings."""
    doubts = list(value.get("doubts") or ())
    doubts += ["said"] if len(value.get("said_candidates") or ()) > 1 else []
    doubts += [
        f"“{figure['text']}”" for figure in value.get("figures") or () if len(figure.get("candidates") or ()) > 1
    ]
    return list(dict.fromkeys(doubts))
