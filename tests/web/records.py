"""A ledger with something of everything a page of the desk can show, in words of ours or in hostile ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from onrecord.contract import contract
from onrecord.ledger import Entry, Ledger
from onrecord.model import (
    Act,
    Claim,
    Document,
    Drift,
    DriftClass,
    Edge,
    Factuality,
    Figure,
    FigureKind,
    Finding,
    FindingKind,
    Observation,
    Origin,
    Party,
    PartyKind,
    Period,
    Precision,
    Quotation,
    ReaderInfo,
    Reading,
    Relay,
    Series,
    Statement,
    Update,
    Words,
    identifier,
)
from tests.exports.readings import MOROZ, RICH, span

READER = ReaderInfo("onrecord", "0.1.0")
RISE, RATIO, TANKS, DISPLACED = (RICH.statements[n].id for n in (2, 5, 6, 7))
HELD_BACK = "The colonel counted the same weeks."
CLAIM, SERIES = "c-losses", "tolls"
CONFLICT, IMPLIED, MISFIT, CHANGED = "f-conflict", "f-implied", "f-misfit", "f-changed"

LATER = (
    "A colonel revises her count\n\n"
    "Colonel Iryna Moroz now puts Russian losses for February at 14,000, the Lower Bank Herald wrote on 9 March.\n"
)


def _later() -> Reading:
    """One statement that takes up a count of the first text, passed on by a newspaper."""
    document = Document(LATER, key="herald.txt", published=date(2023, 3, 9), title="A colonel revises her count")

    def words(*parts: str) -> Words:
        return Words.of(LATER, [span(LATER, part) for part in parts])

    content, cue, source = words("Russian losses for February at 14,000"), words("puts"), words("Colonel Iryna Moroz")
    month = Period(date(2023, 2, 1), date(2023, 2, 28), Precision.MONTH, "for February", (span(LATER, "for February"),))
    count = Figure(
        (span(LATER, "14,000"),), "14,000", FigureKind.COUNT, measure="losses", side="RU", value=14000, low=13500,
        high=14500, unit="person", period=month,
    )  # fmt: skip
    moroz = replace(MOROZ, id="p6")  # an id of a party belongs to one document
    herald = Relay("Lower Bank Herald", (span(LATER, "Lower Bank Herald"),))
    one = Statement(
        identifier(document, "statement", content.spans, cue.spans), content, cue, source, (moroz,), (herald,), None,
        Act.SAY, Quotation.INDIRECT, Factuality.CERTAIN, figures=(count,),
    )  # fmt: skip
    return Reading(document, READER, (one,), (), (), (), (), (count,))


HERALD = _later()
REVISED = HERALD.statements[0].id


def furnish(ledger: Ledger, *readings: Reading, words: str | None = None) -> None:
    """Adds both texts and ``readings``, with a claim, findings of every kind and a series.

    With ``words``, they stand in every field of those that holds text.
    """
    every = (RICH, HERALD, *readings)
    ledger.add([Entry(one.document, one, contract(one)) for one in every])
    ledger.add_series([_series(words)])
    edge = Edge(RISE, REVISED, 0.9, (words or "the same claimant and count",))
    ledger.keep_matching((words or "hand", "1"), [edge], [_claim(words)], [_drift(words)])
    ledger.keep_findings(_told(one, words) for one in _findings(*(s.id for r in readings for s in r.statements[:1])))


def _claim(words: str | None) -> Claim:
    party = Party(words, words, PartyKind.PERSON, words, words) if words else MOROZ
    return Claim(
        CLAIM,
        (party,),
        words or "Russian losses came to 11,000 in February",
        (RISE, REVISED),
        (Origin(words or "Iryna Moroz", RICH.document.id, date(2023, 3, 5)),),
        1,
        2,
        (Update(RISE, REVISED, words or "a later count of the same month"),),
    )


def _drift(words: str | None) -> Drift:
    return Drift(RISE, REVISED, "value", words or "11,000", words or "14,000", DriftClass.UPDATE)


def _series(words: str | None) -> Series:
    days = [Observation(date(2023, 1, 20) + timedelta(n), 9000.0 + 150 * n) for n in range(60)]
    series = Series(
        SERIES, "General Staff tolls", "General Staff", "losses", tuple(days), "RU", "person", None,
        "Soldiers killed and wounded", "Counts are hurried", True, None, "CC0-1.0", "2023-04-01",
        "https://example.org/tolls", "soldier",
    )  # fmt: skip
    if words is None:
        return series
    return replace(
        series, name=words, publisher=words, measure=words, side=words, place=words, definition=words, hedge=words,
        licence=words, version=words, source=words,
    )  # fmt: skip


def _findings(*more: str) -> list[Finding]:
    sum_ = "11,000 is not 14,000"
    return [
        Finding(CONFLICT, FindingKind.CONFLICT, (RISE, REVISED, *more), (HELD_BACK,), sum_, "Both counts cannot hold.",
                hedges=("The claims could not be independently verified",)),
        Finding(IMPLIED, FindingKind.IMPLIED, (RISE, RATIO), (HELD_BACK, "The ratio covers February."),
                "11,000 / 7 = 1,571", "Some 1,570 soldiers of the other side."),
        Finding(MISFIT, FindingKind.SERIES, (RISE,), (), "11,000 > 4,050", "The count is above the series.", (SERIES,),
                asks="On which day was this published?", fits=False),
        Finding(CHANGED, FindingKind.DRIFT, (RISE, REVISED), (), "", "The figure changed in retelling."),
    ]  # fmt: skip


def _told(one: Finding, words: str | None) -> Finding:
    if words is None:
        return one
    return replace(
        one, assumptions=(words,), arithmetic=words, text=words, hedges=(words,), asks=words if one.asks else None
    )
