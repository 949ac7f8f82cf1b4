"""What holds of figures for every text: symmetry between the sides, nothing invented, nothing narrowed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from onrecord.model import Document, Figure
from onrecord.reading.figures import find_figures
from onrecord.reading.language import language_model
from onrecord.reading.lexicon import lexicon
from onrecord.reading.parsing import parse
from onrecord.reading.places import find_places
from onrecord.reading.times import find_times

PUBLISHED = date(2023, 3, 7)
SENTENCES = (
    "Russia lost 1,060 soldiers in February, Ukraine’s staff said.",
    "Ukrainian troops killed 300 Russian marines and captured dozens.",
    "The death toll in Ukraine rose 30 percent to 12,000.",
    "Russian losses in the valley far exceeded those of Ukraine.",
    "Ukraine launched 40 drones, of which Russian gunners downed 31.",
    "At least 14 Russian soldiers and two Ukrainian officers were wounded on 2 March.",
)
NAMES = {
    "Russia": "Ukraine",
    "Ukraine": "Russia",
    "Russian": "Ukrainian",
    "Ukrainian": "Russian",
}


def read(text: str) -> tuple[Figure, ...]:
    parsed = parse(Document(text, published=PUBLISHED), language_model())
    return find_figures(parsed, find_times(parsed), find_places(parsed))


def swapped(text: str) -> str:
    return re.sub(r"\b(?:Russian|Ukrainian|Russia|Ukraine)\b", lambda m: NAMES[m.group()], text)


def other(side: str | None) -> str | None:
    return {"RU": "UA", "UA": "RU"}.get(side or "", side)


def told(figure: Figure, swap: bool = False) -> tuple[object, ...]:
    turn = other if swap else (lambda side: side)
    sides = tuple(turn(s) for s in (figure.side, figure.more, figure.less, figure.numerator, figure.denominator))
    days = figure.period and (figure.period.earliest, figure.period.latest)
    return (
        figure.kind,
        figure.comparator,
        figure.measure,
        figure.noun,
        figure.value,
        figure.low,
        figure.unit,
        days,
        sides,
    )


@pytest.mark.parametrize("text", SENTENCES)
def test_swapping_the_parties_swaps_the_sides_and_nothing_else(text: str) -> None:
    before, after = read(text), read(swapped(text))
    assert before
    assert [told(f, swap=True) for f in before] == [told(f) for f in after]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_elsewhere_changes_no_figure(text: str) -> None:
    alone = read(text)
    more = read(f"{text}\n\nThe weather was mild, and the shops had opened again.")
    assert [replace(f, candidates=()) for f in more] == [replace(f, candidates=()) for f in alone]


@pytest.mark.parametrize("number", ["7", "250", "1,060", "12,000", "3.5 million", "40 percent", "two dozen"])
def test_a_wider_hedge_never_narrows_an_interval(number: str) -> None:
    (plain,) = read(f"They counted {number} of them.")
    (about,) = read(f"They counted about {number} of them.")
    assert plain.low is not None and plain.high is not None and about.low is not None and about.high is not None
    assert about.low <= plain.low and plain.high <= about.high
    (least,) = read(f"They counted at least {number} of them.")
    assert least.low == least.value and least.high is None
    (most,) = read(f"They counted up to {number} of them.")
    assert most.high == most.value and most.low is None


@pytest.mark.parametrize("text", SENTENCES)
def test_no_figure_is_invented(text: str) -> None:
    data = lexicon("figures")
    words = {
        w
        for table in ("cardinals", "scales", "exact", "vague", "vague_shares", "fractions", "multiples")
        for w in data[table]
    }
    words |= set(data["bare_times"]["words"])
    compared = lexicon("figures_measures")["comparisons"]
    for figure in read(text):
        parts = set(re.findall(r"\w+", figure.text.lower()))
        number = re.search(r"\d", figure.text) or parts & {p for w in words for p in w.split()}
        comparing = any(p.startswith(w) for p in parts for w in compared["exceeding"] + compared["superlatives"])
        assert number or comparing, figure


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "1e308",
        "9" * 400,
        "9" * 5000,
        "1/0 of 5/00",
        "½",
        "٣ people",
        "-5",
        "+",
        "$",
        "5 to",
        "between",
        "one",
        "%%%",
        "(+)",
    ],
)
def test_any_text_is_survived(text: str) -> None:
    for figure in read(text):
        for number in (figure.value, figure.low, figure.high):
            assert number is None or abs(number) < float("inf")


@pytest.mark.parametrize("text", ["one hundred " * 2000, "1 " * 2000, "most of " * 2000, "a - 12 (+3), " * 1000])
def test_long_runs_of_numbers_are_survived(text: str) -> None:
    read(text)
