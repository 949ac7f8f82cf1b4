"""Parties: one per document, symmetric between sides, and unharmed by any text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model import Document, Party, PartyKind, Span
from onrecord.reading.language import language_model
from onrecord.reading.parsing import parse
from onrecord.reading.parties import credit
from onrecord.reading.parties.known import known_among, office, state
from onrecord.reading.parties.names import People, alike, sound
from onrecord.reading.steps import Attribution, Credit

if TYPE_CHECKING:
    from collections.abc import Sequence


def _credits(text: str, found: Sequence[tuple[str, str]], publisher: str | None = None) -> tuple[Credit, ...]:
    """Credits of (source, cue) pairs in the order of the text, each with the rest of its line as content."""
    at, made = 0, []
    for source, cue in found:
        start = text.index(source, at)
        says = text.index(cue, start + len(source))
        stop = text.find(".", says)
        stop = len(text) if stop < 0 else stop
        content = Span(says + len(cue) + 1, stop)
        made.append(Attribution((Span(start, start + len(source)),), (Span(says, says + len(cue)),), (content,)))
        at = says
    return credit(parse(Document(text, publisher=publisher), language_model()), tuple(made))


def _one(text: str, source: str, cue: str = "said") -> Party:
    return _credits(text, [(source, cue)])[0].claimant[0]


def test_one_party_for_all_mentions() -> None:
    text = (
        "Defence Minister Oleh Kravchuk said the road was open. Kravchuk said it was mined. "
        "The minister said it was closed. He said it would stay so."
    )
    sources = [
        ("Defence Minister Oleh Kravchuk", "said"),
        ("Kravchuk", "said"),
        ("The minister", "said"),
        ("He", "said"),
    ]
    assert len({c.claimant for c in _credits(text, sources)}) == 1


def test_another_document_has_another_party() -> None:
    assert _one("Oleh Kravchuk said yes.", "Oleh Kravchuk").id != _one("Oleh Kravchuk said no.", "Oleh Kravchuk").id


def test_two_people_of_one_surname_stay_two() -> None:
    text = "Ivan Bondar said it rained. Maria Bondar said it snowed. Ivan Bondar said it thawed."
    a, b, c = (
        c.claimant[0].name
        for c in _credits(text, [("Ivan Bondar", "said"), ("Maria Bondar", "said"), ("Ivan Bondar", "said")])
    )
    assert (a, b, c) == ("Ivan Bondar", "Maria Bondar", "Ivan Bondar")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelenskyy", "Zelensky"),
        ("Zaluzhnyi", "Zaluzhny"),
        ("Honcharenko", "Goncharenko"),
        ("Sergei", "Sergey"),
        ("Oleksiy", "Oleksii"),
    ],
)
def test_transliterations_are_alike(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Petrov", "Petrova"), ("Putin", "Potanin"), ("Ivanov", "Ivanenko"), ("Li", "Lu")]
)
def test_different_names_are_not(one: str, other: str) -> None:
    assert not alike(one, other)


def test_a_bare_surname_is_the_latest_bearer() -> None:
    people = People()
    people.add(("Ivan", "Bondar"), 1)
    maria = people.add(("Maria", "Bondar"), 9)
    assert people.add(("Bondar",), 12) is maria


def test_offices_are_generated_for_every_country() -> None:
    from onrecord.reading.countries import countries

    for country in countries():
        assert state(country).side == country.code
        ministry = office("defence ministry", country)
        assert ministry is not None and ministry.name


def test_acronyms_keep_their_capitals() -> None:
    assert not known_among(["who", "is", "this"])
    assert [f.known.name for f in known_among(["IS"])] == ["Islamic State"]


_STORY = """{A} Defence Minister Jan Korda said the {b} army had withdrawn.
The {a} Ministry of Defence said two villages were free. {A} officials said the {b} losses were heavy.
{B} officials said they were not. {BB} denied the report. He said so again.
The {b} General Staff said the road was open. A senior {a} commander said it was mined.
{AA} said it would rebuild. {B} President Petr Malek said talks would begin."""
_SAID = [
    ("{A} Defence Minister Jan Korda", "said"),
    ("The {a} Ministry of Defence", "said"),
    ("{A} officials", "said"),
    ("{B} officials", "said"),
    ("{BB}", "denied"),
    ("The {b} General Staff", "said"),
    ("A senior {a} commander", "said"),
    ("{AA}", "said"),
    ("{B} President Petr Malek", "said"),
]
_PAIRS = [
    (("Ukrainian", "Ukraine", "UA"), ("Russian", "Russia", "RU")),
    (("Armenian", "Armenia", "AM"), ("Azerbaijani", "Azerbaijan", "AZ")),
    (("Ethiopian", "Ethiopia", "ET"), ("Eritrean", "Eritrea", "ER")),
]


@pytest.mark.parametrize(("one", "other"), _PAIRS)
def test_swapping_the_parties_swaps_the_sides_and_nothing_else(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    def told(a: tuple[str, str, str], b: tuple[str, str, str]) -> list[tuple[str, PartyKind, str | None, str | None]]:
        names = {"A": a[0], "a": a[0], "B": b[0], "b": b[0], "AA": a[1], "BB": b[1]}
        sources = [(source.format(**names), cue) for source, cue in _SAID]
        return [(p.name, p.kind, p.role, p.side) for c in _credits(_STORY.format(**names), sources) for p in c.claimant]

    swap = dict(zip((*one, *other), (*other, *one), strict=True))
    pattern = re.compile("|".join(rf"\b{word}\b" for word in swap))

    def swapped(text: str | None) -> str | None:
        return text and pattern.sub(lambda m: swap[m.group()], text)

    assert told(other, one) == [(swapped(n), k, swapped(r), swapped(s)) for n, k, r, s in told(one, other)]


def test_no_attributions_no_credits() -> None:
    assert credit(parse(Document("The bridge is open."), language_model()), ()) == ()


def test_circular_nesting_ends() -> None:
    text = "Ann Lee said Bob Ray said it rained."
    spans = (Span(13, 35),)
    loop = (
        Attribution((Span(0, 7),), (Span(8, 12),), spans, within=1),
        Attribution((Span(13, 20),), (Span(21, 25),), spans, within=0),
    )
    assert len(credit(parse(Document(text), language_model()), loop)) == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80), st.data())
def test_any_text_can_be_credited(text: str, data: st.DataObject) -> None:
    def spans() -> tuple[Span, ...]:
        start = data.draw(st.integers(0, max(0, len(text) - 1)))
        return (Span(start, data.draw(st.integers(start, len(text)))),)

    made = tuple(
        Attribution(spans() if data.draw(st.booleans()) else (), spans() if data.draw(st.booleans()) else (), spans())
        for _ in range(3)
    )
    assert len(credit(parse(Document(text), language_model()), made)) == 3


def test_every_attribution_of_a_long_text_is_credited() -> None:
    text = "Minister Ana Reyes told Reuters that it rained. She said the report said so. They agreed. " * 80
    starts = [m.start() for m in re.finditer(r"Minister Ana Reyes|She|They", text)]
    made = tuple(Attribution((Span(s, s + 3),), (Span(s + 4, s + 8),), (Span(s + 9, s + 18),)) for s in starts)
    assert len(credit(parse(Document(text), language_model()), made)) == len(starts)


def test_sound_survives_odd_letters() -> None:
    assert sound("") == "" and isinstance(sound("𝔓e\u0301\x00"), str)
