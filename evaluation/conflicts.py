"""Conflicts of the shared cluster of stories: of the figures as read, and of those that a person wrote down.

usage: python -m evaluation.conflicts

The first row is what the program finds in the stories; the second is what it finds in the statements of the gold, and
so what is lost in reconciling alone. Both are scored by the shared scorer: a predicted conflict is right when it holds
a pair of the gold.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from evaluation import SHARED
from evaluation.corpora import read_all
from onrecord.model import (
    Act,
    Appearance,
    Document,
    Factuality,
    Figure,
    FigureKind,
    FindingKind,
    Party,
    PartyKind,
    Period,
    Place,
    PlaceKind,
    Precision,
    Quotation,
    Reading,
    Relay,
    Span,
    Statement,
    Words,
)
from onrecord.reconciling import findings

CLUSTER = SHARED / "gold" / "cluster-manbij.json"
KINDS = {"town": "settlement", "village": "settlement"}
SINGULAR = {"civilians": "civilian", "children": "child", "women": "woman", "people": "person"}


def main() -> int:
    """Prints both rows."""
    keys = stories(CLUSTER)
    print("as read   ", scored(list(appearances(read(keys)))))
    print("as written", scored(list(written(keys))))
    return 0


def read(keys: Collection[str]) -> Iterator[Reading]:
    """The readings of the stories with these keys."""
    rows = map(json.loads, (SHARED / "stories" / "stories.jsonl").read_text(encoding="utf-8").splitlines())
    wanted = [row for row in rows if row["id"] in keys]
    yield from read_all(
        Document(row["text"], row["id"], date.fromisoformat(row["published"]), row.get("title"), row.get("publisher"))
        for row in wanted
    )


def stories(cluster: Path) -> set[str]:
    """The keys of the documents that a cluster is about."""
    gold = json.loads(cluster.read_text(encoding="utf-8"))
    return {key for part in ("claims", "conflicts") for entry in gold[part] for key, _ in entry["members"]}


def appearances(readings: Iterable[Reading]) -> Iterator[Appearance]:
    """The statements of readings, as they stand on the record."""
    for reading in readings:
        document = reading.document
        texts = {caveat.id: caveat.text for caveat in reading.caveats}
        for statement in reading.statements:
            hedged = tuple(texts[caveat] for caveat in statement.caveats if caveat in texts)
            yield Appearance(
                statement, document.id, document.key, document.published, document.publisher, hedged=hedged
            )


def scored(given: list[Appearance]) -> str:
    """What the shared scorer says of the conflicts among statements."""
    where = {one.statement.id: {"document": one.key, "spans": one.statement.content.spans} for one in given}
    with tempfile.TemporaryDirectory() as folder:
        claims, check = Path(folder) / "claims.jsonl", Path(folder) / "check.jsonl"
        claims.write_text("", encoding="utf-8")
        lines = (
            json.dumps({"kind": "conflict", "statements": [where[one] for one in found.statements]})
            for found in findings(given)
            if found.kind is FindingKind.CONFLICT
        )
        check.write_text("\n".join(lines), encoding="utf-8")
        paths = (SHARED / "score" / "score_cluster.py", CLUSTER, SHARED / "gold", claims, "--check", check)
        printed = subprocess.run([sys.executable, *map(str, paths)], check=True, capture_output=True, text=True).stdout
    found = re.search(r"^conflicts\s+(.*)$", printed, re.MULTILINE)
    return found[1] if found else printed


def written(keys: Iterable[str]) -> Iterator[Appearance]:
    """The statements of the gold, with the figures that a person wrote down."""
    for key in sorted(keys):
        gold = json.loads((SHARED / "gold" / f"{key}.json").read_text(encoding="utf-8"))
        for entry in gold["statements"]:
            yield Appearance(_statement(key, entry), key, key, date.fromisoformat(gold["published"]))


def _statement(key: str, entry: dict[str, Any]) -> Statement:
    names = entry["claimant"] if isinstance(entry["claimant"], list) else [entry["claimant"]]
    source = entry["source"]["text"] if entry["source"] else None
    parties = tuple(_party(name, entry["kind"], source) for name in names if name != "author")
    said = entry["said"]
    return Statement(
        f"{key}/{entry['n']}", _words(entry["content"]), _maybe(entry["cue"]), _maybe(entry["source"]), parties,
        tuple(Relay(name, ()) for name in entry["relays"]), None, Act(entry["act"]),
        Quotation(entry["quotation"]), Factuality(entry["factuality"]), said=_period(said) if said else None,
        figures=tuple(map(_figure, entry["figures"])), places=tuple(map(_place, entry["places"])),
    )  # fmt: skip


def _party(name: str, kind: str | list[str], source: str | None) -> Party:
    """A party of the gold; the words of its source stand for a person's role."""
    if name.startswith("unnamed"):
        return Party(name, name, PartyKind.UNNAMED)
    person = kind == "person"
    return Party(name, name, PartyKind.PERSON if person else PartyKind.ORGANISATION, source if person else None)


def _figure(entry: dict[str, Any]) -> Figure:
    value, low, high = entry.get("value"), entry.get("low"), entry.get("high")
    bare = low is None and high is None
    comparator = "=" if bare else ">=" if high is None else "<=" if low is None else "~"
    period = entry.get("period")
    return Figure(
        tuple(Span(*span) for span in entry["spans"]), entry["text"], FigureKind(entry["kind"]), comparator,
        entry["measure"], SINGULAR.get(entry.get("of", ""), entry.get("of")), entry.get("side"), value,
        value if bare else low, value if bare else high, entry["unit"], _period(period) if period else None,
        place=entry.get("place"),
    )  # fmt: skip


def _place(entry: dict[str, Any]) -> Place:
    kind = KINDS.get(entry["kind"], entry["kind"])
    return Place(
        tuple(Span(*span) for span in entry["spans"]), entry["text"], entry["name"], PlaceKind(kind), entry["lat"],
        entry["lon"], 5000,
    )  # fmt: skip


def _period(days: list[str]) -> Period:
    return Period(date.fromisoformat(days[0]), date.fromisoformat(days[1]), Precision.RANGE, "", ())


def _maybe(entry: dict[str, Any] | None) -> Words | None:
    return _words(entry) if entry else None


def _words(entry: dict[str, Any]) -> Words:
    return Words(tuple(Span(*span) for span in entry["spans"]), entry["text"])


if __name__ == "__main__":
    sys.exit(main())
