"""How alike texts are: shingles, and bands that near copies share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.shingles import BANDS, bands, jaccard, shingles

WORD = st.text("abcdefghij", min_size=1, max_size=3)
TEXTS = st.lists(WORD, max_size=40).map(" ".join)


@given(TEXTS, TEXTS)
def test_likeness_is_symmetric_and_between_nothing_and_all(one: str, other: str) -> None:
    a, b = shingles(one), shingles(other)
    assert jaccard(a, b) == jaccard(b, a)
    assert 0 <= jaccard(a, b) <= 1
    assert jaccard(a, a) == (1 if one else 0)


@given(TEXTS)
def test_it_is_the_share_of_runs_of_five_words(text: str) -> None:
    words = text.split()
    size = min(5, len(words))
    runs = {tuple(words[n : n + size]) for n in range(len(words) - size + 1)} if words else set()
    assert len(shingles(text)) == len(runs)


@given(TEXTS)
def test_dress_does_not_matter(text: str) -> None:
    assert (shingles(text) == shingles(f"“{text.upper()}”!")).all()
    assert bands(shingles(text)) == bands(shingles(text.upper()))


def test_bands_stay_what_they_are() -> None:
    """They are on the record of every ledger: a change here finds no copy of what was added before."""
    found = bands(shingles("The bridge over the river was closed on Monday, the mayor of the town said."))
    assert len(found) == len(set(found)) == BANDS
    assert found[:2] == ("036fd90e00cff16d", "b163311448a56dc9")


def test_near_copies_share_a_band_and_others_do_not() -> None:
    words = [f"word{n}" for n in range(400)]
    base = set(bands(shingles(" ".join(words))))
    shared = []
    for changed in (10, 20, 30, 300):
        altered = [f"new{n}" if n % (400 // changed) == 0 else word for n, word in enumerate(words)]
        shared.append(len(base & set(bands(shingles(" ".join(altered))))))
    assert shared[0] >= shared[1] >= shared[2] > 0
    assert shared[3] == 0


def test_a_long_text_takes_no_more_memory_than_a_piece_of_it() -> None:
    words = " ".join(f"w{n % 50_000}" for n in range(100_000))
    assert len(bands(shingles(words))) == BANDS
