"""Readings made by hand: one with every field of the contract filled, and one of hostile text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from onrecord.model import (
    Act,
    Caveat,
    Document,
    Factuality,
    Figure,
    FigureKind,
    Party,
    PartyKind,
    Period,
    Place,
    PlaceKind,
    Precision,
    Quotation,
    ReaderInfo,
    Reading,
    Relay,
    Span,
    Statement,
    Time,
    Words,
    identifier,
)

TEXT = Path(__file__).with_name("crossing.txt").read_text(encoding="utf-8")


def span(text: str, words: str, nth: int = 1) -> Span:
    """Where the ``nth`` occurrence of ``words`` stands."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def words(*parts: str, text: str = TEXT) -> Words:
    return Words.of(text, [span(text, part) for part in parts])


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def period(first: str | None, last: str | None, precision: Precision, said: str) -> Period:
    return Period(_date(first), _date(last), precision, said, (span(TEXT, said),))


def place(
    said: str,
    name: str | None = None,
    kind: PlaceKind = PlaceKind.OTHER,
    point: tuple[float, float] | None = None,
    radius: int | None = None,
    geonameid: int | None = None,
) -> Place:
    lat, lon = point or (None, None)
    return Place((span(TEXT, said),), said, name or said, kind, lat, lon, radius, geonameid)


FEBRUARY = period("2023-02-01", "2023-02-28", Precision.MONTH, "in February")
JANUARY = Period(date(2023, 1, 1), date(2023, 1, 31), Precision.MONTH, "in February", FEBRUARY.spans)
SUNDAY = period("2023-03-05", "2023-03-05", Precision.DAY, "on Sunday")
MONDAY = period("2023-03-06", "2023-03-06", Precision.DAY, "on Monday")
SINCE_2022 = period("2022-02-24", None, Precision.RANGE, "since 24 February")
SINCE_2023 = period("2023-02-24", None, Precision.RANGE, "since 24 February")

MOROZ = Party("p1", "Iryna Moroz", PartyKind.PERSON, "colonel", "UA")
GOVERNOR = Party("p2", "unnamed: the governor", PartyKind.UNNAMED, "governor", "UA")
MINISTRY = Party("p3", "Russian Ministry of Defence", PartyKind.ORGANISATION, None, "RU")
OFFICIALS = Party("p4", "unnamed: local officials", PartyKind.UNNAMED)
AID_WORKERS = Party("p5", "two aid workers", PartyKind.GROUP, "aid workers")

VELYKA_RIKA = place("Velyka Rika", kind=PlaceKind.SETTLEMENT, point=(48.61, 37.98), radius=3000, geonameid=123456)
KYIV = place("Kyiv", kind=PlaceKind.SETTLEMENT, point=(50.45, 30.52), radius=15000)
UKRAINE = place("Ukraine", kind=PlaceKind.COUNTRY, point=(49.0, 32.0), radius=650000, geonameid=690791)
BRIDGE = place("the bridge", "bridge at Velyka Rika", PlaceKind.FACILITY)
RUSSIAN = place("Russian", "Russia", PlaceKind.COUNTRY, (60.0, 100.0), 3500000)


def figure(text: str, kind: FigureKind, **fields: object) -> Figure:
    return Figure((span(TEXT, text),), text, kind, **fields)  # type: ignore[arg-type]


LOSSES = figure(
    "11,000", FigureKind.COUNT, measure="losses", side="RU", value=11000, low=10500, high=11500, unit="person",
    period=FEBRUARY, place="Velyka Rika",
)  # fmt: skip
RISE = figure(
    "40 percent", FigureKind.CHANGE, comparator="up", measure="losses", side="RU", value=40, low=39.5, high=40.5,
    unit="percent", period=FEBRUARY, against=JANUARY,
)  # fmt: skip
RATIO = figure(
    "one to seven", FigureKind.RATIO, measure="killed", value=7, low=7, high=7, numerator="UA", denominator="RU"
)
MORE = figure("far more tanks", FigureKind.COMPARISON, comparator=">", measure="losses", noun="tank", unit="tank",
              more="UA", less="RU")  # fmt: skip
DISPLACED = figure(
    "at least 56 people", FigureKind.COUNT, comparator=">=", measure="displaced", noun="people", value=56, low=56,
    unit="person", period=SINCE_2023, candidates=(SINCE_2023, SINCE_2022),
)  # fmt: skip
CHILDREN = figure("dozens of children", FigureKind.COUNT, comparator="~", measure="displaced", noun="child", low=24,
                  high=99, unit="person")  # fmt: skip
TOWN = figure("18,000", FigureKind.COUNT, comparator="~", value=18000, low=17500, high=18500)
THIRD = figure("About a third", FigureKind.SHARE, comparator="~", measure="burned", value=1 / 3, low=0.3, high=0.36)
NINE_DAYS = figure("nine days", FigureKind.DURATION, measure="shelling", value=9, low=9, high=9, unit="day")
ROUNDS = figure("some 300 rounds a day", FigureKind.RATE, comparator="~", noun="round", value=300, low=250, high=350,
                unit="round")  # fmt: skip

DOCUMENT = Document(
    TEXT,
    key="crossing.txt",
    published=date(2023, 3, 7),
    title="Rival tolls after the river crossing",
    publisher="The River Courier",
    url="https://example.org/crossing?a=1&b=2",
    language="en",
)


def statement(content: Words, cue: Words | None, source: Words | None, **fields: object) -> Statement:
    defaults: dict[str, object] = {
        "claimant": (), "relays": (), "channel": None, "act": Act.SAY, "quotation": Quotation.INDIRECT,
        "factuality": Factuality.CERTAIN,
    }  # fmt: skip
    id_ = identifier(DOCUMENT, "statement", content.spans, cue.spans if cue else ())
    return Statement(id_, content, cue, source, **{**defaults, **fields})  # type: ignore[arg-type]


def own(content: Words, **fields: object) -> Statement:
    return statement(content, None, None, act=Act.REPORT, quotation=Quotation.NONE, **fields)


def _statements() -> tuple[Statement, ...]:
    caveat = (_CAVEAT_ID,)
    town = own(words("the fighting at Velyka Rika, a railway town of 18,000"), figures=(TOWN,), places=(VELYKA_RIKA,))
    lines = statement(
        words("“Our lines,”", "“have not moved.”"),
        words("told reporters"),
        words("Colonel Iryna Moroz"),
        claimant=(MOROZ,), quotation=Quotation.DIRECT, channel="briefing", said=SUNDAY,
    )  # fmt: skip
    rise = statement(
        words("Russian losses grew 40 percent to 11,000 in February"),
        words("estimated"),
        words("She"),
        claimant=(MOROZ,), act=Act.ESTIMATE, factuality=Factuality.PROBABLE, figures=(RISE, LOSSES),
        doubts=("claimant", "figures"),
    )  # fmt: skip
    outer = statement(
        words("the governor had warned that “the bridge may not hold until spring.”"),
        words("said"),
        words("She"),
        claimant=(MOROZ,), quotation=Quotation.MIXED,
    )  # fmt: skip
    inner = statement(
        words("“the bridge may not hold until spring.”"),
        words("had warned"),
        words("the governor"),
        claimant=(GOVERNOR,), relays=(Relay("Iryna Moroz", (span(TEXT, "She"),)),), act=Act.WARN,
        quotation=Quotation.DIRECT, factuality=Factuality.POSSIBLE, within=outer.id, places=(BRIDGE,),
    )  # fmt: skip
    ratio = statement(
        words("the ratio at one to seven in its favour"),
        words("put"),
        words("Russia’s defence ministry"),
        claimant=(MINISTRY,), relays=(Relay("Vostok-Inform", (span(TEXT, "Vostok-Inform"),), certain=False),),
        figures=(RATIO,), said_candidates=(MONDAY, SUNDAY), doubts=("said",),
    )  # fmt: skip
    tanks = statement(
        words("Ukraine had lost far more tanks than Russia"),
        Words.of(TEXT, [span(TEXT, "said", 2)]),
        Words.of(TEXT, [(span(TEXT, ", it said").start + 2, span(TEXT, ", it said").end - 5)]),
        claimant=(MINISTRY,), channel="Telegram", figures=(MORE,), places=(UKRAINE,), caveats=caveat,
    )  # fmt: skip
    displaced = statement(
        words("at least 56 people, among them dozens of children, had been displaced since 24 February"),
        Words.of(TEXT, [span(TEXT, "said", 3)]),
        words("Local officials and two aid workers"),
        claimant=(OFFICIALS, AID_WORKERS), figures=(DISPLACED, CHILDREN), caveats=caveat,
    )  # fmt: skip
    burned = own(words("About a third of the town burned."), figures=(THIRD,), factuality=Factuality.PROBABLE)
    return town, lines, rise, outer, inner, ratio, tanks, displaced, burned


_CAVEAT = span(TEXT, "The claims could not be independently verified")
_CAVEAT_ID = identifier(DOCUMENT, "caveat", [_CAVEAT])


def _reading() -> Reading:
    statements = _statements()
    caveat = Caveat(
        _CAVEAT_ID, (_CAVEAT,), TEXT[_CAVEAT.start : _CAVEAT.end], "unverified",
        tuple(s.id for s in statements if s.caveats), certain=False,
    )  # fmt: skip
    return Reading(
        DOCUMENT,
        ReaderInfo("onrecord", "0.1.0"),
        statements,
        (caveat,),
        times=(
            Time(MONDAY.spans, "on Monday", "DATE", "2023-03-06", "2023-03-06", "2023-03-07", Precision.DAY),
            Time(FEBRUARY.spans, "in February", "DATE", "2023-02", "2023-02-01", "2023-03-01", Precision.MONTH),
            Time(SINCE_2023.spans, "since 24 February", "DATE", None, None, None, Precision.RANGE,
                 (SINCE_2023, SINCE_2022)),
        ),
        places=(VELYKA_RIKA, KYIV, UKRAINE, BRIDGE),
        demonyms=(RUSSIAN,),
        figures=(TOWN, RISE, LOSSES, RATIO, MORE, DISPLACED, CHILDREN, THIRD, NINE_DAYS, ROUNDS),
        notes=("Read in one part.",),
    )  # fmt: skip


RICH = _reading()


def bare(text: str, **about: object) -> Reading:
    """The reading of a text in which nothing was read."""
    document = Document(text, **about)  # type: ignore[arg-type]
    return Reading(document, ReaderInfo("onrecord", "0.1.0"), (), (), (), (), (), ())


def everything(text: str, **about: object) -> Reading:
    """A reading that puts the whole of ``text`` into every field that holds words."""
    document = Document(text, key=text, title=text, publisher=text, url=text, **about)  # type: ignore[arg-type]
    whole = Words.of(text, [(0, len(text))])
    spans = whole.spans
    days = Period(None, None, Precision.UNKNOWN, text, spans)
    party = Party(text, text, PartyKind.PERSON, text, text)
    number = Figure(
        spans, text, FigureKind.COUNT, measure=text, noun=text, side=text, value=1e300, low=float("inf"),
        high=float("nan"), unit=text, period=days, candidates=(days, days), against=days, place=text,
    )  # fmt: skip
    somewhere = Place(spans, text, text, PlaceKind.OTHER)
    id_ = identifier(document, "statement", spans)
    one = Statement(
        id_, whole, whole, whole, (party, party), (Relay(text, spans, False),), text, Act.SAY, Quotation.MIXED,
        Factuality.POSSIBLE, days, (days,), id_, (id_,), (number,), (somewhere,), (text,),
    )  # fmt: skip
    return Reading(
        document,
        ReaderInfo("onrecord", "0.1.0"),
        (one, one),
        (Caveat(id_, spans, text, text, (id_, id_, "gone"), False),),
        (Time(spans, text, "DATE", text, text, text, Precision.UNKNOWN, (days,)),),
        (somewhere,),
        (somewhere,),
        (number,),
        (text,),
    )
