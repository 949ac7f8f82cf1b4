"""A colon as the cue: ``Austin: city may fall``, ``City may fall: Austin`` in headlines, ``NAME: …`` in transcripts."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from onrecord.reading.attribution.rules.candidates import Candidate
from onrecord.reading.layout import LineKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed

_LONGEST_NAME = 6  # words
_SHORTEST_CONTENT = 4


def headlines(parsed: Parsed) -> Iterator[Candidate]:
    """The attributions whose cue is a colon at the head or the end of a line; the cue is left empty."""
    for line in parsed.layout.lines:
        at = parsed.text.find(":", line.start, line.end)
        if at < 0 or line.kind is LineKind.BOILERPLATE:
            continue
        words = parsed.tokens(line.start, line.end)
        colon = next((t for t in words if t.idx == at and t.text == ":"), None)
        if colon is None:
            continue
        before, after = words.doc[words.start : colon.i], words.doc[colon.i + 1 : words.end]
        if _names_a_party(before) and _says_something(after):
            yield _colon(colon, before, after)
        elif line.kind is LineKind.HEADING and _names_a_party(after) and _says_something(before):
            yield _colon(colon, after, before)


def _colon(colon: Token, source: Tokens, content: Tokens) -> Candidate:
    return Candidate(
        colon.i, ":", "colon", (colon.i, colon.i), (source.start, source.end), [(content.start, content.end)]
    )


def _names_a_party(words: Tokens) -> bool:
    """A short run of names or of a speaking noun, nothing else: no verb, no number, no heading word."""
    if not 0 < len(words) <= _LONGEST_NAME:
        return False
    if words[-1].lower_ in lexicon("attribution")["speakers"] and len(words) <= 2:
        return True  # tagged as a verb as often as not: ": monitor"
    if any(t.pos_ in ("VERB", "AUX", "NUM", "ADV", "SCONJ") for t in words):
        return False
    named = any(t.ent_type_ in ("PERSON", "ORG", "NORP") for t in words)
    if named or words[-1].lemma_.lower() in lexicon("attribution")["speakers"]:
        return words[-1].pos_ in ("PROPN", "NOUN")
    return len(words) <= 2 and all(t.is_upper and t.is_alpha and len(t) > 2 for t in words)


def _says_something(words: Tokens) -> bool:
    return len(words) >= _SHORTEST_CONTENT and any(t.pos_ in ("VERB", "AUX") for t in words)
