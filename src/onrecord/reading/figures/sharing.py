"""What figures beside each other share: direction, unit, noun, measure, side and days."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from onrecord.model import FigureKind
from onrecord.reading.figures.changes import direction_of
from onrecord.reading.figures.drafts import Draft, is_equipment
from onrecord.reading.figures.meanings import PEOPLE
from onrecord.reading.figures.numerals import unit_kind
from onrecord.reading.figures.sides import Sides
from onrecord.reading.figures.units import Measured
from onrecord.reading.lexicon import lexicon

_ALSO = re.compile(r",?\s(?:or|and)\s|,\s[^.;]{0,40}\bby\s|\s\(")


def shared(text: str, read: list[Measured]) -> list[Measured]:
    """The quantities with the direction of change and the unit that they share with one before them."""
    return _units(_levels(text, _changes(text, read)))


_MOVED_BY = re.compile(r"\b(?P<verb>[a-z]+)\sby\s$", re.IGNORECASE)


def _by(text: str, one: Measured, two: Measured) -> str | None:
    """The way of a bare number after a change in per cent ("rose by 2 percent and fell by 1")."""
    bare = two.unit is None and two.noun is None and two.kind in (FigureKind.COUNT, FigureKind.CHANGE)
    if not bare or one.sentence != two.sentence or one.kind is not FigureKind.CHANGE or one.unit != "percent":
        return None
    match = _MOVED_BY.search(text[max(one.end, two.start - 30) : two.start])
    return direction_of(match["verb"]) if match is not None else None


_BY = re.compile(r"\s(?:up|down)\s", re.IGNORECASE)


def _levels(text: str, read: list[Measured]) -> list[Measured]:
    """A bare level takes the unit of what it went up or down by ("1,463 up 8 points")."""
    for index in range(1, len(read)):
        one, two = read[index - 1], read[index]
        bare = one.unit is None and one.kind is FigureKind.COUNT and two.kind is FigureKind.CHANGE
        if bare and two.unit != "percent" and _BY.fullmatch(text[one.end : two.start]):
            read[index - 1] = replace(one, unit=two.unit)
    return read


def _changes(text: str, read: list[Measured]) -> list[Measured]:
    """The direction of a change goes over to the figure that tells it again ("lost 190 points, or 0.6%")."""
    for index in range(1, len(read)):
        one, two = read[index - 1], read[index]
        same = two.unit == "percent" and two.kind is FigureKind.SHARE and one.kind is FigureKind.CHANGE
        by = _by(text, one, two)
        if by is not None:
            read[index] = replace(two, kind=FigureKind.CHANGE, comparator=by, direction=by, unit=one.unit)
        elif same and two.start - one.end < 60 and _ALSO.fullmatch(text[one.end : two.start]):
            read[index] = replace(two, kind=FigureKind.CHANGE, comparator=one.comparator, direction=one.direction)
    return read


def _units(read: list[Measured]) -> list[Measured]:
    """A bare number takes the unit of a like number before it ("the highest is 84.75 cents, the lowest 74.07")."""
    for index in range(1, len(read)):
        two = read[index]
        if two.unit is None and two.noun is None and two.kind is FigureKind.COUNT and two.value:
            like = next((m for m in reversed(read[max(0, index - 4) : index]) if _alike(m, two)), None)
            read[index] = two if like is None else replace(two, unit=like.unit)
    return read


def _alike(one: Measured, two: Measured) -> bool:
    known = unit_kind(one.unit) not in (None, "time", "percent", "count")
    other, value = one.value or one.high or 0.0, two.value or 0.0
    return known and one.sentence == two.sentence and 1 / 3 <= value / (other or math.inf) <= 3


# --- between drafts --------------------------------------------------------------------------------------------

_PART_OF = re.compile(
    r"[^.;]{0,60}?\b(?:including|among (?:them|whom)|of (?:them|whom|which)|mostly|most|comprising)\b[^.;]{0,20}"
    r"|[^.;]{0,45}[,–—-]\s*|[^.;]{0,80}\s[–—]\s*",
    re.IGNORECASE,
)
_LIST = re.compile(r"[^.;:]{0,40}(?::|,|,?\sand|,?\sor|\splus|\swith)\s(?:another\s|a further\s|the\s)?", re.IGNORECASE)
_ADDED = re.compile(r"\s?\(", re.IGNORECASE)
_FAR = 1500  # characters between two mentions of the same people


def shared_measures(text: str, drafts: list[Draft], sides: Sides) -> list[Draft]:
    """The figures with what they leave unsaid because the one before them says it.

    "56 civilians, including 11 children" · "763 men, 94 women and seven boys" · "six were killed and 15 injured" ·
    "tanks 1361 (+3)".
    """
    for index in range(1, len(drafts)):
        two = drafts[index]
        one = _before(drafts, index)
        if one.m.sentence == two.m.sentence:
            gap = text[one.m.end : two.m.start]
            two = _taken_over(gap, one, two, sides.between(one.m.end, two.m.start))
            if two.noun != "person" and two.m.noun is None and _OTHERS.match(text, two.m.end):
                two = replace(two, noun=None)  # "six others" are of any kind
            drafts[index] = two
            if one.dated is not None and one.dated is two.dated and _part_dated(text, gap, two):
                drafts[index - 1] = replace(drafts[index - 1], dated=None) if one is drafts[index - 1] else one
        drafts[index] = _told_again(text, drafts, index)
        if drafts[index].side is None:
            drafts[index] = replace(drafts[index], side=_side_before(text, drafts, index))
    return drafts


def _before(drafts: list[Draft], index: int) -> Draft:
    """The figure before, past lengths of time and ages in the same sentence."""
    one = drafts[index - 1]
    for step in range(2, min(4, index + 1)):
        sized = one.m.kind is FigureKind.DURATION or one.measure == "age"
        if not sized or drafts[index - step].m.sentence != drafts[index].m.sentence:
            break
        one = drafts[index - step]
    return one


_OTHERS = re.compile(r"\sothers?\b")
_PART = re.compile(r"[^.;]{0,40},\s(?:[\w-]+\s)?$")
_PART_AFTER = re.compile(r"\s(?:of (?:them|whom|which|those)|alone)\b")


def _part_dated(text: str, gap: str, two: Draft) -> bool:
    """ "60,000 people, 10,000 of them in the past year": the time is that of the part."""
    dated = two.dated
    return (
        dated is not None
        and dated.start >= two.m.end
        and _PART.fullmatch(gap) is not None
        and _PART_AFTER.match(text, two.m.end) is not None
    )


_TOLD_AGAIN = re.compile(
    r"\b(?:spoke of|speak of|counted|reported"
    r"|(?:number|toll|figure|count|tally|total)(?: of [\w ]{1,20})?"
    r"(?: was| is| stands| stood| rose| reached)?(?: at| to)?)\s$",
    re.IGNORECASE,
)


def _told_again(text: str, drafts: list[Draft], index: int) -> Draft:
    """A bare number put in the place of the toll told last: "put the figure at 80", "witnesses spoke of 90"."""
    two = drafts[index]
    bare = two.m.kind is FigureKind.COUNT and two.m.noun is None and two.m.unit is None and two.sense.word is None
    if not bare or _TOLD_AGAIN.search(text[max(0, two.m.start - 50) : two.m.start]) is None:
        return two
    for one in reversed(drafts[max(0, index - 3) : index]):
        if one.measure in PEOPLE and two.m.start - one.m.end < _NEAR:
            noun = one.noun if one.unit == "person" else None
            return replace(two, measure=one.measure, unit="person", noun=noun, side=two.side or one.side)
    return two


_NEAR = 300  # characters from a toll to another number for it
_GOES_ON = re.compile(r"\b(?:also|another|more|others?|further|additional)\b", re.IGNORECASE)


def _goes_on(text: str, draft: Draft) -> bool:
    clause = re.split(r"[.;!?\n]", text[draft.m.end : draft.m.end + 80], maxsplit=1)[0]
    return _GOES_ON.search(text[draft.m.start : draft.m.end] + clause) is not None


def _side_before(text: str, drafts: list[Draft], index: int) -> str | None:
    """The side of the same people counted shortly before: the same noun, or "also" with the same measure."""
    two = drafts[index]
    for one in reversed(drafts[max(0, index - 6) : index]):
        near = two.m.start - one.m.end < _FAR
        if one.side is None or not near or one.measure != two.measure or two.measure is None:
            continue
        if two.noun is not None and one.noun == two.noun:
            return one.side
        if two.unit == one.unit == "person" and _goes_on(text, two):
            return one.side
    return None


_AGAINST = re.compile(
    r".{0,40}\b(?:against|compared (?:with|to)|(?:up|down) from|from an? (?:earlier|initial)"
    r"|rather than|instead of|not)\s$",
    re.IGNORECASE,
)


def _taken_over(gap: str, one: Draft, two: Draft, named: frozenset[str]) -> Draft:
    other = bool(named - {one.side}) or ";" in gap
    if two.m.hedged.numeral.signed and _ADDED.fullmatch(gap):
        return replace(two, measure=one.measure, side=one.side, noun=one.noun, unit=one.unit)
    told = two.sense.word is not None
    if two.unit is None and two.m.noun is None and not told and _AGAINST.fullmatch(gap) is not None:
        unit = (one.unit or "").split(" per ")[0] or None
        return replace(two, measure=one.measure, side=two.side or one.side, noun=one.noun, unit=unit)
    if not told and _inherits(gap, one, two):
        two = replace(
            two,
            measure=one.measure,
            sense=one.sense,
            side=two.side or (None if other else one.side),
            dated=two.dated or one.dated,
        )
    if two.unit is None and two.m.noun is None and two.m.kind is FigureKind.COUNT and _more_people(gap, one, two):
        two = replace(two, unit=one.unit, noun=one.noun)
    people = one.measure in PEOPLE and two.measure in PEOPLE and one.unit == two.unit == "person"
    if two.side is None and two.measure == one.measure and _LIST.fullmatch(gap) is not None:
        two = replace(two, side=one.side)
    if people and two.noun is None and two.m.noun is None and not _own_toll(two):
        two = replace(two, noun=one.noun)
    if people and two.side is None and not other:
        two = replace(two, side=one.side)
    if people and two.dated is None and ";" not in gap and not _own_toll(two):
        two = replace(two, dated=one.dated)
    return two


def _own_toll(two: Draft) -> bool:
    """ "taking the toll to 701": a number of a noun of its own before it."""
    word = two.sense.word
    tolls = lexicon("figures_measures")["tally"]["reached"]["nouns"]
    return word is not None and word.lemma_.lower() in tolls and word.i < two.m.token.i


def _inherits(gap: str, one: Draft, two: Draft) -> bool:
    """Whether a figure without a measure word of its own is part of, or listed beside, the one before."""
    if one.measure is None or two.m.kind in (FigureKind.DURATION, FigureKind.RATIO):
        return False
    if unit_kind(two.m.unit) not in (None, "percent") or (two.m.unit or "").endswith("of age"):
        return False
    if unit_kind(one.m.unit) is not None or one.m.kind is FigureKind.DURATION:
        return False
    return _alike_counted(one, two) and (_PART_OF.fullmatch(gap) is not None or _LIST.fullmatch(gap) is not None)


def _alike_counted(one: Draft, two: Draft) -> bool:
    """People beside people (or cases of them), things beside things; a bare number beside anything."""
    if two.m.noun is None:
        return True
    if two.m.noun.people:
        return one.unit == "person" or (one.sense.word is None and one.measure == "strength") or _cases(one)
    return one.sense.word is not None and one.unit != "person" and is_equipment(one) == is_equipment(two)


def _cases(one: Draft) -> bool:
    return one.m.noun is not None and one.m.noun.token.lemma_.lower() in lexicon("figures_measures")["cases"]["nouns"]


def _more_people(gap: str, one: Draft, two: Draft) -> bool:
    """ "21 civilians in the area, another six in the village": the bare number counts the same people."""
    return one.unit == "person" and len(gap) < 120 and two.measure == one.measure and two.sense.word is one.sense.word
