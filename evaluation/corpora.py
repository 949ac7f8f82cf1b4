"""Reads a corpus (one document a line) and writes the readings in the contract, for the scorers in ../shared/score.

usage: python -m evaluation.corpora CORPUS.jsonl READINGS.jsonl
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from onrecord.exports.jsonl import line
from onrecord.model import Document
from onrecord.reading.reader import Reader


def read_corpus(corpus: Path, readings: Path, reader: Reader) -> None:
    """One reading a line, in the order of the corpus."""
    with corpus.open(encoding="utf-8") as rows, readings.open("w", encoding="utf-8") as out:
        for row in rows:
            given = json.loads(row)
            day = given.get("published")
            document = Document(
                given["text"], key=given["id"], published=date.fromisoformat(day[:10]) if day else None
            )
            out.write(line(reader(document)) + "\n")


if __name__ == "__main__":
    read_corpus(Path(sys.argv[1]), Path(sys.argv[2]), Reader())
