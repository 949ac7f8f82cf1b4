"""The nouns of the record over many documents: frozen values that name the statements they rest on by their ids.

The words are those of DESIGN.md; where one comes from a codebook or a library, the class names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from onrecord.model.reading import Document, Party, Place, Span, Statement, digest, normalised


@dataclass(frozen=True, slots=True)
class Appearance:
    """A statement where it stands on the record: in which document, seen under which name, day and publisher.

    ``published`` is the earliest day the text is known to have been published. ``hedged`` holds the texts of the
    caveats that cover the statement.
    """

    statement: Statement
    document: str
    key: str | None = None
    published: date | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    hedged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sighting:
    """A text seen under a name, at a URL, from a publisher, on a day: one text, many sightings."""

    id: str
    key: str | None = None
    published: date | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as the record keeps it: its words, where they were seen, and where they came from.

    ``known`` is the earliest day the text is known to have been there, published or added. ``revises`` are the ids of
    the documents that stood at its URL before (PROV ``wasRevisionOf``), ``copies`` of those it is a copy of.
    ``parties`` are all whom any reader took for a claimant in it, in every form, the newest reading's last; ``hedges``
    the texts of its caveats by their ids, ``regions`` the names of the countries and regions in it.
    """

    id: str
    text: str
    known: date
    sightings: tuple[Sighting, ...] = ()
    revises: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    hedges: Mapping[str, str] = field(default_factory=dict)
    regions: frozenset[str] = frozenset()

    def document(self) -> Document:
        """Its text as it was first seen."""
        if not self.sightings:
            return Document(self.text)
        seen = self.sightings[0]
        return Document(self.text, seen.key, seen.published, seen.title, seen.publisher, seen.url, seen.language)


class Judgement(StrEnum):
    """What a person decided (after nomenklatura's judgements, and what a desk does with a finding)."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    UNSURE = "unsure"
    COMMENT = "comment"
    MERGE = "merge"
    SPLIT = "split"
    CONFIRM = "confirm"
    DISMISS = "dismiss"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's judgement on something on the record, with who, when and why.

    ``of`` is what is judged ("statement", "caveat", "party", "place", "claim", "finding", "document", "decision") and
    ``target`` its id. A correction has the ``field`` and its new ``value`` (plain, as in the contract); a merge or
    split the ``other`` id; an undo names another decision. ``at`` is ISO text in UTC. ``words`` are the spans of the
    words it is attached to and ``saw`` what the newest reading said of them. The ledger fills in what is left empty:
    ``at`` with now, ``id`` with the hash of what was decided by whom and when, ``words`` and ``saw`` with what it has.
    """

    judgement: Judgement
    of: str
    target: str
    by: str
    at: str = ""
    why: str | None = None
    field: str | None = None
    value: object = None
    other: str | None = None
    id: str = ""
    words: tuple[Span, ...] = ()
    saw: object = None


@dataclass(frozen=True, slots=True)
class Edge:
    """Two statements taken for one claim, with a score from 0 to 1 and the reasons for it."""

    one: str
    other: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim entered the record: the party it was first told by or to, in which document, said when."""

    party: str
    document: str
    said: date | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """A later figure by the same claimant on the same thing: a revision, not a conflict. The two are statement ids."""

    from_: str
    to: str
    why: str


@dataclass(frozen=True, slots=True)
class Claim:
    """The statements, over all documents, in which one claimant asserts one thing (schema.org Claim).

    ``statements`` are ids, the earliest first. ``independent_origins`` counts origins that do not rest on one another;
    ``texts`` is how many documents are behind it.
    """

    id: str
    claimant: tuple[Party, ...]
    summary: str
    statements: tuple[str, ...]
    origins: tuple[Origin, ...]
    independent_origins: int
    texts: int
    updates: tuple[Update, ...] = ()


class DriftClass(StrEnum):
    CHANGE = "change"
    INHERITED = "inherited"
    UPDATE = "update"
    SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Drift:
    """A field that differs between a statement and its retelling: ``from_`` is the telling nearest the claimant.

    ``field`` is value, comparator, measure, side, period, place, claimant, factuality, quotation or content; the spans
    are those of the two values in their documents, the contents' where the value has no words of its own.
    """

    from_: str
    to: str
    field: str
    from_value: str | None
    to_value: str | None
    class_: DriftClass
    from_spans: tuple[Span, ...] = ()
    to_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of a series: on a day (``to`` where it covers several), as a number or what it allows.

    ``source`` is where that one value was published, where each has a page of its own.
    """

    day: date
    value: float | None
    low: float | None = None
    high: float | None = None
    to: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A reference figure over time, by a named publisher, with its own definition and hedge.

    ``cumulative`` tells totals until a day from values of that day or period alone, ``stock`` those from what there is
    on a day, which no sum is made of. ``measure``, ``side``, ``noun`` and ``unit`` are as in a figure, ``read_as`` are
    measures under which the same figures are retold, ``definition`` and ``hedge`` the publisher's own words for what
    is counted and how surely. ``speaks_for`` is the publisher's side, ``known_as`` the other names it speaks under.
    """

    id: str
    name: str
    publisher: str
    measure: str
    observations: tuple[Observation, ...]
    side: str | None = None
    unit: str | None = None
    place: str | None = None
    definition: str | None = None
    hedge: str | None = None
    cumulative: bool = False
    starts: date | None = None
    licence: str | None = None
    version: str | None = None
    source: str | None = None
    noun: str | None = None
    stock: bool = False
    read_as: tuple[str, ...] = ()
    speaks_for: str | None = None
    known_as: tuple[str, ...] = ()


class FindingKind(StrEnum):
    CONFLICT = "conflict"
    IMPLIED = "implied"
    SERIES = "series"
    DRIFT = "drift"


class FindingState(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the ledger worked out, with all it rests on; take one away and it falls (rule 8 of the record).

    ``statements`` are ids, ``series`` the ids of series used, ``assumptions`` sentences, ``arithmetic`` the sum as a
    reader can check it, ``text`` one sentence a reporter can use, ``hedges`` the caveats on the statements. ``asks`` is
    what a person must say first where the finding cannot choose ("on which day was this published?"). ``fits`` is
    whether a figure fits the series it was set beside, None where that is no question or cannot be told.
    """

    id: str
    kind: FindingKind
    statements: tuple[str, ...]
    assumptions: tuple[str, ...]
    arithmetic: str
    text: str
    series: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    asks: str | None = None
    state: FindingState = FindingState.OPEN
    fits: bool | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a quantity must be at least and at most, None where nothing binds it, and the statements that bind it."""

    low: float | None
    high: float | None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One quantity by one account: what the believed say of it and what follows, beside the same from the others.

    ``claimed`` is told outright, ``implied`` follows from other figures; each is None where that account gives none.
    ``arithmetic`` shows the believed's implied bounds, ``meets`` is False where the two accounts leave no common value.
    ``document`` is the only text the quantity is of, where that does not tell a place by which to find it in others.
    """

    quantity: str
    claimed: Bounds | None
    implied: Bounds | None
    others_claimed: Bounds | None
    others_implied: Bounds | None
    arithmetic: str = ""
    meets: bool = True
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What follows from the word of the ``believed`` beside that of the ``doubted``: "as told by …".

    ``unknown`` holds names asked for that no claimant on the record bears; ``conflicts`` are those within the account.
    """

    believed: tuple[str, ...]
    doubted: tuple[str, ...]
    lines: tuple[AccountLine, ...]
    conflicts: tuple[Finding, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a URL gave when it was asked: fetched by us, or as an archive has it (a WARC record).

    ``final`` is the URL that answered, after redirects; ``at`` is ISO text in UTC. ``body`` is what was sent, with its
    transfer and content codings undone, and ``sha256`` its hash; None where the body was not kept: in an archive, which
    has it, or with status 304, where the hash is that of the body found unchanged. ``document`` is the id of the text
    that was found in it.
    """

    url: str
    final: str
    at: str
    status: int
    sha256: str
    media_type: str | None = None
    etag: str | None = None
    modified: str | None = None
    body: bytes | None = None
    document: str | None = None


def place_id(place: Place) -> str:
    """The id of a place over all documents: its number at GeoNames, else a hash of its name."""
    return str(place.geonameid) if place.geonameid else digest(f"place|{normalised(place.name)}")[:16]
