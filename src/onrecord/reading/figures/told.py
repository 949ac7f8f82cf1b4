"""What a figure measures by the words that are said of those counted, beside them, and above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Token

from onrecord.model import FigureKind
from onrecord.reading.figures.governors import Role, governors
from onrecord.reading.figures.meanings import (
    amod,
    before_noun,
    counted_noun,
    idle_verbs,
    last_token,
    noun_measure,
    tables,
)
from onrecord.reading.figures.units import Measured
from onrecord.reading.lexicon import lexicon


def told(m: Measured, anchor: Token) -> tuple[str, Token] | None:
    """The measure and the word that tells it; None where no word of the tables does."""
    near = _predicate(m, anchor) or _beside(m, anchor) or _within(m) or counted_noun(m)
    return near or _governing(anchor) or _level(anchor) or _verb_before(m)


def _verb_before(m: Measured) -> tuple[str, Token] | None:
    """A verb of the tables shortly before the figure, where the parse has lost the object."""
    doc, start = m.token.doc, m.token.i
    while start > 0 and doc[start].idx > m.start:
        start -= 1
    for index in range(start - 1, max(-1, start - 5), -1):
        token = doc[index]
        if token.pos_ in ("PUNCT", "NUM", "CCONJ", "SCONJ") or token.lower_ == "by":
            return None
        if token.pos_ == "VERB":
            measure = tables().object.get(token.lemma_.lower())
            return (measure, token) if measure is not None and token.dep_ != "amod" else None
    return None


# --- what is said of those counted -----------------------------------------------------------------------------


def _predicate(m: Measured, anchor: Token) -> tuple[str, Token] | None:
    """What was done to a share, or to those whose state a noun tells: "90 percent of detainees were tortured".

    The participle of which they are the subject, past a verb of telling ("said they were tortured").
    """
    named = counted_noun(m)
    state = named is not None and named[0] in _STATES
    if not state and m.kind is not FigureKind.SHARE and m.hedged.of is None:
        return None
    verb = _verb_of_subject(m.token) or (_verb_of_subject(anchor) if m.noun is not None else None)
    told = _complement(verb) if verb is not None else None
    if told is None or told.lemma_.lower() in idle_verbs():
        return None
    return tables().object.get(told.lemma_.lower()) or _spelled(told), told


_STATES = frozenset(("captured", "detained", "displaced"))


_PARTS = frozenset(("nummod", "pobj", "prep", "compound", "amod", "quantmod", "det", "advmod"))


def _verb_of_subject(token: Token) -> Token | None:
    """The verb whose subject the phrase that ``token`` stands in is."""
    current = token
    for _ in range(5):
        if current.dep_ in ("nsubj", "nsubjpass") and current.head.pos_ in ("VERB", "AUX"):
            return current.head
        if current.dep_ not in _PARTS or current.head.i == current.i:
            return None
        current = current.head
    return None


def _complement(verb: Token) -> Token | None:
    """A passive participle: ``verb`` itself, or the one that it tells of its subject."""
    if any(c.dep_ == "auxpass" for c in verb.children):
        return verb if verb.tag_ == "VBN" else None
    for child in verb.rights:
        if child.dep_ in ("ccomp", "xcomp") and any(c.dep_ == "auxpass" for c in child.children):
            own = next((c for c in child.children if c.dep_ == "nsubjpass"), None)
            return child if own is None or own.lower_ == "they" else None
    return None


def _spelled(participle: Token) -> str:
    """ "tortured or mistreated"."""
    more = [c for c in participle.rights if c.dep_ == "conj" and c.tag_ == "VBN" and not _has_subject(c)]
    link = next((c.lower_ for c in participle.rights if c.dep_ == "cc"), "and")
    return f" {link} ".join(t.lower_ for t in (participle, *more[:1]))


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


# --- words beside the figure -----------------------------------------------------------------------------------

_PASSED = frozenset(("ADV", "AUX", "PART", "PRON", "DET"))
_PASSED_WORDS = frozenset(
    (
        "more",
        "people",
        "others",
        "other",
        "of",
        "left",
        "reported",
        "feared",
        "found",
        "believed",
        "confirmed",
        "reportedly",
        "remain",
        "remained",
        "remains",
        "gone",
        "taken",
        "held",
        "go",
        "went",
        "still",
    )
)


def _beside(m: Measured, anchor: Token) -> tuple[str, Token] | None:
    """An adjective or participle right after the figure and its noun: "39 people dead", "15 were injured"."""
    doc, first = anchor.doc, max(anchor.i, last_token(m)) + 1
    for index in range(first, min(first + 6, len(doc))):
        token = doc[index]
        if token.is_sent_start:
            break
        measure = tables().adjectives.get(token.lower_) or _held_in(token)
        measure = measure or (tables().object.get(token.lemma_.lower()) if token.tag_ in ("VBN", "VBD") else None)
        if measure is not None and not _active(token):
            return measure, token
        if token.tag_ in ("VBD", "VBP", "VB", "VBG", "VBN", "VBZ") and token.lemma_.lower() in tables().subject:
            return tables().subject[token.lemma_.lower()], token
        if token.pos_ not in _PASSED and token.lower_ not in _PASSED_WORDS:
            break
    return None


def _held_in(token: Token) -> str | None:
    """ "3,000 in detention"."""
    following = token.nbor().lemma_.lower() if token.lower_ == "in" and token.i + 1 < len(token.doc) else ""
    return "detained" if following in ("detention", "custody", "captivity", "prison", "jail") else None


def _active(token: Token) -> bool:
    """ "killed five": a verb with an object of its own counts that, not its subject."""
    return (
        token.tag_ in ("VBD", "VBN")
        and any(c.dep_ in ("dobj", "obj") for c in token.rights)
        and not any(c.dep_ in ("auxpass", "nsubjpass") for c in token.lefts)
    )


def _within(m: Measured) -> tuple[str, Token] | None:
    """An adjective between the number and its noun: "25 wounded soldiers"."""
    if m.noun is None or m.listed:
        return None
    for index in range(m.noun.first, m.noun.token.i):
        token = m.token.doc[index]
        if token.lower_ in tables().adjectives:
            return tables().adjectives[token.lower_], token
    return amod(m.noun.token)


# --- words above the figure ------------------------------------------------------------------------------------


def _governing(anchor: Token) -> tuple[str, Token] | None:
    for word, role in governors(anchor):
        measure = _verb_measure(word, role) if word.pos_ in ("VERB", "AUX") else noun_measure(word)
        if role is Role.SUBJECT and (state := _state(word)) is not None:
            return state
        if measure is None and word.pos_ == "NOUN":
            found = amod(word)
            measure = found[0] if found else None
        if measure is not None:
            return measure, word
        if word.pos_ == "VERB" and word.lemma_.lower() == "leave":
            found = _left(word)
            if found is not None:
                return found
        if word.pos_ == "VERB" and role is not Role.PART and word.lemma_.lower() not in tables().level:
            return None
    return None


def _state(verb: Token) -> tuple[str, Token] | None:
    """ "are missing", "went missing": what the subject is said to be."""
    for token in (verb, *verb.rights):
        if token.lower_ == "among":
            dead = next((c for c in token.children if c.dep_ == "pobj"), token)
            measure = noun_measure(dead)
            if measure is not None:
                return measure, dead
        if token.i == verb.i or token.dep_ in ("acomp", "attr", "oprd"):
            measure = tables().adjectives.get(token.lower_)
            if measure is not None:
                return measure, token
    return None


def _verb_measure(verb: Token, role: Role) -> str | None:
    lemma, known = verb.lemma_.lower(), tables()
    if role is Role.SUBJECT:
        return "killed" if _lost_lives(verb) else known.subject.get(lemma)
    if role is Role.OBJECT and _forced(verb):
        return "displaced"
    if role is Role.OBJECT:
        found = known.object.get(lemma)
        return found or ("shot down" if lemma in ("shoot", "bring") and _particle(verb, "down") else None)
    return known.object.get(lemma) if verb.tag_ == "VBG" else None


def _lost_lives(verb: Token) -> bool:
    return verb.lemma_.lower() == "lose" and any(c.lemma_.lower() == "life" for c in verb.rights)


def _forced(verb: Token) -> bool:
    """ "forced to leave their homes", "driven from the valley", "drove thousands into exile"."""
    data = lexicon("figures_measures")["forced"]
    if verb.lemma_.lower() not in data["verbs"]:
        return False
    return any(
        (c.dep_ in ("xcomp", "ccomp", "advcl") and c.lemma_.lower() in data["complements"])
        or (c.dep_ in ("prep", "advmod", "prt") and c.lower_ in data["ways"])
        for c in verb.rights
    )


def _particle(verb: Token, word: str) -> bool:
    return any(c.lower_ == word and c.dep_ in ("prt", "advmod", "prep") for c in verb.children)


def _left(verb: Token) -> tuple[str, Token] | None:
    """ "left 39 people dead": what they were left as."""
    for token in islice(verb.subtree, 60):
        if token.i > verb.i and token.lower_ in tables().adjectives:
            return tables().adjectives[token.lower_], token
    return None


def _level(anchor: Token) -> tuple[str, Token] | None:
    """What rose to, stood at or was put at the figure: "the death toll rose to 11,000"."""
    for word, _ in governors(anchor):
        if word.pos_ not in ("VERB", "AUX") or word.lemma_.lower() not in tables().level:
            continue
        found = _first_measure(_before_figure(word, anchor))
        if found is not None:
            return found
    return _first_measure(before_noun(anchor))


def _before_figure(verb: Token, anchor: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "obj") and child.i != anchor.i:
            yield from islice(child.subtree, 14)


def _first_measure(tokens: Iterable[Token]) -> tuple[str, Token] | None:
    """The first measure noun or adjective; a total or number says which by what follows it."""
    best: tuple[str, Token] | None = None
    for token in tokens:
        if token.pos_ == "NUM":
            break
        measure = noun_measure(token) or tables().adjectives.get(token.lower_)
        if measure is not None and (best is None or best[1].lower_ == "toll"):
            best = measure, token
    return best
