"""Claims, updates, drift and conflicts of the shared cluster of stories, scored by the shared scorer.

usage: python -m evaluation cluster

Twice: over the stories as the program reads them, and over the statements of the gold, which tells what is lost in
matching and reconciling alone.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evaluation import SHARED, conflicts
from evaluation.conflicts import CLUSTER, appearances, read, stories, written
from evaluation.scores import Scores
from onrecord.matching import Matching, match
from onrecord.model import Appearance

NAMES = {"claims     B3": "claims", "drift": "drift", "drift pairs": "drift pairs"}


def evaluated() -> Iterator[tuple[str, Scores]]:
    """(table, figures) for the stories as read, and as a person wrote them down."""
    keys = stories(CLUSTER)
    yield "cluster: as read", scores(list(appearances(read(keys))))
    yield "cluster: statements of the gold", scores(list(written(keys)))


def scores(given: Sequence[Appearance]) -> Scores:
    """F1 of claims, drift and pairs that drifted; how many updates were found that are none; conflicts found."""
    printed, clashes = scored(match(given), given), conflicts.scored(list(given))
    found: Scores = {}
    for row in printed.splitlines():
        name = row[:13].strip()
        if f1 := re.search(r"F1\s+([\d.]+)", row):
            if name in NAMES:
                found[NAMES[name]] = float(f1[1])
            elif name == "updates":
                told, right = re.search(r"pred (\d+)", row), re.search(r"P\s+([\d.]+)", row)
                found["updates invented"] = int(told[1]) * (1 - float(right[1]) / 100) if told and right else 0.0
    for name, letter in (("precision", "P"), ("recall", "R")):
        if share := re.search(rf"{letter}\s+([\d.]+)", clashes):
            found[f"conflicts {name}"] = float(share[1])
    return found


def scored(found: Matching, given: Iterable[Appearance]) -> str:
    """What the scorer prints of what was found."""
    where = {one.statement.id: _reference(one) for one in given}
    claims = (
        {
            "id": claim.id,
            "statements": [where[id_] for id_ in claim.statements],
            "updates": [{"from": where[one.from_], "to": where[one.to]} for one in claim.updates],
        }
        for claim in sorted(found.claims, key=lambda claim: (-claim.texts, claim.id))
    )
    drift = ({"from": where[one.from_], "to": where[one.to], "field": one.field} for one in found.drifts)
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("claims.jsonl", "drift.jsonl")]
        for file, rows in zip(files, (claims, drift), strict=True):
            file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        paths = (SHARED / "score" / "score_cluster.py", CLUSTER, SHARED / "gold", files[0], "--drift", files[1])
        return subprocess.run([sys.executable, *map(str, paths)], check=True, capture_output=True, text=True).stdout


def _reference(one: Appearance) -> dict[str, object]:
    return {"id": one.statement.id, "document": one.key, "spans": [list(span) for span in one.statement.content.spans]}
