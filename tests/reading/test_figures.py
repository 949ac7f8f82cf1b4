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
    "A soldier was wounded at the bridge, Ukraine said; Russia said nobody died.",
    "Ukraine said that Russia has lost 3,000 vehicles and 80 guns since the start of the war.",
    "Russian losses were four times those of Ukraine, one to four in Ukraine’s favour.",
    "Russian shelling wounded nine villagers, and Ukrainian gunners disabled 16 Russian trucks.",
    "Most of the prisoners held by Ukraine said they were beaten, and Russia returned 90 percent of them.",
    "Another 12 Ukrainian pilots and up to 40 Russian sailors are missing.",
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
        figure.direction,
        figure.tally,
    )


@pytest.mark.parametrize("text", SENTENCES)
def test_swapping_the_parties_swaps_the_sides_and_nothing_else(text: str) -> None:
    before, after = read(text), read(swapped(text))
    assert before
    assert [told(f, swap=True) for f in before] == [told(f) for f in after]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "The weather was mild, and the shops had opened again.",
        "A choir of 40 sang for two hours in the old hall.",
        "Prices rose by 4 percent, the bank said.",
    ],
)
@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_elsewhere_changes_no_figure(text: str, elsewhere: str) -> None:
    alone = read(text)
    more = read(f"{text}\n\n{elsewhere}")
    assert [replace(f, candidates=()) for f in more[: len(alone)]] == [replace(f, candidates=()) for f in alone]
    before = [f for f in read(f"{elsewhere}\n\n{text}") if f.spans[0].start > len(elsewhere)]
    assert [told(f) for f in before] == [told(f) for f in alone]


NUMBERS = (
    "7", "10", "250", "1,000", "1,060", "12,000", "100,000", "3.5 million", "40 percent", "2.5 percent", "two dozen",
    "half a million", "a hundred",
)  # fmt: skip
WHOLE = float("-inf"), float("inf")


def interval(words: str) -> tuple[float, float]:
    (figure,) = read(f"They counted {words} of them.")
    low, high = figure.low, figure.high
    return (WHOLE[0] if low is None else low), (WHOLE[1] if high is None else high)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("hedge", ["about", "around", "roughly", "some", "an estimated", "approximately"])
def test_a_wider_hedge_never_narrows_an_interval(number: str, hedge: str) -> None:
    plain, wide = interval(number), interval(f"{hedge} {number}")
    assert wide[0] <= plain[0] <= plain[1] <= wide[1]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_bound_leaves_the_other_side_open(number: str) -> None:
    plain = interval(number)
    for hedge in ("at least", "more than", "no fewer than"):
        low, high = interval(f"{hedge} {number}")
        assert plain[0] <= low <= plain[1] and high == WHOLE[1]
    for hedge in ("up to", "at most", "nearly", "fewer than"):
        low, high = interval(f"{hedge} {number}")
        assert low == WHOLE[0] and plain[0] <= high <= plain[1]


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("60", "dozens"),
        ("500", "hundreds"),
        ("50,000", "tens of thousands"),
        ("between 10 and 12", "between 8 and 15"),
        ("10 to 12", "about 10 to 12"),
        ("300 to 400", "at least 300 to 400"),
    ],
)
def test_a_vaguer_word_allows_no_less(narrow: str, wide: str) -> None:
    inner, outer = interval(narrow), interval(wide)
    assert outer[0] <= inner[0] <= inner[1] <= outer[1]


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
        words |= {"a", "an", "no", "nobody", "none"}  # one or nobody harmed
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
