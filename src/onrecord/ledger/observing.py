"""Keeps series on the record, and asks for them: the newest version of each name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec
from sqlalchemy import Connection, exists, or_, select

from onrecord.ledger import tables as t
from onrecord.ledger.adding import Batch
from onrecord.ledger.rows import Laid, compact, iso
from onrecord.model import Observation, Series

_TOLD = (
    "id", "name", "publisher", "measure", "side", "noun", "unit", "place", "speaks_for", "definition", "hedge",
    "cumulative", "stock", "licence", "version", "source",
)  # fmt: skip
_AT_ONCE = 400


def add_series(connection: Connection, series: Iterable[Series]) -> int:
    """Keeps series as one batch, and tells how many are new; one with the same id is there already."""
    batch = Batch(connection)
    there = set(connection.execute(select(t.series.c.id)).scalars())
    new = 0
    for one in series:
        if one.id not in there:
            there.add(one.id)
            new += 1
            batch.add(None, _rows(one))
    batch.close()
    return new


def series(
    connection: Connection, name: str | None = None, *, ids: Sequence[str] | None = None, observed: bool = True
) -> Iterator[Series]:
    """The series that stand, by name: of those of one name the one that was added last.

    ``name`` is a name or an id; with ``ids`` just those, older versions too. Without ``observed`` they come without
    their observations.
    """
    s = t.series.c
    later = t.series.alias("later").c
    query = select(t.series).order_by(s.name, s.id)
    if ids is not None:
        query = query.where(s.id.in_(ids))
    elif name is not None:
        query = query.where(or_(s.id == name, s.name == name))
    if ids is None:
        query = query.where(or_(s.id == name, ~exists().where(later.name == s.name, later.batch > s.batch)))
    for row in connection.execute(query).mappings().all():
        yield Series(
            **{column: row[column] for column in _TOLD},
            starts=_day(row["starts"]),
            read_as=tuple(msgspec.json.decode(row["read_as"])),
            known_as=tuple(msgspec.json.decode(row["known_as"])),
            observations=tuple(_observations(connection, row["id"])) if observed else (),
        )


def _observations(connection: Connection, id_: str) -> Iterator[Observation]:
    o = t.observations.c
    asked = select(o.day, o.value, o.low, o.high, o.until, o.source).where(o.series == id_).order_by(o.n)
    for day, value, low, high, until, source in connection.execute(asked):
        yield Observation(date.fromisoformat(day), value, low, high, _day(until), source)


def _rows(one: Series) -> Laid:
    told = {column: getattr(one, column) for column in _TOLD}
    lists = {"read_as": compact(one.read_as), "known_as": compact(one.known_as)}
    yield t.series, {**told, **lists, "starts": iso(one.starts)}
    for n, o in enumerate(one.observations):
        yield (
            t.observations,
            {
                "series": one.id,
                "n": n,
                "day": o.day.isoformat(),
                "until": iso(o.to),
                "value": o.value,
                "low": o.low,
                "high": o.high,
                "source": o.source,
            },
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
