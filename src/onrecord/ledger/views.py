"""The newest views of statements, each with what is known of it beside its value: what its terms are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from onrecord.ledger import tables as t
from onrecord.ledger.dialects import among
from onrecord.ledger.terms import Beside, Time, Told, told

_ASKED = 500  # values in one question
_V = t.statement_values.c
_times = msgspec.json.Decoder(list[Time]).decode


class View(msgspec.Struct, gc=False):
    """The newest view of a statement: its number, whose it is, and its value, as it is read and after review."""

    row: int
    statement: str
    reading: str
    document: str
    read: str
    told: Told
    beside: Beside = msgspec.field(default_factory=Beside)


def asked() -> Any:
    """What views are made of, by the rows that are asked for."""
    return select(_V.row, _V.statement, _V.reading, _V.document, _V.nth, _V.value)


def newest(connection: Connection, found: Sequence[Any]) -> tuple[list[View], set[int]]:
    """Those of the views that are the newest of their statements, and the rows of all older ones of the same."""
    again = {row.statement for row in found if row.nth > 1}
    every: list[Any] = []
    for some in parts(again):
        asked = select(_V.row, _V.statement).where(among(connection, _V.statement, some)).order_by(_V.nth)
        every += connection.execute(asked).all()
    last = {row.statement: row.row for row in every}  # the newest comes last
    stale = {row.row for row in every if last[row.statement] != row.row}
    views = [
        View(row.row, row.statement, row.reading, row.document, row.value, told(row.value or "{}"))
        for row in found
        if row.row not in stale
    ]
    return views, stale


def look_beside(connection: Connection, views: Sequence[View], *, decided: bool) -> None:
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
        _look_at_merges(connection, views)


def _look_at_review(connection: Connection, views: Sequence[View]) -> None:
    from onrecord.ledger.deciding.reviewing import reviewed  # whose store adds by us

    by_id = {view.statement: view for view in views}
    s, f, d = t.finding_statements.c, t.findings.c, t.decisions.c
    newer = t.findings.alias("newer").c
    for some in parts(by_id):
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


def _look_at_merges(connection: Connection, views: Sequence[View]) -> None:
    """Fills in the names of the parties that people hold to be one with those that make the statements."""
    from onrecord.ledger.deciding.reviewing import known_as  # whose store adds by us

    if names := known_as(connection):
        for view in views:
            for party in view.told.parties():
                view.beside.names |= names.get(party.id, frozenset()) - {party.name}


def merged_with(connection: Connection, parties: Collection[str]) -> set[str]:
    """The parties, and all that people hold to be one with them."""
    from onrecord.ledger.deciding.reviewing import clusters  # whose store adds by us

    heads = clusters(connection, "party") if parties else {}
    wanted = {heads.get(id_, id_) for id_ in parties}
    return {*parties, *(id_ for id_, head in heads.items() if head in wanted)}


def _seen(connection: Connection, ids: Collection[str], *, decided: bool) -> dict[str, tuple[str, set[str]]]:
    """The day that each document was published, and who published it."""
    from onrecord.ledger.deciding.reviewing import days_set  # whose store adds by us

    s = t.sightings.c
    days: dict[str, list[str]] = defaultdict(list)
    publishers: dict[str, set[str]] = defaultdict(set)
    corrected: dict[str, str] = {}
    for some in parts(ids):
        for row in connection.execute(select(s.document, s.published, s.publisher).where(s.document.in_(some))):
            days[row.document] += [row.published] if row.published else []
            publishers[row.document].update([row.publisher] if row.publisher else [])
        if decided:
            corrected.update(days_set(connection, some))
    return {id_: (corrected.get(id_, min(days[id_], default="")), publishers[id_]) for id_ in ids}


def _times_of(connection: Connection, ids: Collection[str]) -> dict[str, list[Time]]:
    """The time expressions of each reading."""
    r = t.readings.c
    found: dict[str, list[Time]] = {}
    for some in parts(ids):
        for row in connection.execute(select(r.id, r.times).where(r.id.in_(some))):
            found[row.id] = _times(row.times or "[]")
    return found


def _kinds(connection: Connection, views: Sequence[View], *, decided: bool) -> dict[str, dict[str, str]]:
    """For each reading the kinds of its caveats, after review."""
    from onrecord.ledger.deciding.reviewing import states  # whose store adds by us

    c, d = t.caveat_values.c, t.decisions.c
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for some in parts({caveat for view in views for caveat in view.told.caveats or ()}):
        after: dict[str, str] = {}
        if decided:
            on = connection.execute(select(d.target).where(d.of == "caveat", d.target.in_(some)).distinct())
            held = states(connection, "caveat", on.scalars().all())
            after = {id_: one.value["kind"] for id_, one in held.items() if one.value}
        for row in connection.execute(select(c.caveat, c.reading, c.kind).where(c.caveat.in_(some))):
            found[row.reading][row.caveat] = after.get(row.caveat, row.kind)
    return found


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    coming = iter(values)
    while some := list(islice(coming, _ASKED)):
        yield some
