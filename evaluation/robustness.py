"""How attribution holds up when the same articles come in another dress: joint F1 for every variant of PolNeAR dev.

usage: python -m evaluation.robustness [CORPUS.jsonl] [rules|learned|both]
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

from evaluation import SHARED
from evaluation.steps import STEPS
from evaluation.variants import VARIANTS, Row
from onrecord.model import Document
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse
from onrecord.reading.steps import Attribute


def joint(rows: list[Row], attribute: Attribute, scorer: ModuleType) -> tuple[float, float, float]:
    """Joint F1 in per cent over all, quoted and plain attributions, by the shared scorer."""
    read = [{"id": row["id"], "attributions": attributed(row["text"], attribute)} for row in rows]
    result = scorer.score(rows, read)
    every, quoted, plain = (100 * result[kind]["joint"]["F1"] for kind in ("all", "quoted", "plain"))
    return every, quoted, plain


def attributed(text: str, attribute: Attribute) -> list[Row]:
    """What ``attribute`` finds in ``text``, in the shape of the corpora."""
    found = attribute(parse(Document(text), language_model()))
    return [{"source": a.source, "cue": a.cue, "content": a.content} for a in found]


def shared_scorer(name: str = "score_attribution") -> ModuleType:
    """A scorer of the shared folder as a module."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "score" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"evaluation: no scorer {name} at {SHARED / 'score'} (set ONRECORD_SHARED)")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(corpus: Path, attribute: Attribute) -> None:
    """Prints one line a variant with how far it falls from the text as printed."""
    scorer = shared_scorer()
    with corpus.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    print(f"{'variant':<34}{'joint F1':>9}{'quoted':>9}{'plain':>9}{'change':>9}")
    printed = None
    for name, change in VARIANTS.items():
        every, quoted, plain = joint([change(row) for row in rows], attribute, scorer)
        printed = every if printed is None else printed
        print(f"{name:<34}{every:>9.1f}{quoted:>9.1f}{plain:>9.1f}{every - printed:>+9.1f}", flush=True)


if __name__ == "__main__":
    given = [a for a in sys.argv[1:] if a not in STEPS]
    step = next((a for a in sys.argv[1:] if a in STEPS), "both")
    main(Path(given[0]) if given else SHARED / "corpora/polnear/dev.jsonl", STEPS[step]())
