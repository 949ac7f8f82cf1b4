"""Lays what a reading found against what is on the record, so that words keep their id (rule 1 of the record)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import digest

Spans = tuple[tuple[int, int], ...]

ENOUGH = 0.5
_BLOCK = 64  # characters; only what shares a block, a cue or a figure is compared, so a long text costs no square


@dataclass(frozen=True, slots=True)
class View:
    """The words something stands on, as one reading has them: its content, its cue, and the figures in it."""

    id: str
    content: Spans
    cue: Spans = ()
    figures: Spans = ()


def lay(new: Sequence[View], there: Iterable[View]) -> list[str]:
    """The id on the record for each of ``new``: that of what is there, else one of its own; none is given twice.

    ``there`` may hold several views of one id, by several readings. Two are the same when they have the same cue or a
    figure in common, or when their contents share one half or more of the characters in either. Of all pairs
    the nearest is taken first; the order in which they are given does not matter.
    """
    known = list(there)
    if not known:
        return _minted(new, {}, set())
    nearness: dict[tuple[int, str], float] = {}
    for n, k in _meeting(new, known):
        near = _nearness(new[n], known[k])
        if near > 0:
            pair = n, known[k].id
            nearness[pair] = max(near, nearness.get(pair, 0.0))
    given: dict[int, str] = {}
    taken: set[str] = set()
    for n, id_ in sorted(nearness, key=lambda pair: (-nearness[pair], new[pair[0]].content, new[pair[0]].id, pair[1])):
        if n not in given and id_ not in taken:
            given[n] = id_
            taken.add(id_)
    return _minted(new, given, taken | {view.id for view in known})


def _minted(new: Sequence[View], given: Mapping[int, str], used: set[str]) -> list[str]:
    ids = []
    for n, view in enumerate(new):
        id_ = given.get(n)
        if id_ is None:
            id_, again = view.id, 1
            while id_ in used:
                again += 1
                id_ = digest(f"{view.id}|{again}")[: len(view.id)]
        used.add(id_)
        ids.append(id_)
    return ids


def _nearness(one: View, other: View) -> float:
    """0 for two that are not the same; the surer and the nearer, the more."""
    overlap = shared(one.content, other.content)
    cue = _meet(one.cue, other.cue)
    figure = _meet(one.figures, other.figures)
    if not (cue or figure or overlap >= ENOUGH):
        return 0.0
    return 8.0 * (one.id == other.id) + 1.0 * cue + 0.5 * figure + overlap + 0.001


def shared(one: Spans, other: Spans) -> float:
    """The characters two contents share, as a part of those in either.

    >>> shared(((0, 10),), ((5, 15),))
    0.3333333333333333
    """
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    either = sum(end - start for start, end in (*one, *other)) - both
    return both / either if either else 0.0


def _meet(one: Spans, other: Spans) -> bool:
    return any(a[0] < b[1] and b[0] < a[1] for a in one for b in other)


def _meeting(new: Sequence[View], known: Sequence[View]) -> Iterator[tuple[int, int]]:
    """The pairs worth comparing: those with a key in common."""
    at: dict[tuple[str, int], list[int]] = defaultdict(list)
    for k, view in enumerate(known):
        for key in _keys(view):
            at[key].append(k)
    for n, view in enumerate(new):
        yield from ((n, k) for k in sorted({k for key in _keys(view) for k in at.get(key, ())}))


def _keys(view: View) -> set[tuple[str, int]]:
    keys = {("content", b) for start, end in view.content for b in range(start // _BLOCK, (end - 1) // _BLOCK + 1)}
    for kind, spans in (("cue", view.cue), ("figure", view.figures)):
        keys |= {(kind, character) for start, end in spans for character in range(start, end)}
    return keys
