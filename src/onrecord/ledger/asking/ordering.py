"""In which order statements are told: as they were added, or by a day, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select

from onrecord.errors import LedgerError
from onrecord.ledger.asking.sieving import FEW, VIEW, Sieve
from onrecord.ledger.tables.derived import tallies, terms
from onrecord.ledger.terms import PUBLISHED, SAID_ON

SORTS = {"added": None, "said": SAID_ON, "published": PUBLISHED}
"""What statements can be put in order by; with ``-`` before it, the last comes first."""

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
    if kind is None:
        return _told(sieve, sieve.rows(after, limit, down=down))
    rows: Rows = {}
    for asked in _parts(sieve, kind, down, after):
        rows |= _told(sieve, asked.limit(limit - len(rows)))
        if len(rows) == limit:
            break
    return rows


def _told(sieve: Sieve, asked: Select[Any]) -> Rows:
    return {row[0]: row[1] for row in sieve.connection.execute(asked)}


def _parts(sieve: Sieve, kind: str, down: bool, after: int | None) -> Iterator[Select[Any]]:
    """What is told in turn: the rest of those with the same day, those with a later one, those with none."""
    value, row = _N.value, terms.c.row
    asked = _ordered(sieve, kind, down)
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


def _ordered(sieve: Sieve, kind: str, down: bool) -> Select[Any]:
    """All of them in their order: where few are let through, these, else by going through all that have the term."""
    row, value = terms.c.row, _N.value
    first = (value.desc(), row.desc()) if down else (value, row)
    few = sieve.most <= FEW or sieve.documents is not None
    if few or sieve.text is not None:
        found = sieve.rows().order_by(None).cte("found")
        asked = select(row, found.c.marked).join_from(found, terms, row == found.c[0])
    else:
        asked = select(row, sieve.rows().selected_columns.marked).where(*sieve.looked_up(row))
    return asked.join(tallies, _N.id == terms.c.term).where(_N.kind == kind).order_by(*first)
