"""A colon as the cue: ``Austin: city may fall``, ``City may fall: Austin`` in headlines, ``NAME: …`` in transcripts;
and ``City may fall Monitor`` where a text has lost its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span as Tokens

from onrecord.reading.attribution.rules.candidates import Candidate
from onrecord.reading.layout import LineKind
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed

_LONGEST_NAME = 6  # words
_SHORTEST_CONTENT = 4
_STORY = 5000  # characters of a story in which the speaker of its headline is looked for


def headlines(parsed: Parsed) -> Iterator[Candidate]:
    """The attributions whose cue is a colon at the head or the end of a line; the cue is left empty."""
    for line in parsed.layout.lines:
        at = parsed.text.find(":", line.start, line.end)
        if line.kind is LineKind.BOILERPLATE:
            continue
        words = parsed.tokens(line.start, line.end)
        if at < 0:
            if line.kind is LineKind.HEADING and _ends_in_speaker(parsed, words):
                yield _colon(words[-1].i, words[-1:], words[:-1])
            continue
        colon = next((t for t in words if t.idx == at and t.text == ":"), None)
        if colon is None:
            continue
        before, after = words.doc[words.start : colon.i], words.doc[colon.i + 1 : words.end]
        if _names_a_party(before) and _says_something(after):
            yield _colon(colon.i, before, after)
        elif line.kind is LineKind.HEADING and _names_a_party(after) and _says_something(before):
            yield _colon(colon.i, after, before)


def _colon(at: int, source: Tokens, content: Tokens) -> Candidate:
    return Candidate(at, ":", "colon", (at, at), (source.start, source.end), [(content.start, content.end)])


def _ends_in_speaker(parsed: Parsed, words: Tokens) -> bool:
    """Whether a headline in small letters ends in a capital on a speaking noun that belongs to no name: the text below
    has the noun, and never behind the word that stands before it here."""
    if len(words) <= _SHORTEST_CONTENT or not any(t.pos_ in ("VERB", "AUX", "NUM") for t in words[:-1]):
        return False
    last, before = words[-1], words[-2]
    small = [t for t in words[1:-1] if t.is_alpha and len(t) > 3]
    if (
        not last.is_title
        or last.lower_ not in lexicon("attribution")["speakers"]
        or before.tag_ in ("IN", "DT", "JJ", "TO")
    ):
        return False
    if not small or sum(t.is_lower for t in small) < len(small) / 2:
        return False
    story = parsed.text[last.idx + len(last) :][:_STORY].casefold()
    alone, named = (rf"\b{re.escape(name.casefold())}\b" for name in (last.text, f"{before} {last}"))
    return re.search(alone, story) is not None and re.search(named, story) is None


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
