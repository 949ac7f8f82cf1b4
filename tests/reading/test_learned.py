"""The learned attribution: its door, its weights, and what it must survive."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from onrecord.model import Document, Span
from onrecord.reading.attribution.learned import LearnedAttribution, ordered
from onrecord.reading.attribution.learned.decoding import Decoding, Found, compatible, likeliest
from onrecord.reading.attribution.learned.network import shipped_pieces
from onrecord.reading.attribution.learned.windows import batch_of, windows_of
from onrecord.reading.attribution.learned.with_rules import LearnedWithRules
from onrecord.reading.attribution.learned.words import words_of
from onrecord.reading.parsing import Parsed, parse
from onrecord.reading.steps import Attribution

if TYPE_CHECKING:
    from spacy.language import Language

ROOT = Path(__file__).resolve().parents[2]
WEIGHTS = ROOT / "src/onrecord/reading/data/en/attribution"
CARD = ROOT / "training/attribution/card.toml"

REPORT = """The bridge at Orlivka was hit on Monday, the regional governor said.

“We counted six explosions,” Olena Tkach, a nurse, told reporters. “Then the lights went out.”

According to the defence ministry, two drones were shot down.
"""


@pytest.fixture(scope="module")
def learned() -> LearnedAttribution:
    return LearnedAttribution()


@pytest.fixture(scope="module")
def parsed(model: Language) -> Callable[[str], Parsed]:
    return lambda text: parse(Document(text), model)


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_weights_are_what_the_card_says() -> None:
    card = tomllib.loads(CARD.read_text(encoding="utf-8"))
    sums = {name: hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest() for name in card["weights"]}
    assert sums == card["weights"]
    assert {p.name for p in WEIGHTS.iterdir()} == set(sums)


def test_weights_are_small() -> None:
    assert sum(p.stat().st_size for p in WEIGHTS.iterdir()) < 28_000_000


def test_who_said_what(learned: LearnedAttribution, parsed: Callable[[str], Parsed]) -> None:
    found = learned(parsed(REPORT))
    read = [(words(REPORT, a.source), words(REPORT, a.content)) for a in found]
    assert (["the regional governor"], ["The bridge at Orlivka was hit on Monday"]) in read
    assert any(source == ["the defence ministry"] and "two drones" in content[0] for source, content in read)


def test_equal_texts_are_read_alike(learned: LearnedAttribution, parsed: Callable[[str], Parsed]) -> None:
    assert learned(parsed(REPORT)) == learned(parsed(REPORT))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "\ud800 said “\ud800”.",
        "“" * 3000,
        "said " * 4000,
        "x" * 20_000,
        "\u200f\u202e\x00\x01 he said",
        "，。「他说」" * 50,
        "🙂" * 2000,
    ],
    ids=["empty", "blank", "surrogates", "marks", "one word", "no space", "controls", "ideographs", "emoji"],
)
def test_any_text_survives(text: str, learned: LearnedAttribution, parsed: Callable[[str], Parsed]) -> None:
    for attribution in learned(parsed(text)):
        check_spans(attribution, text)


def check_spans(attribution: Attribution, text: str) -> None:
    for spans in (attribution.source, attribution.cue, attribution.content):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert list(spans) == sorted(spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))


def test_windows_leave_no_word_out_and_own_none_twice(parsed: Callable[[str], Parsed]) -> None:
    pieces = shipped_pieces()
    text = "\n".join(f"Shell {n} fell near house {n}, neighbours said." for n in range(150))
    found = words_of(parsed(text), pieces)
    windows = list(windows_of(found))
    owned = [i for w in windows for i in range(w.first, w.last)]
    assert owned == list(range(len(found)))
    assert all(w.start <= w.first < w.last <= w.end for w in windows)
    assert max(batch_of(found, windows, pieces).lengths) <= 256


def test_changing_the_role_costs() -> None:
    logits = np.array([[[1.0, 0, 0, 0], [0, 0.4, 0, 0], [1, 0, 0, 0]]], np.float32)
    assert likeliest(logits, np.array([3]), change=0.0).tolist() == [[0, 1, 0]]
    assert likeliest(logits, np.array([3]), change=1.0).tolist() == [[0, 0, 0]]


def test_what_is_said_inside_is_within(parsed: Callable[[str], Parsed]) -> None:
    text = "She said the mayor told him that the town had fallen."
    words = words_of(parsed(text), shipped_pieces())

    def span(part: str) -> tuple[Span, ...]:
        return (Span(text.index(part), text.index(part) + len(part)),)

    outer = Attribution(span("She"), span("said"), span("the mayor told him that the town had fallen"))
    inner = Attribution(span("the mayor"), span("told"), span("that the town had fallen"))
    assert [a.within for a in ordered(words, [inner, outer])] == [None, 0]


def test_rules_add_to_what_was_learned(parsed: Callable[[str], Parsed], learned: LearnedAttribution) -> None:
    both = LearnedWithRules(learned)
    found = both(parsed(REPORT))
    assert found == both(parsed(REPORT))
    assert {a.cue for a in found} & {a.cue for a in learned(parsed(REPORT))}
    assert both(parsed("")) == ()


def test_one_cue_speaks_once() -> None:
    sure = Found(3, ((0, 2),), ((2, 4),), ((5, 9),), 0.9)
    less = Found(2, ((0, 2),), ((2, 3),), ((10, 12),), 0.6)
    assert compatible([less, sure], 12, Decoding()) == [sure]
