"""The verbs and nouns that govern a figure, nearest first, each with the part the figure plays."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from spacy.tokens import Token

_CLIMB = 8
_OBJECTS = frozenset(("dobj", "obj", "attr", "oprd", "dative", "nsubjpass", "npadvmod", "acomp"))
_VERBS = frozenset(("VERB", "AUX"))


class Role(StrEnum):
    """What the counted are to the governing word."""

    OBJECT = "object"
    SUBJECT = "subject"
    PART = "part"  # after a preposition, or beside it


def governors(anchor: Token) -> Iterator[tuple[Token, Role]]:
    """Verbs and nouns above ``anchor``, and the participles and clauses that hang on it, nearest first."""
    yield from _hanging(anchor)
    current, role = anchor, Role.PART
    for _ in range(_CLIMB):
        head = current.head
        if head.i == current.i:
            return
        role = _role(current, role)
        if head.pos_ in _VERBS or head.pos_ in ("NOUN", "PROPN", "ADJ"):
            yield head, role
        current = head


def _hanging(anchor: Token) -> Iterator[tuple[Token, Role]]:
    """Clauses on a noun: "civilians killed", "soldiers dying", "people who fled"."""
    for child in anchor.rights:
        if child.dep_ == "acl" and child.pos_ in _VERBS:
            yield child, Role.SUBJECT if child.tag_ == "VBG" else Role.OBJECT
        elif child.dep_ == "relcl":
            passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in child.children)
            own = any(c.dep_ == "nsubj" and c.tag_ not in ("WP", "WDT") for c in child.children)
            yield child, Role.OBJECT if passive or own else Role.SUBJECT


def _role(current: Token, before: Role) -> Role:
    dep = current.dep_
    if dep in _OBJECTS:
        return Role.OBJECT
    if dep in ("nsubj", "csubj"):
        return Role.SUBJECT
    if dep == "conj":
        return before
    if dep in ("acl", "relcl", "xcomp", "ccomp", "advcl"):
        return Role.PART
    return Role.PART


def verb_of(token: Token) -> Token | None:
    """The nearest verb above ``token``, itself included, past auxiliaries."""
    current = token
    for _ in range(_CLIMB + 4):
        if current.pos_ == "VERB" or (current.pos_ == "AUX" and current.dep_ not in ("aux", "auxpass")):
            return current
        if current.head.i == current.i:
            return None
        current = current.head
    return None


def subject_of(verb: Token) -> Token | None:
    """The subject of ``verb``, or of the verb it is coordinated with or depends on; the agent of a passive."""
    current = verb
    for _ in range(4):
        for child in current.children:
            if child.dep_ == "agent":
                return next((c for c in child.children if c.dep_ == "pobj"), None)
        for child in current.children:
            if child.dep_ == "nsubj":
                return child
        if current.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep") or current.head.i == current.i:
            return None
        current = current.head
    return None


def phrase(token: Token, most: int = 12) -> Iterator[Token]:
    """``token`` and the words that hang on it, without clauses; no more than ``most``."""
    yield token
    stack, seen = [*token.children], 1
    while stack and seen < most:
        child = stack.pop(0)
        if child.dep_ in ("relcl", "acl", "advcl", "ccomp", "appos", "punct", "conj", "parataxis", "agent"):
            continue
        if child.dep_ == "prep" and child.lower_ in ("by", "against", "from", "with"):
            continue  # who did it, and to whom
        seen += 1
        yield child
        stack.extend(child.children)
