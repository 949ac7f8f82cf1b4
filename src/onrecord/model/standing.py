"""Which decisions stand, and in which order they were made: pure, whatever order they come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from onrecord.model.record import Decision, Judgement


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Every decision once, the earliest first."""
    return sorted({d.id: d for d in decisions}.values(), key=lambda d: (d.at, d.id))


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that are not undone, the earliest first, without the undos themselves."""
    every = in_order(decisions)
    gone = undone(every)
    return [d for d in every if d.judgement is not Judgement.UNDO and d.id not in gone]


def undone(decisions: Iterable[Decision]) -> set[str]:
    """The ids of what is undone, as far as the undos among ``decisions`` tell.

    An undo that is undone undoes nothing. Ids are hashes of what they name, so that no two can undo each other.
    """
    undos: dict[str, list[Decision]] = defaultdict(list)
    for d in decisions:
        if d.judgement is Judgement.UNDO:
            undos[d.target].append(d)
    gone: set[str] = set()
    seen: set[str] = set()
    waiting = [(target, False) for target in undos]
    while waiting:  # a chain of undos may be longer than Python recurses
        target, ready = waiting.pop()
        if ready:
            if any(undo.id not in gone for undo in undos[target]):
                gone.add(target)
        elif target not in seen:
            seen.add(target)
            waiting.append((target, True))
            waiting += [(undo.id, False) for undo in undos[target] if undo.id in undos]
    return gone
