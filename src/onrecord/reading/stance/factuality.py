"""How sure a clause is as it is put (after FactBank): certain, probable, possible, conditional, expected,
unknown."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

from spacy.tokens import Token

from onrecord.model import Act, Factuality
from onrecord.reading.lexicon import lexicon
from onrecord.reading.stance.wording import Tokens, Wording

_VERBAL = frozenset(("VERB", "AUX"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))


def factuality_of(wording: Wording, act: Act, lemma: str | None) -> Factuality:
    """How sure the claimant is: the content's own hedge first, but for acts that state nothing (orders,
    requests)."""
    content = _of_content(wording)
    by_act = _presented("acts").get(act)
    if act is Act.DENY:
        return Factuality.DENIED
    if act is Act.CONCERN:
        return _of_concern(wording, lemma, content)
    if act is Act.ESTIMATE:
        return content if content in _LESS_THAN_PROBABLE else Factuality.PROBABLE
    if by_act is not None:
        return by_act
    if act is Act.WARN and _bare(wording.content_head):
        return Factuality(lexicon("stance")["presented"]["bare"]["warn"])
    if act is Act.WARN and _advises(wording.content_head):
        return Factuality.UNKNOWN
    if content is not Factuality.CERTAIN:
        return content
    return _of_cue(wording, lemma)


_LESS_THAN_PROBABLE = (Factuality.POSSIBLE, Factuality.CONDITIONAL)


def _of_concern(wording: Wording, lemma: str | None, content: Factuality) -> Factuality:
    if lemma in _cues() or not _bare(wording.content_head):
        return content if content is Factuality.CONDITIONAL else Factuality.POSSIBLE
    return Factuality.UNKNOWN


def _of_cue(wording: Wording, lemma: str | None) -> Factuality:
    """What a cue leaves of a plain content: "reportedly" makes it probable, "did not deny" no more than
    possible."""
    if lemma is not None and lemma.startswith("not "):
        return Factuality.POSSIBLE
    words = [t.lemma_.lower() for t in wording.cue]
    for word in words:
        if word in _cues():
            return _cues()[word]
    source = wording.source_head
    if source is not None and source.tag_ == "NNS" and not any(c.dep_ == "poss" for c in source.lefts):
        return _sources().get(source.lemma_.lower(), Factuality.CERTAIN)
    return Factuality.CERTAIN


def _of_content(wording: Wording) -> Factuality:
    head = wording.content_head
    if head is None:
        return Factuality.CERTAIN
    inside = frozenset(t.i for t in wording.content)
    if (own := _first_person(wording.content)) is not None:
        return own
    if _imperative(wording.content):
        return Factuality.UNKNOWN
    past = wording.cue_head is not None and wording.cue_head.tag_ in ("VBD", "VBN")
    return clause_factuality(head, inside, reported_in_past=past and not _in_quotes(wording))


def clause_factuality(head: Token, inside: frozenset[int] | None = None, reported_in_past: bool = False) -> Factuality:
    """How sure the clause headed by ``head`` is: by its modals, hedging adverbs, raising verbs and
    conditions.

    ``inside`` are the indices of the tokens that count, all when None. Where the clause was reported in the
    past, "would" tells a future, unless a condition or an event for a subject makes it conditional.
    """
    children = [c for c in head.children if inside is None or c.i in inside]
    adjective = _adjective(head, children)
    if adjective is Factuality.UNKNOWN:
        return adjective  # "it was unclear if …" sets no condition
    if _conditioned(children) or (_would(children) and not (reported_in_past and _future_in_past(head, children))):
        return Factuality.CONDITIONAL
    hedges = (_adverb(children), _modal(children), adjective, _raising(head, children))
    return next((shade for shade in hedges if shade is not None), _of_noun(head))


def _would(children: list[Token]) -> bool:
    return any(c.tag_ == "MD" and c.lower_ in lexicon("stance")["hedges"]["future_in_the_past"] for c in children)


def _future_in_past(head: Token, children: list[Token]) -> bool:
    """Whether someone is the subject, not an event, or the verb is one of going on: "the column would need days",
    "the war would go on", "there would be no talks"."""
    subject = next((c for c in children if c.dep_ in _SUBJECTS), None)
    if subject is None or any(c.lower_ in _conditions() for c in children):
        return False
    if subject.dep_ == "expl":
        return subject.lower_ == "there"
    if any(c.dep_ == "expl" for c in children):
        return any(c.lower_ == "there" for c in children)
    if subject.pos_ in _VERBAL:
        return False
    return subject.lemma_.lower() not in _events() or head.lemma_.lower() in _going_on()


def _modal(children: list[Token]) -> Factuality | None:
    modals = lexicon("stance")["hedges"]["modals"]
    negated = any(c.dep_ == "neg" for c in children)
    for child in children:
        if child.tag_ == "MD" and child.dep_ in ("aux", "auxpass") and child.lower_ in modals:
            if negated and child.lower_ in lexicon("stance")["hedges"]["firm_when_negated"]:
                return None
            if child.lower_ in lexicon("stance")["hedges"]["future_in_the_past"]:
                return Factuality.EXPECTED
            if any(c.lower_ == "well" for c in children) and modals[child.lower_] == "possible":
                return Factuality.PROBABLE  # "may well have fallen"
            return Factuality(modals[child.lower_])
    return None


def _adverb(children: list[Token]) -> Factuality | None:
    found = (_hedge("adverbs").get(c.lower_) for c in children if c.pos_ == "ADV" or c.dep_ == "advmod")
    return next((f for f in found if f is not None), None)


def _adjective(verb: Token, children: list[Token]) -> Factuality | None:
    """ "is likely to", "it is unclear whether", "is due to": an adjective that takes a clause, or one of
    doubt."""
    if verb.pos_ == "ADJ":
        return _hedge("adjectives").get(verb.lower_)
    for child in children:
        if child.dep_ in ("acomp", "oprd", "attr") and child.lower_ in _hedge("adjectives"):
            shade = _hedge("adjectives")[child.lower_]
            clausal = any(c.dep_ in ("xcomp", "ccomp", "advcl", "csubj") for c in (*child.children, *children))
            if clausal or shade is Factuality.UNKNOWN:
                return shade
    return None


def _raising(verb: Token, children: list[Token]) -> Factuality | None:
    word = verb.lemma_.lower()
    shade = _hedge("verbs").get(word)
    if shade is None:
        return None
    infinitive = any(c.dep_ in ("xcomp", "ccomp") and any(g.lower_ == "to" for g in c.lefts) for c in children)
    describes = word in ("appear", "seem") and any(c.dep_ in ("oprd", "acomp", "ccomp") for c in children)
    awaited = verb.tag_ == "VBN" and any(c.dep_ == "auxpass" for c in children)  # "a push is expected"
    if verb.tag_ == "VBD" and word in lexicon("stance")["hedges"]["not_in_past"]:
        return None
    return shade if infinitive or describes or awaited else None


def _conditioned(children: list[Token]) -> bool:
    """Whether an "if" clause, or "otherwise", hangs on the head; "even if" and "as if" set no condition."""
    for child in children:
        marks = [g for g in child.lefts if g.lower_ in _conditions() and g.dep_ in ("mark", "advmod")]
        if child.dep_ == "advcl" and marks and not any(g.lower_ in ("even", "as") for g in child.lefts):
            return True
        if child.dep_ == "advmod" and child.lower_ in _conditions():
            return True
    return False


def _of_noun(head: Token) -> Factuality:
    return _hedge("nouns").get(head.lemma_.lower(), Factuality.CERTAIN) if head.pos_ == "NOUN" else Factuality.CERTAIN


def _first_person(content: Tokens) -> Factuality | None:
    """The speaker's own "I think" within the first words: probable."""
    for word, verb in pairwise(content[:7]):
        if word.lower_ in ("i", "we") and verb.lemma_.lower() in _hedgers():
            return Factuality.PROBABLE
    return None


def _imperative(content: Tokens) -> bool:
    """Whether the words begin with a bare verb without a subject: "Do not travel", “Leave now”."""
    first = next((t for t in content if not t.is_punct and t.is_alpha), None)
    if first is None or first.tag_ != "VB" or first.pos_ not in _VERBAL:
        return False
    verb = first if first.dep_ != "aux" else first.head
    return not any(c.dep_ in _SUBJECTS for c in verb.lefts) and verb.tag_ == "VB"


def _bare(head: Token | None) -> bool:
    """Whether the content is a noun phrase."""
    return (
        head is not None
        and head.pos_ not in _VERBAL
        and not any(c.dep_ in ("nsubj", "nsubjpass", "cop") for c in head.children)
    )


def _advises(head: Token | None) -> bool:
    """Whether a warning tells what to do: "should leave", "to stay away"."""
    if head is None:
        return False
    should = any(c.tag_ == "MD" and c.lower_ in lexicon("stance")["hedges"]["should"] for c in head.lefts)
    infinitive = head.tag_ == "VB" and any(c.lower_ == "to" for c in head.lefts)
    return should or (infinitive and not any(c.dep_ in _SUBJECTS for c in head.lefts))


def _in_quotes(wording: Wording) -> bool:
    return bool(wording.content) and wording.content[0].text in ("“", '"', "''", "„", "«", "‘")


@cache
def _presented(table: str) -> dict[str, Factuality]:
    return {key: Factuality(value) for key, value in lexicon("stance")["presented"][table].items()}


@cache
def _cues() -> dict[str, Factuality]:
    return _inverted(lexicon("stance")["presented"]["cues"])


@cache
def _sources() -> dict[str, Factuality]:
    return _inverted(lexicon("stance")["presented"]["sources"])


@cache
def _hedge(table: str) -> dict[str, Factuality]:
    return _inverted(lexicon("stance")["hedges"][table])


@cache
def _hedgers() -> frozenset[str]:
    return frozenset(lexicon("stance")["hedges"]["first_person"])


@cache
def _conditions() -> frozenset[str]:
    return frozenset(lexicon("stance")["hedges"]["conditions"])


@cache
def _going_on() -> frozenset[str]:
    return frozenset(lexicon("stance")["hedges"]["going_on"])


@cache
def _events() -> frozenset[str]:
    return frozenset(lexicon("own")["events"]["nouns"])


def _inverted(table: Any) -> dict[str, Factuality]:
    known = {f.value for f in Factuality}
    return {lemma: Factuality(shade) for shade, found in table.items() if shade in known for lemma in found}
