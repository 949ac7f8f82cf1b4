"""What people decided on which statements are one: their merges and splits outrank what the fields say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.matching.voices import Voices
from onrecord.model import Appearance, Decision, Judgement, digest
from onrecord.model.clusters import held
from onrecord.model.standing import standing


@dataclass(frozen=True, slots=True)
class Judged:
    """``merged`` is the head of each statement that people joined with others, ``apart`` pairs of heads they split.

    ``because`` names, by its two statements, who merged them.
    """

    merged: Mapping[str, str]
    apart: frozenset[tuple[str, str]]
    because: Mapping[tuple[str, str], str]

    def decided(self, statement: str) -> bool:
        return statement in self.merged


def claim_id(statement: str) -> str:
    """The id of the claim whose earliest statement this is: it stays with it, whatever is added later."""
    return digest(f"claim|{statement}")[:16]


def judged(decisions: Iterable[Decision], appearances: Sequence[Appearance]) -> Judged:
    """What holds of statements. A claim that is merged or split stands for its earliest statement."""
    first = {claim_id(appearance.statement.id): appearance.statement.id for appearance in appearances}
    every = list(decisions)
    undos = [d for d in every if d.judgement is Judgement.UNDO]
    of = [d for d in every if d.of == "statement"] + [
        replace(d, target=first.get(d.target, d.target), other=d.other and first.get(d.other, d.other))
        for d in every
        if d.of == "claim"
    ]
    both = [*of, *undos]
    holds = held(both)
    because = {
        (min(d.target, d.other), max(d.target, d.other)): d.by
        for d in standing(both)
        if d.judgement is Judgement.MERGE and d.other
    }
    return Judged(holds.heads(), _apart(holds.apart, holds.heads()), because)


def voices(decisions: Iterable[Decision], appearances: Sequence[Appearance]) -> Voices:
    """The voices of the claimants on the record, with the parties that people merged or split."""
    every = list(decisions)
    holds = held(d for d in every if d.of == "party" or d.judgement is Judgement.UNDO)
    parties = (party for appearance in appearances for party in appearance.statement.claimant)
    return Voices(parties, holds.heads(), _apart(holds.apart, holds.heads()))


def _apart(apart: Mapping[str, Iterable[str]], heads: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (min(one, other), max(one, other)) for one, others in apart.items() if heads.get(one) == one for other in others
    )
