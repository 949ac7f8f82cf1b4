"""What a statement is looked up, counted and put in order by: its terms, from its value after review. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

KINDS = (
    "act", "factuality", "quotation", "claimant", "side", "relay", "measure", "place", "spot", "caveat", "review",
    "said", "about", "publisher", "state", "finding",
)  # fmt: skip
"""What statements are looked up and counted by. ``claimant`` is empty for the author's own; ``spot`` is a place's
number at GeoNames, else its name; ``caveat`` the kind of a caveat that covers it; ``review`` why a person should see
it: "doubtful" where its reader doubts a field or has several readings of it, "readers differ" where an earlier one has
it otherwise. ``said`` and ``about`` are the months it was said in and is about, "long" for a period that is in no one
month. ``state`` is what people made of it, where they did, ``finding`` the kind of a finding that rests on it."""

ALL, SAID_ON, ABOUT_ON, PUBLISHED = "all", "said on", "about on", "published"
"""What statements are looked up by besides: every one is of ``ALL``. The others are days: the first and the last that
it may have been said on or is about, as ``2023-03-01/2023-03-31``, and the day its document was published. Every
statement has one ``SAID_ON`` and ``PUBLISHED``, which are empty where nobody knows, so that all can be put in order."""

LONG = "long"
"""The month of a period that is in no one month."""

Term = tuple[str, str]
Spot = tuple[str, str, str, float, float, int | None]
"""Where a place lies: its key, name, kind, latitude, longitude and uncertainty in metres."""


class Party(msgspec.Struct, gc=False):
    """A claimant or relay."""

    name: str
    side: str | None = None
    id: str = ""


class Period(msgspec.Struct, gc=False):
    """The first and the last day."""

    earliest: str | None = None
    latest: str | None = None
    spans: Sequence[tuple[int, int]] = ()

    def days(self) -> str:
        """Both days, empty where neither is known."""
        return f"{self.earliest or ''}/{self.latest or ''}" if self.earliest or self.latest else ""


class Figure(msgspec.Struct, gc=False):
    """A quantity: what it measures and when."""

    measure: str | None = None
    period: Period | None = None
    candidates: Sequence[Any] = ()


class Place(msgspec.Struct, gc=False):
    """A place, and where it lies."""

    name: str
    kind: str
    lat: float | None = None
    lon: float | None = None
    uncertainty_m: int | None = None
    geonameid: int | None = None

    def spot(self) -> Spot | None:
        """Where it lies, where that is known."""
        if self.lat is None or self.lon is None:
            return None
        key = self.name if self.geonameid is None else str(self.geonameid)
        return key, self.name, self.kind, self.lat, self.lon, self.uncertainty_m


class Content(msgspec.Struct, gc=False):
    """Where the words stand."""

    spans: Sequence[tuple[int, int]] = ()


class Told(msgspec.Struct, gc=False):
    """Of a statement's value, what it is asked by. All of it is empty where the words were taken out of the record."""

    act: str = ""
    factuality: str = ""
    quotation: str = ""
    claimant: Party | list[Party] | None = None
    relays: list[Party] | None = None
    figures: list[Figure] | None = None
    places: list[Place] | None = None
    caveats: list[str] | None = None
    said: Period | None = None
    said_candidates: list[Any] | None = None
    doubts: list[str] | None = None
    content: Content | None = None

    def parties(self) -> Sequence[Party]:
        """Who makes it."""
        return self.claimant if isinstance(self.claimant, list) else [self.claimant] if self.claimant else ()


class Time(msgspec.Struct, gc=False, rename={"first": "from", "next": "to"}):
    """A time expression anywhere in a document: its first day, and the one after its last."""

    spans: Sequence[tuple[int, int]] = ()
    first: str | None = None
    next: str | None = None

    def days(self) -> str:
        """Its first and last day, as those of a period; empty where it is no time of the calendar.

        >>> Time([], "2023-03-05T10:00", "2023-03-05T11:00").days()
        '2023-03-05/2023-03-05'
        >>> Time([], "2023-02-24").days(), Time([]).days(), Time([], None, "0001-01-01").days()
        ('2023-02-24/', '', '')
        """
        try:
            return Period(self.first and self.first[:10], _before(self.next) if self.next else None).days()
        except (ValueError, OverflowError):
            return ""


class Beside(msgspec.Struct, gc=False):
    """What is known of a statement besides its value; ``names`` are those of the parties that people hold to be one
    with its claimants."""

    published: str = ""
    publishers: Collection[str] = ()
    caveats: Mapping[str, str] = {}
    times: Sequence[Time] = ()
    state: str | None = None
    findings: frozenset[str] = frozenset()
    differs: bool = False
    names: frozenset[str] = frozenset()


told = msgspec.json.Decoder(Told).decode
"""A statement's value from its JSON."""


def terms_of(one: Told, beside: Beside) -> set[Term]:
    """The kinds and values that a statement is asked by."""
    found = {(ALL, ""), (PUBLISHED, beside.published), (SAID_ON, one.said.days() if one.said else "")}
    for name in beside.publishers:
        found.add(("publisher", name))
    if one.act:
        found.update((("act", one.act), ("factuality", one.factuality), ("quotation", one.quotation)))
        _add_parties(found, one, beside)
        _add_measured(found, one)
        _add_days(found, one, beside)
        _add_review(found, one, beside)
    return found


def _add_parties(found: set[Term], one: Told, beside: Beside) -> None:
    parties = one.parties()
    if not parties:
        found.add(("claimant", ""))
    for party in parties:
        found.add(("claimant", party.name))
        if party.side:
            found.add(("side", party.side))
    found.update(("claimant", name) for name in beside.names)
    for relay in one.relays or ():
        found.add(("relay", relay.name))


def _add_measured(found: set[Term], one: Told) -> None:
    for figure in one.figures or ():
        if figure.measure:
            found.add(("measure", figure.measure))
    for place in one.places or ():
        found.add(("place", place.name))
        if spot := place.spot():
            found.add(("spot", spot[0]))


def _add_days(found: set[Term], one: Told, beside: Beside) -> None:
    """The days of a statement: of its figures, and of the times that its content names, other than when it was said."""
    if one.said and (said := one.said.days()):
        found.add(("said", _month(said)))
    about = {figure.period.days() for figure in one.figures or () if figure.period}
    if beside.times and one.content:
        apart = one.said.spans if one.said else ()
        for time in beside.times:
            if _within(time.spans, one.content.spans) and not _meet(time.spans, apart):
                about.add(time.days())
    for days in about:
        if days:
            found.update(((ABOUT_ON, days), ("about", _month(days))))


def _add_review(found: set[Term], one: Told, beside: Beside) -> None:
    if one.doubts or len(one.said_candidates or ()) > 1 or any(len(f.candidates) > 1 for f in one.figures or ()):
        found.add(("review", "doubtful"))
    if beside.differs:
        found.add(("review", "readers differ"))
    if beside.state:
        found.add(("state", beside.state))
    for kind in beside.findings:
        found.add(("finding", kind))
    for id_ in one.caveats or ():
        if id_ in beside.caveats:
            found.add(("caveat", beside.caveats[id_]))


def _before(moment: str) -> str:
    """The last day before a moment.

    >>> _before("2023-03-02"), _before("2023-03-02T10:00")
    ('2023-03-01', '2023-03-02')
    """
    begins = not moment[10:].strip("T0:")
    return (date.fromisoformat(moment[:10]) - timedelta(1 if begins else 0)).isoformat()


def _month(days: str) -> str:
    """The month that both days are in, as 2023-03.

    >>> _month("2023-03-01/2023-03-31"), _month("2023-03-01/")
    ('2023-03', 'long')
    """
    first, last = days.split("/")
    return first[:7] if first[:7] == last[:7] else LONG


def _within(inner: Sequence[tuple[int, int]], outer: Sequence[tuple[int, int]]) -> bool:
    return bool(inner) and all(any(a <= start and end <= b for a, b in outer) for start, end in inner)


def _meet(some: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in some for start, end in others)
