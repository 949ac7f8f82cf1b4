"""Texts retold with a fact changed (FA-KES, changed by a language model), and retellings of our own with none changed.

usage: python -m evaluation retold

A changed fact is found when the field it belongs to is among the drifts reported between the two texts; who did it, who
suffered it and by what count as content, who suffered it also as side. Many of the changed texts leave out the change
they announce: the first figure is over those in which a word of the changed fact is new, the second over all. Both
texts are taken to be published on the day the first one names at its head.
"""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evaluation import SHARED
from evaluation.conflicts import appearances
from evaluation.corpora import read_all
from evaluation.scores import Scores
from onrecord.matching import match
from onrecord.matching.dates import days
from onrecord.model import Document, Drift, Reading

FOLDER = SHARED / "matching" / "fakes_mutations"
SAME = Path(__file__).with_name("retold_same.toml")
FIELDS = {
    "place of death": {"place"},
    "date of death": {"period"},
    "cause of death": {"content"},
    "actor": {"content"},
    "name of casualty or group": {"content", "side"},
}
CONTENT = {"factuality", "quotation", "measure"}  # fields that are parts of what is said
HEAD = 160  # characters at the head of a text in which its day is looked for
NUMBERS = re.compile(r"\b(\d{1,2})[-./](\d{1,2})[-./]((?:19|20)\d\d)\b")


@dataclass(frozen=True, slots=True)
class Pair:
    """A text, its retelling, the facts that were to be changed, and of these the ones whose change is in the text."""

    told: Document
    retold: Document
    changed: tuple[str, ...] = ()
    there: frozenset[str] = frozenset()


def evaluated() -> Iterator[tuple[str, Scores]]:
    """(table, figures), in per cent and in drifts a pair."""
    pairs = list(changed())
    found = list(drifts(pairs))
    told: Counter[bool] = Counter()
    hit: Counter[bool] = Counter()
    for pair, some in zip(pairs, found, strict=True):
        fields = {"content" if one.field in CONTENT else one.field for one in some}
        for topic in pair.changed:
            told[topic in pair.there] += 1
            hit[topic in pair.there] += bool(FIELDS[topic] & fields)
    yield (
        "retold: a fact changed",
        {
            "change found": 100 * hit[True] / told[True],
            "announced found": 100 * hit.total() / told.total(),
            "drifts a pair": sum(map(len, found)) / len(pairs),
        },
    )
    same = list(unchanged())
    clean = sum(not some for some in drifts(same))
    yield "retold: nothing changed", {"pairs without drift": 100 * clean / len(same)}


def drifts(pairs: Iterable[Pair]) -> Iterator[list[Drift]]:
    """The drifts between the two texts of each pair."""
    pairs = list(pairs)
    readings = iter(read_all([text for pair in pairs for text in (pair.told, pair.retold)]))
    for reading in readings:
        yield between(reading, next(readings))


def between(told: Reading, retold: Reading) -> list[Drift]:
    """The drifts from either text to the other, those within one left out."""
    first = {statement.id for statement in told.statements}
    found = match(appearances([told, retold])).drifts
    return [one for one in found if (one.from_ in first) != (one.to in first)]


def changed() -> Iterator[Pair]:
    """The shared pairs."""
    for file in sorted(FOLDER.glob("*.csv")):
        for row in csv.DictReader(file.open(encoding="utf-8")):
            texts = row["article_text"], row["transformed_article_text"]
            if all(text.strip() for text in texts):
                told, retold = (Document(text, f"{row['index']} {n}", day(texts[0])) for n, text in enumerate(texts))
                topics = tuple(t for c in ("first", "second") if (t := row[f"{c}_changed_topic"].lower()) in FIELDS)
                yield Pair(told, retold, topics, frozenset(t for t in topics if _there(row, t)))


def unchanged() -> Iterator[Pair]:
    """Our own pairs, in which nothing but the words is changed."""
    for n, entry in enumerate(tomllib.loads(SAME.read_text(encoding="utf-8"))["pair"]):
        published = entry["published"]
        yield Pair(Document(entry["told"], f"{n} told", published), Document(entry["retold"], f"{n} retold", published))


def day(text: str) -> date | None:
    """The first day with a year at the head of a text."""
    if found := NUMBERS.search(text[:HEAD]):
        first, second, year = map(int, found.groups())
        for month, number in ((second, first), (first, second)):
            if 1 <= month <= 12 and 1 <= number <= 28:
                return date(year, month, number)
    return next((one.first for one in days(text[:HEAD], None) if one.first == one.last), None)


def _there(row: dict[str, str], topic: str) -> bool:
    """Whether a word of the changed fact is in the changed text and not in the first one."""
    before, after = (_facts(row[name]).get(topic, "") for name in ("facts", "changed_facts"))
    new = _words(after) - _words(before)
    return bool(new & (_words(row["transformed_article_text"]) - _words(row["article_text"])))


def _facts(cell: str) -> dict[str, str]:
    try:
        return {name.lower(): str(fact) for name, fact in ast.literal_eval(cell).items()}
    except (ValueError, SyntaxError, AttributeError):
        return {}


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.lower().replace("\\n", " ")))
