"""Runs the shared scorers and reads the figures they print."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from evaluation import SHARED

Scores = dict[str, float]


def _run(script: str, *arguments: str | Path) -> str:
    command = [sys.executable, str(SHARED / "score" / script), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def statements(readings: Path, gold: Iterable[Path]) -> Scores:
    """Whole statements against hand-written gold: per cent by the scorer's own names."""
    printed = _run("score_statements.py", readings, *gold)
    rows = re.findall(r"^(\w[\w ]*?)\s+([\d.]+)(?:\s+\d+/\d+)?\s*$", printed, re.MULTILINE)
    return {name: float(value) for name, value in rows}


def attribution(readings: Path, gold: Path) -> Scores:
    """Joint F1, the recall over speech cues, and exact spans."""
    printed = _run("score.py", "attribution", gold, readings)
    scores = {}
    for name in ("all", "quoted", "plain"):
        found = re.search(rf"^{name} JOINT.*F1\s+([\d.]+)", printed, re.MULTILINE)
        scores["joint" if name == "all" else f"joint {name}"] = float(found[1]) if found else 0.0
    for role, value in re.findall(r"^(\w+)\s+exact span.*F1 ([\d.]+)", printed, re.MULTILINE):
        scores[f"exact {role}"] = float(value)
    if found := re.search(r"speech cues R ([\d.]+)", printed):
        scores["speech cues"] = float(found[1])
    return scores


def mentions(task: str, readings: Path, gold: Path) -> Iterator[tuple[str, Scores]]:
    """``time``, ``quantity`` or ``geo``: (corpus, figures) for each corpus in ``gold``."""
    pick = {"time": _time, "quantity": _quantity, "geo": _geo}[task]
    for corpus, figures in _rows(task, gold, readings):
        yield corpus, pick(figures)
    if task == "time":  # GUM marks nothing but days and times of day
        for corpus, figures in _rows(task, gold, readings, "--types", "DATE,TIME"):
            if corpus == "gum_news":
                yield f"{corpus}, DATE and TIME only", pick(figures)


def _rows(task: str, gold: Path, readings: Path, *options: str) -> Iterator[tuple[str, dict[str, dict[str, float]]]]:
    for row in _run("score.py", task, gold, readings, *options).splitlines():
        corpus, _, figures = row.partition(" {")
        yield corpus, json.loads("{" + figures)


def _time(found: dict[str, dict[str, float]]) -> Scores:
    return {k: found[k]["F1"] for k in ("strict", "relaxed", "value", "interval")}


def _quantity(found: dict[str, dict[str, float]]) -> Scores:
    return {
        name: found[key]["F1"]
        for name, key in (("value", "value"), ("+unit", "value+unit"), ("all", "value+unit+bound"))
    }


def _geo(found: dict[str, dict[str, float]]) -> Scores:
    return {"within 161 km": found["end2end"]["acc161"], "recognised": found["recog_overlap"]["F1"]}
