"""From what is asked for to the terms of the statements that meet it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from onrecord.ledger import tables as t
from onrecord.ledger.asking.circles import circles, near
from onrecord.ledger.asking.sieving import VIEW, Sieve, Term
from onrecord.ledger.asking.where import Where
from onrecord.ledger.tables.derived import tallies
from onrecord.ledger.terms import ABOUT_ON, ALL, SAID_ON

_PARTS = ("claimant", "relay", "place")
_WHOLE = ("side", "act", "measure", "factuality", "quotation", "publisher")
_KINDS = ("caveat", "finding", "state")
_NONE = {"caveat": "none", "state": "open"}
"""Of a kind, the word for having no term of it."""


def narrowed(connection: Connection, query: Select[Any], where: Where) -> Select[Any]:
    """The query over ``statement_values``, of the newest views that meet the conditions."""
    return query.where(*sieved(connection, where).conditions(VIEW.row))


def sieved(connection: Connection, where: Where) -> Sieve:
    """The conditions of ``where``, looked up once. Raises LedgerError for what cannot be asked."""
    every, *exact = _wholes(connection, [(ALL, ""), *_exact(where)])
    asked = sorted((*exact, *_asked(connection, where)), key=lambda term: term.number)
    absent = [_term(connection, kind) for kind, none in _NONE.items() if getattr(where, kind) == none]
    return Sieve(connection, every, tuple(asked), tuple(absent), _documents(connection, where), where.text or None)


def _exact(where: Where) -> Iterator[tuple[str, str]]:
    """The kinds and values that statements must have as they are."""
    yield from ((kind, value) for kind in _WHOLE if (value := getattr(where, kind)))
    for kind in _KINDS:
        if (value := getattr(where, kind)) and value not in ("any", _NONE.get(kind)):
            yield kind, value
    if where.place_name:
        yield "place", where.place_name


def _asked(connection: Connection, where: Where) -> Iterator[Term]:
    """The other conditions that terms answer."""
    for kind in _PARTS:
        if (part := getattr(where, kind)) and not (kind == "place" and where.within_km):
            yield _part(connection, kind, part)
    for around in (circles(connection, where), [where.near] if where.near else []):
        if around:
            keys = {key for circle in around for key in near(connection, circle)}
            yield _chosen(connection, "spot", keys.__contains__)
    for kind in _KINDS:
        if getattr(where, kind) == "any":
            yield _term(connection, kind)
    for kind, first, last in ((SAID_ON, where.said_from, where.said_to), (ABOUT_ON, where.about_from, where.about_to)):
        if first or last:
            yield _days(connection, kind, first, last)


def _wholes(connection: Connection, wanted: Sequence[tuple[str, str]]) -> list[Term]:
    """What has each of these kinds and values, looked up at once."""
    c = tallies.c
    each = (and_(c.kind == kind, c.value == value) for kind, value in wanted)
    found = {(row.kind, row.value): row for row in connection.execute(select(tallies).where(or_(*each)))}
    terms = ((kind, found.get((kind, value))) for kind, value in wanted)
    return [Term(kind, (row.id,), row.n) if row else Term(kind, (), 0) for kind, row in terms]


def _part(connection: Connection, kind: str, part: str) -> Term:
    """What has a value that holds ``part``, in capitals or not."""
    return _term(connection, kind, func.lower(tallies.c.value).contains(part.lower(), autoescape=True))


def _term(connection: Connection, kind: str, *conditions: ColumnElement[bool]) -> Term:
    c = tallies.c
    rows = connection.execute(select(c.id, c.n).where(c.kind == kind, *conditions)).all()
    return Term(kind, tuple(sorted(row.id for row in rows)), sum(row.n for row in rows))


def _chosen(connection: Connection, kind: str, chosen: Callable[[str], bool]) -> Term:
    """What has a value that is ``chosen``."""
    c = tallies.c
    rows = connection.execute(select(c.id, c.n, c.value).where(c.kind == kind)).all()
    rows = [row for row in rows if chosen(row.value)]
    return Term(kind, tuple(sorted(row.id for row in rows)), sum(row.n for row in rows))


def _days(connection: Connection, kind: str, first: date | None, last: date | None) -> Term:
    """What has a day in common with those from ``first`` to ``last``; open ends reach for ever."""

    def meets(days: str) -> bool:
        begins, _, ends = days.partition("/")
        return bool(days) and (not first or not ends or ends >= str(first)) and (not last or begins <= str(last))

    return _chosen(connection, kind, meets)


def _documents(connection: Connection, where: Where) -> tuple[str, ...] | None:
    """The documents that are asked for by id or key."""
    if not where.document:
        return None
    s, d = t.sightings.c, t.documents.c
    named = select(s.document).where(s.key == where.document)
    return tuple(connection.execute(select(d.id).where(or_(d.id == where.document, d.id.in_(named)))).scalars())
