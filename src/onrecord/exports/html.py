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
from onrecord.exports.cards import FIGURES, Card, CaveatCard, Link, card, caveat_card
from onrecord.exports.marking import Anchor, Mark, MarkKind, Piece, cut
from onrecord.exports.outline import Entry, caveats_of, loose_figures, outline
from onrecord.exports.visible import clipped, one_line
from onrecord.model import Caveat, Figure, Reading, Span

# One rule a statement lights its source, cue and every part of its words together. Chromium took 0.4 s to load a
# page of 270 such rules and over 30 s for 5,400: longer pages light the first part of the words only.
_LIGHTS = 300
_STYLES = ("static/story.css", "templates/page.css")
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
    environment.filters["whole"] = str  # pieces of a story are made visible as it is cut
    return environment.get_template("page.html.jinja")


@cache
def _stylesheet() -> Markup:
    css = "".join((files("onrecord.exports") / file).read_text(encoding="utf-8") for file in _STYLES)
    return Markup(re.sub(r"\n\s*", "\n", css))  # noqa: S704 - our own file, nothing of a document


# --- what the template shows -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Document:
    number: int
    title: str
    short: str
    facts: list[str]
    counts: str
    url: str | None
    link: bool
    language: str | None
    lines: list[list[Piece]]
    cards: list[Card]
    caveats: list[CaveatCard]
    loose: list[str]
    more_loose: int
    notes: list[str]
    reader: str


def _document(number: int, reading: Reading, taken: set[str]) -> _Document:
    entries = outline(reading)
    ids = [_unique(e.statement.id, taken) for e in entries]
    caveat_ids = [_unique(c.id, taken) for c in reading.caveats]
    of_statement = {e.statement.id: (e.number, id_) for e, id_ in reversed(list(zip(entries, ids, strict=True)))}
    of_caveat = {c.id: (id_, n) for n, (c, id_) in enumerate(zip(reading.caveats, caveat_ids, strict=True), start=1)}
    covering = caveats_of(reading)
    cards = [
        card(
            entry.statement,
            id_,
            f"w{number}-{entry.number}",
            number=entry.number,
            depth=entry.depth,
            caveats=[_leading(c, of_caveat) for c in covering.get(entry.statement.id, ())],
        )
        for entry, id_ in zip(entries, ids, strict=True)
    ]
    loose = loose_figures(reading)
    document = reading.document
    return _Document(
        number=number,
        title=phrases.title(reading),
        short=clipped(phrases.title(reading), 48),
        facts=phrases.facts(reading),
        counts=phrases.counts(reading),
        url=one_line(document.url) if document.url else None,
        link=_may_be_followed(document.url),
        language=document.language if _LANGUAGE.fullmatch(document.language or "") else None,
        lines=list(cut(document.text, _marks(reading, entries), _anchors(reading, entries))),
        cards=cards,
        caveats=[
            caveat_card(c, id_, f"v{number}-{n}", n, _covering(c, of_statement))
            for n, (c, id_) in enumerate(zip(reading.caveats, caveat_ids, strict=True), start=1)
        ],
        loose=[clipped(phrases.figure(f), 160) for f in loose[:FIGURES]],
        more_loose=max(0, len(loose) - FIGURES),
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


def _leading(caveat: Caveat, of_caveat: dict[str, tuple[str, int]]) -> Link:
    id_, number = of_caveat[caveat.id]
    return Link(clipped(caveat.text, 120), id_, not caveat.certain, number)


def _covering(caveat: Caveat, statements: dict[str, tuple[int, str]]) -> list[Link]:
    known = [statements[s] for s in dict.fromkeys(caveat.covers) if s in statements]
    return [Link(str(n), to, number=n) for n, to in sorted(known)]


# --- what is lit -----------------------------------------------------------------------------------------------


def _marks(reading: Reading, entries: Sequence[Entry]) -> Iterator[Mark]:
    for entry in entries:
        s, n = entry.statement, entry.number
        for kind, words in ((MarkKind.CONTENT, s.content), (MarkKind.SOURCE, s.source), (MarkKind.CUE, s.cue)):
            yield from _on(words.spans if words else (), kind, n)
        for relay in s.relays:
            yield from _on(relay.spans, MarkKind.RELAY, n)
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
