"""How quickly copies are found as texts come in, and how many of those there are.

usage: python -m benchmarks.copies [TEXTS] [LEDGER]

Texts of 300 words from a made-up lexicon are added without readings, in batches of 500; every tenth is an earlier one
with one word in thirty changed. LEDGER is a file or the URL of an empty database, a file that is deleted where none is
named. Processor time of this process, so that a busy machine does not matter; for PostgreSQL that is not all of it.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.ledger import Added, Entry, open_ledger
from onrecord.model import Document

BATCH, REPORT = 500, 5_000
_LEXICON = [f"word{n}" for n in range(20_000)]


def texts(seed: int = 7) -> Iterator[tuple[str, bool]]:
    """Texts without end, each with whether it is a changed copy of an earlier one."""
    chance = random.Random(seed)  # noqa: S311 - made-up texts
    earlier: list[list[str]] = []
    while True:
        if len(earlier) > 100 and chance.random() < 0.1:
            words = chance.choice(earlier)[:]
            for n in chance.sample(range(300), 10):
                words[n] = chance.choice(_LEXICON)
            yield " ".join(words), True
        else:
            words = chance.choices(_LEXICON, k=300)
            earlier.append(words)
            yield " ".join(words), False


def run(most: int, place: str) -> None:
    """Adds, and prints a line every few thousand texts."""
    ledger = open_ledger(place, new=True)
    coming, made, added = texts(), 0, Added()
    done, since = 0, time.process_time()
    while done < most:
        batch = list(islice(coming, BATCH))
        made += sum(copy for _, copy in batch)
        added += ledger.add([Entry(Document(text)) for text, _ in batch])
        done += len(batch)
        if done % REPORT == 0:
            now = time.process_time()
            found = f"{added.copies:,} copies found, {made:,} made"
            print(f"{done:>9,} texts  {(now - since) / REPORT * 1000:6.2f} ms a text  {found}", flush=True)
            since = now
    ledger.close()


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory() as folder:
        run(number, sys.argv[2] if len(sys.argv) > 2 else str(Path(folder) / "copies.db"))
