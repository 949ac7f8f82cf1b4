"""Makes readings up: any number of reports that read like news, the same for the same seed, without a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product
from random import Random

from onrecord.contract import contract
from onrecord.ledger import Entry
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
    party_id,
    statement_id,
)

STATEMENTS_A_DOCUMENT = 10
READER = ReaderInfo("made up", "1")
FIRST_DAY = date(2022, 2, 24)
DAYS = 1200

_SIDES = ("UA", "RU", "UN", "US", "DE", None)
_OFFICES = ("Colonel", "Governor", "Mayor", "Spokeswoman", "General", "Minister", "Adviser", "Deputy mayor")
_FIRST = ("Anna", "Boris", "Daria", "Emil", "Fedir", "Halyna", "Ivan", "Lena", "Marek", "Nadia", "Oleh", "Pavlo")
_STEMS = ("Bond", "Chorn", "Dovh", "Hrom", "Kalin", "Lys", "Mor", "Novak", "Orl", "Petr", "Rud", "Sav", "Tkach", "Vov")
_ENDS = ("enko", "chuk", "ov", "sky", "ets", "yuk", "in", "ak")
NAMES = tuple(f"{first} {stem}{end}" for first, stem, end in product(_FIRST, _STEMS, _ENDS))
_AGENCIES = ("the Courier News", "Vostok-Inform", "the River Herald", "Radio Steppe", "the Northern Wire", "Press One")
_HEADS = ("Stara", "Nova", "Velyka", "Mala", "Verkhnia", "Nyzhnia", "Bila", "Chorna", "Krasna", "Sukha")
_TOWNS = ("Rika", "Balka", "Hora", "Dibrova", "Krynytsia", "Luka", "Poliana", "Vesela", "Yama", "Zoria", "Mohyla")
PLACES = tuple(f"{head} {town}" for head, town in product(_HEADS, _TOWNS))
MEASURES = {
    "killed": ("soldiers", "civilians", "rescuers", "police officers"),
    "wounded": ("soldiers", "residents", "children", "drivers"),
    "displaced": ("people", "families", "pensioners"),
    "destroyed": ("tanks", "houses", "warehouses", "bridges", "substations"),
    "captured": ("fighters", "vehicles", "positions"),
    "fired": ("shells", "rockets", "drones", "missiles"),
}
_CUES = {
    "said": Act.SAY,
    "told reporters": Act.SAY,
    "estimated": Act.ESTIMATE,
    "warned": Act.WARN,
    "denied": Act.DENY,
    "promised": Act.PROMISE,
    "suggested": Act.SUGGEST,
    "expects": Act.EXPECT,
}
_SUBJECTS = (
    "the power station", "a grain terminal", "the rail junction", "two apartment blocks", "the evacuation column",
    "an ammunition depot", "the eastern bank", "the hospital", "a convoy of trucks", "the water supply", "the garrison",
    "a school gymnasium", "the pontoon crossing", "air defence", "an assault group", "the supply road", "a fuel store",
)  # fmt: skip
_EVENTS = (
    "came under fire", "was hit by a drone", "was cut off", "held out", "lost electricity", "was cleared of mines",
    "burned through the night", "was rebuilt", "fell back", "changed hands", "reported shortages", "stopped working",
    "took up new positions", "was evacuated", "ran out of shells", "was struck again", "opened to aid workers",
)  # fmt: skip
_WHY = (
    "after weeks of shelling", "during the retreat", "despite the ceasefire", "before the offensive", "in heavy fog",
    "as the river rose", "under cover of darkness", "without warning", "for the third time", "while talks went on",
)  # fmt: skip
_HEDGES = {
    "The claim could not be verified.": "unverified",
    "There was no comment from the other side.": "no comment",
    "Reporters had no access to the area.": "no access",
}
_RARE = ("samovar", "beekeeper", "glacier", "accordion", "lighthouse", "tannery", "observatory", "ferryman", "orchard")


def entries(number: int, *, seed: int = 1, first: int = 0) -> Iterator[Entry]:
    """``number`` documents with their readings, from the ``first`` on: the nth is the same whatever came before it."""
    for n in range(first, first + number):
        made = reading(n, seed)
        yield Entry(made.document, made, contract(made))


def reading(n: int, seed: int = 1) -> Reading:
    """The nth made-up reading: about ten statements, half of them with a figure, two thirds credited to somebody."""
    random = Random(f"{seed}/{n}")  # noqa: S311 - made-up news, no secret
    page = _Page(random)
    drafts = [page.sentence() for _ in range(random.randint(STATEMENTS_A_DOCUMENT - 3, STATEMENTS_A_DOCUMENT + 3))]
    hedge = page.hedge() if random.random() < 0.4 else None
    day = FIRST_DAY + timedelta(random.randrange(DAYS))
    publisher = random.choice(_AGENCIES)
    document = Document(
        page.text(),
        key=f"made-up/{n}",
        published=day,
        title=f"Report {n} from {random.choice(PLACES)}",
        publisher=publisher,
        url=f"https://news.example/{day.year}/{n}",
        language="en",
    )
    return _built(document, drafts, hedge)


@dataclass(slots=True)
class _Draft:
    """A sentence as its spans, before the document is there that its ids hash."""

    content: Span
    credited: str | None = None
    office: str | None = None
    side: str | None = None
    cue: Span | None = None
    source: Span | None = None
    said: str = "said"
    relay: tuple[str, Span] | None = None
    direct: bool = False
    figures: list[tuple[Span, int, str, str]] = field(default_factory=list)
    places: list[tuple[Span, str]] = field(default_factory=list)
    when: Span | None = None


@dataclass(slots=True)
class _Page:
    """A text as it is written, and where its words come to stand."""

    random: Random
    parts: list[str] = field(default_factory=list)
    at: int = 0

    def text(self) -> str:
        return "".join(self.parts)

    def put(self, words: str) -> Span:
        start = self.at
        self.parts.append(words)
        self.at += len(words)
        return Span(start, self.at)

    def sentence(self) -> _Draft:
        """One sentence: credited to somebody, in quotation marks or not, or the author's own."""
        random = self.random
        if random.random() < 0.35:
            draft = self._content()
            self.put(". ")
            return draft
        who, office = random.choice(NAMES), random.choice(_OFFICES)
        said, direct = random.choice(tuple(_CUES)), random.random() < 0.4
        source = self.put(f"{office} {who}")
        self.put(" ")
        cue = self.put(said)
        self.put(": “" if direct else " that ")
        draft = self._content()
        self.put("”" if direct else "")
        draft.credited, draft.office, draft.side = who, office, random.choice(_SIDES)
        draft.source, draft.cue, draft.said, draft.direct = source, cue, said, direct
        if random.random() < 0.25:
            agency = random.choice(_AGENCIES)
            self.put(", ")
            draft.relay = agency, self.put(agency)
            self.put(" reported")
        self.put(". ")
        return draft

    def _content(self) -> _Draft:
        random, start = self.random, self.at
        draft = _Draft(Span(start, start))
        if random.random() < 0.5:
            measure = random.choice(tuple(MEASURES))
            noun, value = random.choice(MEASURES[measure]), int(random.paretovariate(0.6) * 3) % 50_000 + 2
            span = self.put(f"{value:,} {noun}")
            draft.figures.append((span, value, noun, measure))
            self.put(f" were {measure}")
        else:
            self.put(f"{random.choice(_SUBJECTS)} {random.choice(_EVENTS)}")
        if random.random() < 0.6:
            self.put(" near ")
            place = random.choice(PLACES)
            draft.places.append((self.put(place), place))
        self.put(f" {random.choice(_WHY)}")
        if random.random() < 0.01:
            self.put(f", by the {random.choice(_RARE)}")
        if random.random() < 0.3:
            self.put(" ")
            draft.when = self.put(f"on {random.randint(1, 28)} March")
        draft.content = Span(start, self.at)
        return draft

    def hedge(self) -> tuple[Span, str]:
        words = self.random.choice(tuple(_HEDGES))
        return self.put(words), _HEDGES[words]


# --- from drafts to a reading ------------------------------------------------------------------------------------


def _built(document: Document, drafts: list[_Draft], hedge: tuple[Span, str] | None) -> Reading:
    statements = tuple(_statement(document, draft) for draft in drafts)
    caveats: tuple[Caveat, ...] = ()
    if hedge:
        span, kind = hedge
        covered = tuple(s.id for s in statements[-2:])
        words = document.text[slice(*span)]
        caveats = (Caveat(identifier(document, "caveat", [span]), (span,), words, kind, covered, False),)
        hedged = (replace(s, caveats=(caveats[0].id,)) for s in statements[-2:])
        statements = (*statements[:-2], *hedged)
    return Reading(
        document,
        READER,
        statements,
        caveats,
        times=tuple(_time(document, draft.when) for draft in drafts if draft.when),
        places=tuple(place for s in statements for place in s.places),
        demonyms=(),
        figures=tuple(figure for s in statements for figure in s.figures),
    )


def _statement(document: Document, draft: _Draft) -> Statement:
    content = Words.of(document.text, [draft.content])
    cue, source = (Words.of(document.text, [span]) if span else None for span in (draft.cue, draft.source))
    period = _period(document, draft.when) if draft.when else None
    quotation = Quotation.DIRECT if draft.direct else Quotation.INDIRECT
    return Statement(
        statement_id(document, content, cue, source),
        content,
        cue,
        source,
        claimant=_claimant(document, draft),
        relays=(Relay(draft.relay[0], (draft.relay[1],)),) if draft.relay else (),
        channel=None,
        act=_CUES[draft.said] if draft.credited else Act.REPORT,
        quotation=quotation if draft.credited else Quotation.NONE,
        factuality=Factuality.PROBABLE if draft.said == "estimated" else Factuality.CERTAIN,
        said=period if draft.credited else None,
        figures=tuple(_figure(document, draft, *figure, period) for figure in draft.figures),
        places=tuple(_place(document, *place) for place in draft.places),
    )


def _claimant(document: Document, draft: _Draft) -> tuple[Party, ...]:
    if draft.credited is None:
        return ()
    id_ = party_id(document, draft.credited)
    return (Party(id_, draft.credited, PartyKind.PERSON, draft.office, draft.side),)


def _figure(
    document: Document, draft: _Draft, span: Span, value: int, noun: str, measure: str, period: Period | None
) -> Figure:
    half = 0 if value < 1000 else 5 * 10 ** (len(str(value)) - len(str(value).rstrip("0") or "0") - 1)
    return Figure(
        (span,),
        document.text[slice(*span)],
        FigureKind.COUNT,
        measure=measure,
        noun=noun,
        side=draft.side,
        value=value,
        low=value - half,
        high=value + half,
        unit=noun.removesuffix("s"),
        period=period,
        place=draft.places[0][1] if draft.places else None,
    )


def _place(document: Document, span: Span, name: str) -> Place:
    n = PLACES.index(name)
    lat, lon = 46 + n % 60 / 10, 31 + n % 83 / 10
    return Place((span,), document.text[slice(*span)], name, PlaceKind.SETTLEMENT, lat, lon, 3000, 900_000 + n)


def _period(document: Document, span: Span) -> Period:
    words = document.text[slice(*span)]
    year = document.published.year if document.published else FIRST_DAY.year
    day = date(year, 3, int(words.split()[1]))
    return Period(day, day, Precision.DAY, words, (span,))


def _time(document: Document, span: Span) -> Time:
    period = _period(document, span)
    assert period.earliest is not None  # noqa: S101 - a day of March always is
    first, next_ = period.earliest.isoformat(), (period.earliest + timedelta(1)).isoformat()
    return Time((span,), period.text, "DATE", first, first, next_, Precision.DAY)
