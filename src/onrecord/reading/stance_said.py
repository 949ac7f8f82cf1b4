"""On which day words were said, where the text tells it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from onrecord.model import Time
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.stance_wording import Wording

_VERBAL = frozenset(("VERB", "AUX"))
_DATED = frozenset(("DATE", "TIME"))


def time_of_saying(parsed: Parsed, wording: Wording, times: tuple[Time, ...]) -> Time | None:
    """The first time expression of the cue's sentence that hangs on the cue and not on the content; for a
    pronoun, else that of the sentence before when it tells of speaking ("She spoke in Geneva on Friday. She
    said …").

    A time inside the content never dates the saying, nor does a duration, nor one after "since" or "until".
    """
    if not wording.cue:
        return None
    near = [t for t in _in_sentence(wording.cue[0].sent, times) if not _within(wording, t)]
    found = next((t for t in near if _dates(parsed, wording, t)), None)
    return found if found is not None else _of_speech_before(parsed, wording, times)


def _of_speech_before(parsed: Parsed, wording: Wording, times: tuple[Time, ...]) -> Time | None:
    first = wording.cue[0].sent.start
    head = wording.source_head
    if first == 0 or head is None or head.lower_ not in lexicon("stance")["goes_on"]["pronouns"]:
        return None
    before = wording.cue[0].doc[first - 1].sent
    if wording.attribution.within is not None or before.root.lemma_.lower() not in _words("speaking"):
        return None
    for time in _in_sentence(before, times):
        tokens = parsed.tokens(time.spans[0].start, time.spans[-1].end)
        if len(tokens) and _leads_to(tokens.root, {before.root.i}, set()):
            return time
    return None


def _in_sentence(sentence: Tokens, times: tuple[Time, ...]) -> Iterator[Time]:
    first = bisect_left(times, sentence.start_char, key=lambda t: t.spans[0].start)
    for time in times[first:]:
        if time.spans[0].start >= sentence.end_char:
            return
        if time.type in _DATED:
            yield time


def _within(wording: Wording, time: Time) -> bool:
    """Whether a time stands inside the content, or is part of the source's own description."""
    spans = wording.attribution.content + wording.attribution.source
    return any(s.start < time.spans[-1].end and time.spans[0].start < s.end for s in spans)


def _dates(parsed: Parsed, wording: Wording, time: Time) -> bool:
    tokens = parsed.tokens(time.spans[0].start, time.spans[-1].end)
    if not len(tokens):
        return False
    first, last = tokens[0], tokens[-1]
    before = first.nbor(-1) if first.i > first.sent.start else None
    if before is not None and before.lower_ in _words("not_after"):
        return False
    if (before is None or before.is_space) and any(c.isdigit() for c in time.text):
        return False  # a dateline
    cue = {t.i for t in wording.cue}
    content = {t.i for t in wording.content}
    return _beside(wording, first.i, last.i) or _leads_to(tokens.root, cue, content)


def _beside(wording: Wording, first: int, last: int) -> bool:
    """Whether only small words stand between the time and the cue, the source at the cue, or the content's
    end."""
    doc = wording.cue[0].doc
    for part in (wording.cue, wording.source, wording.content):
        if not part:
            continue
        low, high = part[0].i, part[-1].i
        gap = range(last + 1, low) if last < low else range(high + 1, first)
        if part is wording.content and last < low:
            continue
        if all(doc[i].lower_ in _words("between") for i in gap):
            return True
    return False


def _leads_to(token: Token, goal: set[int], content: set[int]) -> bool:
    """Whether the heads of ``token`` lead to ``goal`` past no content and no verb but those of speaking."""
    while token.head.i != token.i:
        token = token.head
        if token.i in goal:
            return True
        if token.i in content or (token.pos_ in _VERBAL and token.lemma_.lower() not in _words("speaking")):
            return False
    return False


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon("stance")["said"][table])
