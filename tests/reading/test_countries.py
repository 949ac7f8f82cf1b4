"""The table of countries: every name, demonym and capital leads to one country, and back."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.countries import by_capital, by_demonym, by_name, countries, sharing, side_of


def test_every_demonym_has_one_country_unless_it_is_shared() -> None:
    owners = defaultdict(set)
    for country in countries():
        for demonym in country.demonyms:
            owners[demonym].add(country.code)
    doubled = {d: codes for d, codes in owners.items() if len(codes) > 1 and len(sharing(d)) < 2}
    assert not doubled


@pytest.mark.parametrize("country", countries(), ids=lambda c: c.code)
def test_names_demonyms_and_capitals_lead_home(country) -> None:  # type: ignore[no-untyped-def]
    assert by_name(country.name) == country
    assert all(by_name(name) == country for name in country.names)
    assert all(country in sharing(demonym) for demonym in country.demonyms)
    assert all(by_capital(capital) == country for capital in country.capitals)


@pytest.mark.parametrize("form", ["{}’s", "{}'s", "the {}", "{}-led"])
def test_forms_change_nothing(form: str) -> None:
    for country in countries():
        assert side_of(form.format(country.name)) == country.code


def test_all_points_are_on_earth() -> None:
    for country in countries():
        assert -90 <= country.lat <= 90 and -180 <= country.lon <= 180 and country.uncertainty_m > 0


def test_shared_demonyms_say_so() -> None:
    assert [c.code for c in sharing("Korean")] == ["KR", "KP"]
    assert by_demonym("North Korean") == by_name("North Korea")


def test_small_words_are_no_countries() -> None:
    assert side_of("us") is None
    assert side_of("turkey") is None
    assert side_of("") is None


@given(st.text())
def test_any_text(words: str) -> None:
    side_of(words)
    sharing(words)
