"""Reads a corpus (one document a line) and writes the readings in the contract, for the scorers in ../shared/score.

usage: python -m evaluation.corpora CORPUS.jsonl READINGS.jsonl [rules|learned|both]
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache, partial
from pathlib import Path

from evaluation.steps import STEPS
from onrecord.contract import line
from onrecord.model import Document, Reading
from onrecord.reading.reader import Reader


@cache
def _reader(step: str) -> Reader:
    return Reader(attribute=STEPS[step]()) if step else Reader()


def _read(row: str, step: str) -> str:
    given = json.loads(row)
    day = given.get("published")
    published = date.fromisoformat(day[:10]) if day else None
    document = Document(given["text"], given["id"], published, given.get("title"), given.get("publisher"))
    return line(_reader(step)(document)) + "\n"


def _whole(document: Document) -> Reading:
    return _reader("")(document)


def read_all(documents: Iterable[Document]) -> Iterator[Reading]:
    """The readings of documents, in order, by as many processes as there are cores."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(_whole, documents, chunksize=4)


def readings(corpus: Path, step: str = "") -> Iterator[str]:
    """One reading a line, in the order of the corpus, read by as many processes as there are cores; ``step`` names the
    attribution, else it is the default."""
    rows = corpus.read_text(encoding="utf-8").split("\n")
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(partial(_read, step=step), filter(str.strip, rows), chunksize=4)


def read_corpus(corpus: Path, out: Path, step: str = "") -> None:
    """The readings of ``corpus`` as a file."""
    with out.open("w", encoding="utf-8") as lines:
        lines.writelines(readings(corpus, step))


if __name__ == "__main__":
    read_corpus(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
