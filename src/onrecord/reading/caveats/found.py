"""The words of a caveat, and how it points at what it hedges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Token

from onrecord.model import Span
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed

_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_VERBAL = frozenset(("VERB", "AUX"))


class Reach(StrEnum):
    """How a caveat points at what it hedges."""

    WITHIN = "within"  # a word in a statement: "allegedly", "unconfirmed reports"
    RELATIVE = "relative"  # "which could not be verified"
    BACK_ONE = "back one"  # "the claim", "this"
    BACK_MANY = "back many"  # "the claims"
    CLAUSE = "clause"  # says itself what is not known: hedges nothing told before, but for its own sentence


@dataclass(frozen=True, slots=True)
class Found:
    """A caveat as read: its words, its kind, how it points, the noun or pronoun it points with, and the name of who
    showed no evidence."""

    span: Span
    kind: str
    reach: Reach
    noun: str | None = None
    who: str | None = None
    pair: bool = False
    """Whether it points at two ("neither claim")."""


def found_in(parsed: Parsed) -> list[Found]:
    """The caveats of a text, in order, none overlapping another."""
    found: list[Found] = []
    for match in _matches(parsed.text.replace("’", "'")):
        tokens = parsed.tokens(match.start(), match.end())
        if not len(tokens) or (found and match.start() < found[-1].span.end):
            continue
        read = _read(str(match.lastgroup), match, list(tokens))
        if read is not None:
            found.append(read)
    return found


# A caveat's words begin this far before its key word and end this far after it, at most.
_BEFORE, _AFTER = 120, 60


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The places where a pattern fits: only the words round a key word are tried, which takes a tenth of the
    time."""
    done = 0
    for key in _keys().finditer(text):
        if key.start() < done:
            continue
        for match in _pattern().finditer(text, max(done, key.start() - _BEFORE), key.end() + _AFTER):
            yield match
            done = match.end()


def _read(group: str, match: re.Match[str], tokens: list[Token]) -> Found | None:
    kind = group.split("__")[0]
    words = Span(match.start(), match.end())
    verb = _verb_of(tokens)
    if kind == "unsupported":
        return _unsupported(words, verb, tokens)
    if kind not in lexicon("caveats")["standing"]["kinds"] or (verb is None and tokens[-1].pos_ in ("ADJ", "VERB")):
        return Found(words, kind, Reach.WITHIN)
    if verb is None:
        verb = tokens[-1]
    if _is_told(verb) or _asserts(verb, tokens):
        return None
    clause = _clause(words, verb, tokens[-1])
    reach, noun = _pointing(verb, tokens[-1], kind)
    pair = reach is Reach.BACK_MANY and noun is not None and _two(verb, noun)
    if reach is Reach.CLAUSE and (kind == "disputed" or _states(verb, tokens)):
        return None
    return Found(clause, kind, reach, noun, pair=pair)


def _two(verb: Token, noun: str) -> bool:
    """Whether the noun a caveat points with is "neither claim", "both reports"."""
    nouns = (c for t in (verb, _top(verb)) for c in t.children if c.lemma_.lower() == noun)
    return any(c.lower_ in _words("pairs") for n in nouns for c in n.lefts)


def _unsupported(words: Span, verb: Token | None, tokens: list[Token]) -> Found | None:
    """Words that tell that nothing was shown: "without giving evidence" hedges its own sentence, a clause of its own
    ("it gave no evidence", "neither side has provided proof") what that party said before."""
    kind = "unsupported"
    if tokens[0].lower_ == "without" or tokens[0].tag_ == "VBG" or verb is None:
        return Found(words, kind, Reach.WITHIN) if any(_negates(t) for t in tokens) else None
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    whole = [*tokens, *verb.children, *(subject.subtree if subject is not None else ())]
    if not any(_negates(t) for t in whole) or _is_told(verb):
        return None
    if subject is None:  # "… and gave no evidence"
        return Found(words, kind, Reach.WITHIN)
    reach, noun = _pointing(verb, tokens[-1], kind)
    if reach in (Reach.BACK_ONE, Reach.BACK_MANY):
        return Found(_clause(words, verb, tokens[-1]), kind, reach, noun)
    many = any(t.lower_ in _words("plural_words") for t in subject.subtree)
    who = subject.text if subject.pos_ == "PROPN" else None
    return Found(_clause(words, verb, tokens[-1]), kind, Reach.BACK_MANY if many else Reach.BACK_ONE, who=who)


def _negates(token: Token) -> bool:
    return token.dep_ == "neg" or token.lower_ in lexicon("caveats")["negative"]["words"]


def _states(verb: Token, tokens: list[Token]) -> bool:
    """Whether the words tell a fact, as in "Kyiv did not confirm the loss", "no deaths were confirmed"."""
    return tokens[0].lower_ in ("no", *_words("partitive")) or any(
        c.lemma_ == "do" and c.dep_ == "aux" for c in verb.lefts
    )


def _verb_of(tokens: list[Token]) -> Token | None:
    """The verb of the clause the words stand in: the last of them that is one, else what they hang on."""
    verbs = [t for t in tokens if t.pos_ in _VERBAL and t.dep_ not in ("aux", "auxpass", "amod")]
    if verbs:
        return verbs[-1]
    token = tokens[-1]
    for _ in range(3):
        if token.dep_ == "amod":
            return None
        token = token.head
        if token.pos_ in _VERBAL:
            return token
    return None


def _is_told(verb: Token) -> bool:
    """Whether the clause is what someone says ("said it could not confirm"): then it is a statement
    itself."""
    top = verb
    while top.dep_ in ("xcomp", "acomp") and top.head.i != top.i:
        top = top.head
    first = top.left_edge
    apart = first.i > 0 and first.nbor(-1).text == ";"  # "… were killed; there was no confirmation"
    return top.dep_ == "ccomp" and top.head.pos_ == "VERB" and not apart


def _asserts(verb: Token, tokens: list[Token]) -> bool:
    """Whether the speaker does confirm: nothing among the words or round the verb is negative."""
    negative = lexicon("caveats")["negative"]["words"]
    return not any(t.lower_ in negative or t.dep_ == "neg" for t in tokens)


def _clause(words: Span, verb: Token, last: Token) -> Span:
    """The clause of the caveat: from its subject to its object, an outlet's clause included, its end mark
    left out."""
    top = _top(verb)
    subjects = (c for t in (verb, top) for c in t.children if c.dep_ in _SUBJECTS)
    left = min([words.start, *(c.left_edge.idx for c in subjects)])
    ends = [words.end]
    for child in (*verb.children, *last.children):
        if child.dep_ in ("dobj", "ccomp", "attr", "prep", "agent") and child.i > verb.i:
            edge = child.right_edge
            ends.append(edge.idx + len(edge))
    return Span(left, max(ends)) if max(ends) - left < 600 else words


def _top(verb: Token) -> Token:
    """The verb that carries the subject: "has" of "has not been able to confirm"."""
    top = verb
    for _ in range(4):
        if top.dep_ not in ("xcomp", "acomp", "ccomp", "csubj") or top.head.i == top.i:
            break
        top = top.head
    return top


def _pointing(verb: Token, last: Token, kind: str) -> tuple[Reach, str | None]:
    """By which noun or pronoun a caveat points: its object first ("could not verify the claims"), then its
    subject."""
    top = _top(verb)
    objects = [c for c in verb.children if c.dep_ in ("dobj", "pobj")]
    subjects = [c for t in (verb, top) for c in t.children if c.dep_ in _SUBJECTS]
    parts = [c for c in subjects if c.lower_ in _words("partitive")]
    hanging = (t for holder in (verb, last, *parts) for t in holder.children)
    of = [g for t in hanging if t.lower_ in ("of", "for") for g in t.children]
    for noun in (*objects, *of, *subjects):
        if noun.lower_ in _words("relatives") and noun.tag_ in ("WDT", "WP"):
            return _of_relative(top if top.dep_ == "relcl" else verb)
        word = noun.lemma_.lower()
        if word in _nouns():
            return (Reach.BACK_MANY if _many(noun) else Reach.BACK_ONE), word
        if noun.lower_ in _words("pronouns") and _stands_for_words(noun, verb, kind):
            many = noun.lower_ in _words("plural_words")
            return (Reach.BACK_MANY if many else Reach.BACK_ONE), None
    return Reach.CLAUSE, None


def _of_relative(verb: Token) -> tuple[Reach, str | None]:
    """What a relative clause hangs on: "the figures, which … cannot confirm," points back as "the figures" do."""
    noun = verb.head if verb.dep_ == "relcl" else None
    if noun is None or noun.dep_ not in _SUBJECTS or not any(c.lower_ in ("the", "these", "both") for c in noun.lefts):
        return Reach.RELATIVE, None
    word = noun.lemma_.lower()
    if word not in _nouns():
        return Reach.RELATIVE, None
    return (Reach.BACK_MANY if _many(noun) else Reach.BACK_ONE), word


def _stands_for_words(noun: Token, verb: Token, kind: str) -> bool:
    """Whether a pronoun is what is hedged: not the "it" of "it was not possible" nor the people who could
    not tell."""
    if noun.dep_ == "expl" or (noun.lower_ == "it" and (noun.head.i != verb.i or kind == "unclear")):
        return False
    if noun.lower_ not in _words("personal") or noun.dep_ in ("nsubjpass", "dobj", "pobj"):
        return True
    return any(t.lower_ in _words("tough") for t in (noun.head, *noun.head.children))


def _many(noun: Token) -> bool:
    plural = noun.tag_ in ("NNS", "NNPS") or noun.lemma_.lower() in ("information", "reporting", "data")
    return plural or any(c.lower_ in _words("plural_words") for c in noun.lefts)


@cache
def _pattern() -> re.Pattern[str]:
    data = lexicon("caveats")
    clauses = data["clauses"]
    failed = f"(?:{clauses['failed']}|{clauses['negative_subject']})"
    groups: dict[str, list[str]] = {}
    for kind, verbs in clauses.items():
        if isinstance(verbs, list):
            groups.setdefault(kind, []).extend(f"{failed} {verb}{clauses['after']}" for verb in verbs)
    for kind, phrases in data["phrases"].items():
        groups.setdefault(kind, []).extend(phrases)
    named = (f"(?P<{kind}>{'|'.join(f'(?:{p})' for p in patterns)})" for kind, patterns in groups.items())
    return re.compile(rf"\b(?:{'|'.join(named)})\b", re.IGNORECASE)


@cache
def _keys() -> re.Pattern[str]:
    return re.compile("|".join(lexicon("caveats")["keys"]["stems"]), re.IGNORECASE)


@cache
def _nouns() -> frozenset[str]:
    anaphors = lexicon("caveats")["anaphors"]
    return frozenset(n for kind in ("claims", "accounts", "figures", "footage", "data") for n in anaphors[kind])


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon("caveats")["anaphors"][table])
