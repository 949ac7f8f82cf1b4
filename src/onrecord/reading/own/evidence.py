"""What speaks for a clause being a checkable statement about a conflict, weighed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Token

from onrecord.model import Figure, Time
from onrecord.reading.layout import LineKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.own.clauses import Range
from onrecord.reading.parsing import Parsed
from onrecord.reading.steps import Mentioned

_VERBAL = frozenset(("VERB", "AUX"))
_ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "attr", "agent", "pobj", "oprd"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the times, places and figures of a text begin, each in order."""

    times: list[int]
    places: list[int]
    figures: list[int]

    @classmethod
    def of(cls, times: Sequence[Time], mentioned: Mentioned, figures: Sequence[Figure]) -> Evidence:
        """The beginnings of all mentions."""
        places = [*mentioned.places, *mentioned.demonyms]
        return cls(
            [t.spans[0].start for t in times],
            sorted(p.spans[0].start for p in places),
            sorted(f.spans[0].start for f in figures),
        )


def weight_of(parsed: Parsed, clause: Range, head: Token, evidence: Evidence) -> int:
    """The weight of a clause's evidence, by the table ``own``; far below zero where it cannot be a
    statement."""
    tokens = list(parsed.doc[clause[0] : clause[1]])
    if _no_statement(parsed, tokens) or _tells(head, tokens):
        return -99
    weights = lexicon("own")["weights"]
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    event = _event_in_main(head)
    found = {
        "event_head": event,
        "event_weak": not event and head.pos_ in _VERBAL and head.lemma_.lower() in _words("events", "weak"),
        "event_inside": any(t.pos_ == "NOUN" and t.lemma_.lower() in _words("events", "nouns") for t in tokens),
        "control": _control(tokens),
        "figure": _any_in(evidence.figures, start, end),
        "time": _any_in(evidence.times, start, end),
        "place": _any_in(evidence.places, start, end),
        "actor": any(t.pos_ == "NOUN" and t.lemma_.lower() in _words("actors", "nouns") for t in tokens),
        "judgement": _judges(head),
        "modal": any(c.lower_ in _words("judgement", "modals") and c.dep_ == "aux" for c in head.lefts),
        "if": any(g.lower_ == "if" for c in head.children if c.dep_ == "advcl" for g in c.lefts),
        "heading": _in_heading(parsed, start),
        "no_verb": head.pos_ not in _VERBAL,
    }
    return sum(int(weights[sign]) for sign, there in found.items() if there)


def _no_statement(parsed: Parsed, tokens: list[Token]) -> bool:
    """Whether the words ask, address, speak of the writer, stand in quotation marks, or are a notice or
    by-line."""
    if tokens[-1].text == "?" or len(tokens) < 4:
        return True
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    quotations = parsed.layout.quoted(start, end)
    quoted = sum(min(end, q.end) - max(start, q.start) for q in quotations)
    if 2 * quoted > end - start:
        return True
    line = parsed.layout.line_at(start)
    if line is None or line.kind is LineKind.BOILERPLATE or _boilerplate().search(parsed.text[start:end][:400]):
        return True
    persons = _words("judgement", "persons")
    return any(t.lower_ in persons and t.pos_ == "PRON" and not parsed.quoted(t) for t in tokens)


def _tells(head: Token, tokens: Sequence[Token]) -> bool:
    """Whether the main verb, or one put in between, credits words to someone ("…, he said, …", "according
    to"): what no attribution took of it is not the author's."""
    clausal = any(c.dep_ in ("ccomp", "prep", "xcomp") for c in head.children)
    if clausal and head.lemma_.lower() in _speech("verbs"):
        return True
    if any(c.dep_ == "acomp" and c.lower_ in _speech("attitudes") for c in head.children):
        return True
    last = next((t for t in reversed(tokens) if not t.is_punct), tokens[-1])
    if last.tag_ in ("VBD", "VBZ", "VBP") and last.lemma_.lower() in _speech("core"):
        return True  # "…, the statement said."
    return any(_credits(t, following) for t, following in pairwise(tokens))


def _credits(token: Token, following: Token) -> bool:
    if token.lower_ == "according" and following.lower_ == "to":
        return True
    if token.pos_ != "VERB" or token.lemma_.lower() not in _speech("core"):
        return False
    aside = token.dep_ in ("parataxis", "ROOT", "ccomp", "conj")
    return aside and any(c.dep_ in ("nsubj", "ccomp") for c in token.children)


def _event_in_main(head: Token) -> bool:
    """Whether the main verb, one joined to it, or a noun that it takes tells an event."""
    joined = (c for c in head.children if c.dep_ in ("conj", "xcomp", "ccomp", "advcl"))
    if any(v.pos_ == "VERB" and v.lemma_.lower() in _words("events", "verbs") for v in (head, *joined)):
        return True
    nouns = [head, *(c for c in head.children if c.dep_ in _ARGUMENTS)]
    return any(n.pos_ == "NOUN" and n.lemma_.lower() in _words("events", "nouns") for n in nouns)


def _control(tokens: list[Token]) -> bool:
    return any(
        t.lower_ in _words("control", "adjectives")
        or (t.pos_ == "VERB" and t.lemma_.lower() in _words("control", "verbs"))
        for t in tokens
    )


def _judges(head: Token) -> bool:
    """Whether the main clause says what something is like: "It is hard to believe"."""
    return any(
        c.dep_ in ("acomp", "attr")
        and (
            c.lower_ in _words("judgement", "adjectives")
            or any(g.lower_ in _words("judgement", "adjectives") for g in c.lefts)
        )
        for c in head.children
    )


def _in_heading(parsed: Parsed, start: int) -> bool:
    line = parsed.layout.line_at(start)
    return line is not None and line.kind is LineKind.HEADING


def _any_in(starts: list[int], start: int, end: int) -> bool:
    index = bisect_left(starts, start)
    return index < len(starts) and starts[index] < end


@cache
def _speech(key: str) -> frozenset[str]:
    return frozenset(lexicon("own")["speech"][key])


@cache
def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(lexicon("own")[table][key])


@cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in lexicon("own")["boilerplate"]["patterns"]), re.IGNORECASE)
