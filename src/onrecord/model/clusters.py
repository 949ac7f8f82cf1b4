"""Which parties, places, claims or statements people hold to be one: union-find over their merges and splits.

A merge is an edge, as in nomenklatura's resolver: it joins no rows, and an undo or a later split takes it away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onrecord.model.record import Decision, Judgement
from onrecord.model.standing import standing


def clusters(decisions: Iterable[Decision]) -> dict[str, str]:
    """For every id that a merge or split names, the least id of those it is one with.

    >>> merge = lambda one, other, at: Decision(Judgement.MERGE, "party", one, "A", at, other=other, id=at)
    >>> clusters([merge("b", "c", "1"), merge("a", "b", "2")])
    {'a': 'a', 'b': 'a', 'c': 'a'}
    """
    return held(decisions).heads()


def held(decisions: Iterable[Decision]) -> Clusters:
    """What people hold to be one, and what they hold apart.

    The newest wins: going back in time, a merge joins two clusters unless a later split keeps one of theirs apart from
    one of the other's, and a split is passed over where later merges have joined the two.
    """
    found = Clusters()
    for d in reversed(standing(decisions)):
        if d.other is not None and d.judgement is Judgement.MERGE:
            found.join(d.target, d.other)
        elif d.other is not None and d.judgement is Judgement.SPLIT:
            found.part(d.target, d.other)
    return found


class Clusters:
    """Union-find whose head is the least id, with the heads each is kept apart from."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}
        self.apart: dict[str, set[str]] = defaultdict(set)

    def heads(self) -> dict[str, str]:
        return {one: self.head(one) for one in sorted(self.above)}

    def head(self, one: str) -> str:
        while (above := self.above.setdefault(one, one)) != one:
            self.above[one] = self.above[above]
            one = above
        return one

    def part(self, one: str, other: str) -> None:
        one, other = self.head(one), self.head(other)
        if one != other:
            self.apart[one].add(other)
            self.apart[other].add(one)

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.head(one), self.head(other)))
        if low == high or high in self.apart[low]:
            return
        self.above[high] = low
        for kept in self.apart.pop(high, set()):
            self.apart[kept].discard(high)
            self.apart[kept].add(low)
            self.apart[low].add(kept)
