"""Attribution by kind: of the gold, how much is found, with the right source and the very words.

usage: python -m evaluation.kinds GOLD.jsonl [rules|learned|both]

Kinds: cue of speech or another, quoted or plain, source a pronoun, a name, a noun or none. Matching, words and the list
of speech words are those of the shared scorer.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from evaluation import SHARED
from evaluation.robustness import attributed, shared_scorer
from evaluation.steps import STEPS
from evaluation.variants import Row

_PRONOUNS = frozenset(
    ("i", "we", "you", "he", "she", "they", "it", "who", "which", "that", "this", "her", "his", "him")
)


def speech_words() -> frozenset[str]:
    """The speech words of the shared scorer, which can only be read, not imported."""
    source = (SHARED / "score/score_attribution_cues.py").read_text(encoding="utf-8")
    found = re.search(r'SPEECH = set\("""(.*?)"""', source, re.DOTALL)
    return frozenset(found[1].split() if found else ())


def kinds_of(attribution: Row, text: str, quoted: bool, speech: frozenset[str]) -> Iterator[str]:
    """The kinds one gold attribution is of."""
    yield "all"
    cue = " ".join(text[start:end] for start, end in attribution["cue"]).lower()
    yield "cue of speech" if speech & set(re.findall(r"\w+", cue)) else "other cue"
    yield "quoted" if quoted else "plain"
    source = " ".join(text[start:end] for start, end in attribution["source"])
    if not source:
        yield "no source"
    elif source.lower() in _PRONOUNS:
        yield "source a pronoun"
    else:
        yield "source with a name" if re.search(r"\b[A-Z]", source) else "source a noun"


def counts(row: Row, read: list[Row], scorer: ModuleType, speech: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(kind, what was right) for every gold attribution of one text."""
    text = row["text"]
    bounds = [m.span() for m in scorer.WORD.finditer(text)]
    starts, ends = [b[0] for b in bounds], [b[1] for b in bounds]
    given = [a for a in row["attributions"] if scorer.words_in(a["content"], starts, ends)]
    gold, found = scorer.prepare(given, text, starts, ends), scorer.prepare(read, text, starts, ends)
    paired = {i: (found[j], share) for i, j, share in scorer.match(gold, found)}
    for i, attribution in enumerate(given):
        for kind in kinds_of(attribution, text, gold[i]["quoted"], speech):
            yield kind, "gold"
            if i not in paired:
                continue
            other, share = paired[i]
            right = scorer.jaccard(gold[i]["source"], other["source"]) >= scorer.MIN
            yield kind, "paired"
            if right or not (gold[i]["source"] or other["source"]):
                yield kind, "joint"
            if share == 1.0:
                yield kind, "exact"
            if gold[i]["source"] == other["source"]:
                yield kind, "same source"
            if gold[i]["cue"] == other["cue"]:
                yield kind, "same cue"


def main(corpus: Path, step: str) -> None:
    """Prints one line a kind, in per cent of its gold (found, joint) and of what was found (the rest)."""
    scorer, speech, attribute = shared_scorer(), speech_words(), STEPS[step]()
    total: Counter[tuple[str, str]] = Counter()
    with corpus.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            total.update(counts(row, attributed(row["text"], attribute), scorer, speech))
    columns = ("paired", "joint", "exact", "same source", "same cue")
    print(f"{'kind':<20}{'gold':>6}" + "".join(f"{c:>13}" for c in columns))
    for kind in sorted({k for k, _ in total}, key=lambda k: -total[k, "gold"]):
        base = [total[kind, "gold"]] * 2 + [total[kind, "paired"]] * 3
        shares = (100 * total[kind, c] / max(b, 1) for c, b in zip(columns, base, strict=True))
        print(f"{kind:<20}{total[kind, 'gold']:>6}" + "".join(f"{share:>13.1f}" for share in shares))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "both")
