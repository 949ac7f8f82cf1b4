"""Keeps in step with the record what it is looked up by: the terms of the newest view of every statement."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.selectable import CompoundSelect, SelectBase

from onrecord.ledger import tables as t
from onrecord.ledger.tables.derived import derived, spots, tallies, terms

KINDS = (
    "act", "factuality", "quotation", "claimant", "side", "relay", "measure", "place", "spot", "caveat",
    "review", "said", "about",
)  # fmt: skip
"""What statements are looked up and counted by. ``claimant`` is empty for the author's own; ``spot`` is a place's
number at GeoNames, else its name; ``caveat`` the kind of a caveat that covers it; ``review`` why a person should see
it: "doubtful" where its reader doubts a field or has several readings of it, "readers differ" where an earlier one has
it otherwise. ``said`` and ``about`` are the months it was said in and its figures are about, "long" for a period that
is in no one month."""

LONG = "long"
"""The month of a period that is in no one month."""

_V = t.statement_values.c


def last_row(connection: Connection) -> int:
    """The newest row of ``statement_values``, as ``keep_up`` is told after more were added."""
    return connection.execute(select(func.max(_V.row))).scalar() or 0


def keep_up(connection: Connection, after: int) -> None:
    """Takes in the views that were added after the row ``after``, and drops those that they stand in the place of."""
    if last_row(connection) == after:
        return
    _drop(connection, after)
    newer = t.statement_values.alias("newer").c
    newest = ~exists().where(newer.statement == _V.statement, newer.nth > _V.nth)
    held = _held(connection, "fresh", [Column("row", Integer)], select(_V.row).where(_V.row > after, newest))
    fresh = select(held.c.row)
    told = _held(connection, "told", [Column(c.name, c.type) for c in terms.c], terms_of(fresh))
    ordered = select(told).order_by(told.c.kind, told.c.value, told.c.row)
    connection.execute(insert(terms).from_select(["kind", "value", "row"], ordered))
    counted = select(told.c.kind, told.c.value, func.count()).where(literal(True)).group_by(told.c.kind, told.c.value)
    into = _inserting(connection)(tallies).from_select(["kind", "value", "n"], counted)
    key = [tallies.c.kind, tallies.c.value]
    connection.execute(into.on_conflict_do_update(index_elements=key, set_={"n": tallies.c.n + into.excluded.n}))
    _place(connection, fresh)
    for table in (told, held):
        table.drop(connection)


def make_anew(connection: Connection) -> None:
    """Makes all of it anew from the record."""
    for table in (terms, tallies, spots):
        connection.execute(delete(table))
    keep_up(connection, 0)


def create(connection: Connection) -> None:
    """Makes the tables where they are not there."""
    derived.create_all(connection)


def forget(connection: Connection, document: str) -> None:
    """Drops the terms of a document's statements, and the places that no other names: to be called before its words
    are taken out."""
    _take_out(connection, select(_V.row).where(_V.document == document))
    named = select(terms.c.value).where(terms.c.kind == "spot")
    connection.execute(delete(spots).where(spots.c.key.not_in(named)))


def terms_of(rows: Select[Any], kinds: Collection[str] = KINDS) -> CompoundSelect[Any]:
    """The terms (kind, value, row) of the views whose rows are asked for, each once; of some kinds, or all."""
    return union_all(*(told for kind, told in _by_kind(rows) if kind in kinds))


def _held(connection: Connection, name: str, columns: list[Column[Any]], found: SelectBase) -> Table:
    """What is found, in a table of this connection's own: it is looked for once, and PostgreSQL, told how little it is,
    goes by the indexes of the large tables it is joined with."""
    held = Table(name, MetaData(), *columns, prefixes=["TEMPORARY"])
    held.create(connection, checkfirst=False)
    connection.execute(insert(held).from_select([c.name for c in held.c], found))
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ANALYZE {name}")
    return held


def _drop(connection: Connection, after: int) -> None:
    """Drops the terms of views that newer ones of the same statement stand in the place of."""
    again = select(_V.row).where(_V.row > after, _V.nth > 1).limit(1)
    if connection.execute(again).first() is None:
        return
    older, newer = t.statement_values.alias("older"), t.statement_values.alias("fresh")
    pairs = older.join(newer, newer.c.statement == older.c.statement)
    rows = select(older.c.row).select_from(pairs).where(newer.c.row > after, older.c.row <= after).distinct()
    if connection.execute(rows.limit(1)).first() is not None:
        _take_out(connection, rows)


def _take_out(connection: Connection, rows: Select[Any]) -> None:
    told = terms_of(rows).subquery("told")
    gone = select(terms.c.kind, terms.c.value, terms.c.row).where(
        tuple_(terms.c.kind, terms.c.value, terms.c.row).in_(select(told.c.kind, told.c.value, told.c.row))
    )
    there = gone.subquery("there")
    counted = select(there.c.kind, there.c.value, func.count().label("n")).group_by(there.c.kind, there.c.value)
    for kind, value, n in connection.execute(counted).all():
        at = and_(tallies.c.kind == kind, tallies.c.value == value)
        connection.execute(update(tallies).where(at).values(n=tallies.c.n - n))
        connection.execute(delete(tallies).where(at, tallies.c.n <= 0))
    key = tuple_(terms.c.kind, terms.c.value, terms.c.row)
    connection.execute(delete(terms).where(key.in_(select(told.c.kind, told.c.value, told.c.row))))


def _by_kind(rows: Select[Any]) -> Iterator[tuple[str, Select[Any]]]:
    v = select(_V.row, _V.statement, _V.reading, _V.act, _V.factuality, _V.quotation).where(_V.row.in_(rows)).cte("v")
    c, r, f, co, cv = t.claimants.c, t.relays.c, t.figures.c, t.covers.c, t.caveat_values.c
    sp, p = t.statement_places.c, t.places.c

    def of(kind: str, value: Any, *on: Any) -> tuple[str, Select[Any]]:
        told = select(literal(kind, String).label("kind"), value.label("value"), v.c.row).where(*on).distinct()
        return kind, told

    def view(table: Any) -> tuple[Any, Any]:
        return table.statement == v.c.statement, table.reading == v.c.reading

    placed = (*view(sp), p.reading == sp.reading, p.n == sp.n)
    spot = func.coalesce(cast(p.geonameid, String), p.name)
    yield of("act", v.c.act)
    yield of("factuality", v.c.factuality)
    yield of("quotation", v.c.quotation)
    yield of("claimant", c.name, *view(c))
    yield of("claimant", literal_column("''"), ~exists().where(*view(c)))
    yield of("side", c.side, *view(c), c.side.is_not(None))
    yield of("relay", r.name, *view(r))
    yield of("measure", f.measure, *view(f), f.measure.is_not(None))
    yield of("place", p.name, *placed)
    yield of("spot", spot, *placed, p.lat.is_not(None), p.lon.is_not(None))
    yield of("caveat", cv.kind, *view(co), cv.caveat == co.caveat, cv.reading == co.reading)
    said = t.statement_values.alias("said").c
    either = or_(said.said_from.is_not(None), said.said_to.is_not(None))
    month = select(_month(said.said_from, said.said_to)).where(said.row == v.c.row, either).scalar_subquery()
    yield of("said", month, month.is_not(None))
    told = or_(f.period_from.is_not(None), f.period_to.is_not(None))
    yield of("about", _month(f.period_from, f.period_to), *view(f), told)
    whole, earlier = t.statement_values.alias("whole").c, t.statement_values.alias("earlier").c
    # Quotation marks within texts are escaped in JSON, so that these stand for the fields alone.
    doubted = or_(whole.value.contains('"doubts":["'), whole.value.contains('candidates":[{"earliest"'))
    other = exists().where(earlier.statement == whole.statement, earlier.nth < whole.nth, earlier.value != whole.value)
    for why, condition in (("doubtful", doubted), ("readers differ", other)):
        asked = select(condition).where(whole.row == v.c.row).scalar_subquery()  # not a join: of few rows, not of all
        yield of("review", literal(why, String), asked)


def _month(first: Any, last: Any) -> Any:
    """The month that both days are in, as 2023-03."""
    month = func.substr(first, 1, 7)
    return case((month == func.substr(last, 1, 7), month), else_=LONG)


def _place(connection: Connection, rows: Select[Any]) -> None:
    """Keeps where the places of new views lie; one that is there already stays."""
    v, sp, p = _V, t.statement_places.c, t.places.c
    key = func.coalesce(cast(p.geonameid, String), p.name)
    found = (
        select(
            key,
            func.min(p.name),
            func.min(p.kind),
            func.min(p.lat),
            func.min(p.lon),
            func.max(p.uncertainty_m),
        )
        .where(v.row.in_(rows), sp.statement == v.statement, sp.reading == v.reading, p.reading == sp.reading)
        .where(p.n == sp.n, p.lat.is_not(None), p.lon.is_not(None))
        .group_by(key)
    )
    into = _inserting(connection)(spots).from_select(["key", "name", "kind", "lat", "lon", "uncertainty_m"], found)
    connection.execute(into.on_conflict_do_nothing())


def _inserting(connection: Connection) -> Any:
    """The dialect's insert, which can take up what is there already."""
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
