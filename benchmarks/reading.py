"""Words per CPU-second of the whole reading and of the bare spaCy pipeline on the same reports, in the same run.

usage: python -m benchmarks.reading [--rounds N]

Reads the 109 reports in ../shared/corpora/war where they are, else the samples. Prints both speeds, their ratio (the
figure that counts: absolute times mean little on a shared machine), peak memory, and how long the first result takes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median

from evaluation import SHARED
from onrecord.model import Document
from onrecord.reading.attribution.rules import attribute
from onrecord.reading.language import language_model
from onrecord.reading.reader import Reader

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def reports() -> list[Document]:
    """The reports on wars, each with its date; our own samples where the shared folder is absent."""
    files = sorted((SHARED / "corpora" / "war").glob("[uo]*.jsonl"))
    rows = [json.loads(row) for file in files for row in file.open(encoding="utf-8")]
    found = [Document(r["text"], r["id"], _day(r["published"])) for r in rows]
    return found or [Document(p.read_text(encoding="utf-8"), p.name) for p in sorted(SAMPLES.glob("*.txt"))]


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given[:10])
    except ValueError:
        return None


def seconds(step: Callable[[Document], object], documents: Sequence[Document]) -> float:
    """CPU seconds of ``step`` over ``documents``."""
    start = time.process_time()
    for document in documents:
        step(document)
    return time.process_time() - start


def main() -> None:
    """Measures in turn, so that what else the machine does falls on both alike."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    documents = reports()
    words = sum(len(d.text.split()) for d in documents)
    model = language_model()
    readers = {"whole reading": Reader(model=model), "with rules only": Reader(attribute=attribute, model=model)}
    took: dict[str, list[float]] = {name: [] for name in ("bare spaCy pipeline", *readers)}
    for reader in readers.values():
        reader(documents[0])
    for _ in range(rounds):
        took["bare spaCy pipeline"].append(seconds(lambda d: model(d.text), documents))
        for name, reader in readers.items():
            took[name].append(seconds(reader, documents))
    print(f"{len(documents)} documents, {words:,} words, median of {rounds} rounds")
    bare = took["bare spaCy pipeline"]
    for name, each in took.items():
        ratio = median(b / w for b, w in zip(bare, each, strict=True))
        print(f"{name:<22} {words / median(each):8,.0f} words per CPU-second   {ratio:5.2f} of the bare pipeline")
    print(f"peak memory            {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8,.0f} MB")
    print(f"first result           {first_result():8.1f} s after starting the command")


def first_result() -> float:
    """Wall seconds from starting the command to the end of its output for one sample."""
    sample = next(iter(sorted(SAMPLES.glob("*.txt"))))
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "onrecord.cli", "read", str(sample)], check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
