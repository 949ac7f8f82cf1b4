"""Counts which lemma is a cue in which frame over PolNeAR's training half, and writes attribution_cues.toml.

usage: python -m training.cues     (about three minutes on two cores; the same input gives the same file)

A candidate of the rules counts as a cue when a gold attribution has its head in the cue and at least 40 % of the words
of the two contents in common. A lemma enters a frame's list when it was a cue there at least twice (three times with a
mere object) and in at least 40 % of its candidates, smoothed.
"""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from evaluation import SHARED
from onrecord.model import Document
from onrecord.reading.attribution.rules.candidates import Candidate, candidates
from onrecord.reading.language import language_model
from onrecord.reading.parsing import Parsed, parse

TABLE = Path(__file__).resolve().parents[1] / "src/onrecord/reading/data/en/attribution_cues.toml"
OVERLAP, RATE, LEAST, LEAST_OBJECT = 0.4, 0.4, 2, 3
NEVER = frozenset(("be", "have", "do", "go", "according"))
# Frames too mixed to count: the preposition says little about whether the verb is a cue.
LEFT_OUT = frozenset(
    f"prep:{p}"
    for p in [
        "on",
        "at",
        "by",
        "like",
        "than",
        "in",
        "among",
        "behind",
        "from",
        "upon",
        "over",
        "since",
        "during",
        "after",
        "before",
    ]
) | {"noun:prep:for", "noun:prep:of"}

Counts = Counter[tuple[str, str]]


def count(rows: Iterable[str]) -> tuple[Counts, Counts]:
    """(cues, candidates) by (frame, lemma)."""
    cues: Counts = Counter()
    all_: Counts = Counter()
    model = language_model()
    for row in rows:
        given = json.loads(row)
        parsed = parse(Document(given["text"]), model)
        gold = [(_tokens(parsed, a["cue"]), _tokens(parsed, a["content"])) for a in given["attributions"]]
        for candidate in candidates(parsed):
            key = candidate.frame, candidate.lemma
            all_[key] += 1
            cues[key] += _is_gold(parsed, candidate, gold)
    return cues, all_


def _tokens(parsed: Parsed, spans: list[tuple[int, int]]) -> set[int]:
    return {t.i for start, end in spans for t in parsed.tokens(start, end) if t.text[:1].isalnum()}


def _is_gold(parsed: Parsed, candidate: Candidate, gold: list[tuple[set[int], set[int]]]) -> bool:
    words = {i for start, end in candidate.content for i in range(start, end) if parsed.doc[i].text[:1].isalnum()}
    return any(
        candidate.head in cue and len(words & content) >= OVERLAP * max(1, len(words | content))
        for cue, content in gold
    )


def licensed(cues: Counts, all_: Counts) -> dict[str, list[str]]:
    """The lemmas of each frame that are cues often enough."""
    frames: dict[str, list[str]] = {}
    for (frame, lemma), n in sorted(all_.items()):
        found = cues[frame, lemma]
        enough = found >= (LEAST_OBJECT if frame == "object" else LEAST)
        if enough and (found + 0.5) / (n + 1.5) >= RATE and lemma not in NEVER and frame not in LEFT_OUT:
            frames.setdefault(frame, []).append(lemma)
    return frames


def main() -> None:
    """Writes the table."""
    corpus = SHARED / "corpora" / "polnear" / "train.jsonl"
    frames = licensed(*count(corpus.open(encoding="utf-8")))
    lines = [
        "# Made by training/cues.py from counts over PolNeAR's training half. Do not edit.",
        "",
        "[counted]",
    ]
    for frame, lemmas in frames.items():
        quoted = ", ".join(json.dumps(lemma, ensure_ascii=False) for lemma in lemmas)
        body = textwrap.wrap(quoted, 104, initial_indent="  ", subsequent_indent="  ")
        lines += [f'"{frame}" = [', *body[:-1], body[-1] + ",", "]"]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
