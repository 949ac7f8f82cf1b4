"""Readings as one self-contained page: each story with its words lit, every statement beside it, no scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from onrecord.exports import phrases
from onrecord.exports.marking import Anchor, Mark, MarkKind, Piece, cut
from onrecord.exports.outline import Entry, caveats_of, loose_figures, outline
from onrecord.exports.visible import clipped, one_line
from onrecord.model import Caveat, Figure, Place, Reading, Span, Statement

_WORDS = 260  # characters of a statement repeated on its card; the whole is lit in the story
_LOOSE = 200
# One rule a statement lights its source, cue and every part of its words together. Chromium took 0.4 s to load a
# page of 270 such rules and over 30 s for 5,400: longer pages light the first part of the words only.
_LIGHTS = 300
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def page(readings: Sequence[Reading]) -> str:
    """One page for ``readings``, with a table of contents where there are several.

    Every statement and caveat is an element with its id. Nothing is fetched and nothing runs; the text of a document
    only ever becomes text.
    """
    taken: set[str] = set()
    documents = [_document(n, reading, taken) for n, reading in enumerate(readings, start=1)]
    lights = sum(len(d.cards) for d in documents) <= _LIGHTS
    return _template().render(documents=documents, css=_stylesheet(), many=phrases.many, lights=lights) + "\n"


@cache
def _template() -> Template:
    loader = PackageLoader("onrecord.exports")
    # Autoescape is on for every name: nothing of a document is ever markup.
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.jinja")


@cache
def _stylesheet() -> Markup:
    css = (files("onrecord.exports") / "templates" / "page.css").read_text(encoding="utf-8")
    return Markup(re.sub(r"\n\s*", "\n", css))  # noqa: S704 - our own file, nothing of a document


# --- what the template shows -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Link:
    """Words that lead to an element of the page, or nowhere where ``to`` is None."""

    words: str
    to: str | None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Card:
    """One statement beside its story."""

    id: str
    number: int
    depth: int
    own: bool
    name: str
    standing: list[str]
    manner: list[str]
    words: str
    figures: list[str]
    places: list[str]
    caveats: list[_Link]
    doubts: list[str]


@dataclass(frozen=True, slots=True)
class _CaveatCard:
    id: str
    number: int
    words: str
    kind: str
    covers: list[_Link]
    certain: bool


@dataclass(frozen=True, slots=True)
class _Document:
    number: int
    title: str
    facts: list[str]
    counts: str
    url: str | None
    link: bool
    language: str | None
    lines: list[list[Piece]]
    cards: list[_Card]
    caveats: list[_CaveatCard]
    loose: list[str]
    more_loose: int
    notes: list[str]
    reader: str


def _document(number: int, reading: Reading, taken: set[str]) -> _Document:
    entries = outline(reading)
    ids = [_unique(e.statement.id, taken) for e in entries]
    caveat_ids = [_unique(c.id, taken) for c in reading.caveats]
    of_statement = {e.statement.id: (e.number, id_) for e, id_ in reversed(list(zip(entries, ids, strict=True)))}
    of_caveat = dict(zip((c.id for c in reading.caveats), caveat_ids, strict=True))
    covering = caveats_of(reading)
    cards = [
        _card(entry, id_, [_leading(c, of_caveat) for c in covering.get(entry.statement.id, ())])
        for entry, id_ in zip(entries, ids, strict=True)
    ]
    loose = loose_figures(reading)
    document = reading.document
    return _Document(
        number=number,
        title=phrases.title(reading),
        facts=phrases.facts(reading),
        counts=phrases.counts(reading),
        url=one_line(document.url) if document.url else None,
        link=_may_be_followed(document.url),
        language=document.language if _LANGUAGE.fullmatch(document.language or "") else None,
        lines=list(cut(document.text, _marks(reading, entries), _anchors(reading, entries))),
        cards=cards,
        caveats=[
            _caveat_card(n, c, id_, of_statement)
            for n, (c, id_) in enumerate(zip(reading.caveats, caveat_ids, strict=True), start=1)
        ],
        loose=[clipped(phrases.figure(f), 160) for f in loose[:_LOOSE]],
        more_loose=max(0, len(loose) - _LOOSE),
        notes=[one_line(note) for note in reading.notes],
        reader=one_line(f"{reading.reader.name} {reading.reader.version}"),
    )


def _unique(id_: str, taken: set[str]) -> str:
    """``id_`` as it is where it can be an element's id that nobody has yet, else with a number behind it."""
    plain = re.sub(r"[^\w.-]", "-", one_line(id_), flags=re.ASCII) or "id"
    free, n = plain, 1
    while free in taken:
        n += 1
        free = f"{plain}-{n}"
    taken.add(free)
    return free


def _may_be_followed(url: str | None) -> bool:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and one_line(url or "") == url


def _card(entry: Entry, id_: str, caveats: list[_Link]) -> _Card:
    s = entry.statement
    said = phrases.said(s)
    manner = phrases.manner(s)[2 if entry.own else 0 :]
    manner += [f"said {said}"] if said else []
    manner += [one_line(s.channel)] if s.channel else []
    return _Card(
        id=id_,
        number=entry.number,
        depth=min(entry.depth, 3),
        own=entry.own,
        name=clipped(phrases.claimants(s), 200),
        standing=_standing(s),
        manner=[clipped(m, 120) for m in manner],
        words=clipped(phrases.words(s), _WORDS),
        figures=[clipped(phrases.figure(f), 240) for f in s.figures[:_LOOSE]],
        places=[clipped(_place(p), 160) for p in _once(s.places)],
        caveats=caveats,
        doubts=[one_line(d) for d in s.doubts],
    )


def _standing(s: Statement) -> list[str]:
    parts = [clipped(phrases.standing(s.claimant), 200)] if s.claimant else []
    return [p for p in (*parts, *(f"via {clipped(r, 100)}" for r in phrases.relays(s))) if p]


def _once(places: Sequence[Place]) -> list[Place]:
    return list({p.name: p for p in reversed(places)}.values())[::-1]


def _place(place: Place) -> str:
    """A name, what it is, and how far off it may lie: never finer than a kilometre."""
    parts = [str(place.kind)]
    if place.lat is not None and place.lon is not None:
        parts.append(f"{place.lat:.2f}, {place.lon:.2f}")
    if place.uncertainty_m is not None:
        parts.append(f"± {phrases.number(max(1, round(place.uncertainty_m / 1000)))} km")
    return f"{place.name} ({', '.join(parts)})"


def _leading(caveat: Caveat, ids: dict[str, str]) -> _Link:
    return _Link(clipped(caveat.text, 120), ids[caveat.id], not caveat.certain)


def _caveat_card(number: int, c: Caveat, id_: str, statements: dict[str, tuple[int, str]]) -> _CaveatCard:
    known = [statements[s] for s in dict.fromkeys(c.covers) if s in statements]
    covers = [_Link(str(n), to) for n, to in sorted(known)]
    return _CaveatCard(id_, number, clipped(c.text, _WORDS), clipped(c.kind, 60), covers, c.certain)


# --- what is lit -----------------------------------------------------------------------------------------------


def _marks(reading: Reading, entries: Sequence[Entry]) -> Iterator[Mark]:
    for entry in entries:
        s, n = entry.statement, entry.number
        for kind, words in ((MarkKind.CONTENT, s.content), (MarkKind.SOURCE, s.source), (MarkKind.CUE, s.cue)):
            yield from _on(words.spans if words else (), kind, n)
    for number, caveat in enumerate(reading.caveats, start=1):
        yield from _on(caveat.spans, MarkKind.CAVEAT, number)
    for figure in _all_figures(reading):
        yield from _on(figure.spans, MarkKind.FIGURE)
    for place in (*reading.places, *(p for s in reading.statements for p in s.places)):
        yield from _on(place.spans, MarkKind.PLACE)
    for time in reading.times:
        yield from _on(time.spans, MarkKind.TIME)


def _all_figures(reading: Reading) -> Iterator[Figure]:
    yield from reading.figures
    for s in reading.statements:
        yield from s.figures


def _on(spans: Sequence[Span], kind: MarkKind, owner: int = 0) -> Iterator[Mark]:
    return (Mark(start, end, kind, owner) for start, end in spans)


def _anchors(reading: Reading, entries: Sequence[Entry]) -> Iterator[Anchor]:
    for entry in entries:
        spans = entry.statement.content.spans
        yield Anchor(spans[0].start if spans else 0, MarkKind.CONTENT, entry.number)
    for number, caveat in enumerate(reading.caveats, start=1):
        yield Anchor(caveat.spans[0].start if caveat.spans else 0, MarkKind.CAVEAT, number)
