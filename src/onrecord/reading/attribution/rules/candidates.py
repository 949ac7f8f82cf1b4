"""Where a cue could be: each verb or noun with a source and a content the parse allows, by frame.

A frame says how the content hangs on the cue: ``clause`` (said it was lost), ``inf`` (vowed to return), ``object``
(criticised the plan), ``prep:of`` (accused them of murder), ``acl`` (the claim that …), ``against`` (is expected to …).
Which lemma is a cue in which frame is learned by counting over PolNeAR's training half (``training/cues.py``);
the tables are ``data/en/attribution_cues.toml`` and ``attribution.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed

Range = tuple[int, int]  # half-open, token indices

_NEAR = 8  # words between a count and its number
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_DETERMINERS_OF_NO_ONE = frozenset(("it", "there"))


@dataclass(slots=True)
class Candidate:
    """A possible attribution in token ranges; ``head`` is the cue's head token."""

    head: int
    lemma: str
    frame: str
    cue: Range
    source: Range | None
    content: list[Range]


def candidates(parsed: Parsed) -> Iterator[Candidate]:
    """Every candidate of a document, in the order of the cues' heads."""
    for token in parsed.doc:
        if token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass")):
            yield from _of_verb(token)
        elif token.lower_ == "per":
            yield from _per(token)
        elif token.pos_ == "NOUN":
            yield from _of_noun(token)
        elif token.lower_ in lexicon("attribution")["adverbs"]:
            yield from _of_adverb(token)


# --- verbs -----------------------------------------------------------------------------------------------------


def _of_verb(verb: Token) -> Iterator[Candidate]:
    if verb.lower_ == "according" and (to := _child(verb, "prep")) is not None:
        yield from _according(verb, to)
        return
    if _unsaid(verb):
        return
    subject = subject_of(verb)
    if subject is not None and subject.lower_ in FIRST_AND_SECOND:
        return
    contents = [(frame, content) for child in verb.children for frame, content in _frames(verb, child)]
    if verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and not any(c.dep_ == "aux" for c in verb.children):
        subject = None  # asked about it, …: whose act it is, is not told
    if any(c.dep_ == "auxpass" for c in verb.children) or _reduced(verb) or (subject is None and verb.tag_ == "VBN"):
        yield from _passive(verb, subject, contents)
    else:
        source = None if subject is None else source_of(subject, verb)
        for frame, content in contents:
            cue = _with_preposition(cue_of(verb), frame, content)
            yield Candidate(verb.i, verb.lemma_.lower(), frame, cue, source, [content])


def _with_preposition(cue: Range, frame: str, content: Range) -> Range:
    """``called for``: the preposition right behind the verb belongs to the cue."""
    return (cue[0], cue[1] + 1) if frame.startswith("prep:") and content[0] == cue[1] + 1 else cue


def _passive(verb: Token, subject: Token | None, contents: list[tuple[str, Range]]) -> Iterator[Candidate]:
    """The agent is the source if there is one; else nobody is, and what is said of the subject is the content."""
    lemma, cue, agent = verb.lemma_.lower(), cue_of(verb), _agent(verb)
    of = [noun_phrase(subject, verb)] if subject is not None and subject.lower_ not in _DETERMINERS_OF_NO_ONE else []
    for frame, content in contents:
        if agent is not None:
            yield Candidate(verb.i, lemma, frame, cue, agent, [content])
        elif frame in ("clause", "fronted") and not of:
            yield Candidate(verb.i, lemma, "passive:clause", cue, None, [content])
        elif frame in ("inf", "small", "prep:of", "prep:as") and of:
            yield Candidate(verb.i, lemma, "passive:" + frame, cue, None, [*of, content])
    if agent is not None and of:
        yield Candidate(verb.i, lemma, "agent", cue, agent, of)


def _reduced(verb: Token) -> bool:
    """A passive that has lost its auxiliary, as in headlines: ``dozens reported killed``."""
    return any(
        c.i == verb.i + 1
        and c.dep_ in ("xcomp", "ccomp", "oprd", "acomp")
        and (c.tag_ == "VBN" or c.lower_ in ("dead", "missing"))
        for c in verb.children
    )


FIRST_AND_SECOND = frozenset(("i", "you", "we", "me", "us"))
_DENYING = frozenset(("deny", "rule", "exclude", "dispute"))


def _unsaid(verb: Token) -> bool:
    """A cue that nobody uttered: an infinitive (``declined to say``) or a negated one (``did not say whether``)."""
    for child in verb.children:
        if child.dep_ == "aux" and child.lower_ == "to" and verb.dep_ != "ROOT":
            return True
        if child.dep_ == "neg" and verb.lemma_ not in _DENYING:
            return True
    return False


def source_of(subject: Token, verb: Token) -> Range:
    """The words that name the source; for ``who`` and ``which`` those it stands for."""
    if subject.tag_ in ("WP", "WDT") and verb.dep_ == "relcl" and verb.head.i < verb.i:
        noun = verb.head
        return noun.left_edge.i, min(noun.right_edge.i + 1, verb.left_edge.i)
    return noun_phrase(subject, verb)


def _frames(verb: Token, child: Token) -> Iterator[tuple[str, Range]]:
    """(frame, content) for each way in which ``child`` could be what ``verb`` says."""
    if child.i < verb.i:
        if child.dep_ == "ccomp":
            yield "fronted", subtree(child)
    elif child.dep_ in ("advcl", "ccomp", "xcomp") and child.left_edge.lower_ == "for":
        yield "prep:for", (child.left_edge.i + 1, child.right_edge.i + 1)
    elif child.dep_ == "ccomp":
        yield ("clause" if _finite(child) else "small"), subtree(child)
    elif child.dep_ == "xcomp":
        to = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        yield ("inf" if to else "small"), subtree(child)
    elif child.dep_ == "dobj":
        number = _counted(verb, child)
        frame = "put" if number or _puts(verb) else "shown" if _shows(verb) else "object"
        yield frame, (child.left_edge.i, max(_object_end(verb, child), number))
    elif child.dep_ == "oprd":
        yield "oprd", subtree(child)
    elif child.dep_ == "prep":
        yield from _behind_preposition(child)


def _behind_preposition(prep: Token) -> Iterator[tuple[str, Range]]:
    inner = _child(prep, "pobj") or _child(prep, "pcomp")
    if inner is None:
        return
    yield "prep:" + prep.lower_, subtree(inner)
    for clause in inner.children:  # said in a statement that …
        if clause.dep_ in ("acl", "ccomp", "relcl") and _child(clause, "mark") and _finite(clause):
            yield "clause", subtree(clause)


def _puts(verb: Token) -> bool:
    """``put the toll at 85``"""
    at = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "at"), None)
    return at is not None and any(t.pos_ == "NUM" for t in at.subtree)


def _counted(verb: Token, obj: Token) -> int:
    """The end of the number in ``put the toll at least at 85``, ``gave the toll as 17``, 0 where there is none; in
    ``raised its toll to 72`` the toll must be the source's own: a shell raises nobody's."""
    words = lexicon("attribution")["counting"]
    if obj.lemma_.lower() not in words["nouns"]:
        return 0
    behind = verb.doc[obj.i + 1 : min(verb.sent.end, obj.i + 1 + _NEAR)]
    number = next((t for t in behind if t.pos_ == "NUM"), None)
    if number is None:
        return 0
    between = [t.lower_ for t in verb.doc[obj.i + 1 : number.i]]
    if verb.lemma_.lower() in words["revised"]:
        told = "to" in between and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in obj.children)
    else:
        told = "at" in between or "as" in between
    return (number.head.i if number.dep_ == "nummod" else number.i) + 1 if told else 0


def _object_end(verb: Token, obj: Token) -> int:
    """The object with the prepositional phrases and complements of the verb right behind it."""
    end = obj.right_edge.i + 1
    for child in verb.children:
        if child.i >= end and child.dep_ in ("prep", "oprd", "xcomp", "advmod") and child.left_edge.i == end:
            end = child.right_edge.i + 1
    return end


def _finite(clause: Token) -> bool:
    return clause.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
        c.dep_ in ("aux", "auxpass", "cop") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in clause.children
    )


def _shows(verb: Token) -> bool:
    """Whether a medium is the subject: what a video, a poll or satellite images show is credited to it."""
    subject = subject_of(verb)
    return subject is not None and subject.lemma_.lower() in lexicon("attribution")["media"]


def _according(verb: Token, to: Token) -> Iterator[Candidate]:
    inner = _child(to, "pobj") or _child(to, "pcomp")
    if inner is None:
        return
    source = (inner.left_edge.i, inner.right_edge.i + 1)
    start, end = _asserted(verb)
    if verb.head.dep_ in ("relcl", "ccomp", "acl", "pcomp") and verb.head.head.i < verb.head.i < verb.i:
        start, end = max(start, verb.head.left_edge.i), min(end, verb.head.right_edge.i + 1)
    content = [r for r in ((start, verb.i), (source[1], end)) if r[0] < r[1]]
    yield Candidate(verb.i, "according", "according", (verb.i, to.i + 1), source, content)


def _per(word: Token) -> Iterator[Candidate]:
    """``Per the UN, …``, but not ``per day``."""
    inner = _child(word, "pobj")
    if inner is not None and (inner.pos_ == "PROPN" or inner.ent_type_ in ("ORG", "PERSON", "NORP")):
        start, end = _asserted(word)
        source = subtree(inner)
        content = [r for r in ((start, word.i), (source[1], end)) if r[0] < r[1]]
        yield Candidate(word.i, "according", "according", (word.i, word.i + 1), source, content)


def _asserted(phrase: Token) -> Range:
    """What an ``according to`` vouches for: its sentence, or the clause between semicolons, dashes, joins."""
    sentence = phrase.sent
    start, end = sentence.start, sentence.end
    for token in sentence:
        joins = token.lower_ in _JOINING and (token.i in (phrase.i - 1, phrase.i - 2) or token.i > phrase.i)
        if token.lower_ in (";", "—", "--") or (joins and token.dep_ in ("cc", "mark") and _clause_after(token)):
            if token.i < phrase.i:
                start = token.i + 1
            else:
                return start, token.i
    return start, end


_JOINING = frozenset(("but", "while", "and", "whereas", "whilst"))


def _clause_after(joint: Token) -> bool:
    """Whether ``joint`` joins clauses, each with a subject of its own, and not words."""
    clause = joint.head if joint.dep_ == "mark" else next((c for c in joint.head.children if c.dep_ == "conj"), None)
    return clause is not None and any(c.dep_ in _SUBJECTS for c in clause.children)


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """Whose act ``verb`` is: its own subject, else the one it shares."""
    if depth > 4:
        return None
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return child if child.pos_ != "SCONJ" else None
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head, depth + 1)
    if verb.dep_ in ("advcl", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head, depth + 1)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return _of_participle(verb, depth)
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep" and verb.head.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head.head, depth + 1)  # was quoted as saying, began by thanking
    if verb.dep_ in ("ROOT", "conj", "ccomp", "parataxis", "relcl") and verb.tag_ != "VBN":
        return subject_beside(verb)
    return None


def _of_participle(verb: Token, depth: int) -> Token | None:
    """``a statement saying …`` but ``condemned the attack, saying …``: there the verb's subject speaks."""
    noun = verb.head
    words = lexicon("attribution")
    if noun.ent_type_ in ("PERSON", "ORG", "NORP") or noun.lemma_.lower() in (
        *words["media"],
        *words["speakers"],
    ):
        return noun
    governor = noun.head if noun.dep_ == "dobj" else noun.head.head if noun.dep_ == "pobj" else None
    if governor is not None and governor.pos_ == "VERB":
        return subject_of(governor, depth + 1)
    return noun


_NAMING = frozenset(("PROPN", "NOUN", "PRON"))


def subject_beside(verb: Token) -> Token | None:
    """The noun right before a finite verb (or, inverted, behind it) that the parser hung elsewhere."""
    doc = verb.doc
    i = verb.i - 1
    while i >= 0 and doc[i].pos_ in ("ADV", "AUX", "PART"):
        i -= 1
    if i >= 3 and doc[i].lower_ == ")" and doc[i - 2].lower_ == "(":
        i -= 3  # the Observatory (SOHR) said
    if i >= 0 and doc[i].pos_ in _NAMING and doc[i].sent.start == verb.sent.start:
        return doc[i]
    return None


def _agent(verb: Token) -> Range | None:
    by = _child(verb, "agent")
    inner = by and _child(by, "pobj")
    return (inner.left_edge.i, inner.right_edge.i + 1) if inner else None


def cue_of(verb: Token) -> Range:
    """The verb with its auxiliaries, negation and particle."""
    first = last = verb.i
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass", "neg") and child.i < verb.i:
            first = min(first, child.i) if verb.i - child.i <= 4 else first
        if child.dep_ == "prt" and child.i == verb.i + 1:
            last = child.i
    return first, last + 1


# --- nouns -----------------------------------------------------------------------------------------------------


def _of_noun(noun: Token) -> Iterator[Candidate]:
    content: Range | None = None
    frame = ""
    source: Range | None = None
    for child in noun.children:
        if child.dep_ == "poss":
            source = (child.left_edge.i, child.i + 1)
        elif child.dep_ == "prep" and child.i > noun.i and (inner := _child(child, "pobj")) is not None:
            if child.lower_ in ("by", "from") and source is None:
                source, content, frame = _noun_source(child, inner, content, frame)
            elif child.lower_ in ("about", "of", "for", "over") and content is None:
                content, frame = (inner.left_edge.i, inner.right_edge.i + 1), "prep:" + child.lower_
        elif child.dep_ in ("acl", "ccomp", "relcl") and child.i > noun.i and _that_or_to(child):
            content, frame = subtree(child), "acl"
    if content is not None:
        yield Candidate(noun.i, noun.lemma_.lower(), "noun:" + frame, (noun.i, noun.i + 1), source, [content])


def _noun_source(prep: Token, inner: Token, content: Range | None, frame: str) -> tuple[Range, Range | None, str]:
    """``suggestions by officials that …``: the clause often hangs on the source."""
    end = inner.right_edge.i + 1
    for part in inner.subtree:
        if part.dep_ in ("acl", "relcl", "ccomp") and any(
            c.dep_ == "mark" and c.lower_ == "that" for c in part.children
        ):
            return (inner.left_edge.i, part.left_edge.i), subtree(part), "acl"
        if part.dep_ == "prep" and part.lower_ == "about" and (about := _child(part, "pobj")) is not None:
            return (inner.left_edge.i, part.i), (about.left_edge.i, about.right_edge.i + 1), "prep:about"
    return (inner.left_edge.i, end), content, frame


def _that_or_to(clause: Token) -> bool:
    return any(
        (c.dep_ == "mark" and c.lower_ == "that") or (c.dep_ == "aux" and c.lower_ == "to") for c in clause.children
    )


# --- adverbs ---------------------------------------------------------------------------------------------------


def _of_adverb(adverb: Token) -> Iterator[Candidate]:
    """``reportedly``: somebody said so, nobody is named; the content is the clause without the adverb."""
    clause = adverb.head
    if clause.pos_ not in ("VERB", "AUX"):
        return
    start, end = subtree(clause)
    content = [r for r in ((start, adverb.i), (adverb.i + 1, end)) if r[0] < r[1]]
    yield Candidate(adverb.i, adverb.lower_, "adverb", (adverb.i, adverb.i + 1), None, content)


# --- shared ----------------------------------------------------------------------------------------------------


def subtree(token: Token) -> Range:
    """All words under ``token``."""
    return token.left_edge.i, token.right_edge.i + 1


def noun_phrase(noun: Token, cue: Token) -> Range:
    """The words under ``noun`` on its own side of the cue."""
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    if not any(a.i == cue.i for a in noun.ancestors) or noun.dep_ not in _NOMINAL:
        return _run_of_names(noun, cue)
    for child in noun.children:
        if child.dep_ in ("relcl", "acl") and child.i > noun.i and _comma_before(child.doc, child.left_edge.i):
            end = min(end, child.left_edge.i - 1)
    if noun.i < cue.i:
        end = _over_apposition(noun.doc, min(end, cue.i), cue.i)
        while end - 1 > noun.i and noun.doc[end - 1].ent_type_ in ("DATE", "TIME"):
            end -= 1
    else:
        start = max(start, cue.i + 1)
    return start, end


def _over_apposition(doc: Doc, end: int, limit: int) -> int:
    """Past a name or an acronym in brackets that stands right behind the noun: ``the group (SOHR) said``."""
    between = doc[end:limit]
    if len(between) and all(t.pos_ in _IN_A_NAME or t.lower_ in ("(", ")") for t in between):
        return limit if between[-1].pos_ in _NAMING or between[-1].lower_ == ")" else end
    return end


_NOMINAL = (
    "nsubj",
    "nsubjpass",
    "csubj",
    "dobj",
    "pobj",
    "poss",
    "conj",
    "appos",
    "attr",
    "npadvmod",
    "dep",
    "ROOT",
)
_IN_A_NAME = frozenset(("PROPN", "NOUN", "ADJ", "DET", "NUM"))


def _run_of_names(noun: Token, cue: Token) -> Range:
    """The noun phrase round ``noun`` by its neighbours alone, where the parse cannot be trusted."""
    doc, start, end = noun.doc, noun.i, noun.i + 1
    while start > noun.sent.start and (
        doc[start - 1].pos_ in _IN_A_NAME or doc[start - 1].lower_ in ("of", "for", "and", "’s", "'s", "-")
    ):
        start -= 1
        if doc[start].pos_ == "DET" and doc[start - 1].lower_ not in ("of", "for", "and"):
            break
    while end < len(doc) and noun.i > cue.i and doc[end].pos_ in _IN_A_NAME:
        end += 1
    return start, end


def _comma_before(doc: Doc, index: int) -> bool:
    return index > 0 and doc[index - 1].lower_ == ","


def _child(token: Token, dep: str) -> Token | None:
    return next((c for c in token.children if c.dep_ == dep), None)
