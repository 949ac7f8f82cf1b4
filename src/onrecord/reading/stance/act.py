"""What a cue does: say, order, warn, deny …, by its lemmas."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from onrecord.model import Act
from onrecord.reading.lexicon import lexicon
from onrecord.reading.stance.wording import Tokens, Wording, lemmas

_VERBAL = frozenset(("VERB", "AUX"))


def act_of(wording: Wording) -> tuple[Act, str | None]:
    """The act of a cue, with the lemma that shows it (None where no word of the table does: then it says).

    A phrase of the table goes before a single word, a word that does more than say before one that says.
    """
    found = _of_cue(_with_particle(wording)) or _of_source(wording)
    if found is None:
        return Act.SAY, None
    act, lemma = found
    if act is not Act.SAY and _negated(wording.cue):
        return Act.SAY, f"not {lemma}"
    if lemma in _words("with_infinitive") and not _infinitive(wording):
        return Act.SAY, lemma
    if lemma in _words("tell") and _infinitive(wording):
        return Act(lexicon("stance")["tell"]["act"]), lemma
    return act, lemma


def _with_particle(wording: Wording) -> Tokens:
    """The cue with the particle right after it, which an attribution may leave out: "called | for"."""
    if not wording.cue:
        return ()
    last = wording.cue[-1]
    if last.i + 1 < len(last.doc) and last.nbor(1).pos_ in ("ADP", "PART") and last.nbor(1).lower_ != "to":
        return (*wording.cue, last.nbor(1))
    return wording.cue


def _of_cue(cue: Tokens) -> tuple[Act, str] | None:
    words = lemmas(cue)
    if (phrase := _phrase(words)) is not None:
        return phrase
    known = [
        hit for t, word in zip(cue, words, strict=True) if not _helps(t) and (hit := _of_word(t, word)) is not None
    ]
    strong = (hit for hit in known if hit[0] is not Act.SAY)
    return next(strong, known[0] if known else None)


def _helps(token: Token) -> bool:
    """The "had" of "had told"."""
    return token.dep_ in ("aux", "auxpass") and token.tag_ != "MD"


def _of_word(token: Token, lemma: str) -> tuple[Act, str] | None:
    if token.tag_ in ("VBN", "JJ") and token.lower_ in _table("nouns") and token.lower_ not in _table("verbs"):
        return _table("nouns")[token.lower_], token.lower_  # "appears determined", "is concerned"
    table = _table("verbs first" if token.pos_ in _VERBAL or token.pos_ == "PROPN" else "nouns first")
    for word in (lemma, *_stems(token)):
        if word in table:
            return table[word], word
    return None


def _stems(token: Token) -> tuple[str, ...]:
    """What is left of a word that the tagger took for a name, as it does in headlines ("RUSSIA WARNS")."""
    return tuple(token.lower_.removesuffix(end) for end in ("s", "ed", "d", "ing")) if token.pos_ == "PROPN" else ()


def _of_source(wording: Wording) -> tuple[Act, str] | None:
    head = wording.source_head
    if head is None or head.pos_ != "NOUN":
        return None
    act = _sources().get(head.lemma_.lower())
    return None if act is None else (act, head.lemma_.lower())


def _phrase(words: list[str]) -> tuple[Act, str] | None:
    joined = f" {' '.join(words)} "
    return next(((act, phrase) for phrase, act in _phrases() if f" {phrase} " in joined), None)


def _infinitive(wording: Wording) -> bool:
    """Whether the content is an infinitive, with or without its subject ("residents to leave")."""
    head = wording.content_head
    return head is not None and head.tag_ == "VB" and any(c.lower_ == "to" for c in head.lefts)


def _negated(tokens: Tokens) -> bool:
    return any(t.dep_ == "neg" or t.lower_ in ("never", "without") for t in tokens)


@cache
def _table(first: str) -> dict[str, Act]:
    """Lemma to act; nouns fall back on verbs and the other way, the tagger being unsure about "claims" and
    "fears"."""
    tables = {"verbs first": ("nouns", "verbs"), "nouns first": ("verbs", "nouns")}.get(first, (first,))
    return {lemma: Act(act) for table in tables for act, found in lexicon("stance")[table].items() for lemma in found}


@cache
def _phrases() -> tuple[tuple[str, Act], ...]:
    phrases = [(p, Act(act)) for act, found in lexicon("stance")["phrases"].items() for p in found]
    return tuple(sorted(phrases, key=lambda p: (-len(p[0].split()), p[0])))


@cache
def _sources() -> dict[str, Act]:
    return {noun: Act(act) for act, found in lexicon("stance")["sources"].items() for noun in found}


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon("stance")[table]["verbs"])
