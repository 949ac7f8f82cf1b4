"""Places: properties that hold for any text, and the gazetteer packed and unpacked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.model import Document
from onrecord.reading.parsing import parse
from onrecord.reading.places import find_places
from onrecord.reading.places.gazetteer import entries, world
from onrecord.reading.places.pack import Listed, from_geonames, pack, plain, unpack
from onrecord.reading.steps import Mentioned

if TYPE_CHECKING:
    from spacy.language import Language

TEXT = "{A} said its troops had left {B}. The {b} army shelled eastern {A}, {a} officials said."


@pytest.fixture(scope="session")
def places(model: Language) -> Callable[[str], Mentioned]:
    return lambda text: find_places(parse(Document(text), model))


def test_swapping_two_countries_swaps_the_places(places: Callable[[str], Mentioned]) -> None:
    one = places(TEXT.format(A="Armenia", B="Azerbaijan", a="Armenian", b="Azerbaijani"))
    other = places(TEXT.format(B="Armenia", A="Azerbaijan", b="Armenian", a="Azerbaijani"))
    swap = {"Armenia": "Azerbaijan", "Azerbaijan": "Armenia", "eastern Armenia": "eastern Azerbaijan"}
    assert [swap[p.name] for p in one.places] == [p.name for p in other.places]
    assert [swap[p.name] for p in one.demonyms] == [p.name for p in other.demonyms]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_any_text(text: str, places: Callable[[str], Mentioned]) -> None:
    found = places(text)
    for place in found.places + found.demonyms:
        assert all(text[s.start : s.end] for s in place.spans)


@pytest.mark.parametrize(
    "text",
    ["Kyiv, " * 3000, "the city " * 3000, "Al-" * 3000, "X" * 20_000, "in the east " * 2000, "village of " * 3000],
)
def test_hostile_text_is_read(text: str, model: Language) -> None:
    parsed = parse(Document(text), model)
    assert all(text[s.start : s.end] for p in find_places(parsed).places for s in p.spans)


def test_packed_places_come_back() -> None:
    town = Listed(7, "Łódź", 51.75, 19.467, "PL", "74", 650_000, others=("Lodz", "Лодзь"))
    gazetteer = unpack(pack([town]))
    (found,) = gazetteer.look_up("lodz")
    assert found.name == "Łódź" and abs(found.lat - 51.75) < 0.01 and found.geonameid == 7
    assert gazetteer.look_up("лодзь") == (found,)
    assert gazetteer.look_up("nowhere") == ()


def test_what_is_no_gazetteer_says_so() -> None:
    with pytest.raises(ValueError, match="not a gazetteer"):
        unpack(b'{"sizes": {}}\nxx')


def test_a_geonames_dump_is_read_and_broken_lines_are_passed_over() -> None:
    line = "1\tZubra\tZubra\tZoubra,Зубра\t49.77\t24.05\tP\tPPL\tUA\t\t15\t\t\t\t1500\t\t\tEurope/Kiev\t2020-01-01"
    found = list(from_geonames([line, "broken", line.replace("49.77", "x")]))
    assert [(p.name, p.country, p.others) for p in found] == [("Zubra", "UA", ("Zoubra", "Зубра"))]


@pytest.mark.skipif(not world().names, reason="no gazetteer was built")
def test_the_gazetteer_knows_names_in_several_scripts() -> None:
    for name in ("Луганск", "Lugansk", "Luhansk"):
        assert any(e.country == "UA" for e in entries(plain(name)))
