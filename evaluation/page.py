"""The page on quality, and putting a printed table into it between its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

QUALITY = Path(__file__).resolve().parents[1] / "docs" / "quality.md"
WIDEST = 12


def table(columns: Sequence[str], rows: Iterable[Sequence[str | float]]) -> str:
    """A Markdown table, the first column of words, the others of figures.

    >>> print(table(("kind", "right"), [("plain", 50.04)]))
    | kind | right |
    | --- | ---: |
    | plain | 50.0 |
    """
    told = ([f"{cell:.1f}" if isinstance(cell, float) else cell for cell in row] for row in rows)
    marks = ["---", *("---:" for _ in columns[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in [columns, marks, *told])


def wide(rows: Mapping[str, Mapping[str, float]]) -> str:
    """Figures side by side, one row a corpus, in tables of up to `WIDEST` figures.

    >>> print(wide({"gum": {"value": 80.0, "interval": 79.5}, "aquaint": {"value": 81.0}}))
    | per cent | value | interval |
    | --- | ---: | ---: |
    | gum | 80.0 | 79.5 |
    | aquaint | 81.0 |  |
    """
    names = list(dict.fromkeys(figure for figures in rows.values() for figure in figures))
    parts = (names[i : i + WIDEST] for i in range(0, len(names), WIDEST))
    return "\n\n".join(
        table(
            ["per cent", *part],
            ([name, *(figures.get(figure, "") for figure in part)] for name, figures in rows.items()),
        )
        for part in parts
    )


def filled(page: str, name: str, words: str) -> str:
    """``page`` with ``words`` between the marks of ``name``; KeyError when it has no such marks.

    >>> filled("<!-- a --> old <!-- end -->", "a", "new")
    '<!-- a -->\\nnew\\n<!-- end -->'
    """
    marks = re.compile(rf"<!-- {re.escape(name)} -->.*?<!-- end -->", re.DOTALL)
    if not marks.search(page):
        raise KeyError(f"{QUALITY.name} has no <!-- {name} -->")
    return marks.sub(lambda _: f"<!-- {name} -->\n{words}\n<!-- end -->", page)


def put(name: str, words: str) -> None:
    """Writes ``words`` into the page on quality, between the marks of ``name``."""
    page = filled(QUALITY.read_text(encoding="utf-8"), name, words)
    QUALITY.write_text(page, encoding="utf-8")
