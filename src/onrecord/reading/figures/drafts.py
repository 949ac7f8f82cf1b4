"""A measured quantity on its way to a Figure: with its measure, side, days and place."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.model import Figure, FigureKind, Period, Span
from onrecord.reading.figures.comparisons import Comparison, is_exceeding
from onrecord.reading.figures.compounds import FAVOURED
from onrecord.reading.figures.dated import Dated
from onrecord.reading.figures.governors import verb_of
from onrecord.reading.figures.meanings import PEOPLE, equipment_of
from onrecord.reading.figures.measures import Sense, sense_of
from onrecord.reading.figures.periods import Dates, compared_to, measured_from, says, when
from onrecord.reading.figures.sides import Sides, side_of, sides_of
from onrecord.reading.figures.units import FOR_EVERY, Measured
from onrecord.reading.figures.where import Lands, place_at
from onrecord.reading.figures.words import Tokens, singular


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What a figure is read against: the text, its tokens, the sides, dates and places it names."""

    text: str
    tokens: Tokens
    sides: Sides
    dates: Dates
    lands: Lands


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A quantity with what its own words tell of it; ``noun`` and ``unit`` may have come from a figure beside it."""

    m: Measured
    sense: Sense
    measure: str | None
    side: str | None
    noun: str | None
    unit: str | None
    dated: Dated | None
    tally: str | None = None
    against: Dated | None = None


def drafted(m: Measured, around: Around) -> Draft:
    """What the words that govern ``m`` tell of it."""
    sense = sense_of(m)
    side = side_of(m, sense, around.sides)
    anchor = sense.word if sense.word is not None else m.noun.token if m.noun is not None else m.token
    change = m.kind is FigureKind.CHANGE
    against = compared_to(around.text, m.end, around.dates, around.tokens) if change else None
    dated = when(m.start, m.end, anchor, around.dates, around.tokens, against)
    noun, unit = _counted(m, sense)
    return Draft(m, sense, sense.measure, side, noun, unit, dated, against=against)


def _counted(m: Measured, sense: Sense) -> tuple[str | None, str | None]:
    """Noun and unit: the bare number of a toll counts people, that of deaths deaths."""
    if m.unit is not None or m.kind is not FigureKind.COUNT or not sense.people or sense.word is None:
        return m.noun_word, m.unit
    named = sense.word.pos_ == "NOUN" and sense.word.tag_ == "NNS" and sense.word.i < m.token.i
    return (singular(sense.word) if named else None), "person"


def finished(draft: Draft, around: Around) -> Figure:
    """The figure that a draft has become."""
    m = draft.m
    period, candidates = _periods(draft.dated)
    against = measured_from(period) if m.kind is FigureKind.CHANGE else None
    if draft.against is not None:
        against = draft.against.bare[0]
    numerator, denominator = _ratio_sides(draft, around)
    return Figure(
        spans=(Span(m.start, m.end),),
        text=around.text[m.start : m.end],
        kind=m.kind,
        comparator=m.comparator,
        measure=draft.measure,
        noun=draft.noun,
        side=numerator if m.unit == "count" and numerator is not None else draft.side,
        value=m.value,
        low=m.low,
        high=m.high,
        unit=draft.unit,
        period=period,
        candidates=candidates,
        against=against,
        place=_place(m.start, m.end, around),
        numerator=numerator,
        denominator=denominator,
        direction=m.direction,
        tally=draft.tally,
    )


def compared(c: Comparison, around: Around) -> Figure:
    """The figure of a comparison without a number."""
    dated = when(c.start, c.end, c.token, around.dates, around.tokens)
    period, candidates = _periods(dated)
    return Figure(
        spans=(Span(c.start, c.end),),
        text=around.text[c.start : c.end],
        kind=FigureKind.COMPARISON,
        measure=c.measure,
        side=c.more,
        period=period,
        candidates=candidates,
        place=_place(c.start, c.end, around),
        more=c.more,
        less=c.less,
    )


def _place(start: int, end: int, around: Around) -> str | None:
    place = place_at(start, end, around.lands, around.tokens)
    return place.name if place is not None else None


def _periods(dated: Dated | None) -> tuple[Period | None, tuple[Period, ...]]:
    if dated is None or not dated.periods:
        return None, ()
    return dated.periods[0], dated.periods if len(dated.periods) > 1 else ()


def _ratio_sides(draft: Draft, around: Around) -> tuple[str | None, str | None]:
    """The sides of "seven Russians to one Ukrainian": named after each of its numbers, or by the verb."""
    m, tokens = draft.m, around.tokens
    if m.kind is not FigureKind.RATIO:
        return None, None
    if FAVOURED.match(around.text, m.end):
        return favoured(draft, around)
    verb = verb_of(m.token)
    if m.hedged.of is None:  # "seven times those of Ukraine", "seven Russians for every Ukrainian"
        each = FOR_EVERY.match(around.text, m.end)
        if each is not None:
            return draft.side, _named_after(each.end(), around)
        return _subject(verb, around) or draft.side, _named_after(m.end, around)
    first = tokens.doc[tokens.index_at(m.hedged.numeral.end) : tokens.index_at(m.hedged.of.start) + 1]
    last = tokens.index_at(m.hedged.of.right)
    told = around.sides.in_phrase(first), around.sides.in_phrase(tokens.doc[last : last + 4])
    if told == (None, None) and verb is not None and is_exceeding(verb):
        return sides_of(verb, around.sides)  # "outnumbered Ukraine three to one"
    return (told[0] or _subject(verb, around), told[1]) if told[1] is not None else told


def _subject(verb: Token | None, around: Around) -> str | None:
    return sides_of(verb, around.sides)[0] if verb is not None else None


def _named_after(end: int, around: Around) -> str | None:
    """The side named in the ten words after ``end`` in its sentence."""
    index = around.tokens.after(end)
    last = min(index + 10, around.tokens.sentence(max(index - 1, 0))[1])
    return around.sides.in_phrase(around.tokens.doc[index:last], capitals=True)


def favoured(draft: Draft, around: Around) -> tuple[str | None, str | None]:
    """The sides of "one to seven in our favour": of losses the favoured have one, of all else so many."""
    match = FAVOURED.match(around.text, draft.m.end)
    war = around.dates.war
    if match is None or war is None:
        return None, None
    whose = match["whose"].lower()
    if whose == "our":
        side = _speaker(draft.m.token, around.sides)
    elif whose in ("their", "its", "his", "her"):
        side = around.sides.before(draft.m.token)
    else:
        first, last = around.tokens.index_at(match.start("whose")), around.tokens.index_at(match.end("whose") - 1)
        side = around.sides.in_phrase(around.tokens.doc[first : last + 1], capitals=True)
    other = war.other(side) if side is not None else None
    if side is None or other is None or side not in war.parties:
        return None, None
    return (other, side) if draft.measure in FEWER else (side, other)


FEWER = PEOPLE | {"losses", "equipment", "destroyed", None}


def _speaker(token: Token, sides: Sides) -> str | None:
    """The side of the subject of the verb of saying that the figure stands under."""
    for above in token.ancestors:
        if above.pos_ == "VERB" and says(above):
            subject = next((c for c in above.children if c.dep_ == "nsubj"), None)
            return sides.in_phrase(subject.subtree, capitals=True) if subject is not None else None
    return None


def is_equipment(draft: Draft) -> bool:
    """Whether the counted noun names equipment."""
    return draft.m.noun is not None and equipment_of(draft.m.noun.word) is not None
