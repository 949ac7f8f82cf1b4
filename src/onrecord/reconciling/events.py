"""When two figures may be of one event: near in place, on the same day, of people who may be the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from onrecord.reconciling.constraints import Constraint, part, same
from onrecord.reconciling.naming import span
from onrecord.reconciling.places import Atlas, Spot, distance_km, lies_within
from onrecord.reconciling.stated import Counted, Scope
from onrecord.reconciling.vocabulary import measure_within, same_event, vocabulary, who_within


def one_event(x: Scope, y: Scope, atlas: Atlas) -> Iterator[Constraint]:
    """The ties of two quantities if they are of one event, each with what it takes; none where that is implausible."""
    if x.side != y.side and x.side is not None and y.side is not None:
        return
    placed = _placed(x, y, atlas)
    if placed is None:
        return
    here = x.place == y.place and x.text == y.text
    assumptions = (*placed, *_dated(x, y), *_sided(x, y))
    yield from _counted(x, y, assumptions, here and not _dated(x, y) and x.side == y.side)


def _counted(x: Scope, y: Scope, assumptions: tuple[str, ...], here: bool) -> Iterator[Constraint]:
    """Equal where the same is counted; a part where one is within the other, which ``here`` needs no event for."""
    if x.counted == y.counted:
        yield same(x, y, assumptions)
        return
    for one, other in ((x, y), (y, x)):
        measured = _among(one.counted, other.counted)
        if measured is None:
            continue
        if not here:
            yield part(one, other, (*assumptions, *measured), one_event=True)
        if one.measure == other.measure and vocabulary()["taken_for"].get(one.who) == other.who:
            people = "those counted as people are the civilians" if one.who == "civilian" else f"all are {one.who}"
            yield same(one, other, (*assumptions, people))


@lru_cache(maxsize=100_000)
def counted_alike(one: Counted, other: Counted) -> bool:
    """Whether all that is counted as the one counts as the other, or the other way round.

    >>> counted_alike(("killed", "child"), ("casualties", "person"))
    True
    >>> counted_alike(("killed", "child"), ("killed", "woman"))
    False
    """
    return _among(one, other) is not None or _among(other, one) is not None


def _among(part_: Counted, whole: Counted) -> tuple[str, ...] | None:
    """What it takes to count all of the one as the other, None where they are not all counted so."""
    (measure, who), (wider, all_) = part_, whole
    if who != all_ and not who_within(who, all_):
        return None
    if measure == wider:
        return ()
    sentence = measure_within(measure, wider)
    return (sentence,) if sentence else None


def _placed(x: Scope, y: Scope, atlas: Atlas) -> tuple[str, ...] | None:
    """What must be granted for the two places to be one event's, None where they are too far apart."""
    if x.place == y.place and x.text == y.text:
        return ()
    if x.place and y.place:
        return near(x.place, y.place)
    named = x.place or y.place
    texts = {text for scope in (x, y) if scope.place is None and (text := scope.text)}
    if named is None or len(texts) != 1:
        return _both_unplaced(x, y, atlas)
    close = [spot for spot in atlas.named_in(texts.pop()) if near(spot, named) is not None]
    if not close:
        return None
    return (f"the figure without a place is about {_nearest(close, named).name}, which its text names",)


def _both_unplaced(x: Scope, y: Scope, atlas: Atlas) -> tuple[str, ...] | None:
    """Two figures without a place: of one event where their texts name a place that is near."""
    if x.text is None or y.text is None or x.text == y.text:
        return None
    pairs = [(a, b) for a in atlas.named_in(x.text) for b in atlas.named_in(y.text) if near(a, b) is not None]
    if not pairs:
        return None
    a, _ = min(pairs, key=lambda pair: (distance_km(*pair) or 0.0, pair))
    return (f"the figures, neither with a place, are both about {a.name}, which both texts name",)


@lru_cache(maxsize=100_000)
def near(one: Spot, other: Spot) -> tuple[str, ...] | None:
    """What must be granted for two places to be one event's, None where they are too far apart or it is unknown."""
    if one.key == other.key:
        return ()
    apart = distance_km(one, other)
    if apart is None:
        return None
    for part_, whole in ((one, other), (other, one)):
        if whole.wide and not part_.wide and whole.km <= same_event("area") and lies_within(part_, whole):
            return (f"what is told of {whole.name} is what happened at {part_.name}",)
    if one.wide or other.wide or apart > same_event("kilometres" if one.near or other.near else "told_apart"):
        return None
    first, second = sorted((one, other))
    return (f"{first.name} and {second.name}, {apart:.0f} km apart, are the place of one event",)


def _nearest(spots: list[Spot], named: Spot) -> Spot:
    return min(spots, key=lambda spot: (distance_km(spot, named) or 0.0, spot))


def _dated(x: Scope, y: Scope) -> tuple[str, ...]:
    if (x.first, x.last) == (y.first, y.last):
        return ()
    told = sorted({(x.first, x.last), (y.first, y.last)})
    return (f"what is told of {span(*told[0])} is what is told of {span(*told[1])}",)


def _sided(x: Scope, y: Scope) -> tuple[str, ...]:
    if x.side == y.side:
        return ()
    return (f"the figure without a side is of those of {x.side or y.side}",)
