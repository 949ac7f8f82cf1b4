"""From the terms that statements must have to the rows of their newest views, in the order they were added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, bindparam, literal_column, null, select

from onrecord.ledger import tables as t
from onrecord.ledger.searching import Search, expected, search
from onrecord.ledger.tables.derived import terms

VIEW = t.statement_values.c
FEW = 10_000
"""Statements that are gone through and put in order for one page."""

_FEWER = 1000  # statements that are looked up in the text index one by one
_SEVERAL = 4  # values
_PAGE = 50  # statements
_WALKED = 20  # statements are gone through in their order in the time that PostgreSQL looks up one of those with a word
_NOTHING: Any = null().label("marked")
Condition = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Term:
    """What is asked of the terms of a statement: one of some, by their ids; ``number`` statements have one."""

    kind: str
    ids: tuple[int, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Sieve:
    """What statements must have, that which fewest have first, and what they must not; of which documents, with which
    words. ``every`` is what the newest view of each has, and no other."""

    connection: Connection
    every: Term
    terms: tuple[Term, ...]
    absent: tuple[Term, ...] = ()
    documents: tuple[str, ...] | None = None
    text: str | None = None

    @property
    def lead(self) -> Term:
        """What is gone through, while all else is looked up for each of its statements."""
        return next((term for term in self.terms if len(term.ids) == 1 or term.number <= FEW), self.every)

    @property
    def spread(self) -> Term | None:
        """The term that fewest have, where it has several values and many have one: it is gone through in stretches."""
        rarest = self.terms[0] if self.terms and self.text is None and self.documents is None else None
        return rarest if rarest and len(rarest.ids) > 1 and rarest.number > FEW else None

    def stretch(self, term: Term, first: int, last: int) -> Select[Any]:
        """The rows from ``first`` to ``last`` that have the term and are let through, in no order."""
        row = terms.c.row
        asked = select(row).where(_is(terms.c.term, term), row >= first, row <= last)
        return asked.where(*self.looked_up(row, term)).distinct()

    @property
    def most(self) -> int:
        """How many statements may be let through at most."""
        return min(term.number for term in (self.every, *self.terms))

    def rows(
        self, after: int | None = None, limit: int | None = None, *, marked: bool = True, down: bool = False
    ) -> Select[Any]:
        """The rows of the newest views that are let through, in their order, or ``down`` from the last; and the text
        with the words ``marked``, where the index can tell."""
        row, asked = self._searched(self.text) if self.text is not None else self._led()
        if after is not None:
            asked = asked.where(row < after if down else row > after)
        asked = asked.order_by(row.desc() if down else row)
        asked = asked if marked else asked.with_only_columns(row)
        return asked if limit is None else asked.limit(limit)

    def conditions(self, row: Any) -> Iterator[Condition]:
        """The conditions on views whose row is ``row``: what few statements have is found by its index."""
        lead = self.lead
        if self.documents is not None:
            yield row.in_(select(VIEW.row).where(VIEW.document.in_(self.documents)))
        if lead.number <= FEW and lead is not self.every:
            yield row.in_(select(terms.c.row).where(_is(terms.c.term, lead)))
        if self.text is not None:
            found = self._found(self.text)
            yield row.in_(select(found.row).where(found.matches))
        yield from self.looked_up(row)

    def looked_up(self, row: Any, but: Term | None = None) -> Iterator[Condition]:
        """What is looked up of each view, but for the term that is gone through."""
        asked = self.terms or (self.every,)
        yield from (has(row, term) for term in asked if term is not but)
        yield from (has(row, term, wanted=False) for term in self.absent)

    def let_through(self, row: Any) -> Iterator[Condition]:
        """All conditions on views whose row is ``row``, each looked up row by row."""
        if self.documents is not None:
            yield row.in_(select(VIEW.row).where(VIEW.document.in_(self.documents)))
        if self.text is not None:
            yield self._found(self.text).holds(row).is_not(None)
        yield from self.looked_up(row)

    def marked(self, rows: Sequence[int]) -> dict[int, str | None]:
        """Rows in their order, each with its text in which the words are marked, where the index can tell."""
        told: dict[int, str | None] = dict.fromkeys(rows)
        if self.text is not None and rows:
            found = self._found(self.text)
            if not found.apart:
                asked = select(found.row, found.marked).where(found.matches, found.row.in_(rows))
                told.update({row[0]: row[1] for row in self.connection.execute(asked)})
        return told

    def _found(self, text: str) -> Search:
        return search(self.connection.dialect.name, text)

    def _led(self) -> tuple[Any, Select[Any]]:
        if self.documents is not None:
            asked: Select[Any] = select(VIEW.row, _NOTHING).where(VIEW.document.in_(self.documents))
            return VIEW.row, asked.where(*self.looked_up(VIEW.row))
        lead, row = self.lead, terms.c.row
        asked = select(row, _NOTHING).where(_is(terms.c.term, lead), *self.looked_up(row, lead))
        return row, asked.distinct() if len(lead.ids) > 1 else asked

    def _searched(self, text: str) -> tuple[Any, Select[Any]]:
        """The rows that hold the words, among those of ``lead`` where few have it."""
        found, lead = self._found(text), self.lead
        row = found.row
        marked: Any = _NOTHING if found.apart else found.marked.label("marked")
        asked: Select[Any] = select(row, marked).where(found.matches)
        if self.documents is not None:
            asked = asked.where(row.in_(select(VIEW.row).where(VIEW.document.in_(self.documents))))
        if lead.number <= _FEWER:
            rows = self.connection.execute(select(terms.c.row).where(_is(terms.c.term, lead)).distinct()).scalars()
            return row, asked.where(row.in_(rows.all()), *self.looked_up(row))
        if not found.apart:
            return row, asked.where(*self.looked_up(row))
        total = self.every.number
        if expected(self.connection, found, total) <= isqrt(
            _PAGE * total // _WALKED
        ):  # all take less than a page walked
            hit = select(row).where(found.matches).cte("hits").prefix_with("MATERIALIZED").c.row
            return hit, select(hit, _NOTHING).where(*self.looked_up(hit))
        if len(lead.ids) == 1:
            led = select(terms.c.row, _NOTHING).where(_is(terms.c.term, lead), row == terms.c.row, found.matches)
            return terms.c.row, led.where(*self.looked_up(terms.c.row, lead))
        return row, asked.where(*self.looked_up(row))


def _is(column: Any, term: Term) -> Condition:
    """Whether a term is one of those; none is, where there are none."""
    found: Condition = column == term.ids[0] if len(term.ids) == 1 else column.in_(_listed(term))
    return found


def _listed(term: Term) -> Any:
    return bindparam(None, list(term.ids), Integer, expanding=True, literal_execute=True)


def has(row: Any, term: Term, *, wanted: bool = True) -> Condition:
    """Whether the view has such a term, or none: looked up row by row, whatever else the planner would like."""
    other = terms.alias().c
    column = other.term if len(term.ids) <= _SEVERAL else other.term + 0  # one look at the row, not one for each value
    asked: Select[Any] = select(literal_column("1")).where(other.row == row, _is(column, term)).limit(1)
    found = asked.scalar_subquery()
    return found.is_not(None) if wanted else found.is_(None)
