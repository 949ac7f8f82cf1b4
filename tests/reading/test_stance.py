"""Stance, own statements and caveats on any text: pure, total, fair to both sides."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.model import Act, Document, Factuality, Quotation, Span, Statement, Words, identifier
from onrecord.reading.caveats import caveat_spans, find_caveats
from onrecord.reading.lexicon import lexicon
from onrecord.reading.own import find_own
from onrecord.reading.parsing import Parsed, parse
from onrecord.reading.stance import quotation_of, stances
from onrecord.reading.steps import Attribution, Mentioned
from onrecord.reading.times import find_times

NOWHERE = Mentioned((), ())
STORY = """The Varnian army said on Monday in a statement that Ostian troops had shelled two villages.
Ostian troops attacked a Varnian convoy near the border on Tuesday.
Varnian officials warned that Ostian forces could cross the river. The claims could not be verified by this paper.
"""


def parsed_of(text: str, model: Language) -> Parsed:
    return parse(Document(text, published=date(2023, 3, 8)), model)


def credited(text: str, *triples: tuple[str, str, str]) -> tuple[Attribution, ...]:
    def at(words: str, start: int) -> tuple[Span, ...]:
        found = text.index(words, start)
        return (Span(found, found + len(words)),)

    made, start = [], 0
    for source, cue, content in triples:
        start = text.index(source, start)
        made.append(Attribution(at(source, start), at(cue, start), at(content, start)))
    return tuple(made)


def swapped(text: str) -> str:
    return text.replace("Varnian", "\0").replace("Ostian", "Varnian").replace("\0", "Ostian")


def outcome(text: str, model: Language) -> list[object]:
    side, other = ("Varnian", "Ostian") if text.startswith("The Varnian") else ("Ostian", "Varnian")
    parsed = parsed_of(text, model)
    found = credited(
        text,
        (f"The {side} army", "said", f"{other} troops had shelled two villages"),
        (f"{side} officials", "warned", f"{other} forces could cross the river"),
    )
    times = find_times(parsed)
    put = [
        (s.act, s.quotation, s.factuality, s.channel, s.said and s.said.earliest) for s in stances(parsed, found, times)
    ]
    own = [swapped(text[o.content[0].start : o.content[0].end]) for o in find_own(parsed, found, times, NOWHERE, ())]
    return [put, own if side == "Ostian" else [swapped(o) for o in own], len(caveat_spans(parsed))]


def test_swapping_the_parties_changes_nothing_else(model: Language) -> None:
    assert outcome(STORY, model) == outcome(swapped(STORY), model)


def test_reading_twice_reads_the_same(model: Language) -> None:
    assert outcome(STORY, model) == outcome(STORY, model)


def test_a_caveat_is_no_statement_of_the_authors(model: Language) -> None:
    parsed = parsed_of("The attack on the depot could not be independently verified.\n", model)
    assert caveat_spans(parsed)
    assert find_own(parsed, (), find_times(parsed), NOWHERE, ()) == ()


def test_own_statements_overlap_no_attribution(model: Language) -> None:
    parsed = parsed_of(STORY, model)
    found = credited(STORY, ("The Varnian army", "said", "Ostian troops had shelled two villages"))
    spans = [s for a in found for s in (*a.source, *a.cue, *a.content)]
    for own in find_own(parsed, found, find_times(parsed), NOWHERE, ()):
        assert not any(s.start < o.end and o.start < s.end for o in own.content for s in spans)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [("“all of it”", Quotation.DIRECT), ("a “part” of it", Quotation.MIXED), ("none", Quotation.INDIRECT)],
)
def test_quotation(content: str, wanted: Quotation, model: Language) -> None:
    text = f"She said {content}."
    assert quotation_of(parsed_of(text, model), credited(text, ("She", "said", content))[0]) is wanted


def test_every_cue_stands_under_one_act() -> None:
    for kind in ("verbs", "nouns"):
        table = lexicon("stance")[kind]
        assert set(table) <= {a.value for a in Act}
        lemmas = [lemma for act in table.values() for lemma in act]
        assert len(lemmas) == len(set(lemmas))
    assert sum(len(v) for v in lexicon("stance")["verbs"].values()) >= 600


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=120),
    cuts=st.lists(st.integers(0, 120), min_size=6, max_size=6),
)
def test_any_text_and_any_spans_are_survived(text: str, cuts: list[int], model: Language) -> None:
    parsed = parsed_of(text, model)
    points = sorted(min(c, len(text)) for c in cuts)
    source, cue, content = ((Span(a, b),) if a < b else () for a, b in zip(points[::2], points[1::2], strict=True))
    found = (Attribution(source, cue, content or (Span(0, len(text)),)),) if text else ()
    times = find_times(parsed)
    assert len(stances(parsed, found, times)) == len(found)
    own = find_own(parsed, found, times, NOWHERE, ())
    assert all(text[s.start : s.end].strip() for o in own for s in o.content)
    given_ = tuple(
        Statement(
            identifier(parsed.document, "statement", a.content), Words.of(text, a.content), None, None, (), (), None,
            Act.SAY, Quotation.INDIRECT, Factuality.CERTAIN,
        )
        for a in found
    )  # fmt: skip
    ids = {s.id for s in given_}
    for caveat in find_caveats(parsed, given_):
        assert set(caveat.covers) <= ids
        assert caveat.text == text[caveat.spans[0].start : caveat.spans[0].end]


@pytest.mark.parametrize(
    "text",
    [
        "“" * 10_000,
        "not verified purportedly " * 2_000,
        "could not be " * 5_000,
        "said on Monday " * 2_000,
        "1" * 100_000,
    ],
    ids=["marks", "caveats", "half caveats", "cues", "digits"],
)
def test_hostile_texts_take_no_time(text: str, model: Language) -> None:
    parsed = parsed_of(text, model)
    found = tuple(
        Attribution((), (Span(i, i + 4),), (Span(i + 5, i + 14),)) for i in range(0, min(len(text) - 15, 15_000), 15)
    )
    assert len(stances(parsed, found, ())) == len(found)
    find_own(parsed, found, (), NOWHERE, ())
    find_caveats(parsed, ())
