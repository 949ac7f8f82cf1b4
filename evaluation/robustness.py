"""How attribution holds up when the same articles come in another dress: joint F1 for every variant of PolNeAR dev.

usage: python -m evaluation.robustness [CORPUS.jsonl] [rules|learned|both] [--write]

``--write`` puts the table into docs/quality.md.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from evaluation import SHARED, page
from evaluation.steps import STEPS
from evaluation.variants import VARIANTS, Row
from onrecord.model import Document
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse
from onrecord.reading.steps import Attribute, Attribution


def joint(rows: list[Row], attribute: Attribute, scorer: ModuleType) -> tuple[float, float, float]:
    """Joint F1 in per cent over all, quoted and plain attributions, by the shared scorer."""
    read = [{"id": row["id"], "attributions": attributed(row["text"], attribute)} for row in rows]
    result = scorer.score(rows, read)
    every, quoted, plain = (100 * result[kind]["joint"]["F1"] for kind in ("all", "quoted", "plain"))
    return every, quoted, plain


def attributed(text: str, attribute: Attribute) -> list[Row]:
    """What ``attribute`` finds in ``text``, in the shape of the corpora."""
    return as_rows(attribute(parse(Document(text), language_model())))


def as_rows(found: Iterable[Attribution]) -> list[Row]:
    """Attributions in the shape of the corpora."""
    return [{"source": a.source, "cue": a.cue, "content": a.content} for a in found]


def shared_scorer(name: str = "score_attribution") -> ModuleType:
    """A scorer of the shared folder as a module."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "score" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"evaluation: no scorer {name} at {SHARED / 'score'} (set ONRECORD_SHARED)")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def variants(corpus: Path, attribute: Attribute) -> Iterator[tuple[str, float, float, float, float]]:
    """For each variant its joint F1 over all, quoted and plain, and how far the first is from the text as printed."""
    scorer = shared_scorer()
    with corpus.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    printed = None
    for name, change in VARIANTS.items():
        every, quoted, plain = joint([change(row) for row in rows], attribute, scorer)
        printed = every if printed is None else printed
        yield name, every, quoted, plain, every - printed


def main(arguments: list[str]) -> None:
    """Prints one line a variant, and where asked writes them all."""
    corpus = next((Path(a) for a in arguments if a.endswith(".jsonl")), SHARED / "corpora/polnear/dev.jsonl")
    step = next((a for a in arguments if a in STEPS), "both")
    columns = ("variant", "joint F1", "quoted", "plain", "change")
    print(f"{columns[0]:<34}" + "".join(f"{column:>9}" for column in columns[1:]))
    found = []
    for row in variants(corpus, STEPS[step]()):
        print(f"{row[0]:<34}" + "".join(f"{figure:>9.1f}" for figure in row[1:-1]) + f"{row[-1]:>+9.1f}", flush=True)
        found.append((*row[:-1], f"{row[-1]:+.1f}"))
    if "--write" in arguments:
        page.put(f"robustness: {step}", page.table(columns, found))


if __name__ == "__main__":
    main(sys.argv[1:])
