"""The network of the learned attribution, as it is run: what goes in, what comes out, and the shipped weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.reading.attribution.learned.pieces import Pieces
from onrecord.reading.attribution.learned.windows import Batch
from onrecord.reading.attribution.learned.words import Ints

Floats = NDArray[np.float32]

_FOLDER = "data/en/attribution"


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """What the encoder makes of each word (windows x words, the last three with vectors): the logit that it stands for
    a cue, and its vectors as a word that is seen, as a cue that sees, and as the gate of one."""

    found: Floats
    words: Floats
    cues: Floats
    gates: Floats


class Network(Protocol):
    """Two functions with weights: one for windows of words, one for cues and the words they see."""

    def encode(self, batch: Batch) -> Encoded: ...

    def link(self, words: Floats, cues: Floats, gates: Floats, seen: Ints) -> Floats:
        """The logits of the four roles (other, source, cue, content): cues x words x 4."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class OnnxNetwork:
    """The shipped network: int8 weights run by onnxruntime on one thread, so that equal input gives equal output."""

    encoder: Any
    linker: Any

    def encode(self, batch: Batch) -> Encoded:
        """One window at a time: nothing is padded, and no window's rounding depends on the others."""
        outputs = [self._encode_one(batch, i, int(length)) for i, length in enumerate(batch.lengths)]
        return Encoded(*(np.concatenate(parts) for parts in zip(*outputs, strict=True)))

    def _encode_one(self, batch: Batch, i: int, length: int) -> list[Floats]:
        fed = {
            "pieces": batch.pieces[i : i + 1, :length].astype(np.int32),
            "features": batch.features[i : i + 1, :length].astype(np.int32),
            "places": batch.places[i : i + 1],
        }
        outputs: list[Floats] = self.encoder.run(["found", "words", "cues", "gates"], fed)
        return outputs

    def link(self, words: Floats, cues: Floats, gates: Floats, seen: Ints) -> Floats:
        fed = {"words": words, "cues": cues, "gates": gates, "seen": seen.astype(np.int32)}
        logits: Floats = self.linker.run(["roles"], fed)[0]
        return logits


def weights_are_there() -> bool:
    """Whether the package holds weights: who may not ship them can leave them out."""
    return (files("onrecord.reading") / _FOLDER / "encoder.onnx").is_file()


@cache
def shipped_digest() -> str:
    """Eight hex digits over the shipped weights and the vocabulary."""
    whole = blake2b(digest_size=4)
    for name in ("encoder.onnx", "linker.onnx", "pieces.txt"):
        whole.update(blake2b((files("onrecord.reading") / _FOLDER / name).read_bytes()).digest())
    return whole.hexdigest()


@cache
def shipped_network() -> OnnxNetwork:
    """The network trained by ``training/attribution``, loaded once."""
    return OnnxNetwork(_session("encoder.onnx"), _session("linker.onnx"))


def _session(name: str) -> Any:
    import onnxruntime  # a third of a second to import: only who reads with the learned step pays it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    model = (files("onrecord.reading") / _FOLDER / name).read_bytes()
    return onnxruntime.InferenceSession(
        model,
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # the fused kernel takes three times as long as its parts
    )


@cache
def shipped_pieces() -> Pieces:
    """The encoder's vocabulary: one piece a line, its number the line's."""
    text = (files("onrecord.reading") / _FOLDER / "pieces.txt").read_text(encoding="utf-8")
    return Pieces({piece: number for number, piece in enumerate(text.split("\n")[:-1])})
