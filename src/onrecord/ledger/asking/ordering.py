"""In which order statements are told: as they were added, or by a day, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt
from typing import Any

from sqlalchemy import Select, func, select

from onrecord.errors import LedgerError
from onrecord.ledger.asking.sieving import FEW, VIEW, Sieve, Term
from onrecord.ledger.tables.derived import tallies, terms
from onrecord.ledger.terms import PUBLISHED, SAID_ON

SORTS = {"added": None, "said": SAID_ON, "published": PUBLISHED}
"""What statements can be put in order by; with ``-`` before it, the last comes first."""

_SPARE = 2  # times as long as the stretch that a page is expected in
_SHORTEST = 1000  # rows of a stretch
_WALKED = 100  # statements of a page, each gone through for twice what it costs to look up its day
Rows = dict[int, str | None]
_N = tallies.c


def next_rows(sieve: Sieve, sort: str, after: int | None, limit: int) -> Rows:
    """The rows of the next statements, each with the text in which the words searched for are marked, if it is there.

    ``after`` is the row of the last one of the page before. Those without a day come last, whatever the order. Raises
    LedgerError for another ``sort``.
    """
    down, name = sort.startswith("-"), sort.removeprefix("-")
    if name not in SORTS:
        raise LedgerError(f"statements are not put in order by {sort}: choose from {', '.join(SORTS)}, or -{name}")
    kind = SORTS[name]
    if kind is None and sieve.spread is not None:
        return dict.fromkeys(_in_stretches(sieve, sieve.spread, down, after, limit))
    if kind is None:
        return {row[0]: row[1] for row in sieve.connection.execute(sieve.rows(after, limit, down=down))}
    few = _few(sieve, kind)
    rows = _walked(sieve, kind, down, after, limit) if few is None else _sorted(sieve, kind, few, down, after)[:limit]
    return sieve.marked(rows)


def _in_stretches(sieve: Sieve, term: Term, down: bool, after: int | None, limit: int) -> list[int]:
    """The next rows with one of several values: in a stretch where as many are expected, then in one twice as long."""
    newest = sieve.connection.execute(select(func.max(VIEW.row))).scalar() or 0
    rows: list[int] = []
    length = max(_SHORTEST, _SPARE * limit * sieve.every.number // term.number)
    start = after if after is not None else newest + 1 if down else 0
    while len(rows) < limit and (start > 1 if down else start < newest):
        first, last = (start - length, start - 1) if down else (start + 1, start + length)
        asked = sieve.stretch(term, first, last)
        row = asked.selected_columns[0]
        found = sieve.connection.execute(asked.order_by(row.desc() if down else row).limit(limit - len(rows)))
        rows += found.scalars()
        start, length = (first if down else last), 2 * length
    return rows


def _few(sieve: Sieve, kind: str) -> dict[int, str] | None:
    """The rows with their days, where few are let through: so few that to go through the days meets fewer of them."""
    most = min(FEW, isqrt(_WALKED * sieve.every.number))
    if sieve.text is None and sieve.documents is None and sieve.most > most:
        return None
    found = sieve.rows(limit=most + 1, marked=False).subquery()
    day = select(_N.value).join_from(terms, tallies, terms.c.term == _N.id).where(_N.kind == kind)
    day = day.where(terms.c.row == found.c[0]).limit(1)
    rows = sieve.connection.execute(select(found.c[0], day.scalar_subquery())).all()
    return {row: value or "" for row, value in rows} if len(rows) <= most else None


def _sorted(sieve: Sieve, kind: str, few: dict[int, str], down: bool, after: int | None) -> list[int]:
    """The rest of few rows after one of them."""

    def place(value: str, row: int) -> tuple[bool, str, int]:
        return (value != "") if down else (value == ""), value, row

    ordered = sorted(few, key=lambda row: place(few[row], row), reverse=down)
    if after is None:
        return ordered
    last = place(_day(sieve, kind, after) or "", after)
    return [row for row in ordered if (place(few[row], row) < last if down else place(few[row], row) > last)]


def _walked(sieve: Sieve, kind: str, down: bool, after: int | None, limit: int) -> list[int]:
    """The next rows of many, by going through the days in their order."""
    rows: list[int] = []
    for asked in _parts(sieve, kind, down, after):
        rows += sieve.connection.execute(asked.limit(limit - len(rows))).scalars()
        if len(rows) == limit:
            break
    return rows


def _parts(sieve: Sieve, kind: str, down: bool, after: int | None) -> Iterator[Select[Any]]:
    """What is told in turn: the rest of those with the same day, those with a later one, those with none."""
    value, row = _N.value, terms.c.row
    asked = select(row).join_from(tallies, terms, _N.id == terms.c.term).where(_N.kind == kind, *sieve.let_through(row))
    asked = asked.order_by(*((value.desc(), row.desc()) if down else (value, row)))
    day = None if after is None else _day(sieve, kind, after)
    if day is not None:
        yield asked.where(value == day, row < after if down else row > after)
    if day is None or day:
        later = () if not day else (value < day if down else value > day,)
        yield asked.where(value != "", *later)
        yield asked.where(value == "")


def _day(sieve: Sieve, kind: str, row: int) -> str | None:
    """By which the statement stands in its place that has or had this row."""
    statement = select(VIEW.statement).where(VIEW.row == row).scalar_subquery()
    views = select(VIEW.row).where(VIEW.statement == statement)
    asked = select(_N.value).join_from(terms, tallies, terms.c.term == _N.id)
    return sieve.connection.execute(asked.where(_N.kind == kind, terms.c.row.in_(views))).scalar()
