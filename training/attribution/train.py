"""Trains the network on PolNeAR, epoch by epoch, with checkpoints that a later run takes up."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.reading.attribution.learned.pieces import Pieces
from onrecord.reading.attribution.learned.windows import Window, breaks_before, row_of, seen_from, stacked
from training.attribution.examples import CONTENT, CUE, SOURCE, Example
from training.attribution.network import RELATIONS, Network, warmed_then_cooled


def half_is_fast() -> bool:
    """Whether this CPU has units for bfloat16; without them it takes ten times as long as full precision."""
    return torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train; steps are batches of ``batch`` windows, about 510 an epoch."""

    steps: int = 2000
    batch: int = 8
    longest: int = 256
    rate: float = 2e-4
    head_rate: float = 1.5e-3
    warm: int = 150
    cool: int = 600
    kept: int = 50
    masked: float = 0.04
    dressed: float = 0.35
    seed: int = 20261124
    half: bool = field(default_factory=half_is_fast)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One window of one example."""

    example: Example
    window: Window


def cut(example: Example, longest: int, chance: random.Random) -> Iterator[Piece]:
    """Windows that follow one another; the first is of a chance length, so that no cut falls twice in one place."""
    words = example.words
    weights = np.concatenate([[0], np.cumsum(np.diff(words.firsts) + breaks_before(words))])
    start, room = 0, chance.randint(longest // 2, longest) - 2
    while start < len(words):
        end = max(int(np.searchsorted(weights, weights[start] + room, side="right")) - 1, start + 1)
        if end < len(words):  # to the end of a sentence, if one ends in the last quarter
            ends = np.flatnonzero(np.diff(words.sentences[start : end + 1]))
            if len(ends) and ends[-1] + 1 > (end - start) * 0.6:
                end = start + int(ends[-1]) + 1
        yield Piece(example, Window(start, end, start, end))
        start, room = end, longest - 2


@dataclass(frozen=True, slots=True, eq=False)
class Fed:
    """One batch with what should come out of it."""

    pieces: Tensor
    features: Tensor
    lengths: Tensor
    places: Tensor
    real: Tensor  # windows x words: is there a word
    anchors: Tensor  # windows x words
    spared: Tensor  # windows x words: words of a cue that do not stand for it, not counted against
    flat: Tensor  # windows x words x 3
    rows: Tensor  # cues: their window
    cues: Tensor  # cues: their word
    seen: Tensor  # cues x words x 4
    roles: Tensor  # cues x words


def fed(batch: Sequence[Piece], pieces: Pieces, plan: Plan, dice: np.random.Generator) -> Fed:
    arrays = stacked([row_of(p.example.words, p.window, pieces) for p in batch])
    words = arrays.places.shape[1]
    real = np.zeros((len(batch), words), bool)
    anchors, spared = np.zeros(real.shape, np.float32), np.zeros(real.shape, bool)
    flat = np.zeros((*real.shape, 3), np.float32)
    rows, cues, seen, roles = [], [], [], []
    for i, p in enumerate(batch):
        a, b = p.window.start, p.window.end
        real[i, : b - a] = True
        for anchor, role in zip(p.example.anchors, p.example.roles, strict=True):
            part = role[a:b]
            for k, kind in enumerate((SOURCE, CUE, CONTENT)):
                flat[i, : b - a, k] = np.maximum(flat[i, : b - a, k], part == kind)
            spared[i, : b - a] |= part == CUE
            if a <= anchor < b:
                anchors[i, anchor - a] = 1
                rows.append(i)
                cues.append(anchor - a)
                seen.append((p.example.words, anchor, a, b))
                roles.append(part)
    table = np.full((len(rows), words), -100, np.int64)
    relation = np.zeros((len(rows), words, 4), np.int64)
    for j, (role, (of, anchor, a, b)) in enumerate(zip(roles, seen, strict=True)):
        table[j, : b - a] = role
        relation[j, : b - a] = seen_from(of, anchor, a, b, RELATIONS)
    given, features = arrays.pieces, arrays.features
    hidden = (dice.random(given.shape) < plan.masked) & (given > 999)  # below are the encoder's marks
    given[hidden] = pieces.vocabulary["[MASK]"]
    features[dice.random(features.shape) < 0.03] = 0
    features[dice.random(len(features)) < 0.05] = 0
    t = torch.from_numpy
    return Fed(
        t(given), t(features), t(arrays.lengths), t(arrays.places), t(real), t(anchors), t(spared & (anchors == 0)),
        t(flat), torch.tensor(rows, dtype=torch.long), torch.tensor(cues, dtype=torch.long), t(relation), t(table),
    )  # fmt: skip


def loss_of(network: Network, f: Fed, plan: Plan, batch: Sequence[Piece]) -> tuple[Tensor, tuple[float, ...]]:
    with torch.autocast("cpu", torch.bfloat16, enabled=plan.half):
        h = network.hidden(f.pieces, f.features, f.lengths, f.places, plan.half)
    h = F.dropout(h.float(), 0.1)
    found, as_word, as_cue, gate = network.encode(h)
    cues_given = max(len(f.rows), 1)
    weight = f.real & ~f.spared
    finding = F.binary_cross_entropy_with_logits(found, f.anchors, weight.float(), reduction="sum") / cues_given
    flat = F.binary_cross_entropy_with_logits(network.flat(h), f.flat, reduction="none")[f.real].mean()
    rows, cues, seen, roles = f.rows, f.cues, f.seen, f.roles
    wrong = _wrong(found, f, cues_given // 4)
    if wrong is not None and len(rows):
        rows, cues = torch.cat([rows, wrong[0]]), torch.cat([cues, wrong[1]])
        seen = torch.cat([seen, _seen(batch, wrong, f)])
        roles = torch.cat([roles, torch.where(f.real[wrong[0]], 0, -100)])
    with torch.autocast("cpu", torch.bfloat16, enabled=plan.half):
        logits = network.link(as_word[rows], as_cue[rows, cues], gate[rows, cues], seen)
    each = F.cross_entropy(logits.float().transpose(1, 2), roles, ignore_index=-100, reduction="none").sum(1)
    linking = each[:cues_given].mean() + 0.25 * (each[cues_given:].sum() / cues_given)
    total = finding + 0.25 * linking + flat
    return total, (finding.item(), linking.item(), flat.item())


def _wrong(found: Tensor, f: Fed, most: int) -> tuple[Tensor, Tensor] | None:
    """The words most like a cue that are none: the linker should find nothing for them."""
    scores = found.detach().masked_fill(~f.real | f.spared | (f.anchors > 0), -1e9).flatten()
    best = scores.topk(min(most, len(scores))).indices
    best = best[scores[best] > -3]
    if not len(best):
        return None
    return best // found.shape[1], best % found.shape[1]


def _seen(batch: Sequence[Piece], wrong: tuple[Tensor, Tensor], f: Fed) -> Tensor:
    out = torch.zeros((len(wrong[0]), f.real.shape[1], 4), dtype=torch.long)
    for j, (i, k) in enumerate(zip(wrong[0].tolist(), wrong[1].tolist(), strict=True)):
        window = batch[i].window
        seen = seen_from(batch[i].example.words, window.start + k, window.start, window.end, RELATIONS)
        out[j, : len(seen)] = torch.from_numpy(seen)
    return out


def batches(plain: list[Example], other: list[Example], plan: Plan, epoch: int) -> list[list[Piece]]:
    """The epoch's windows in batches of like length, in a chance order that the seed and the epoch fix."""
    chance = random.Random(plan.seed * 1000 + epoch)  # noqa: S311 - no secret
    dress = {e.key: e for e in other}
    taken = [dress[e.key] if e.key in dress and chance.random() < plan.dressed else e for e in plain]
    chance.shuffle(taken)
    windows = [w for e in taken for w in cut(e, plan.longest, chance)]
    chance.shuffle(windows)
    size = 40 * plan.batch
    out = []
    for i in range(0, len(windows), size):
        like = sorted(
            windows[i : i + size],
            key=lambda w: int(w.example.words.firsts[w.window.end] - w.example.words.firsts[w.window.start]),
        )
        out += [like[j : j + plan.batch] for j in range(0, len(like), plan.batch)]
    chance.shuffle(out)
    return out


def without_end(plain: list[Example], other: list[Example], plan: Plan) -> Iterator[list[Piece]]:
    """Batches, epoch after epoch."""
    for epoch in count():
        yield from batches(plain, other, plan, epoch)


@dataclass(slots=True, eq=False)
class Course:
    """A network on its way: what a stopped run needs to be taken up."""

    network: Network
    optimiser: torch.optim.AdamW
    average: dict[str, Tensor]
    step: int = 0

    @classmethod
    def begun(cls, network: Network, plan: Plan) -> Course:
        network.word.weight.requires_grad_(False)  # the words of wars are not those of PolNeAR: they keep their places
        pretrained = ("position", "norm", "layers")
        named = [(n.split(".")[0] in pretrained, p) for n, p in network.named_parameters() if p.requires_grad]
        groups = [
            {"params": [p for old, p in named if old], "lr": plan.rate},
            {"params": [p for old, p in named if not old], "lr": plan.head_rate},
        ]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        return cls(network, optimiser, {k: v.clone() for k, v in network.state_dict().items()})

    def take_up(self, kept: Path) -> None:
        if kept.exists():
            state = torch.load(kept)
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.average, self.step = state["average"], state["step"]

    def keep(self, kept: Path) -> None:
        state = {"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict()}
        torch.save({**state, "average": self.average, "step": self.step}, kept.with_suffix(".part"))
        kept.with_suffix(".part").replace(kept)

    def follow(self, loss: Tensor, plan: Plan) -> None:
        """One step down the loss."""
        factor = warmed_then_cooled(self.step, plan.steps, plan.warm, plan.cool)
        for group, rate in zip(self.optimiser.param_groups, (plan.rate, plan.head_rate), strict=True):
            group["lr"] = rate * factor
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        if self.step % 5 == 0:
            for k, v in self.network.state_dict().items():
                self.average[k].lerp_(v, 0.05) if v.is_floating_point() else self.average[k].copy_(v)


def train(
    network: Network, plain: list[Example], other: list[Example], pieces: Pieces, plan: Plan, folder: Path
) -> Network:
    """The network trained by ``plan``, its weights averaged over the last hundred steps or so. What is needed to go on
    is kept in ``folder`` every ``plan.kept`` steps."""
    course = Course.begun(network.train(), plan)
    course.take_up(folder / "checkpoint.pt")
    began, done, sums = time.time(), 0, np.zeros(3)
    for batch in islice(without_end(plain, other, plan), course.step, plan.steps):
        torch.manual_seed(plan.seed + course.step)
        dice = np.random.default_rng(plan.seed + course.step)
        loss, parts = loss_of(network, fed(batch, pieces, plan, dice), plan, batch)
        course.follow(loss, plan)
        done, sums = done + 1, sums + parts
        if course.step % plan.kept == 0 or course.step == plan.steps:
            course.keep(folder / "checkpoint.pt")
            finding, linking, flat = sums / done
            print(
                f"{course.step}/{plan.steps} {time.time() - began:.0f}s {finding:.3f} {linking:.3f} {flat:.3f}",
                flush=True,
            )
            done, sums = 0, np.zeros(3)
    network.load_state_dict(course.average)
    return network.eval()
