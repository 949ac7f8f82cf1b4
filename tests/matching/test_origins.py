"""Where claims entered the record: copies and retellings are no origins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from onrecord.matching import match
from onrecord.model import Appearance
from tests.matching.made import DAY, party, told

WIRE = (
    "shells hit the grain harbour of Velin before dawn and set two silos on fire",
    "the governor ordered the port closed until divers have searched the basin",
    "insurers raised the premium for ships that call at harbours of the delta",
)


def claim_of(found: Any, appearance: Appearance) -> Any:
    return next(claim for claim in found.claims if appearance.statement.id in claim.statements)


def wire(document: str, later: int = 0, words: tuple[str, ...] = WIRE) -> list[Appearance]:
    return [
        told(document, text, at=200 * n, published=DAY + timedelta(later), publisher=f"{document} Gazette")
        for n, text in enumerate(words)
    ]


def test_a_wire_story_in_three_papers_has_one_origin() -> None:
    first, *rest = wire("a"), wire("b", 1), wire("c", 1)
    claim = claim_of(match([one for text in (first, *rest) for one in text]), first[0])
    assert (claim.texts, claim.independent_origins) == (3, 1)
    assert [origin.party for origin in claim.origins] == ["a Gazette"]


def test_two_reports_in_words_of_their_own_are_two_origins() -> None:
    one = told("a", "two silos burned after shells hit the grain harbour of Velin before dawn", publisher="A")
    other = told(
        "b", "before dawn shells hit Velin harbour, and flames took two silos full of grain, dockers", publisher="B"
    )
    claim = claim_of(match([one, other]), one)
    assert (claim.texts, claim.independent_origins) == (2, 2)


def test_a_claimant_who_repeats_itself_is_no_corroboration() -> None:
    words = "the northern bridge was mined by retreating troops in the night"
    one = told("a", words, party("Lev Arden", document="a"), relays=("Dravia Press",))
    other = told("b", words, party("Lev Arden", document="b"), relays=("Orsk Wire",))
    claim = claim_of(match([one, other]), one)
    assert {origin.party for origin in claim.origins} == {"Dravia Press", "Orsk Wire"}
    assert claim.independent_origins == 1


def test_who_names_a_text_on_the_record_as_its_relay_passes_it_on() -> None:
    words = "the northern bridge was mined by retreating troops in the night"
    one = told("a", words, party("Lev Arden", document="a"), publisher="Dravia Press")
    other = told("b", words, party("Lev Arden", document="b"), relays=("Dravia Press",), publisher="Orsk Wire")
    claim = claim_of(match([one, other]), one)
    assert [(origin.party, origin.document) for origin in claim.origins] == [("Lev Arden", one.document)]
    assert claim.texts == 2
