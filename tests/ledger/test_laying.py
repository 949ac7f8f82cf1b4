"""A new reading is laid against the record: same words, same id."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ledger.laying import ENOUGH, View, lay, shared


def view(id_: str, *content: tuple[int, int], cue: int | None = None, figure: int | None = None) -> View:
    return View(
        id_,
        content,
        ((cue, cue + 4),) if cue is not None else (),
        ((figure, figure + 2),) if figure is not None else (),
    )


def test_the_same_words_keep_their_id() -> None:
    there = [view("a", (0, 40)), view("b", (50, 90))]
    assert lay(list(reversed(there)), there) == ["b", "a"]


def test_half_the_words_are_enough_and_less_is_not() -> None:
    there = [view("a", (0, 40))]
    assert lay([view("x", (0, 20))], there) == ["a"]
    assert lay([view("x", (0, 19))], there) == ["x"]


def test_the_same_cue_is_enough() -> None:
    there = [view("a", (0, 40), cue=41)]
    assert lay([view("x", (60, 90), cue=41)], there) == ["a"]
    assert lay([view("x", (60, 90), cue=101)], there) == ["x"]


def test_the_same_figure_is_enough() -> None:
    assert lay([view("x", (30, 300), figure=35)], [view("a", (0, 40), figure=36)]) == ["a"]


def test_an_id_is_given_once_and_to_the_nearest() -> None:
    there = [view("outer", (0, 100), cue=110)]
    assert lay([view("x", (0, 60), cue=110), view("y", (0, 95), cue=110)], there) == ["x", "outer"]


def test_a_view_of_any_earlier_reading_will_do() -> None:
    there = [view("a", (0, 40)), view("a", (200, 240))]
    assert lay([view("x", (200, 238))], there) == ["a"]


def test_two_readings_of_the_same_words_in_one_go_are_two() -> None:
    first, second = lay([view("a", (0, 40)), view("a", (0, 40))], [])
    assert first == "a" != second
    assert lay([view("a", (0, 40)), view("a", (0, 40))], [view(first, (0, 40)), view(second, (0, 40))]) == [
        first,
        second,
    ]


def test_what_stands_far_away_is_not_compared_with_everything() -> None:
    many = [view(str(n), (n * 100, n * 100 + 80), cue=n * 100 + 85) for n in range(20_000)]
    assert lay(many, many) == [one.id for one in many]


spans = st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda s: (s[0], s[0] + s[1]))
views = st.lists(
    st.builds(
        view, st.uuids().map(str), spans, cue=st.none() | st.integers(0, 200), figure=st.none() | st.integers(0, 99)
    ),
    max_size=8,
    unique_by=lambda v: v.id,
)


@given(views, views, st.randoms())
def test_nothing_is_given_twice_and_the_order_does_not_matter(
    new: list[View], there: list[View], random: object
) -> None:
    given_ = dict(zip((v.id for v in new), lay(new, there), strict=True))
    assert len(set(given_.values())) == len(new)
    turned = list(reversed(new))
    assert dict(zip((v.id for v in turned), lay(turned, list(reversed(there))), strict=True)) == given_


@given(views)
def test_laying_again_changes_nothing(new: list[View]) -> None:
    ids = lay(new, [])
    kept = [View(id_, v.content, v.cue, v.figures) for id_, v in zip(ids, new, strict=True)]
    assert lay(kept, kept) == ids


@given(spans, spans)
def test_sharing_is_mutual(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert shared((one,), (other,)) == shared((other,), (one,)) <= 1
    assert shared((one,), (one,)) == 1 > ENOUGH
