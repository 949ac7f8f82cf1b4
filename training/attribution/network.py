"""The network in torch: MiniLM told about the parse, a finder of cues, and a linker that reads the text from a cue."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reading.attribution.learned.windows import (
    NUMBER_OF_DISTANCES,
    NUMBER_OF_QUOTE_RELATIONS,
    NUMBER_OF_SIDES,
    number_of_paths,
)
from onrecord.reading.attribution.learned.words import feature_sizes, number_of_features

HIDDEN, HEADS, LAYERS, INNER, LONGEST = 384, 12, 6, 1536, 512
LINK = 96
RELATIONS = feature_sizes()[1]
SEEN = (number_of_paths(RELATIONS), NUMBER_OF_DISTANCES, NUMBER_OF_SIDES, NUMBER_OF_QUOTE_RELATIONS)


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019), normalised after each half."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        # faster in half precision on a CPU than scaled_dot_product_attention, whose backward pass is not
        weights = torch.softmax(((q * (HIDDEN // HEADS) ** -0.5) @ k.transpose(2, 3)).add_(mask), -1)
        seen = self.out((weights.to(v.dtype) @ v).transpose(1, 2).reshape(b, n, HIDDEN))
        x = self.norm1(x + seen)
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Network(nn.Module):
    """``encode`` gives, for every word of every window, the logit that it is a cue and two vectors (as a word seen, as
    a cue that sees); ``link`` gives the four roles' logits of every word for some cues."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, HIDDEN, padding_idx=0)
        self.position = nn.Embedding(LONGEST, HIDDEN)
        self.feature = nn.Embedding(number_of_features(), HIDDEN, padding_idx=0)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.find = nn.Sequential(nn.Linear(HIDDEN, LINK), nn.GELU(), nn.Linear(LINK, 1))
        self.flat = nn.Linear(HIDDEN, 3)
        self.as_word = nn.Linear(HIDDEN, LINK)
        self.as_cue = nn.Linear(HIDDEN, LINK)
        self.seen = nn.Embedding(sum(SEEN), LINK)
        self.gate = nn.Linear(HIDDEN, LINK)
        self.near = nn.ModuleList(nn.Conv1d(LINK, LINK, 3, padding=d, dilation=d) for d in (1, 2, 4))
        self.role = nn.Linear(LINK, 4)
        self.dropout = dropout
        nn.init.normal_(self.feature.weight, std=0.01)
        nn.init.normal_(self.seen.weight, std=0.1)
        offsets = torch.tensor([0, *SEEN[:-1]]).cumsum(0)
        self.register_buffer("offsets", offsets)

    def hidden(self, pieces: Tensor, features: Tensor, lengths: Tensor, places: Tensor, half: bool = False) -> Tensor:
        n = pieces.shape[1]
        x = self.word(pieces) + self.position.weight[:n] + self.feature(features).sum(2)
        x = F.dropout(self.norm(x), self.dropout if self.training else 0.0)
        beyond = torch.arange(n)[None] >= lengths[:, None]
        if half:
            x = x.bfloat16()
        mask = torch.zeros(beyond.shape, dtype=x.dtype).masked_fill(beyond, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x.gather(1, places[:, :, None].expand(-1, -1, HIDDEN))

    def encode(self, h: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        return self.find(h)[..., 0], self.as_word(h), self.as_cue(h), self.gate(h)

    def link(self, words: Tensor, cue: Tensor, gate: Tensor, seen: Tensor) -> Tensor:
        """``words`` cues x words x LINK, ``cue`` and ``gate`` cues x LINK, ``seen`` cues x words x 4."""
        x = words * torch.sigmoid(gate)[:, None] + cue[:, None] + self.seen(seen + self.offsets).sum(2)
        x = F.gelu(x)
        for conv in self.near:
            x = x + F.gelu(conv(x.transpose(1, 2)).transpose(1, 2))
        return self.role(x)


def pretrained(folder: Path, dropout: float = 0.1) -> Network:
    """The network with MiniLM's weights (all-MiniLM-L6-v2, Apache-2.0) and a fresh finder and linker."""
    old = load_file(folder / "model.safetensors")
    network = Network(len(old["embeddings.word_embeddings.weight"]), dropout)
    new = network.state_dict()
    new["word.weight"] = old["embeddings.word_embeddings.weight"]
    kind = old["embeddings.token_type_embeddings.weight"][0]
    new["position.weight"] = old["embeddings.position_embeddings.weight"] + kind
    new["norm.weight"] = old["embeddings.LayerNorm.weight"]
    new["norm.bias"] = old["embeddings.LayerNorm.bias"]
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for i in range(LAYERS):
        prefix = f"encoder.layer.{i}."
        for part in ("weight", "bias"):
            whole = [old[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            new[f"layers.{i}.qkv.{part}"] = torch.cat(whole)
            for name, theirs in names.items():
                new[f"layers.{i}.{name}.{part}"] = old[f"{prefix}{theirs}.{part}"]
    network.load_state_dict(new)
    return network


def warmed_then_cooled(step: int, steps: int, warm: int, cool: int) -> float:
    """The learning rate's factor at ``step``: up over ``warm`` steps, level, down to nothing over the last ``cool``. A
    run can be taken up from its level part and cooled later (Hu et al. 2024, warmup-stable-decay)."""
    return min(1.0, (step + 1) / warm, max(0.0, (steps - step) / cool))
