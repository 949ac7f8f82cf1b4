"""Gathers linked statements into claims: the strongest links first, never two that contradict each other.

Greedy agglomeration for correlation clustering (Elsner and Schudy 2009; Keuper et al. 2015): a link joins two clusters
only while enough of the pairs between them agree, so that a chain of likenesses does not join what is unlike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from onrecord.matching.figures import contradict
from onrecord.matching.judging import Judged
from onrecord.matching.linking import Link, Linker
from onrecord.matching.tellings import Telling

_LOOKED_AT = 4  # statements of a cluster that are compared with those of another
_AGREE = 0.5


class Clusters:
    """Which tellings are one, by their places in ``tellings``: union-find whose head is the earliest."""

    def __init__(self, tellings: Sequence[Telling], links: Iterable[Link], held: Judged, linker: Linker) -> None:
        self.tellings = tellings
        self.linker = linker
        self.above = list(range(len(tellings)))
        self.shown: dict[int, list[int]] = {}
        self.apart: dict[int, set[int]] = {}
        self.known: dict[tuple[int, int], bool] = {}
        self._judged(held)
        for one in sorted((one for one in links if one.claim), key=lambda x: (-x.score, x.one.n, x.other.n)):
            self.known[one.one.n, one.other.n] = True
            self._join(one.one.n, one.other.n)

    def head(self, one: int) -> int:
        while (above := self.above[one]) != one:
            self.above[one] = self.above[above]
            one = above
        return one

    def held_apart(self, one: int, other: int) -> bool:
        """Whether people hold the claims of the two apart."""
        return self.head(other) in self.apart.get(self.head(one), ())

    def gathered(self) -> list[list[int]]:
        """The clusters, the earliest first, each in order."""
        found: dict[int, list[int]] = {}
        for one in range(len(self.tellings)):
            found.setdefault(self.head(one), []).append(one)
        return list(found.values())

    def _judged(self, held: Judged) -> None:
        """What people merged is one, what they split stays apart, before any link is looked at."""
        by_id = {telling.id: telling.n for telling in self.tellings if held.decided(telling.id)}
        heads: dict[str, int] = {}
        for statement, head in sorted(held.merged.items()):
            if statement in by_id:
                self._union(heads.setdefault(head, by_id[statement]), by_id[statement])
        for one, other in held.apart:
            if one in heads and other in heads:
                self._part(self.head(heads[one]), self.head(heads[other]))

    def _join(self, one: int, other: int) -> None:
        one, other = sorted((self.head(one), self.head(other)))
        if one != other and other not in self.apart.get(one, ()) and self._agree(one, other):
            self._union(one, other)

    def _union(self, one: int, other: int) -> None:
        one, other = sorted((self.head(one), self.head(other)))
        if one == other:
            return
        self.above[other] = one
        self.shown[one] = self._some(*sorted((*self._of(one), *self.shown.pop(other, [other]))))
        for kept in self.apart.pop(other, set()):
            self.apart[kept].discard(other)
            self._part(kept, one)

    def _part(self, one: int, other: int) -> None:
        self.apart.setdefault(one, set()).add(other)
        self.apart.setdefault(other, set()).add(one)

    def _of(self, head: int) -> list[int]:
        """Members that stand for a cluster."""
        return self.shown.get(head, [head])

    def _agree(self, one: int, other: int) -> bool:
        """Whether no heads of figures contradict each other, and enough of the pairs looked at are linked."""
        pairs = list(product(self._of(one), self._of(other)))
        tellings = self.tellings
        if any(contradict(tellings[a].heads, tellings[b].heads) for a, b in pairs):
            return False
        return sum(self._linked(a, b) for a, b in pairs) >= _AGREE * len(pairs)

    def _some(self, *members: int) -> list[int]:
        """A few members: the first of each different set of figures, then the earliest."""
        different: dict[frozenset[tuple[str, float]], int] = {}
        for one in members:
            different.setdefault(self.tellings[one].values, one)
        return sorted(list(dict.fromkeys((*different.values(), *members)))[:_LOOKED_AT])

    def _linked(self, a: int, b: int) -> bool:
        pair = min(a, b), max(a, b)
        if pair not in self.known:
            found = self.linker.link(self.tellings[pair[0]], self.tellings[pair[1]])
            self.known[pair] = found is not None and found.claim
        return self.known[pair]
