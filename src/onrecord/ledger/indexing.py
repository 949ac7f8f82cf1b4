"""Keeps in step with the record what it is looked up by: the terms of the newest view of every statement."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, Table, delete, func, insert, select, tuple_

from onrecord.ledger import tables as t
from onrecord.ledger.dialects import add_up, among, insert_rows
from onrecord.ledger.tables.derived import derived, spots, tallies, terms
from onrecord.ledger.terms import Beside, Term, Time, Told, terms_of, told

WATCHED: tuple[Table, ...] = (t.decisions, t.sightings, t.unfound, t.findings, t.finding_statements)
"""The tables whose rows change what statements that are there already are looked up by."""

_AT_ONCE = 5000  # statements
_ASKED = 500  # values in one question
_V = t.statement_values.c
_times = msgspec.json.Decoder(list[Time]).decode
News = Mapping[str, Collection[Mapping[str, Any]]]
"""The rows that a batch brought to each of the ``WATCHED`` tables."""


class _View(msgspec.Struct, gc=False):
    """The newest view of a statement: its number, whose it is, and its value, as it is read and after review."""

    row: int
    statement: str
    reading: str
    document: str
    read: str
    told: Told
    beside: Beside = msgspec.field(default_factory=Beside)


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
    for some in _parts(ids):
        _look_again(connection, select(func.max(_V.row)).where(among(connection, _V.statement, some)))


def look_again_at(connection: Connection, document: str) -> None:
    """Takes what the statements of a document are looked up by anew from the record, and drops the places that no
    statement names any longer."""
    _look_again(connection, select(func.max(_V.row)).where(_V.document == document))
    named = select(tallies.c.value).where(tallies.c.kind == "spot")
    connection.execute(delete(spots).where(spots.c.key.not_in(named)))


def _look_again(connection: Connection, newest: Select[Any]) -> None:
    for some in _parts(connection.execute(newest.group_by(_V.statement)).scalars().all()):
        found = connection.execute(_asked().where(_V.row.in_(some))).all()
        views, stale = _newest(connection, found)
        _look_beside(connection, views, decided=True)
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


def _asked() -> Any:
    return select(_V.row, _V.statement, _V.reading, _V.document, _V.nth, _V.value)


def _take_in(connection: Connection, after: int, last: int, *, anew: bool) -> None:
    found = connection.execute(_asked().where(_V.row > after, _V.row <= last)).all()
    views, stale = _newest(connection, found)
    _look_beside(connection, views, decided=anew or bool(stale))
    _keep(connection, views, stale)


def _newest(connection: Connection, found: Sequence[Any]) -> tuple[list[_View], set[int]]:
    """Those of the views that are the newest of their statements, and the rows of all older ones of the same."""
    again = {row.statement for row in found if row.nth > 1}
    every: list[Any] = []
    for some in _parts(again):
        asked = select(_V.row, _V.statement).where(among(connection, _V.statement, some)).order_by(_V.nth)
        every += connection.execute(asked).all()
    newest = {row.statement: row.row for row in every}  # the newest comes last
    stale = {row.row for row in every if newest[row.statement] != row.row}
    views = [
        _View(row.row, row.statement, row.reading, row.document, row.value, told(row.value or "{}"))
        for row in found
        if row.row not in stale
    ]
    return views, stale


def _touched(connection: Connection, news: News, after: int) -> set[str]:
    """The statements that were there before and that the news are about."""
    found = {str(row["statement"]) for name in ("unfound", "finding_statements") for row in news.get(name, ())}
    findings = {str(row["id"]) for row in news.get("findings", ())}
    found |= _those(connection, t.finding_statements.c.statement, t.finding_statements.c.finding, findings)
    documents = {str(row["document"]) for row in news.get("sightings", ())}
    caveats: set[str] = set()
    for of, target in _decided_on(connection, news.get("decisions", ())):
        {"statement": found, "document": documents, "caveat": caveats}.get(of, set()).add(target)
    found |= _those(connection, t.covers.c.statement, t.covers.c.caveat, caveats)
    for some in _parts(documents):
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
        for some in _parts(undone):
            rows = connection.execute(select(d.of, d.target, d.other).where(d.id.in_(some)))
            waiting += [(row.of, id_) for row in rows for id_ in (row.target, row.other) if id_]


def _those(connection: Connection, asked: Any, by: Any, ids: Collection[str]) -> set[str]:
    found: set[str] = set()
    for some in _parts(ids):
        found.update(connection.execute(select(asked).where(by.in_(some)).distinct()).scalars())
    return found


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    coming = iter(values)
    while some := list(islice(coming, _ASKED)):
        yield some


# --- what is known beside their values ---------------------------------------------------------------------------


def _look_beside(connection: Connection, views: Sequence[_View], *, decided: bool) -> None:
    """Fills in what is known of each view beside its value, and where something was decided, the value after it.

    Nothing can have been decided on statements that are new.
    """
    seen = _seen(connection, {view.document for view in views}, decided=decided)
    times = _times_of(connection, {view.reading for view in views})
    kinds = _kinds(connection, views, decided=decided)
    for view in views:
        published, publishers = seen.get(view.document, ("", set()))
        view.beside = Beside(published, publishers, kinds.get(view.reading, {}), times.get(view.reading, ()))
    if decided:
        _look_at_review(connection, views)


def _look_at_review(connection: Connection, views: Sequence[_View]) -> None:
    from onrecord.ledger.deciding.reviewing import reviewed  # whose store adds by us

    by_id = {view.statement: view for view in views}
    s, f, d = t.finding_statements.c, t.findings.c, t.decisions.c
    newer = t.findings.alias("newer").c
    for some in _parts(by_id):
        older = select(_V.statement, _V.value, _V.row).where(among(connection, _V.statement, some))
        for row in connection.execute(older):
            view = by_id[row.statement]
            view.beside.differs |= row.row != view.row and row.value != view.read
        resting = select(s.statement, f.kind).where(
            s.finding == f.id, s.inputs == f.inputs, ~f.gone, among(connection, s.statement, some)
        )
        resting = resting.where(~select(newer.id).where(newer.id == f.id, newer.nth > f.nth).exists())
        for statement, kind in connection.execute(resting):
            by_id[statement].beside.findings |= {kind}
        ids = select(d.target).where(d.of == "statement", among(connection, d.target, some)).distinct()
        for id_, one in reviewed(connection, connection.execute(ids).scalars().all()).items():
            if by_id[id_].told.act:  # its words are there
                by_id[id_].beside.state = str(one.state.status) if str(one.state.status) != "open" else None
                by_id[id_].told = msgspec.convert(one.value, Told)


def _seen(connection: Connection, ids: Collection[str], *, decided: bool) -> dict[str, tuple[str, set[str]]]:
    """The day that each document was published, and who published it."""
    from onrecord.ledger.deciding.reviewing import states  # whose store adds by us

    s, d = t.sightings.c, t.decisions.c
    days: dict[str, list[str]] = defaultdict(list)
    publishers: dict[str, set[str]] = defaultdict(set)
    corrected: dict[str, str] = {}
    for some in _parts(ids):
        for row in connection.execute(select(s.document, s.published, s.publisher).where(s.document.in_(some))):
            days[row.document] += [row.published] if row.published else []
            publishers[row.document].update([row.publisher] if row.publisher else [])
        if decided:
            on = connection.execute(select(d.target).where(d.of == "document", d.target.in_(some)).distinct())
            held = states(connection, "document", on.scalars().all())
            corrected.update({id_: (one.value or {}).get("published") or "" for id_, one in held.items()})
    return {id_: (corrected.get(id_, min(days[id_], default="")), publishers[id_]) for id_ in ids}


def _times_of(connection: Connection, ids: Collection[str]) -> dict[str, list[Time]]:
    """The time expressions of each reading."""
    r = t.readings.c
    found: dict[str, list[Time]] = {}
    for some in _parts(ids):
        for row in connection.execute(select(r.id, r.times).where(r.id.in_(some))):
            found[row.id] = _times(row.times or "[]")
    return found


def _kinds(connection: Connection, views: Sequence[_View], *, decided: bool) -> dict[str, dict[str, str]]:
    """For each reading the kinds of its caveats, after review."""
    from onrecord.ledger.deciding.reviewing import states  # whose store adds by us

    c, d = t.caveat_values.c, t.decisions.c
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for some in _parts({caveat for view in views for caveat in view.told.caveats or ()}):
        after: dict[str, str] = {}
        if decided:
            on = connection.execute(select(d.target).where(d.of == "caveat", d.target.in_(some)).distinct())
            held = states(connection, "caveat", on.scalars().all())
            after = {id_: one.value["kind"] for id_, one in held.items() if one.value}
        for row in connection.execute(select(c.caveat, c.reading, c.kind).where(c.caveat.in_(some))):
            found[row.reading][row.caveat] = after.get(row.caveat, row.kind)
    return found


# --- the tables they are kept in ---------------------------------------------------------------------------------


def _keep(connection: Connection, views: Sequence[_View], had: Collection[int]) -> None:
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
    for some in _parts(gone):
        connection.execute(delete(terms).where(tuple_(terms.c.term, terms.c.row).in_(some)))
    for id_, rows in wanted.items():
        wanted[id_] = [row for row in rows if (id_, row) not in there]
    counted = Counter({id_: len(rows) for id_, rows in wanted.items() if rows})
    counted.subtract(Counter(id_ for id_, _ in gone))
    return counted


def _there(connection: Connection, rows: Collection[int]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for some in _parts(rows):
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
        for some in _parts(values):
            rows = connection.execute(select(c.id, c.value).where(c.kind == kind, among(connection, c.value, some)))
            ids.update({(kind, row.value): row.id for row in rows})
    new = sorted(set(wanted) - ids.keys())
    if new:
        first = (connection.execute(select(func.max(c.id))).scalar() or 0) + 1
        ids.update({term: n for n, term in enumerate(new, first)})
        insert_rows(connection, tallies, ("id", "kind", "value", "n"), [(ids[term], *term, 0) for term in new])
    return ids


def _keep_spots(connection: Connection, views: Sequence[_View]) -> None:
    """Keeps where the places lie; one that is there already stays."""
    found = {spot[0]: spot for view in views for place in view.told.places or () if (spot := place.spot())}
    known: set[str] = set()
    for some in _parts(found):
        known.update(connection.execute(select(spots.c.key).where(among(connection, spots.c.key, some))).scalars())
    names = ("key", "name", "kind", "lat", "lon", "uncertainty_m")
    if new := [dict(zip(names, spot, strict=True)) for key, spot in found.items() if key not in known]:
        connection.execute(insert(spots), new)
