"""On which day words were said, where the text tells it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from onrecord.model import Period, Precision, Span, Time
from onrecord.reading.datelines import is_dateline
from onrecord.reading.holding import holders
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.stance.wording import Wording
from onrecord.reading.steps import Attribution, Spans
from onrecord.reading.times import period_of, periods_of

# "Earlier in the day" stands at most this many letters from the cue, a time of saying twice the second number.
_NEAR, _FAR = 60, 600
_DEEPEST = 40
# "on ", "late on ": so many letters may stand between the cue and a time behind it.
_LEAD = 10
# "late last week", "early on Monday": so many tokens from a participle to the noun of the time.
_NEXT = 4
_LONGEST_SAYING = timedelta(days=366)
_OPENS_SUBJECT = frozenset(("nsubj", "nsubjpass", "expl", "det", "poss", "compound", "nummod"))
_VERBAL = frozenset(("VERB", "AUX"))
_QUOTES = frozenset("\"”»’'")
_DATED = frozenset(("DATE", "TIME"))


Held = dict[Span, list[Spans]]


def contents_with(attributions: tuple[Attribution, ...], times: tuple[Time, ...]) -> Held:
    """The contents that hold a time, by where it begins."""
    contents = [a.content for a in attributions]
    found = holders(contents, [t.spans for t in times])
    return {t.spans[0]: [contents[i] for i in inside] for t, inside in zip(times, found, strict=True) if inside}


def time_of_saying(parsed: Parsed, wording: Wording, times: tuple[Time, ...], held: Held) -> Time | None:
    """The first time expression of the cue's sentence that hangs on the cue and not on the content; for a
    pronoun, else that of the sentence before when it tells of speaking ("She spoke in Geneva on Friday. She
    said …").

    A time inside a clause of content, its own or another's (``held``), never dates the saying, nor does a dateline, a
    duration, or a time after "since" or "until".
    """
    if not wording.cue:
        return None
    at = wording.cue[0].idx
    near = _in_sentence(wording.cue[0].sent, times, at)
    found = next((t for t in near if _dates(parsed, wording, t, held)), None)
    return found if found is not None else _of_speech_before(parsed, wording, times)


def day_of_saying(parsed: Parsed, time: Time) -> tuple[Period | None, tuple[Period, ...]]:
    """The days a time of saying denotes, with all its readings: nothing was said after it was published,
    what was said at night was said on the day the night began, and "earlier this month" ended the day
    before."""
    published = parsed.document.published
    readings = [_trimmed(parsed, time, p, published) for p in periods_of(time)]
    if period_of(time) is None or _too_long(readings[0]):
        return None, tuple(readings)
    past = [p for p in readings if published is None or p.earliest is None or p.earliest <= published]
    first = past[0] if past else _week_before(readings[0], published)
    if first is None:
        return None, tuple(readings)
    others = [p for p in readings if p != first]
    return first, (first, *others) if others else ()


def _too_long(period: Period) -> bool:
    """Whether a stretch is no time of speaking: "the 21st century"."""
    if period.earliest is None or period.latest is None:
        return False
    return period.latest - period.earliest > _LONGEST_SAYING


def _trimmed(parsed: Parsed, time: Time, period: Period, published: date | None) -> Period:
    start, end = period.earliest, period.latest
    if time.type == "TIME" and start is not None:
        return replace(period, latest=start)
    if published is None or start is None or end is None or not start <= published <= end:
        return period
    before = parsed.text[max(0, period.spans[0].start - 12) : period.spans[0].end].lower()
    if "earlier" in before.split() and start < published:
        return replace(period, latest=published - timedelta(days=1))
    return replace(period, latest=published)


def _week_before(period: Period, published: date | None) -> Period | None:
    """A weekday read forward, put back into the past; None for what cannot be past at all."""
    if published is None or period.earliest is None or period.precision is not Precision.DAY:
        return None
    back = timedelta(days=7)
    if period.earliest - back > published or period.latest is None:
        return None
    return replace(period, earliest=period.earliest - back, latest=period.latest - back)


def same_day(parsed: Parsed, wording: Wording) -> bool:
    """Whether the words round the cue point at the day told before: "earlier in the day", "the same day"."""
    if not wording.cue:
        return False
    first, last = wording.cue[0].idx, wording.cue[-1].idx
    around = parsed.text[max(0, first - _NEAR) : last + _NEAR].lower()
    return any(phrase in around for phrase in _words("same_day"))


def _of_speech_before(parsed: Parsed, wording: Wording, times: tuple[Time, ...]) -> Time | None:
    first = wording.cue[0].sent.start
    head = wording.source_head
    if first == 0 or head is None or head.lower_ not in lexicon("stance")["goes_on"]["pronouns"]:
        return None
    before = wording.cue[0].doc[first - 1].sent
    if wording.attribution.within is not None or before.root.lemma_.lower() not in _words("speaking"):
        return None
    for time in _in_sentence(before, times, before.root.idx):
        tokens = parsed.tokens(time.spans[0].start, time.spans[-1].end)
        if len(tokens) and _leads_to(tokens.root, {before.root.i}, set()):
            return time
    return None


def _in_sentence(sentence: Tokens, times: tuple[Time, ...], at: int) -> Iterator[Time]:
    first = bisect_left(times, max(sentence.start_char, at - _FAR), key=lambda t: t.spans[0].start)
    for time in times[first : first + _DEEPEST]:
        if time.spans[0].start >= min(sentence.end_char, at + 2 * _FAR):
            return
        if time.type in _DATED:
            yield time


def _within(wording: Wording, time: Time) -> bool:
    """Whether a time stands inside the content, or is part of the source's own description."""
    return _overlap(wording.attribution.content + wording.attribution.source, time)


def _overlap(spans: Spans, time: Time) -> bool:
    return any(s.start < time.spans[-1].end and time.spans[0].start < s.end for s in spans)


def _dates(parsed: Parsed, wording: Wording, time: Time, held: Held) -> bool:
    tokens = parsed.tokens(time.spans[0].start, time.spans[-1].end)
    if not len(tokens) or is_dateline(parsed.text, time.spans[0].start, time.spans[-1].end):
        return False
    if wording.source and _overlap(wording.attribution.cue, time):  # "| said on March | 7 that …"
        return True
    first, last = tokens[0], tokens[-1]
    before = first.nbor(-1) if first.i > first.sent.start else None
    if before is not None and before.lower_ in _words("not_after"):
        return False
    to_do = _goes_with_order(parsed, wording, time, tokens.root)
    others = [c for c in held.get(time.spans[0], []) if not (to_do and c == wording.attribution.content)]
    if _told_by_another(wording, others):
        return False
    if _spoken_in_source(wording, time, tokens.root):
        return True
    if _within(wording, time):
        return to_do or _parts_object(wording, tokens.root) or _between_cue_and_clause(parsed, wording, tokens)
    if _opens_content(parsed, wording, tokens) or _describes_source(wording, tokens.root):
        return False
    cue = {t.i for t in wording.cue}
    content = {t.i for t in wording.content}
    return _beside(wording, first.i, last.i) or _leads_to(tokens.root, cue, content)


def _spoken_in_source(wording: Wording, time: Time, token: Token) -> bool:
    """Whether a source span that runs on holds the speaking: "the minister, speaking late on Tuesday, | urged"."""
    governor = token.head.head if token.head.pos_ == "ADP" else token.head
    inside = governor.i in {t.i for t in wording.source} and governor.lemma_.lower() in _words("speaking")
    return inside and governor.tag_ == "VBG" and _overlap(wording.attribution.source, time)


def _opens_content(parsed: Parsed, wording: Wording, time: Tokens) -> bool:
    """Whether a time left out of the content is still of it: at its end before the speaker is named ("The bridge fell
    over the weekend, the army said"), or at its head before a cue that stands between commas ("On Monday, the army
    said, the bridge fell")."""
    said = wording.source + wording.cue
    if any(t.i < time.start for t in said):
        return False
    before = [t for t in wording.content if t.i < time.start]
    if before:
        gap = parsed.text[before[-1].idx + len(before[-1]) : time.start_char]
        return before[-1].sent.start == time.sent.start and not any(c in _QUOTES for c in before[-1].text + gap)
    last = max(said, key=lambda t: t.i)
    after = last.nbor(1) if last.i + 1 < len(last.doc) else None
    return after is not None and after.text == "," and bool(wording.content) and wording.content[0].i > after.i


def _describes_source(wording: Wording, time: Token) -> bool:
    """Whether a time belongs to a verb or noun that describes the source: "images taken last week show"."""
    head = wording.source_head
    governor = time.head.head if time.head.pos_ == "ADP" else time.head
    last = wording.source[-1] if wording.source else None
    if last is not None and last.tag_ in ("VBN", "VBG", "VBD") and 0 < time.i - last.i <= _NEXT:
        return last.lemma_.lower() not in _words("made_public")
    if head is None or governor.i == head.i or _makes_public(governor):
        return False
    described = governor.dep_ in ("acl", "relcl") and governor.head.i == head.i
    return described or (governor.pos_ in _VERBAL and governor.i in {t.i for t in wording.source})


def _goes_with_order(parsed: Parsed, wording: Wording, time: Time, token: Token) -> bool:
    """Whether a day in an infinitive is that of the order: it is over, or what is ordered is to be done at once
    ("ordered them to leave at once on Monday")."""
    head = wording.content_head
    if head is None or not _to_do(parsed, wording.attribution.content):
        return False
    governor = token.head.head if token.head.pos_ == "ADP" else token.head
    if governor.i != head.i and governor.i not in {t.i for t in wording.cue}:
        return False
    return _is_over(parsed, time) or any(c.lower_ in _words("at_once") for c in head.children)


def _is_over(parsed: Parsed, time: Time) -> bool:
    """Whether a time ended before the day of publication."""
    period, published = period_of(time), parsed.document.published
    if period is None or published is None or period.latest is None:
        return False
    return period.latest < published


def _to_do(parsed: Parsed, content: Spans) -> bool:
    """Whether a content tells what to do."""
    start = content[0].start
    return parsed.text[start : start + 3].lower() == "to "


def _told_by_another(wording: Wording, contents: list[Spans]) -> bool:
    """Whether the time stands in a content that holds neither this cue nor is this content."""
    at = wording.cue[0].idx
    others = (c for c in contents if c != wording.attribution.content)
    return any(not any(s.start <= at < s.end for s in content) for content in others)


def _between_cue_and_clause(parsed: Parsed, wording: Wording, time: Tokens) -> bool:
    """Whether the time comes right behind the cue and a subject follows: "said on Tuesday it had …"."""
    start, last = wording.content[0].idx, wording.cue[-1]
    behind = last.idx + len(last) <= start and not parsed.text[last.idx + len(last) : start].strip()
    if not behind or time.start_char - start > _LEAD or time.end >= len(time.doc):
        return False
    return time.doc[time.end].dep_ in _OPENS_SUBJECT


def _parts_object(wording: Wording, time: Token) -> bool:
    """Whether a time inside a noun phrase for content is the cue's: "accused them on Sunday of looting"."""
    head = wording.content_head
    if head is None or head.pos_ in _VERBAL:
        return False
    governor = time.head.head if time.head.pos_ == "ADP" else time.head
    return any(governor.i == t.i for t in wording.cue)


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
    for _ in range(_DEEPEST):
        if token.head.i == token.i:
            break
        token = token.head
        if token.i in goal:
            return True
        if token.i in content or (token.pos_ in _VERBAL and not _makes_public(token)):
            return False
    return False


def _makes_public(verb: Token) -> bool:
    """Whether a verb tells of speaking, or of what was said becoming public ("an interview published on …")."""
    published = verb.dep_ in ("acl", "relcl") and verb.lemma_.lower() in _words("made_public")
    return published or verb.lemma_.lower() in _words("speaking")


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon("stance")["said"][table])
