"""Private persons: who is one, what stands for the name, and that nothing of it is left in what is exported."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.exports import Row, export
from onrecord.exports.privacy import BLOT, Privacy, is_public_role
from onrecord.model import (
    Act,
    Caveat,
    Document,
    Factuality,
    Party,
    PartyKind,
    Quotation,
    ReaderInfo,
    Reading,
    Relay,
    Statement,
    Words,
    identifier,
)
from tests.exports.kept import SECRET, kept, rows
from tests.exports.readings import span

PERSON = PartyKind.PERSON
TEXT_FORMATS = ("csv", "jsonl", "geojson", "web-annotation", "prov-json", "ftm")

STORY = (
    "Baker tells of the shelling\n\nMarta Kovaluk, a baker, said that shells fell on Monday. “We hid,” Kovaluk said. "
    "Kovaluk’s brother Petro Kovaluk, the mayor, said the town would be rebuilt. M. Kovaluk asked for bread."
)


@pytest.mark.parametrize(
    "role",
    [
        "president", "Defense Minister", "the mayor of the town", "spokeswoman for the regional administration",
        "Colonel", "retired Lt. Gen., now an analyst", "commander-in-chief", "Secretary-General", "deputy head",
        "resident and former governor", "U.N. special rapporteur on housing", "co-founder of a charity", "CEO",
        "professor of history", "police officer", "head of the village council",
    ],
)  # fmt: skip
def test_offices_ranks_and_parts_in_public_life_are_public(role: str) -> None:
    assert is_public_role(role)


@pytest.mark.parametrize(
    "role",
    [
        None, "", "resident", "a resident of the mayor’s district", "wife of the governor", "the minister’s driver",
        "teacher", "doctor at the central hospital", "soldier", "nurse", "pensioner", "mother of two", "volunteer",
        "survivor", "witness", "a farmer near the front", "son of a general", "-", "´", "of the mayor",
    ],
)  # fmt: skip
def test_everyone_else_is_private(role: str | None) -> None:
    assert not is_public_role(role)


@pytest.mark.parametrize("side", ["UA", "RU", None])
def test_sides_make_no_difference(side: str | None) -> None:
    assert SECRET.is_private(Party("1", "Ann Other", PERSON, "teacher", side))
    assert not SECRET.is_private(Party("1", "Ann Other", PERSON, "mayor", side))
    assert not SECRET.is_private(Party("1", "the teachers", PartyKind.GROUP, "teachers", side))


def reading() -> Reading:
    """A baker, who is private, and her brother, the mayor, who shares her surname."""
    document = Document(
        STORY,
        key="kovaluk.txt",
        published=date(2023, 3, 7),
        title="Marta Kovaluk tells",
        publisher="The Courier",
        url="https://example.org/marta-kovaluk-tells",
        language="en",
    )
    baker = Party("p1", "Marta Kovaluk", PERSON, "baker, Marta’s shop")
    mayor = Party("p2", "Petro Kovaluk", PERSON, "mayor")
    hedge = Caveat("c1", (span(STORY, "Marta Kovaluk"),), "Marta Kovaluk could not be reached", "unverified", (), True)

    def statement(content: str, source: str, party: Party, nth: int = 1, *relays: Relay) -> Statement:
        words = Words.of(STORY, [span(STORY, content)])
        return Statement(
            identifier(document, "statement", words.spans), words, None, Words.of(STORY, [span(STORY, source, nth)]),
            (party,), relays, None, Act.SAY, Quotation.INDIRECT, Factuality.CERTAIN, caveats=("c1",),
        )  # fmt: skip

    relay = Relay("Marta Kovaluk", (span(STORY, "Marta Kovaluk"),))
    statements = (
        statement("shells fell on Monday", "Marta Kovaluk", baker),
        statement("We hid", "Kovaluk", baker, 2),
        statement("the town would be rebuilt", "Petro Kovaluk", mayor, 1, relay),
        statement("M. Kovaluk asked for bread", "Petro Kovaluk", mayor),
    )
    return Reading(document, ReaderInfo("onrecord", "1"), statements, (hedge,), (), (), (), ())


def test_a_private_person_goes_by_a_pseudonym_that_is_stable_in_one_export() -> None:
    first, second, third, _ = rows(reading())
    (party,) = first.statement.claimant
    assert re.fullmatch("private person [0-9a-f]{8}", party.name)
    assert second.statement.claimant == (party,)
    assert third.statement.relays[0].name == party.name
    assert (third.statement.claimant[0].name, third.statement.claimant[0].role) == ("Petro Kovaluk", "mayor")
    other = next(rows(reading(), privacy=Privacy(b"another"))).statement.claimant[0]
    assert party.name != other.name
    assert "p1" not in (party.id, other.id)


def test_words_are_blotted_and_offsets_hold() -> None:
    found = list(rows(reading()))
    document = found[0].document
    assert [len(document.text), document.text.count("\n")] == [len(STORY), STORY.count("\n")]
    for row in found:
        words = row.statement.content
        assert words.text == document.text[slice(*words.spans[0])]
    assert found[0].statement.source is not None
    assert found[0].statement.source.text == f"{BLOT * 5} {BLOT * 7}"
    assert found[3].statement.content.text == "M. Kovaluk asked for bread"  # it could be the mayor
    assert document.sightings[0].title == f"{BLOT * 5} {BLOT * 7} tells"
    assert (document.sightings[0].key, document.sightings[0].url) == ("kovaluk.txt", None)
    assert found[0].hedges == (f"{BLOT * 5} {BLOT * 7} could not be reached",)


def test_a_surname_shared_with_a_public_person_stays_where_it_stands_alone() -> None:
    text = next(rows(reading())).document.text
    assert "Petro Kovaluk, the mayor" in text
    assert "Marta" not in text
    second = list(rows(reading()))[1].statement.source
    assert second is not None
    assert second.text == BLOT * 7  # here it is her


@pytest.mark.parametrize("format_", TEXT_FORMATS)
def test_no_format_lets_the_name_out(format_: str) -> None:
    out = StringIO(newline="")
    export(format_, rows(reading()), out)
    assert "marta" not in out.getvalue().lower()
    assert "Petro Kovaluk" in out.getvalue()


@pytest.mark.parametrize("format_", TEXT_FORMATS)
def test_all_names_are_there_when_they_are_asked_for(format_: str) -> None:
    out = StringIO(newline="")
    export(format_, rows(reading(), privacy=None), out)
    assert "Marta Kovaluk" in out.getvalue()
    assert BLOT not in out.getvalue()


def test_the_newest_form_of_a_party_tells_whether_it_is_private() -> None:
    baker, mayor = Party("p", "Jan Novak", PERSON, "baker"), Party("p", "Jan Novak", PERSON, "mayor")
    assert SECRET.among([baker, mayor]).ids == frozenset()
    assert SECRET.among([mayor, baker]).ids == {"p"}


def test_a_region_that_was_taken_for_a_person_stays_in_the_words() -> None:
    region, person = Party("1", "Upper Karst", PERSON), Party("2", "Jan Novak", PERSON)
    names = SECRET.among([region, person], regions={"Upper Karst", "Karst Republic"})
    assert names.ids == {"1", "2"}
    assert names.blotted("Upper Karst, Novak") == f"Upper Karst, {BLOT * 5}"


def test_who_is_known_to_the_public_is_named() -> None:
    known = Privacy(b"", is_known=lambda party: party.name == "Marta Kovaluk")
    assert next(rows(reading(), privacy=known)).statement.claimant[0].name == "Marta Kovaluk"


def test_handles_hashtags_capitals_and_accents_are_names_too() -> None:
    names = SECRET.among([Party("1", "Zoë Marchetti-Lind", PERSON)])
    for text in ("ZOË MARCHETTI-LIND", "@zoemarchetti", "#marchetti", "zoe_marchetti", "Zoe Marchetti", "Z. Lind’s"):
        left = names.blotted(text)
        assert len(left) == len(text)
        assert not re.search("marchett|lind|zo[eë]", left, re.IGNORECASE), left
    assert names.blotted("The lindens of the market") == "The lindens of the market"
    small = SECRET.among([Party("1", "jan novak", PERSON)])
    assert small.blotted("jan novak said") == f"{BLOT * 3} {BLOT * 5} said"


NAMES = st.lists(st.from_regex(r"[A-ZŠÉ][a-zšé]{2,8}", fullmatch=True), min_size=1, max_size=3, unique=True)


@settings(max_examples=50)
@given(NAMES, st.lists(st.text(max_size=30), max_size=4))
def test_no_part_of_a_name_is_left_and_nothing_moves(parts: list[str], around: list[str]) -> None:
    name = " ".join(parts)
    text = f" {name}, ".join(["", *around, ""])
    left = SECRET.among([Party("1", name, PERSON)]).blotted(text)
    assert len(left) == len(text)
    assert not {*parts} & set(re.findall(r"\w+", left))
    assert all(was in (now, "\N{COMBINING ACUTE ACCENT}") or now == BLOT for was, now in zip(text, left, strict=True))


@given(st.text(max_size=200))
def test_a_text_in_which_nobody_is_private_stays_as_it_is(text: str) -> None:
    assert SECRET.among([Party("1", text or "x", PERSON, "mayor")]).blotted(text) == text


def test_what_is_read_is_guarded(read: Callable[..., Reading]) -> None:
    text = (
        "Mayor Olena Sydorenko said on Monday that two schools were hit. “It was dark,” said Bohdan Tkach, a resident. "
        "Sydorenko said classes would go on. Tkach said that he had slept in the cellar."
    )
    values = [row.statement for row in rows(read(text, "2023-03-07"))]
    named = {party.name for statement in values for party in statement.claimant}
    assert "Olena Sydorenko" in named
    assert "Tkach" not in json.dumps([repr(value) for value in values])
    assert sum(name.startswith("private person") for name in named) == 1


def test_rows_know_their_document() -> None:
    (first, *_) = rows(reading(), about={"sightings": ()})
    assert isinstance(first, Row)
    assert (first.name, first.seen.url) == (first.document.id, None)
    assert replace(first, document=kept(reading())).name == "kovaluk.txt"
