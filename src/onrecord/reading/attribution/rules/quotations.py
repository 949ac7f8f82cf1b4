"""Quotations beside a cue become its content; what goes on without a cue goes on with its speaker."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.reading.attribution.rules.candidates import (
    FIRST_AND_SECOND,
    Candidate,
    Range,
    cue_of,
    noun_phrase,
    subject_of,
)
from onrecord.reading.attribution.rules.cues import speaking
from onrecord.reading.layout import Line, LineKind, Quotation
from onrecord.reading.parsing import Parsed

# Words between a quotation and its cue: "…," the minister, who had been ill for weeks, said
_REACH = 40


@dataclass(slots=True)
class _Quoted:
    """A quotation in tokens, marks included."""

    start: int
    end: int
    quotation: Quotation
    line: int


def with_quotations(parsed: Parsed, found: list[Candidate]) -> list[Candidate]:
    """The candidates with the quotations they introduce or close, and those of quotations that had no cue yet."""
    by_head = {c.head: c for c in found}
    quoted = _quoted(parsed)
    _fronted_without_quotation(parsed, by_head)
    taken: dict[int, Candidate] = {}
    for i, q in enumerate(quoted):
        cue = _cue_after(parsed, quoted, i) or _cue_before(parsed, quoted, i)
        if cue is not None:
            taken[i] = _attach(parsed, by_head, cue, q)
    _extend_over_marks(quoted, by_head)
    going_on = _go_on(parsed, quoted, taken, by_head)
    return [c for c in by_head.values() if c.content] + going_on


def _quoted(parsed: Parsed) -> list[_Quoted]:
    lines = parsed.layout.lines
    out, at = [], 0
    for quotation in parsed.layout.quotations:
        while lines[at].end < quotation.end:
            at += 1
        span = parsed.tokens(quotation.start, quotation.end)
        if len(span):
            out.append(_Quoted(span.start, span.end, quotation, at))
    return out


# --- the cue of a quotation ------------------------------------------------------------------------------------


def _cue_after(parsed: Parsed, quoted: list[_Quoted], i: int) -> Token | None:
    """``“…,” the minister said`` and ``“…,” said the minister``: the cue in the same sentence behind the quotation."""
    doc, q = parsed.doc, quoted[i]
    limit = min(len(doc), q.end + _REACH)
    if i + 1 < len(quoted):
        limit = min(limit, quoted[i + 1].start)
    if not _speech(parsed, q):
        return None
    stop = parsed.layout.lines[q.line].end
    for token in doc[q.end : limit]:
        if token.idx >= stop or (token.is_sent_start and token.i > q.end + 1 and token.text[:1].isupper()):
            return None
        if token.lower_ in (".", "?", "!", ";", "that", "which"):
            return None
        if _is_cue(token) and token.dep_ not in ("amod", "relcl", "acl"):
            subject = subject_of(token) or _beside(token)
            beside = subject is not None and subject.i >= q.end and _follows(parsed, q, token, subject)
            return token if beside else None
    return None


_SENTENCE_MARKS = (".", "?", "!", "…")


def _follows(parsed: Parsed, q: _Quoted, cue: Token, subject: Token) -> bool:
    """Whether source and cue stand right behind the quotation, and not in a sentence of their own."""
    doc = parsed.doc
    first = q.end
    while first < cue.i and (doc[first].is_punct or doc[first].is_space):
        first += 1
    if first < min(subject.left_edge.i, cue_of(cue)[0]) - 1:
        return False
    words = parsed.text[q.quotation.start : q.quotation.end].rstrip("”\"'’`» ")
    if words.endswith(".") and doc[first].text[:1].isupper():
        return False
    return not words.endswith(_SENTENCE_MARKS) or cue.i - first <= 8


def _cue_before(parsed: Parsed, quoted: list[_Quoted], i: int) -> Token | None:
    """``the minister said: “…”``: the nearest cue before the quotation, with only its own adjuncts between."""
    doc, q = parsed.doc, quoted[i]
    floor = max(0, q.start - 14)
    if i and quoted[i - 1].line == q.line:
        floor = max(floor, quoted[i - 1].end)
    before = doc[q.start - 1].lower_ if q.start else ""
    if not (before in (",", ":") or _speech(parsed, q)):
        return None
    line = parsed.layout.lines[q.line]
    for token in reversed(doc[floor : q.start]):
        if token.idx < line.start or token.lower_ in (".", "?", "!"):
            return None
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass", "amod"):
            return token if _is_cue(token) and (before in (",", ":") or token.i >= q.start - 2) else None
    return None


def _speech(parsed: Parsed, q: _Quoted) -> bool:
    """Whether the quotation is speech, not a word held with tongs: it ends like a clause or is long."""
    words = parsed.text[q.quotation.start : q.quotation.end].strip("“”\"'‘’`«» ")
    return words[-1:] in (",", ".", "?", "!", "…", "—", "-") or q.end - q.start >= 9


def _is_cue(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in speaking()


def _beside(verb: Token) -> Token | None:
    """The noun right beside a cue the parser gave no subject."""
    doc = verb.doc
    for i in (verb.i - 1, verb.i + 1, verb.i + 2):
        if 0 <= i < len(doc) and doc[i].pos_ in ("PROPN", "PRON", "NOUN"):
            noun = doc[i]
            while (
                noun.dep_ in ("compound", "det", "poss", "amod")
                and noun.head.i != verb.i
                and abs(noun.head.i - noun.i) < 6
            ):
                noun = noun.head
            return noun if noun.i != verb.i else doc[i]
    return None


def _attach(parsed: Parsed, by_head: dict[int, Candidate], cue: Token, q: _Quoted) -> Candidate:
    words = (_sentence_start(parsed, q, cue), q.end) if q.end <= cue.i else (q.start, q.end)
    candidate = by_head.get(cue.i)
    if candidate is None:
        subject = subject_of(cue) or _beside(cue)
        source = noun_phrase(subject, cue) if subject is not None else None
        candidate = Candidate(cue.i, cue.lemma_.lower(), "quotation", cue_of(cue), _outside(source, words), [words])
        by_head[cue.i] = candidate
        return candidate
    if candidate.frame == "quotation":
        candidate.content.append(words)
    elif q.end <= cue.i:
        rest = [] if candidate.frame == "fronted" else [r for r in candidate.content if r[0] > cue.i]
        candidate.content = [words, *rest]
        candidate.frame = "quotation"
    elif not any(r[0] <= q.start and q.end <= r[1] for r in candidate.content):
        kept = [
            r
            for r in candidate.content
            if r[1] <= q.start and r[0] < cue.i and candidate.frame in ("fronted", "quotation")
        ]
        candidate.content = [*kept, words]
        candidate.frame = "quotation"
    candidate.source = _outside(candidate.source, words)
    return candidate


def _outside(source: Range | None, words: Range) -> Range | None:
    """The source without what lies inside the quotation."""
    if source is None or source[1] <= words[0] or source[0] >= words[1]:
        return source
    if source[0] < words[0]:
        return source[0], words[0]
    return (words[1], source[1]) if source[1] > words[1] else None


def _sentence_start(parsed: Parsed, q: _Quoted, cue: Token) -> int:
    """Where the content that ends with a quotation begins: with the quotation, or with the sentence it closes."""
    doc = parsed.doc
    start = q.start
    line = parsed.layout.lines[q.line].start
    first = doc[q.start]
    if first.idx <= line or first.is_sent_start or doc[q.start - 1].lower_ in (".", "?", "!", ":", "“", '"'):
        return start
    left = first.sent.start
    if any(_is_cue(t) for t in doc[left:start]):
        return start
    return left if doc[left].idx >= line else start


# --- contents without quotation marks before their cue -----------------------------------------------------------


def _fronted_without_quotation(parsed: Parsed, by_head: dict[int, Candidate]) -> None:
    """``The bridge was lost, officials said.``: where the parser did not see it, the sentence before the cue."""
    doc = parsed.doc
    for sentence in doc.sents:
        for token in sentence:
            if not _is_cue(token) or token.i - sentence.start < 4 or parsed.quoted(token):
                continue
            if token.tag_ not in ("VBD", "VBZ", "VBP") and not any(c.dep_ == "aux" for c in token.children):
                continue
            known = by_head.get(token.i)
            if known is not None and known.frame not in ("object", "fronted"):
                continue
            if sentence.end - token.i > 14 or any(
                c.dep_ in ("ccomp", "xcomp") and c.i > token.i for c in token.children
            ):
                continue
            subject = subject_of(token) or _beside(token)
            if token.dep_ in ("advcl", "relcl", "acl") or (token.dep_ == "ccomp" and token.head.i < token.i):
                continue
            if any(c.dep_ == "mark" for c in token.children):
                continue
            if (
                subject is None
                or subject.lower_ in FIRST_AND_SECOND
                or parsed.quoted(subject)
                or abs(subject.i - token.i) > 12
            ):
                continue
            source = noun_phrase(subject, token)
            end = min(source[0], cue_of(token)[0])
            if end - sentence.start < 3 or not _clause_ends(doc, sentence.start, end):
                continue
            by_head[token.i] = Candidate(
                token.i, token.lemma_.lower(), "fronted", cue_of(token), source, [(sentence.start, end)]
            )


def _clause_ends(doc: Doc, start: int, end: int) -> bool:
    """Whether a clause with a subject ends there: at a comma, or anywhere when the sentence has lost its commas."""
    whole = any(t.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for t in doc[start:end])
    return whole and (doc[end - 1].lower_ == "," or not any(t.lower_ == "," for t in doc[start : doc[end].sent.end]))


# --- going on ----------------------------------------------------------------------------------------------------


def _extend_over_marks(quoted: list[_Quoted], by_head: dict[int, Candidate]) -> None:
    """A content that ends inside a quotation ends with it; one that begins inside begins with it."""
    for candidate in by_head.values():
        for n, (start, end) in enumerate(candidate.content):
            for q in quoted[bisect_right(quoted, start, key=lambda q: q.end) :]:
                if q.start >= end:
                    break
                if q.end <= start or (q.start <= candidate.head < q.end and q.quotation.closed):
                    continue
                if start <= q.start < end < q.end:
                    end = q.end
                if q.start < start <= q.start + 2 and not q.start <= candidate.head < q.end <= end:
                    start = q.start
            candidate.content[n] = (start, end)


def _go_on(
    parsed: Parsed, quoted: list[_Quoted], taken: dict[int, Candidate], by_head: dict[int, Candidate]
) -> list[Candidate]:
    lines = parsed.layout.lines
    last: Candidate | None = None
    last_line = -1
    new: list[Candidate] = []
    covered = _covered(len(parsed.doc), by_head)
    for i, q in enumerate(quoted):
        if i in taken:
            last, last_line = taken[i], q.line
            continue
        if last is None or not _speech(parsed, q) or all(covered[q.start : q.end]):
            continue
        if q.line == last_line and _only_marks_between(parsed, last, q):
            last.content.append((q.start, q.end))
        elif (
            last_line < q.line
            and _whole_line(parsed, q, lines[q.line])
            and _texts_between(lines, last_line, q.line) == 0
        ):
            last = Candidate(q.start, "", "going on", (q.start, q.start), last.source, [(q.start, q.end)])
            last_line = q.line
            new.append(last)
    return new


def _covered(length: int, by_head: dict[int, Candidate]) -> bytearray:
    """1 for each token inside some content."""
    covered = bytearray(length)
    for candidate in by_head.values():
        for start, end in candidate.content:
            covered[start:end] = b"\1" * (end - start)
    return covered


def _only_marks_between(parsed: Parsed, last: Candidate, q: _Quoted) -> bool:
    """Whether the quotation follows its speaker's words with no other sentence between."""
    end = max(last.cue[1], last.source[1] if last.source else 0, last.content[-1][1])
    between = list(parsed.doc[end : q.start])
    return sum(t.lower_ in (".", "?", "!") for t in between) <= 1 and len(between) <= 14


def _whole_line(parsed: Parsed, q: _Quoted, line: Line) -> bool:
    return q.quotation.start - line.start <= 2 and line.end - q.quotation.end <= 2


def _texts_between(lines: tuple[Line, ...], first: int, last: int) -> int:
    return sum(line.kind is not LineKind.BOILERPLATE for line in lines[first + 1 : last])
