"""Days for figures whose own sentence has none: of the event, the report or the war that they are part of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from onrecord.model import FigureKind
from onrecord.reading.figures.dated import Dated
from onrecord.reading.figures.drafts import Around, Draft
from onrecord.reading.figures.governors import verb_of
from onrecord.reading.figures.meanings import PEOPLE
from onrecord.reading.figures.periods import Dates, says
from onrecord.reading.figures.words import Tokens
from onrecord.reading.lexicon import lexicon

_SMALL = 10  # a smaller number is too common to be known again
_FAR = 1500  # characters
_BIG = 1000  # what has been lost in numbers from here on, with no time told, was lost in the whole of the war


@dataclass(frozen=True, slots=True, eq=False)
class _Event:
    """Something that happened on one day, told at ``at`` in the sentence of that number."""

    at: int
    sentence: int
    dated: Dated
    harm: bool


def same_events(drafts: list[Draft], around: Around) -> list[Draft]:
    """The figures of harm with the day of the same figure told elsewhere, else of the event that they take up.

    "The strikes killed 56 on Tuesday. … In the strikes 11 children died." A toll, or a figure whose sentence names a
    strike again, takes the day of the event told last; a lead that of the event told next.
    """
    told, tokens = _told_days(drafts), around.tokens
    events = sorted(_events(drafts, around), key=lambda e: e.at)
    one_day = len({e.dated.periods[0].earliest for e in events if e.harm}) == 1
    longer = [d.m.start for d in drafts if d.measure in PEOPLE and d.dated is not None and not _one_day(d.dated)]
    for index, draft in enumerate(drafts):
        if draft.dated is not None or draft.measure not in PEOPLE or draft.m.kind is FigureKind.RATE:
            continue
        dated = told.get(_key(draft)) or _of_event(draft, events, longer, one_day, around)
        if dated is not None:
            drafts[index] = replace(draft, dated=dated)
            place = bisect_left(events, draft.m.start, key=lambda e: e.at)
            events.insert(place, _Event(draft.m.start, _sentence(draft.m.token, tokens), dated, True))
    return drafts


def _sentence(token: Token, tokens: Tokens) -> int:
    return bisect_right(tokens.sentences, token.i)


def _of_event(draft: Draft, events: list[_Event], longer: list[int], one_day: bool, around: Around) -> Dated | None:
    at = bisect_left(events, draft.m.start, key=lambda e: e.at)
    sentence = _sentence(draft.m.token, around.tokens)
    again = _event().search(around.text, *around.tokens.sentence_span(draft.m.start)) is not None
    last = events[at - 1] if at else None
    if last is not None and any(last.at < p < draft.m.start for p in longer):
        return None  # what was told since then took longer than a day
    if last is not None:
        near = sentence - last.sentence <= 1
        return last.dated if near or (again and draft.m.start - last.at < _FAR) else None
    after = events[at] if at < len(events) else None
    if after is not None and again and (one_day or after.sentence - sentence <= 2) and after.at - draft.m.start < _FAR:
        return after.dated
    return None


def _events(drafts: list[Draft], around: Around) -> Iterator[_Event]:
    for draft in drafts:
        harm = draft.measure in PEOPLE
        if (harm or _counts_events(draft)) and draft.dated is not None and _one_day(draft.dated):
            yield _Event(draft.m.start, _sentence(draft.m.token, around.tokens), draft.dated, harm)
    again = lexicon("figures_nouns")["events"]["again"]
    for dated in around.dates.dated:
        token = around.tokens.doc[around.tokens.index_at(dated.start)]
        verb = verb_of(token)
        if verb is None or says(verb) or not _one_day(dated):
            continue
        subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
        if any(c.lemma_.lower() in again for c in subjects):
            yield _Event(dated.start, _sentence(token, around.tokens), dated, False)


def _counts_events(draft: Draft) -> bool:
    noun = draft.m.noun
    return noun is not None and noun.token.lemma_.lower() in lexicon("figures_nouns")["events"]["words"]


def _key(draft: Draft) -> tuple[float | None, str | None, str | None]:
    return draft.m.value, draft.measure, draft.unit


def _told_days(drafts: list[Draft]) -> dict[tuple[float | None, str | None, str | None], Dated | None]:
    found = dict[tuple[float | None, str | None, str | None], Dated | None]()
    for draft in drafts:
        if draft.dated is not None and (draft.m.value or 0) >= _SMALL:
            known = found.setdefault(_key(draft), draft.dated)
            if known is not None and known.periods[:1] != draft.dated.periods[:1]:
                found[_key(draft)] = None
    return found


def _one_day(dated: Dated) -> bool:
    period = dated.periods[0] if dated.periods else None
    return period is not None and period.earliest is not None and period.earliest == period.latest


@cache
def _event() -> re.Pattern[str]:
    words = "|".join(lexicon("figures_nouns")["events"]["again"])
    return re.compile(rf"\b(?:{words})(?:e?s)?\b|\b(?:death )?toll\b|\bdead\b", re.IGNORECASE)


# --- reports and wars ------------------------------------------------------------------------------------------


def covered(drafts: list[Draft], around: Around) -> list[Draft]:
    """Undated figures with the time that the text says its report covers ("The report covers May to July")."""
    told = _covered(around.dates, around.tokens)
    if told is None:
        return drafts
    return [replace(d, dated=told) if d.dated is None and _countable(d) else d for d in drafts]


def _covered(dates: Dates, tokens: Tokens) -> Dated | None:
    """The one stretch of time that a report, count or survey of the text is said to cover."""
    data = lexicon("figures_wars")["covering"]
    found = list[Dated]()
    for dated in dates.dated:
        verb = verb_of(tokens.doc[tokens.index_at(dated.start)])
        if verb is None or verb.lemma_.lower() not in data["verbs"] or _one_day(dated):
            continue
        if any(c.dep_ == "nsubj" and c.lemma_.lower() in data["subjects"] for c in verb.children):
            found.append(dated)
    return found[0] if len(found) == 1 else None


def _countable(draft: Draft) -> bool:
    """Whether a figure tells something that happened, not a size or a length of time."""
    if draft.m.kind is FigureKind.SHARE:
        return True
    happened = draft.measure in PEOPLE or draft.sense.word is not None
    return draft.m.kind in (FigureKind.COUNT, FigureKind.CHANGE) and (happened or draft.unit == "case")


def totals(drafts: list[Draft], around: Around) -> list[Draft]:
    """Undated figures that only the whole war can be the time of: thousands that have been lost, its own length."""
    war = around.dates.war
    if war is None:
        return drafts
    for index, draft in enumerate(drafts):
        if draft.dated is not None:
            continue
        m = draft.m
        if m.kind is FigureKind.DURATION and m.value is not None and m.unit and war.lasted(m.value, m.unit):
            drafts[index] = replace(draft, dated=war.whole(around.text, m.start, m.end), measure="war")
        elif m.kind is FigureKind.COUNT and _lost_so_far(draft):
            word = draft.sense.word
            at = word.idx if word is not None else m.start
            drafts[index] = replace(
                draft, dated=war.whole(around.text, at, at + len(word) if word is not None else m.end)
            )
    return drafts


_HAVE = frozenset(("has", "have", "’ve", "'ve"))
_LOST = PEOPLE | {"losses", "equipment", "destroyed"}


def _lost_so_far(draft: Draft) -> bool:
    """ "have died", "has lost 3,000 vehicles": thousands in the perfect, with no day told."""
    least = draft.m.value if draft.m.value is not None else draft.m.low
    if draft.measure not in _LOST or (least or 0) < _BIG or draft.sense.word is None:
        return False
    verb = verb_of(draft.sense.word)
    return (
        verb is not None
        and verb.tag_ == "VBN"
        and any(c.lower_ in ("has", "have", "’ve", "'ve") for c in verb.children)
    )
