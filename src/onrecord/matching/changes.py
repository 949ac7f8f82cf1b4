"""What differs between two tellings of one thing: figures, places, days, how surely, words quoted, what happened."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher

from onrecord.matching.dates import Days, days, meet
from onrecord.matching.figures import Told, comparable, same_value, telling
from onrecord.matching.linking import Link
from onrecord.matching.retelling import Retelling
from onrecord.matching.tellings import Spot, Telling
from onrecord.matching.words import capitals, data, one_named, phrases, stem, tokens
from onrecord.model import DriftClass, Factuality, FigureKind, Quotation, Span, normalised

_BOUNDS = {">=": "at least", ">": "at least", "<=": "at most", "<": "at most", "~": "about", "=": "exactly"}
_QUOTED = re.compile('[“"„«]([^”"“„«»]{12,})[”"»]')
_ALTERED = 0.6  # of the letters of two quotations, for one to be the other with words changed
_CLOSE = 0.35  # words in common from which who is named is compared
_NEWS = timedelta(10)  # how far from the day of its text news may lie
_TELLING = 0.3  # how telling a figure must be for its side to be compared


@dataclass(frozen=True, slots=True)
class Change:
    """A field with its value before and after, and the words of both in their documents."""

    field: str
    before: str | None
    after: str | None
    from_: tuple[Span, ...]
    to: tuple[Span, ...]
    class_: DriftClass = DriftClass.CHANGE


def figure_changes(told: Telling, retold: Telling, link: Link) -> Iterator[Change]:
    """What changed about the figures the two share, and about the place of all they tell; each field once."""
    pairs = paired(told, link)
    seen: set[str] = set()
    for one in (
        *(change for a, b in pairs for change in _figure(a, b)),
        *_sides(told, retold),
        *(_values(told, retold) if link.contrary else ()),
        *_places(told, retold, pairs),
        *_dated(told, retold),
    ):
        if one.field not in seen:
            seen.add(one.field)
            yield one


def paired(told: Telling, link: Link) -> list[tuple[Told, Told]]:
    """The figures that a link's two statements share, those of ``told`` first."""
    return [(a, b) if link.one is told else (b, a) for a, b in link.figures]


def _figure(a: Told, b: Told) -> Iterator[Change]:
    before, after = a.figure, b.figure
    if _BOUNDS.get(before.comparator) != _BOUNDS.get(after.comparator) and a.value is not None:
        yield Change("comparator", before.text, after.text, before.spans, after.spans)
    if before.measure and after.measure and before.measure != after.measure:
        yield Change("measure", before.measure, after.measure, before.spans, after.spans)
    if a.days and b.days and a.days != b.days:
        within = _inside(a.days, b.days) or _inside(b.days, a.days)
        yield Change(
            "period",
            "/".join(map(str, a.days)),
            "/".join(map(str, b.days)),
            before.period.spans if before.period and before.period.spans else before.spans,
            after.period.spans if after.period and after.period.spans else after.spans,
            DriftClass.SCOPE if within else DriftClass.CHANGE,
        )


def _inside(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def _dated(told: Telling, retold: Telling) -> Iterator[Change]:
    """The days that the words name: none of one text's are the other's, or one text's are wider.

    A retelling that dates what was told as news to another time than the news is changed too.
    """
    before, after = days(told.text, told.day), days(retold.text, retold.day)
    if not before and told.day:
        after = tuple(one for one in after if one.dated and (one.first == one.last or one.yeared))
        news = Days(told.day - _NEWS, told.day + _NEWS, "")
        if after and not any(meet(news, one) for one in after):
            yield _redated(None, after[0], told, retold)
    elif before and after:
        if not any(meet(a, b) for a in before for b in after):
            yield _redated(before[0], after[0], told, retold)
        elif len(before) == len(after) == 1 and (before[0].first, before[0].last) != (after[0].first, after[0].last):
            yield _redated(before[0], after[0], told, retold, DriftClass.SCOPE)


def _redated(
    before: Days | None, after: Days, told: Telling, retold: Telling, class_: DriftClass = DriftClass.CHANGE
) -> Change:
    spans = told.at.statement.content.spans, retold.at.statement.content.spans
    return Change("period", before.text if before else None, after.text, *spans, class_)


def _sides(told: Telling, retold: Telling) -> Iterator[Change]:
    for a in told.figures:
        for b in retold.figures:
            one, other = a.figure, b.figure
            sided = one.side and other.side and one.side != other.side
            if sided and a.slot == b.slot and same_value(a, b) and telling(a.value) > _TELLING:
                yield Change("side", one.side, other.side, one.spans, other.spans)


def _values(told: Telling, retold: Telling) -> Iterator[Change]:
    for a in told.heads:
        for b in retold.heads:
            apart = a.days and b.days and a.days != b.days
            if comparable(a, b) and not same_value(a, b) and not apart:
                yield Change("value", a.figure.text, b.figure.text, a.figure.spans, b.figure.spans)


def _places(told: Telling, retold: Telling, pairs: Sequence[tuple[Told, Told]]) -> Iterator[Change]:
    """The places of the figures they share where both have one, else one that is gone while another is there."""
    placed = [(a.spot, b.spot) for a, b in pairs if a.spot and b.spot]
    for a, b in placed:
        if not a.same(b):
            yield _moved((a,), (b,), told, retold)
    if not placed:
        before, after = (tuple(spot for spot in one.spots if not spot.country) for one in (told, retold))
        lost = tuple(a for a in before if all(a.far(b) or (a.fine and b.fine and not a.same(b)) for b in after))
        gained = tuple(b for b in after if all(a.far(b) or (a.fine and b.fine and not a.same(b)) for a in before))
        if lost and gained:
            yield _moved(lost, gained, told, retold)


def _moved(before: Sequence[Spot], after: Sequence[Spot], told: Telling, retold: Telling) -> Change:
    within = any(a.within(b) or b.within(a) for a in before for b in after)
    return Change(
        "place",
        "; ".join(spot.name for spot in before),
        "; ".join(spot.name for spot in after),
        _placed(told, before),
        _placed(retold, after),
        DriftClass.SCOPE if within else DriftClass.CHANGE,
    )


def _placed(one: Telling, spots: Sequence[Spot]) -> tuple[Span, ...]:
    names = {spot.name for spot in spots}
    statement = one.at.statement
    found = tuple(span for place in statement.places if place.name in names for span in place.spans)
    return found or statement.content.spans


def factuality(told: Telling, retold: Telling) -> Iterator[Change]:
    """A hedge that is lost or gained, or what was denied that is now said."""
    before, after = told.at.statement, retold.at.statement
    hedged, rehedged = (_first(one.text, "hedges") for one in (told, retold))
    if bool(hedged) != bool(rehedged) and _surely(told) != _surely(retold):
        yield Change(
            "factuality",
            hedged or str(before.factuality),
            rehedged or str(after.factuality),
            before.content.spans,
            after.content.spans,
        )
    elif {before.factuality, after.factuality} & {Factuality.DENIED} and before.factuality != after.factuality:
        yield Change(
            "factuality", str(before.factuality), str(after.factuality), before.content.spans, after.content.spans
        )


def _surely(one: Telling) -> bool:
    return one.at.statement.factuality is Factuality.CERTAIN and not _first(one.text, "hedges")


def _first(text: str, table: str) -> str | None:
    words = tokens(text)
    return next((" ".join(words[start:end]) for _, start, end in phrases("content", table).found(words)), None)


def quotation(told: Telling, retold: Telling, link: Link) -> Iterator[Change]:
    """Words inside quotation marks that are altered, or an indirect telling that is put in quotation marks."""
    before, after = told.at.statement, retold.at.statement
    quoted = {Quotation.DIRECT, Quotation.MIXED}
    if before.quotation not in quoted or after.quotation not in quoted:
        return
    for one in _QUOTED.findall(told.text):
        for other in _QUOTED.findall(retold.text):
            a, b = normalised(one), normalised(other)
            if a in b or b in a:
                continue
            if SequenceMatcher(None, a[:400], b[:400], autojunk=False).ratio() >= _ALTERED:
                yield Change("quotation", one, other, before.content.spans, after.content.spans)
                return


def content(one: Retelling, link: Link, elsewhere: Collection[object]) -> Iterator[Change]:
    """What happened, to whom and by what, told otherwise: at most one change, the plainest.

    A headline is shorter than its text, which tells the rest.
    """
    told, retold = one.told, one.retold
    if told.at.document == retold.at.document:
        return
    pairs = paired(told, link)
    counted = None if _told_so(one, pairs) else _counted(pairs)
    before, after = told.at.statement, retold.at.statement
    for why in (counted, _left_out(told, retold, pairs, elsewhere), _replaced(told, retold, link)):
        if why:
            was, becomes, a, b = why
            yield Change("content", was, becomes, a or before.content.spans, b or after.content.spans)
            return


Why = tuple[str | None, str | None, tuple[Span, ...], tuple[Span, ...]]


def _told_so(one: Retelling, pairs: Sequence[tuple[Told, Told]]) -> bool:
    """Whether a telling as near to the claimant already counts whom the retelling counts."""
    return any(b is pairs[0][1] and a.who == b.who for told, link in one.level for a, b in paired(told, link) if pairs)


def _counted(pairs: Sequence[tuple[Told, Told]]) -> Why | None:
    """Others are counted: civilians became people."""
    for a, b in pairs[:1]:
        if a.who != b.who and a.value is not None and a.figure.kind is FigureKind.COUNT:
            return a.figure.noun or "people", b.figure.noun or "people", a.figure.spans, b.figure.spans
    return None


def _left_out(
    told: Telling, retold: Telling, pairs: Sequence[tuple[Told, Told]], elsewhere: Collection[object]
) -> Why | None:
    """A figure that stood beside one that is retold is told nowhere in the other text."""
    if not pairs or retold.at.statement.cue is None:
        return None
    for figure in told.heads:
        if (figure.slot, figure.low, figure.high) not in elsewhere and not any(figure is a for a, _ in pairs):
            return figure.figure.text, None, figure.figure.spans, ()
    return None


def _replaced(told: Telling, retold: Telling, link: Link) -> Why | None:
    """By what it happened, or who is named: what the telling has is gone and something else is there."""
    kinds = [tuple(_classes(one.text, "causes") for one in (told, retold))]
    if link.words >= _CLOSE:
        kinds.append(tuple(_actors(one) for one in (told, retold)))
    for one, other in kinds:
        if one - other and other - one:
            return ", ".join(sorted(one - other)), ", ".join(sorted(other - one)), (), ()
    return None


def _classes(text: str, table: str) -> frozenset[str]:
    return frozenset(name for name, _, _ in phrases("content", table).found(tokens(text)))


def _actors(one: Telling) -> frozenset[str]:
    """Who is named in a statement, by one name each, or told of by kind; places and those who speak are left out."""
    placed = {word for place in one.at.statement.places for word in (*tokens(place.text), *tokens(place.name))}
    known = {*placed, *one.voice.described, *data("content")["plain"]["words"]}
    names = one_named([word for word in capitals(one.text) if word not in known])
    return frozenset(map(stem, names)) - {""} | _classes(one.text, "actors")
