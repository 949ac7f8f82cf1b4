"""Made-up statements for the tests: only what matters is said."""

from __future__ import annotations

from datetime import date

from onrecord.matching import Matching
from onrecord.model import (
    Act,
    Appearance,
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
    Relay,
    Span,
    Statement,
    Words,
    digest,
)

DAY = date(2024, 5, 10)


def party(name: str, side: str | None = None, role: str | None = None, document: str = "") -> Party:
    """A person where the name is of two words, an organisation else."""
    kind = PartyKind.UNNAMED if name.startswith("unnamed:") else PartyKind.ORGANISATION
    if len(name.split()) == 2 and not name.startswith("unnamed:"):
        kind = PartyKind.PERSON
    return Party(digest(f"{document}|{name}")[:16], name, kind, role, side)


def figure(
    text: str,
    value: float | None,
    measure: str = "killed",
    noun: str | None = "civilian",
    *,
    comparator: str = "=",
    on: date | None = None,
    place: str | None = None,
    side: str | None = None,
    low: float | None = None,
    high: float | None = None,
    tally: str | None = None,
) -> Figure:
    open_ = {">=": (value, None), "<=": (None, value)}.get(comparator, (value, value))
    return Figure(
        spans=(Span(0, len(text)),),
        text=text,
        kind=FigureKind.COUNT,
        comparator=comparator,
        measure=measure,
        noun=noun,
        side=side,
        value=value,
        low=low if low is not None else open_[0],
        high=high if high is not None else open_[1],
        unit="person",
        period=Period(on, on, Precision.DAY, "", ()) if on else None,
        place=place,
        tally=tally,
    )


def place(
    name: str, lat: float | None = None, lon: float | None = None, kind: PlaceKind = PlaceKind.SETTLEMENT
) -> Place:
    return Place((Span(0, 1),), name, name, kind, lat, lon, 5_000)


def told(
    document: str,
    content: str,
    *claimants: Party,
    figures: tuple[Figure, ...] = (),
    places: tuple[Place, ...] = (),
    published: date | None = DAY,
    publisher: str | None = None,
    relays: tuple[str, ...] = (),
    quotation: Quotation | None = None,
    factuality: Factuality = Factuality.CERTAIN,
    cue: bool = True,
    at: int = 0,
) -> Appearance:
    """A statement in a document; several of one document stand at different places."""
    words = Words((Span(at, at + len(content)),), content)
    said = Words((Span(at + len(content) + 1, at + len(content) + 5),), "said")
    named = bool(claimants)
    statement = Statement(
        digest(f"{document}|{content}|{at}|{[p.name for p in claimants]}")[:16],
        words,
        said if named and cue else None,
        said if named else None,
        claimants,
        tuple(Relay(name, (), True) for name in relays),
        None,
        Act.SAY if named else Act.REPORT,
        quotation or (Quotation.INDIRECT if named else Quotation.NONE),
        factuality,
        figures=figures,
        places=places,
    )
    return Appearance(statement, digest(document), document, published, publisher or document)


def together(found: Matching) -> set[frozenset[str]]:
    """The claims of several statements, as sets of ids."""
    return {frozenset(claim.statements) for claim in found.claims if len(claim.statements) > 1}


def fields(found: Matching) -> dict[str, tuple[str | None, str | None]]:
    """What drifted, by the field."""
    return {drift.field: (drift.from_value, drift.to_value) for drift in found.drifts}
