"""Reads the shared stories and corpora, prints every figure beside its floor, and fails when one falls below.

usage: python -m evaluation [TASK ...] [rules|learned|both] [--raise] [--write]
tasks: stories attribution time quantity geo cluster retrieval, and retold, which takes minutes, when it is named; an
attribution step that is named takes the place of the default

The floors stand in floors.toml. ``--raise`` writes a floor wherever a figure has beaten it; nothing lowers one.
``--write`` puts the tables into docs/quality.md.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from evaluation import SHARED, cluster, page, retold, retrieval, scores
from evaluation.corpora import read_corpus
from evaluation.steps import STEPS

FLOORS = Path(__file__).with_name("floors.toml")
CORPORA = {
    "stories": "stories/stories.jsonl",
    "attribution": "corpora/polnear/dev.jsonl",
    "time": "corpora/time-dev.jsonl",
    "quantity": "corpora/quantity-dev.jsonl",
    "geo": "corpora/geo-dev.jsonl",
}
MATCHING = {"cluster": cluster.evaluated, "retrieval": retrieval.evaluated, "retold": retold.evaluated}
DEFAULT = [*CORPORA, "cluster", "retrieval"]
FIRST = "bakhmut-2023-03-07"


def main(arguments: list[str]) -> int:
    """0 when every figure reaches its floor, 1 when one does not."""
    if not SHARED.is_dir():
        print(f"evaluation: skipped, the shared corpora are not at {SHARED} (set ONRECORD_SHARED)")
        return 0
    tasks = [a for a in arguments if a in CORPORA or a in MATCHING] or DEFAULT
    step = next((a for a in arguments if a in STEPS), "")
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    below = 0
    reached: dict[str, scores.Scores] = {}
    for name, found in evaluated(tasks, step):
        reached[name] = found
        below += show(name, found, floors.get(name, {}))
    if "--raise" in arguments:
        raise_floors(floors, reached)
    if "--write" in arguments:
        write(reached)
    print(f"\n{below} figure(s) below their floor" if below else "\nevery figure reaches its floor")
    return 1 if below else 0


def evaluated(tasks: list[str], step: str) -> Iterator[tuple[str, scores.Scores]]:
    """(table, figures) for each table of each task; the readings are thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        for task in tasks:
            if task in MATCHING:
                yield from MATCHING[task]()
                continue
            readings = Path(folder) / f"{task}.jsonl"
            corpus = SHARED / CORPORA[task]
            read_corpus(corpus, readings, step)
            yield from scored(task, corpus, readings)


def scored(task: str, corpus: Path, readings: Path) -> Iterator[tuple[str, scores.Scores]]:
    """(table, figures) of one task's readings."""
    if task == "stories":
        gold = sorted(p for p in (SHARED / "gold").glob("*.json") if not p.name.startswith("cluster"))
        yield "stories", scores.statements(readings, gold)
        yield "first story", scores.statements(readings, [p for p in gold if p.stem == FIRST])
        attributions = corpus.with_name("stories-attribution.jsonl")
        yield "stories, attribution", scores.attribution(readings, attributions)
    elif task == "attribution":
        yield "PolNeAR dev", scores.attribution(readings, corpus)
    else:
        for name, found in scores.mentions(task, readings, corpus):
            yield f"{task}: {name}", found


def show(name: str, found: scores.Scores, floors: scores.Scores) -> int:
    """Prints one table; the number of figures below their floor."""
    print(f"\n{name}")
    below = 0
    for figure, floor in floors.items():
        if figure not in found:
            print(f"  {figure:18} {'missing':>6}   floor {floor:5.1f}   BELOW")
            below += 1
    for figure, value in found.items():
        told = floors.get(figure)
        mark = "" if told is None else f"   floor {told:5.1f}" + ("   BELOW" if value < told else "")
        below += told is not None and value < told
        print(f"  {figure:18} {value:6.1f}{mark}")
    return below


def raise_floors(floors: dict[str, scores.Scores], reached: dict[str, scores.Scores]) -> None:
    """Writes the floors that were beaten, a point below what was reached: other processors round the network's int8
    weights otherwise, and that must not fail CI."""
    text = FLOORS.read_text(encoding="utf-8").splitlines()
    table = ""
    for i, row in enumerate(text):
        if row.startswith("["):
            table = row.strip("[]").strip('"')
        elif " = " in row and table in reached:
            key, _, old = row.partition(" = ")
            new = round(reached[table].get(key.strip('"'), 0.0) - 1.0, 1)
            if new > float(old.split("#")[0]):
                text[i] = f"{key} = {new}"
    FLOORS.write_text("\n".join(text) + "\n", encoding="utf-8")


def place(name: str) -> tuple[str, str]:
    """The marks a table goes between on the page on quality, and its row there: corpora of one task stand together.

    >>> place("time: gum"), place("first story"), place("PolNeAR dev")
    (('time', 'gum'), ('stories', 'first story'), ('PolNeAR dev', 'PolNeAR dev'))
    """
    if name == "first story":
        return "stories", name
    task, _, corpus = name.partition(": ")
    return task, corpus or name


def write(reached: dict[str, scores.Scores]) -> None:
    """Puts what was reached into the page on quality, between its marks; tables not read this time stay."""
    tables: dict[str, dict[str, scores.Scores]] = {}
    for name, found in reached.items():
        marks, row = place(name)
        tables.setdefault(marks, {})[row] = found
    for marks, rows in tables.items():
        page.put(marks, page.wide(rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
