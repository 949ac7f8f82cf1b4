"""Writes card.toml: what the shipped weights are (SHA-256), when, by which plan, and what they reach.

usage: python -m training.attribution.card [--steps N]

Run it after training; it reads PolNeAR dev and the stories with the network alone and with network and rules together.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from evaluation import SHARED, scores
from evaluation.corpora import read_corpus

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "src/onrecord/reading/data/en/attribution"
CARD = Path(__file__).with_name("card.toml")
CORPORA = {
    "PolNeAR dev": ("corpora/polnear/dev.jsonl",) * 2,
    "stories": ("stories/stories.jsonl", "stories/stories-attribution.jsonl"),
}


def sums() -> dict[str, str]:
    """The SHA-256 sum of each shipped file."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(SHIPPED.iterdir())}


def figures() -> Iterator[tuple[str, scores.Scores]]:
    """(corpus and step, figures in per cent)."""
    with tempfile.TemporaryDirectory() as folder:
        for corpus, (texts, gold) in CORPORA.items():
            for step in ("rules", "learned", "both"):
                readings = Path(folder) / "readings.jsonl"
                read_corpus(SHARED / texts, readings, step)
                yield f"{corpus}, {step}", scores.attribution(readings, SHARED / gold)


def main() -> None:
    """Prints and writes the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, help="how many steps the shipped weights were trained for")
    steps = parser.parse_args().steps
    lines = ["# Made by training/attribution/card.py. Do not edit.", f'date = "{datetime.now(UTC).date()}"']
    if steps is not None:
        lines.append(f"steps = {steps}")
    lines += ["", "[weights] # SHA-256", *(f'"{name}" = "{value}"' for name, value in sums().items())]
    for name, found in figures():
        lines += ["", f'["{name}"] # per cent', *(f'"{figure}" = {value}' for figure, value in found.items())]
    CARD.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
