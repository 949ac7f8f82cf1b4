"""Keeps in step with the record what it is looked up by: the terms of the newest view of every statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, select, tuple_

from onrecord.ledger import tables as t
from onrecord.ledger.dialects import add_up, among, insert_rows
from onrecord.ledger.tables.derived import derived, spots, tallies, terms
from onrecord.ledger.terms import Term, terms_of
from onrecord.ledger.views import View, asked, look_beside, merged_with, newest, parts

WATCHED: tuple[Table, ...] = (t.decisions, t.sightings, t.unfound, t.findings, t.finding_statements)
"""The tables whose rows change what statements that are there already are looked up by."""

_AT_ONCE = 5000  # statements
_V = t.statement_values.c
News = Mapping[str, Collection[Mapping[str, Any]]]
"""The rows that a batch brought to each of the ``WATCHED`` tables."""


def last_row(connection: Connection) -> int:
    """The newest row of ``statement_values``, as ``keep_up`` is told after more were added."""
    return connection.execute(select(func.max(_V.row))).scalar() or 0


def keep_up(connection: Connection, after: int, news: News) -> None:
    """Takes in the views that were added after the row ``after``, drops those that they stand in the place of, and
    looks again at those that the ``news`` are about."""
    last = last_row(connection)
    for start in range(after, last, _AT_ONCE):
        _take_in(connection, start, min(start + _AT_ONCE, last), anew=after == 0)
    ids = _touched(connection, news, after)
    for some in parts(ids):
        _look_again(connection, select(func.max(_V.row)).where(among(connection, _V.statement, some)))


def look_again_at(connection: Connection, document: str) -> None:
    """Takes what the statements of a document are looked up by anew from the record, and drops the places that no
    statement names any longer."""
    _look_again(connection, select(func.max(_V.row)).where(_V.document == document))
    named = select(tallies.c.value).where(tallies.c.kind == "spot")
    connection.execute(delete(spots).where(spots.c.key.not_in(named)))


def _look_again(connection: Connection, rows: Select[Any]) -> None:
    for some in parts(connection.execute(rows.group_by(_V.statement)).scalars().all()):
        found = connection.execute(asked().where(_V.row.in_(some))).all()
        views, stale = newest(connection, found)
        look_beside(connection, views, decided=True)
        _keep(connection, views, {*some, *stale})


def make_anew(connection: Connection) -> None:
    """Makes all of it anew from the record."""
    for table in (terms, tallies, spots):
        connection.execute(delete(table))
    keep_up(connection, 0, {})


def create(connection: Connection) -> None:
    """Makes the tables where they are not there."""
    derived.create_all(connection)


# --- which views are to be looked at -----------------------------------------------------------------------------


def _take_in(connection: Connection, after: int, last: int, *, anew: bool) -> None:
    found = connection.execute(asked().where(_V.row > after, _V.row <= last)).all()
    views, stale = newest(connection, found)
    look_beside(connection, views, decided=anew or any(row.nth > 1 for row in found))
    _keep(connection, views, stale)


def _touched(connection: Connection, news: News, after: int) -> set[str]:
    """The statements that were there before and that the news are about."""
    found = {str(row["statement"]) for name in ("unfound", "finding_statements") for row in news.get(name, ())}
    findings = {str(row["id"]) for row in news.get("findings", ())}
    found |= _those(connection, t.finding_statements.c.statement, t.finding_statements.c.finding, findings)
    documents = {str(row["document"]) for row in news.get("sightings", ())}
    caveats: set[str] = set()
    parties: set[str] = set()
    kinds = {"statement": found, "document": documents, "caveat": caveats, "party": parties}
    for of, target in _decided_on(connection, news.get("decisions", ())):
        kinds.get(of, set()).add(target)
    documents |= _those(connection, t.parties.c.document, t.parties.c.id, merged_with(connection, parties))
    found |= _those(connection, t.covers.c.statement, t.covers.c.caveat, caveats)
    for some in parts(documents):
        there = select(_V.statement).where(among(connection, _V.document, some), _V.row <= after)
        found.update(connection.execute(there).scalars())
    return found


def _decided_on(connection: Connection, decisions: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """What the decisions are on, and where they undo others, what those are on."""
    d = t.decisions.c
    waiting = [(str(row["of"]), id_) for row in decisions for id_ in (row["target"], row["other"]) if id_]
    while waiting:
        yield from (one for one in waiting if one[0] != "decision")
        undone = {id_ for of, id_ in waiting if of == "decision"}
        waiting = []
        for some in parts(undone):
            rows = connection.execute(select(d.of, d.target, d.other).where(d.id.in_(some)))
            waiting += [(row.of, id_) for row in rows for id_ in (row.target, row.other) if id_]


def _those(connection: Connection, asked: Any, by: Any, ids: Collection[str]) -> set[str]:
    found: set[str] = set()
    for some in parts(ids):
        found.update(connection.execute(select(asked).where(by.in_(some)).distinct()).scalars())
    return found


# --- the tables they are kept in ---------------------------------------------------------------------------------


def _keep(connection: Connection, views: Sequence[View], had: Collection[int]) -> None:
    """Keeps the terms of the views, and no others of theirs and of the rows that ``had`` some."""
    rows: dict[Term, list[int]] = defaultdict(list)
    for view in views:
        for term in terms_of(view.told, view.beside):
            rows[term].append(view.row)
    ids = _known(connection, rows)
    wanted = {ids[term]: of for term, of in rows.items()}
    counted = _change(connection, wanted, had) if had else {id_: len(of) for id_, of in wanted.items()}
    insert_rows(connection, terms, ("term", "row"), [(id_, row) for id_ in sorted(wanted) for row in wanted[id_]])
    add_up(connection, counted)
    if had:
        connection.execute(delete(tallies).where(tallies.c.n <= 0))
    _keep_spots(connection, views)


def _change(connection: Connection, wanted: dict[int, list[int]], had: Collection[int]) -> dict[int, int]:
    """Drops the terms of the rows that ``had`` some which are not wanted, leaves of the wanted those that are new, and
    tells how many more have each term."""
    there = _there(connection, had)
    gone = there - {(id_, row) for id_, rows in wanted.items() for row in rows}
    for some in parts(gone):
        connection.execute(delete(terms).where(tuple_(terms.c.term, terms.c.row).in_(some)))
    for id_, rows in wanted.items():
        wanted[id_] = [row for row in rows if (id_, row) not in there]
    counted = Counter({id_: len(rows) for id_, rows in wanted.items() if rows})
    counted.subtract(Counter(id_ for id_, _ in gone))
    return counted


def _there(connection: Connection, rows: Collection[int]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for some in parts(rows):
        asked = select(terms.c.term, terms.c.row).where(terms.c.row.in_(some))
        found.update((row.term, row.row) for row in connection.execute(asked))
    return found


def _known(connection: Connection, wanted: Collection[Term]) -> dict[Term, int]:
    """The number of each kind and value; those that are new are given one."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, value in wanted:
        by_kind[kind].append(value)
    ids: dict[Term, int] = {}
    c = tallies.c
    for kind, values in by_kind.items():
        for some in parts(values):
            rows = connection.execute(select(c.id, c.value).where(c.kind == kind, among(connection, c.value, some)))
            ids.update({(kind, row.value): row.id for row in rows})
    new = sorted(set(wanted) - ids.keys())
    if new:
        first = (connection.execute(select(func.max(c.id))).scalar() or 0) + 1
        ids.update({term: n for n, term in enumerate(new, first)})
        insert_rows(connection, tallies, ("id", "kind", "value", "n"), [(ids[term], *term, 0) for term in new])
    return ids


def _keep_spots(connection: Connection, views: Sequence[View]) -> None:
    """Keeps where the places lie; one that is there already stays."""
    found = {spot[0]: spot for view in views for place in view.told.places or () if (spot := place.spot())}
    known: set[str] = set()
    for some in parts(found):
        known.update(connection.execute(select(spots.c.key).where(among(connection, spots.c.key, some))).scalars())
    names = ("key", "name", "kind", "lat", "lon", "uncertainty_m")
    if new := [dict(zip(names, spot, strict=True)) for key, spot in found.items() if key not in known]:
        connection.execute(insert(spots), new)
