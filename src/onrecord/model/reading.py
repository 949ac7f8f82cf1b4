"""The nouns of the record: frozen values with the spans they were read from.

Offsets are half-open and count code points of ``Document.text``. ``None`` means the text does not say.
The words are those of DESIGN.md; where one comes from a codebook or paper, the class names it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open character offsets ``[start, end)`` into ``Document.text``."""

    start: int
    end: int


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    UNNAMED = "unnamed"


class Act(StrEnum):
    """What the speech does; REPORT is the author's own."""

    SAY = "say"
    ESTIMATE = "estimate"
    ORDER = "order"
    ADVISE = "advise"
    SUGGEST = "suggest"
    DENY = "deny"
    WARN = "warn"
    PROMISE = "promise"
    EXPECT = "expect"
    ASK = "ask"
    CONCERN = "concern"
    REPORT = "report"


class Quotation(StrEnum):
    """PARC 3's direct, indirect and mixed; NONE is the author's own."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class Factuality(StrEnum):
    """How the source presents it (after FactBank), not whether it is so."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    EXPECTED = "expected"
    DENIED = "denied"
    UNKNOWN = "unknown"


class FigureKind(StrEnum):
    COUNT = "count"
    CHANGE = "change"
    RATIO = "ratio"
    SHARE = "share"
    DURATION = "duration"
    COMPARISON = "comparison"
    RATE = "rate"


class Precision(StrEnum):
    """How fine a period is; UNKNOWN where only one end is told."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


class PlaceKind(StrEnum):
    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    FACILITY = "facility"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Words:
    """Words on the page: spans in order and their text, parts joined by `` … ``."""

    spans: tuple[Span, ...]
    text: str

    @classmethod
    def of(cls, text: str, spans: Iterable[tuple[int, int]]) -> Words:
        """The words of ``text`` under ``spans``.

        >>> Words.of("“We hold,” he said, “the city.”", [(0, 10), (20, 31)]).text
        '“We hold,” … “the city.”'
        """
        ordered = tuple(sorted(Span(*span) for span in spans))
        return cls(ordered, " … ".join(text[start:end] for start, end in ordered))


@dataclass(frozen=True, slots=True)
class Document:
    """One text as published, immutable.

    ``id`` hashes the text as given, so that offsets hold; ``likeness`` hashes its normalised form and finds the
    same text in another dress. ``key`` is the name the user gave it (a file name, a corpus id).
    """

    text: str
    key: str | None = None
    published: date | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    id: str = field(init=False)
    likeness: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", digest(self.text))
        object.__setattr__(self, "likeness", digest(normalised(self.text)))


@dataclass(frozen=True, slots=True)
class Party:
    """Who the source words denote: one Party per document for all its mentions.

    ``side`` is a short code, ISO 3166 alpha-2 for a state's side, else a short name ("SDF", "UN").
    """

    id: str
    name: str
    kind: PartyKind
    role: str | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Relay:
    """A party between claimant and document (PROV ``wasQuotedFrom``); not ``certain`` where its reach is doubtful."""

    name: str
    spans: tuple[Span, ...]
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """Earliest and latest day, both inclusive, with the words it was resolved from; either end may be None."""

    earliest: date | None
    latest: date | None
    precision: Precision
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression (TIMEX3): ``type`` DATE, TIME, DURATION or SET, its normalised ``value``, and the half-open
    interval it denotes as ISO strings (``to`` exclusive), None where it is unresolved. ``candidates`` are all
    readings as periods, likeliest first, when there is more than one or the text alone does not decide."""

    spans: tuple[Span, ...]
    text: str
    type: str
    value: str | None
    from_: str | None
    to: str | None
    precision: Precision
    candidates: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated quantity.

    ``value`` is what is printed, ``low`` and ``high`` what it allows: half a unit of the last non-zero digit for
    counts from 1,000, smaller counts exact, half a point for per cent, fixed bounds for vague words (``value`` None).
    ``unit`` is a singular English noun, ``person`` for people with the counted ``noun`` beside it. ``comparator``
    is one of ``= ~ > >= < <= up down``. A ratio is so many of ``numerator`` per one of ``denominator``; a
    comparison has ``more`` and ``less``. ``against`` is the period a change is measured from and ``direction`` its way,
    "up" or "down", where the comparator tells another bound ("rose more than 40 percent"). ``tally`` says what a count
    is of, where the words tell: "increment" (so many more), "total" (so many until now) or "stock" (so many there are).
    """

    spans: tuple[Span, ...]
    text: str
    kind: FigureKind
    comparator: str = "="
    measure: str | None = None
    noun: str | None = None
    side: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    period: Period | None = None
    candidates: tuple[Period, ...] = ()
    against: Period | None = None
    place: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    more: str | None = None
    less: str | None = None
    direction: str | None = None
    tally: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place or demonym as mentioned: a gazetteer entry or named region with its uncertainty (Darwin Core).

    ``lat`` and ``lon`` are degrees, ``uncertainty_m`` metres; None where no gazetteer knows it.
    """

    spans: tuple[Span, ...]
    text: str
    name: str
    kind: PlaceKind
    lat: float | None = None
    lon: float | None = None
    uncertainty_m: int | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True)
class Caveat:
    """Words that hedge other statements, and the ids of those they cover; not ``certain`` where that is doubtful."""

    id: str
    spans: tuple[Span, ...]
    text: str
    kind: str
    covers: tuple[str, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One attributed content in one document, or one of the author's own (no source, no claimant).

    ``claimant`` is empty for the author's own, several for a shared statement. ``within`` is the id of the
    statement this one is nested in; ``caveats`` are ids. ``doubts`` names the fields whose reading is doubtful.
    """

    id: str
    content: Words
    cue: Words | None
    source: Words | None
    claimant: tuple[Party, ...]
    relays: tuple[Relay, ...]
    channel: str | None
    act: Act
    quotation: Quotation
    factuality: Factuality
    said: Period | None = None
    said_candidates: tuple[Period, ...] = ()
    within: str | None = None
    caveats: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    places: tuple[Place, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReaderInfo:
    """Which reader made the values, at which version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader read in one document: statements in the order of their words, and every mention."""

    document: Document
    reader: ReaderInfo
    statements: tuple[Statement, ...]
    caveats: tuple[Caveat, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    demonyms: tuple[Place, ...]
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()


def digest(text: str) -> str:
    """The first 32 hex digits of SHA-256; lone surrogates are kept apart from each other."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def identifier(document: Document, kind: str, *anchors: Iterable[Span]) -> str:
    """An id anchored to words: the document, what kind of thing it is, and the spans it stands on."""
    places = ";".join(",".join(f"{start}-{end}" for start, end in spans) for spans in anchors)
    return _within(document, f"{kind}|{places}")


def _within(document: Document, anchor: str) -> str:
    """Ids of one document begin alike, so that they lie side by side in every index of a store: a ledger of a million
    statements is written in a fraction of the pages."""
    return document.id[:5] + digest(f"{document.id}|{anchor}")[:11]


def statement_id(document: Document, content: Words, cue: Words | None, source: Words | None) -> str:
    """The id of a statement: anchored to its words, whatever is concluded about them."""
    spans = [words.spans for words in (cue, source) if words is not None]
    return identifier(document, "statement", content.spans, *spans)


def party_id(document: Document, name: str) -> str:
    """The id of a party, one for all its mentions in a document; names that differ in case or accents are one."""
    return _within(document, f"party|{normalised(name)}")


def normalised(text: str) -> str:
    """The text with case, accents, quotation marks, punctuation and runs of white space set aside.

    >>> normalised("“Kyiv”,  he said") == normalised('"Kyiv", he SAID')
    True
    """
    return " ".join(unicodedata.normalize("NFKD", text).casefold().translate(_KEPT).split())


class _Kept(dict[int, str | None]):
    """What becomes of a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        c = chr(code)
        kept = self[code] = None if unicodedata.combining(c) else c if c.isalnum() else " "
        return kept


_KEPT = _Kept()
