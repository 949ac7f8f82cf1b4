"""The side of those harmed, by who harmed them and by the land they were in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import islice

from spacy.tokens import Token

from onrecord.reading.figures.drafts import Around, Draft
from onrecord.reading.figures.governors import phrase, subject_of, verb_of
from onrecord.reading.figures.sides import military
from onrecord.reading.figures.where import apart, country_of
from onrecord.reading.lexicon import lexicon

_CIVILIAN = frozenset(("killed", "wounded", "casualties", "missing", "displaced"))
_HELD = frozenset(("captured", "detained"))


def harmed_sides(drafts: list[Draft], around: Around) -> list[Draft]:
    """The figures of harm with the side of the harmed where their own words do not tell it.

    In a war of two states, whom the one harms belong to the other; people harmed in a country's land are its own,
    but for fighters, who may be anywhere. Where the two disagree no side is told.
    """
    return [replace(d, side=_side(d, around)) if d.side is None and _harmed(d) else d for d in drafts]


@cache
def _harms() -> frozenset[str]:
    return frozenset(lexicon("figures_measures")["holders"]["harms"])


def _harmed(draft: Draft) -> bool:
    word = draft.sense.word
    if word is None or _is_case(draft):
        return _is_case(draft)
    return draft.measure in _CIVILIAN | _HELD or word.lemma_.lower() in _harms()


def _is_case(draft: Draft) -> bool:
    noun = draft.m.noun
    return noun is not None and noun.token.lemma_.lower() in lexicon("figures_measures")["cases"]["nouns"]


def _does_harm(verb: Token, draft: Draft) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in _harms() or (draft.measure in _HELD and lemma in ("take", "hold", "keep"))


def _side(draft: Draft, around: Around) -> str | None:
    by = _against(draft, around)
    land = _land(draft, around)
    if by is not None and land is not None and by != land:
        return None
    return by or land


def _against(draft: Draft, around: Around) -> str | None:
    """The other state of a war of two, where one of them is the subject of the verb of harm."""
    war, word = around.dates.war, draft.sense.word
    verb = verb_of(word) if word is not None else None
    if war is None:
        return None
    doer = _agent(draft, around)
    if doer is None and verb is not None and _does_harm(verb, draft):
        subject = _doer(verb)
        doer = around.sides.of_subject(subject) if subject is not None and not _contains(subject, draft) else None
    other = war.other(doer) if doer in war.parties and doer is not None else None
    first, last = around.tokens.sentence(draft.m.token.i)
    named = {around.sides.at[i] for i in range(first, last) if i in around.sides.at}
    return other if other is not None and len(other) == 2 and named <= {doer, other} else None


def _agent(draft: Draft, around: Around) -> str | None:
    """Who did what is counted: "864 cases of detention by Russia"."""
    noun = draft.m.noun
    for token in islice(noun.token.subtree, 16) if noun is not None else ():
        if token.lower_ == "by" and token.dep_ in ("prep", "agent"):
            return around.sides.in_phrase(islice(token.subtree, 6))
    return None


def _doer(verb: Token) -> Token | None:
    """The subject of a verb; of a participle and of a relative clause that of what they hang on."""
    found = subject_of(verb)
    if found is not None and found.lower_ in ("who", "that", "which"):
        return verb.head if verb.dep_ == "relcl" else next((v.head for v in verb.ancestors if v.dep_ == "relcl"), None)
    if found is not None or verb.tag_ != "VBG":
        return found
    for above in islice(verb.ancestors, 5):
        if above.pos_ in ("VERB", "AUX") and (found := subject_of(above)) is not None:
            return found
    return None


def _contains(subject: Token, draft: Draft) -> bool:
    """Whether the figure is (part of) the subject: those who do the harm are counted then."""
    return any(t.i == draft.m.token.i for t in phrase(subject))


def _land(draft: Draft, around: Around) -> str | None:
    noun = draft.m.noun
    if draft.measure not in _CIVILIAN or (noun is not None and noun.word in military()):
        return None
    places = around.lands.within(*around.tokens.sentence_span(draft.m.start))
    countries = {country_of(p) for p in places if not apart(p, draft.m.token, around.tokens)}
    return countries.pop() if len(countries) == 1 else None
