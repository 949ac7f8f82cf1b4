"""Words searched for in the texts of statements: which rows hold them, and how they are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    column,
    func,
    literal_column,
    select,
    table,
    tablesample,
)

from onrecord.ledger.tables import statement_values

_SAMPLE = 2000  # texts

MARK = "**"
"""What stands before and behind a word that was searched for."""
_PHRASE = re.compile(r'"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Search:
    """The words of statements that are searched for: which rows have them, and how they are shown.

    ``matches`` is a condition on the index, ``row`` the number of a row in it; ``marked`` is asked of the index, or
    where ``apart``, of ``statement_values``.
    """

    marked: ColumnElement[str]
    matches: ColumnElement[bool]
    row: ColumnElement[int]
    index: FromClause
    apart: bool

    def holds(self, row: Any) -> ColumnElement[int]:
        """1 where the text of a row holds the words, else null: looked up row by row."""
        asked: Select[Any] = select(literal_column("1")).select_from(self.index).where(self.row == row, self.matches)
        return asked.limit(1).scalar_subquery()


def search(dialect: str, query: str) -> Search:
    """Rows of ``statement_values`` that hold every word of ``query``, in any form; words in quotation marks stand
    together. Nothing in it is syntax of the database."""
    if dialect == "sqlite":
        index = table("statement_words", column("rowid"))
        asked = " ".join(f'"{(a or b).replace(chr(34), "")}"' for a, b in _PHRASE.findall(query))
        hit: ColumnElement[str] = literal_column("statement_words")
        return Search(
            func.highlight(hit, 0, MARK, MARK), hit.bool_op("MATCH")(asked), index.c.rowid, index, apart=False
        )
    parts = [
        func.phraseto_tsquery("english", phrase) if phrase else func.plainto_tsquery("english", word)
        for phrase, word in _PHRASE.findall(query)
    ]
    asked_for: ColumnElement[Any] = parts[0] if parts else func.plainto_tsquery("english", "")
    for part in parts[1:]:
        asked_for = asked_for.op("&&")(part)
    words = table("statement_words", column("row"), column("words"))
    options = f"StartSel={MARK}, StopSel={MARK}, HighlightAll=true"
    headline = func.ts_headline("english", statement_values.c.text, asked_for, options)
    return Search(headline, words.c.words.bool_op("@@")(asked_for), words.c.row, words, apart=True)


def expected(connection: Connection, found: Search, total: int) -> float:
    """How many of ``total`` texts hold the words, by a sample: PostgreSQL's own guess takes words for independent of
    one another, which those that stand together are not."""
    if total <= _SAMPLE:
        return total
    some = tablesample(found.index, func.system(100 * _SAMPLE / total)).c.row
    asked = select(func.count(), func.count(found.holds(some)))
    number, holding = connection.execute(asked.select_from(some.table)).one()
    return float(total * holding / number) if number else 0.0
