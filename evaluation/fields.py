"""How often each field of a statement is wrong, over the shared stories that hand-written gold exists for.

usage: python -m evaluation.fields [rules|learned|both] [--write]

Counted by the shared scorer: a field counts where the statement was read and the gold tells it. ``--write`` puts the
table into docs/quality.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from evaluation import SHARED, page
from evaluation.corpora import readings
from evaluation.robustness import shared_scorer

STORIES = "stories/stories.jsonl"
# The scorer's names and those of the contract.
FIELDS = {
    "recall": "statement not read",
    "precision": "statement read that is none",
    "source": "source: its words",
    "claimant": "claimant",
    "relay recall": "relay not read",
    "relay precision": "relay read that is none",
    "act": "act",
    "quotation": "quotation",
    "factuality": "factuality",
    "said": "said: its days",
    "caveat recall": "caveat not read",
    "caveat precision": "caveat read that is none",
    "figure value": "figure: value",
    "figure measure": "figure: measure",
    "figure side": "figure: side",
    "figure period": "figure: period",
    "place 25 km": "place: more than 25 km off",
    "place name": "place: name of a region or country",
    "whole": "anything of the above that makes a statement whole",
}


def tallied(step: str) -> dict[str, list[int]]:
    """(right, of) for each name of the scorer."""
    scorer = shared_scorer("score_statements")
    tally: dict[str, list[int]] = {}
    for reading in map(json.loads, readings(SHARED / STORIES, step)):
        document = reading["document"]
        gold = SHARED / "gold" / f"{document['key']}.json"
        if gold.exists():
            scorer.score(json.loads(gold.read_text(encoding="utf-8")), reading, document["text"], tally)
    return tally


def rows(tally: dict[str, list[int]]) -> Iterator[tuple[str, str, str, float]]:
    """Field, how many are wrong, of how many, and the error rate in per cent."""
    for name, field in FIELDS.items():
        right, of = tally.get(name, [0, 0])
        yield field, str(of - right), str(of), 100 * (of - right) / max(of, 1)


def main(arguments: list[str]) -> None:
    """Prints, and where asked writes, the error rates."""
    step = next((a for a in arguments if not a.startswith("-")), "both")
    table = page.table(("field", "wrong", "of", "per cent wrong"), rows(tallied(step)))
    print(table)
    if "--write" in arguments:
        page.put("fields", table)


if __name__ == "__main__":
    main(sys.argv[1:])
