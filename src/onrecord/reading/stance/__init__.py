"""How words are put: act, quotation, factuality, channel and the day on which they were said."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.model import Quotation, Span, Time
from onrecord.reading.layout import Quotation as Quoted
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import Parsed
from onrecord.reading.stance.act import act_of
from onrecord.reading.stance.channel import channel_of
from onrecord.reading.stance.factuality import factuality_of
from onrecord.reading.stance.goes_on import taken_up
from onrecord.reading.stance.occasion import same_occasion
from onrecord.reading.stance.said import Held, contents_with, day_of_saying, same_day, time_of_saying
from onrecord.reading.stance.wording import Wording, worded
from onrecord.reading.steps import Attribution, Credit, Spans, Stance


def stances(
    parsed: Parsed,
    attributions: tuple[Attribution, ...],
    times: tuple[Time, ...],
    credits: tuple[Credit, ...] = (),
) -> tuple[Stance, ...]:
    """One stance an attribution, in the same order; ``credits`` tell who goes on speaking, where they are known.

    What goes on from the words before ("he added", a quotation without a cue, "the statement said") keeps
    their day and their channel, marked as a doubt.
    """
    wordings = [worded(parsed, a) for a in attributions]
    held = contents_with(attributions, times)
    found: list[Stance] = []
    for index, before in enumerate(taken_up(parsed, wordings, credits)):
        stance = _stance(parsed, wordings[index], times, held)
        if not before and stance.said is None and same_day(parsed, wordings[index]):
            before = tuple(i for i in range(index - 1, max(-1, index - 6), -1) if found[i].said)[:1]
        for i in before:
            stance = _with_occasion(stance, found[i])
        if stance.said is None and (day := same_occasion(parsed, wordings, credits, found)) is not None:
            stance = _with_day(stance, found[day])
        found.append(stance)
    return _shared_in_sentence(wordings, credits, found)


def _stance(parsed: Parsed, wording: Wording, times: tuple[Time, ...], held: Held) -> Stance:
    act, lemma = act_of(wording)
    time = time_of_saying(parsed, wording, times, held)
    said, candidates = (None, ()) if time is None else day_of_saying(parsed, time)
    return Stance(
        act=act,
        quotation=quotation_of(parsed, wording.attribution),
        factuality=factuality_of(wording, act, lemma),
        channel=channel_of(wording),
        said=said,
        said_candidates=candidates,
    )


def quotation_of(parsed: Parsed, attribution: Attribution) -> Quotation:
    """Direct when every word of the content stands in quotation marks, mixed when some do, else indirect.

    A quotation that holds the cue as well is another's: what is nested in it is told indirectly.
    """
    quoted, plain = False, list[str]()
    for span in attribution.content:
        inside = [
            q
            for q in parsed.layout.quoted(*span)
            if not any(q.start <= cue.start and cue.end <= q.end for cue in attribution.cue)
        ]
        quoted = quoted or any(_words_of(parsed.text, max(span.start, q.start), min(span.end, q.end)) for q in inside)
        plain += _outside(parsed.text, span, inside)
    if not quoted:
        return _marked(parsed.text, attribution.content)
    return Quotation.MIXED if any(word.lower() not in _linking() for word in plain) else Quotation.DIRECT


def _outside(text: str, span: Span, quotations: list[Quoted]) -> list[str]:
    """The words of a span that stand in none of its quotations."""
    found, start = list[str](), span.start
    for quotation in quotations:
        found += _words_of(text, start, quotation.start)
        start = max(start, quotation.end)
    return found + _words_of(text, start, span.end)


_WORD = re.compile(r"\w+")


def _words_of(text: str, start: int, end: int) -> list[str]:
    return _WORD.findall(text, start, end) if start < end else []


@cache
def _linking() -> frozenset[str]:
    return frozenset(lexicon("stance")["quotation"]["linking"])


_MARKS = '"“”„«»'


def _marked(text: str, content: Spans) -> Quotation:
    """By the marks the content begins and ends with, where the layout could not pair them (”so”)."""
    marked = content and text[content[0].start] in _MARKS and text[content[-1].end - 1] in _MARKS
    return Quotation.DIRECT if marked else Quotation.INDIRECT


def _with_occasion(stance: Stance, before: Stance) -> Stance:
    """A stance with the day and the channel of the words before where it has none of its own."""
    doubts = stance.doubts
    if stance.said is None and before.said is not None:
        stance = replace(stance, said=before.said, said_candidates=before.said_candidates)
        doubts += ("said",)
    if stance.channel is None and before.channel is not None:
        stance = replace(stance, channel=before.channel)
        doubts += ("channel",)
    return replace(stance, doubts=doubts)


def _with_day(stance: Stance, before: Stance) -> Stance:
    return replace(stance, said=before.said, said_candidates=before.said_candidates, doubts=(*stance.doubts, "said"))


def _shared_in_sentence(
    wordings: list[Wording], credits: tuple[Credit, ...], found: list[Stance]
) -> tuple[Stance, ...]:
    """Two cues of one source in one sentence share their day ("Calling them …, she said on Sunday …")."""
    for index in range(len(found) - 2, -1, -1):
        this, after = wordings[index], wordings[index + 1]
        one_speaker = credits and credits[index].claimant and credits[index].claimant == credits[index + 1].claimant
        same = one_speaker or (this.attribution.source and this.attribution.source == after.attribution.source)
        if same and this.cue and after.cue and this.cue[0].sent.start == after.cue[0].sent.start:
            found[index] = _with_occasion(found[index], found[index + 1])
            if this.attribution.within is None and after.attribution.within is None:
                found[index + 1] = _with_occasion(found[index + 1], found[index])
    return tuple(found)
