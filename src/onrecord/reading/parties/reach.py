"""The words of a source made whole where its span was cut short, and those it passes on from."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.reading.parties.scene import SUBJECTS, Range, Scene, word_set
from onrecord.reading.parties.sources import NOUNS

_BEFORE_NOUN = frozenset(("det", "amod", "compound", "poss", "nummod", "nmod", "quantmod"))
_FARTHEST = 4
_LONGEST = 12


def whole(scene: Scene, start: int, end: int, taken: set[int]) -> Range:
    """The source with what a cut left out of its names and noun phrase: "The U.S. Department | of State", "militia |
    commanders and | elders"; never the words ``taken`` by the cue and the content."""
    doc = scene.doc
    for at in (start, end - 1):
        for name in (scene.known_at.get(at), scene.person_at.get(at)):
            if name is not None and not taken & set(range(name.start, name.end)):
                start, end = min(start, name.start), max(end, name.end)
    while start > 0 and start - 1 not in taken and _leads_in(doc, start, end):
        start -= 1
    return start, _to_noun(doc, start, end, taken)


def _leads_in(doc: Doc, start: int, end: int) -> bool:
    """Whether the word before is an article, an adjective or an owner of the noun."""
    before = doc[start - 1]
    if before.dep_ == "case":
        return before.head.dep_ == "poss" and start <= before.head.head.i < end
    return before.dep_ in _BEFORE_NOUN and start <= before.head.i < end and not before.is_punct


def _to_noun(doc: Doc, start: int, end: int, taken: set[int]) -> int:
    """Where the source ends when it broke off before its noun or after an "and"."""
    last = doc[end - 1]
    noun: int | None = None
    if last.dep_ in _BEFORE_NOUN and end <= last.head.i < end + _FARTHEST and last.head.pos_ in NOUNS:
        noun = last.head.i
    elif last.pos_ == "CCONJ" and end - start > 1:
        joined = (c for c in last.head.children if c.dep_ == "conj" and end <= c.i < end + _FARTHEST)
        noun = next((c.i for c in joined if c.pos_ in NOUNS), None)
    if noun is None or taken & set(range(end, noun + 1)):
        return end
    return noun + 1


def cited(scene: Scene, cue: Range, content: set[int]) -> Range | None:
    """Whom an outlet cites, beside its cue: "Interfax, citing the army, reported …", "…, it reported, citing …"."""
    doc = scene.doc
    if cue[0] >= len(doc):
        return None
    sentence = doc[cue[0]].sent
    for token in doc[max(sentence.start, cue[0] - 30) : min(sentence.end, cue[1] + 60)]:
        if token.lower_ in word_set("citing") and token.i not in content:
            whom = next((c for c in token.children if c.dep_ in ("dobj", "pobj") and c.i > token.i), None)
            if whom is not None and whom.right_edge.i - token.i <= _LONGEST:
                return token.i + 1, whom.right_edge.i + 1
    return None


def speaker_inside(doc: Doc, start: int, end: int) -> Range | None:
    """Who speaks in a content that tells of speech itself: "| the mayor said the road was shut |, according to …"; the
    subject may stand just before it."""
    verb = _main_verb(doc, start, end)
    if verb is None or verb.lemma_.lower() not in word_set("reporting"):
        return None
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.pos_ == "PRON" or subject.i - subject.left_edge.i > _LONGEST:
        return None
    return subject.left_edge.i, subject.right_edge.i + 1


def _main_verb(doc: Doc, start: int, end: int) -> Token | None:
    verbs = [t for t in doc[start:end] if t.pos_ == "VERB"]
    return next((t for t in verbs if t.dep_ == "ROOT" or not start <= t.head.i < end), None)
