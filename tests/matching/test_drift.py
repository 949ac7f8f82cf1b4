"""What a retelling changed, field by field, against the telling nearest the claimant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from onrecord.matching import match
from onrecord.model import Appearance, DriftClass, Factuality, Place, Quotation
from tests.matching.made import DAY, fields, figure, party, place, told

WATCH = "Orsk Monitoring Centre"
VELIN, HUTSK, SORNA = place("Velin", 50.0, 30.0), place("Hutsk", 50.13, 30.0), place("Sorna", 46.0, 36.0)
WORDS = "57 civilians were killed when shells fell on the bus station of Velin"


def toll(
    document: str,
    words: str = WORDS,
    who: str = WATCH,
    later: int = 0,
    where: Place = VELIN,
    cue: bool = True,
    **more: Any,
) -> Appearance:
    known = {"on": DAY, "place": where.name, **more}
    claimants = (party(who, document=document),) if who else ()
    return told(
        document,
        words,
        *claimants,
        figures=(figure(known.pop("text", "57"), known.pop("value", 57), **known),),
        places=(where,),
        published=DAY + timedelta(later),
        cue=cue,
    )


def test_a_bound_that_is_lost() -> None:
    found = match([toll("a", text="at least 57", comparator=">="), toll("b", later=1)])
    (drift,) = found.drifts
    assert (drift.field, drift.from_value, drift.to_value) == ("comparator", "at least 57", "57")
    assert drift.class_ is DriftClass.CHANGE
    assert drift.from_spans and drift.to_spans


def test_at_least_and_more_than_are_one_bound() -> None:
    assert not match([toll("a", text="at least 57", comparator=">="), toll("b", comparator=">", later=1)]).drifts


@pytest.mark.parametrize(
    ("more", "field", "values"),
    [
        ({"measure": "casualties"}, "measure", ("killed", "casualties")),
        ({"noun": "soldier"}, "content", None),
        ({"on": DAY - timedelta(1)}, "period", ("2024-05-10/2024-05-10", "2024-05-09/2024-05-09")),
        ({"side": "DV"}, "side", ("UM", "DV")),
    ],
)
def test_fields_of_a_figure(more: dict[str, Any], field: str, values: tuple[str, str] | None) -> None:
    found = fields(match([toll("a", side="UM", noun=None), toll("b", later=1, **{"side": "UM", "noun": None, **more})]))
    assert set(found) == {field}
    assert values is None or found[field] == values


def test_another_number_in_the_same_words_is_a_changed_value() -> None:
    found = match([toll("a"), toll("b", words=WORDS.replace("57", "570"), text="570", value=570, later=1)])
    assert fields(found) == {"value": ("57", "570")}
    assert len(found.claims) == 2


def test_another_place() -> None:
    words = WORDS.replace("Velin", "Hutsk")
    assert fields(match([toll("a"), toll("b", words=words, where=HUTSK, later=1)])) == {"place": ("Velin", "Hutsk")}


def test_a_wider_period_is_a_scope() -> None:
    month = figure("57", 57, place="Velin")
    assert month.period is None
    wide = toll("b", later=1, on=None)
    assert not match([toll("a"), wide]).drifts


def test_a_source_that_is_lost() -> None:
    found = match([toll("a"), toll("b", who="", later=1)])
    assert fields(found) == {"claimant": (WATCH, "author")}


def test_a_headline_that_loses_its_source() -> None:
    body = toll("a", text="at least 57", comparator=">=")
    headline = told(
        "a", "Shelling kills 57 civilians in Velin", figures=(figure("57", 57, place="Velin"),), places=(VELIN,), at=500
    )
    found = match([headline, body])
    assert fields(found) == {"claimant": (WATCH, "author"), "comparator": ("at least 57", "57")}
    assert found.drifts[0].from_ == body.statement.id


def test_a_hedge_that_is_lost_and_one_that_is_kept() -> None:
    words = "the depot in Velin was apparently hit by a stray rocket of the defenders"
    hedged = told("a", words, party(WATCH, document="a"), factuality=Factuality.PROBABLE)
    plain = told("b", words.replace("apparently ", ""), party(WATCH, document="b"), published=DAY + timedelta(1))
    kept = told("c", words, party(WATCH, document="c"), factuality=Factuality.PROBABLE, published=DAY + timedelta(1))
    assert fields(match([hedged, plain])) == {"factuality": ("apparently", "certain")}
    assert not match([hedged, kept]).drifts


def test_words_altered_inside_quotation_marks() -> None:
    words = "“We will hold the northern bridge of Velin for as long as it takes”"
    one = told("a", words, party("Lev Arden", document="a"), quotation=Quotation.DIRECT)
    altered = words.replace("as long as it takes", "another week at most")
    other = told(
        "b", altered, party("Lev Arden", document="b"), quotation=Quotation.DIRECT, published=DAY + timedelta(1)
    )
    assert set(fields(match([one, other]))) == {"quotation"}
    shorter = told(
        "c", "“We will hold the northern bridge of Velin”", party("Lev Arden", document="c"), quotation=Quotation.DIRECT
    )
    assert not match([one, shorter]).drifts


def test_another_cause_and_another_actor() -> None:
    one = told(
        "a",
        "a column of Dravian trucks burned near the mill after Umbrian jets attacked from the air",
        party(WATCH, document="a"),
    )
    cause = told(
        "b",
        "a column of Dravian trucks burned near the mill after Umbrian howitzers attacked",
        party(WATCH, document="b"),
        published=DAY + timedelta(1),
    )
    actor = told(
        "c",
        "a column of Dravian trucks burned near the mill after Korvian jets attacked from the air",
        party(WATCH, document="c"),
        published=DAY + timedelta(1),
    )
    assert fields(match([one, cause])) == {"content": ("air strike", "shelling")}
    assert fields(match([one, actor])) == {"content": ("umbrian", "korvian")}


def test_a_figure_left_out_unless_the_text_tells_it_elsewhere() -> None:
    wounded = figure("120", 120, "wounded", on=DAY, place="Velin")
    killed = figure("57", 57, on=DAY, place="Velin")
    words = "57 civilians were killed and 120 wounded when shells fell on the bus station"
    one = told("a", words, party(WATCH, document="a"), figures=(killed, wounded), places=(VELIN,))
    short = told(
        "b",
        "57 civilians were killed when shells fell on the bus station",
        party(WATCH, document="b"),
        figures=(killed,),
        places=(VELIN,),
        published=DAY + timedelta(1),
    )
    rest = told(
        "b",
        "it counted 120 wounded",
        party(WATCH, document="b"),
        figures=(wounded,),
        places=(VELIN,),
        published=DAY + timedelta(1),
        at=300,
    )
    assert fields(match([one, short])) == {"content": ("120", None)}
    assert not match([one, short, rest]).drifts


def test_a_change_that_an_earlier_retelling_made_is_inherited() -> None:
    source = toll("a", text="at least 57", comparator=">=")
    classes = {drift.to: drift.class_ for drift in match([source, toll("b", later=1), toll("c", later=2)]).drifts}
    assert sorted(classes.values()) == [DriftClass.CHANGE, DriftClass.INHERITED]


def test_drift_runs_from_the_direct_quotation() -> None:
    quoted = told(
        "b",
        "“57 civilians were killed at the bus station of Velin”",
        party(WATCH, document="b"),
        figures=(figure("57", 57, on=DAY, place="Velin"),),
        places=(VELIN,),
        quotation=Quotation.DIRECT,
        published=DAY + timedelta(1),
    )
    told_before = toll("a", text="some 57", comparator="~")
    (drift,) = match([told_before, quoted]).drifts
    assert (drift.from_, drift.to) == (quoted.statement.id, told_before.statement.id)


def test_the_days_that_words_name() -> None:
    words = "the dam above Velin was blown up on {} and water reached the lower town"
    one = told("a", words.format("June 23"), party(WATCH, document="a"), published=date(2024, 7, 1))
    other = told("b", words.format("June 28"), party(WATCH, document="b"), published=date(2024, 7, 1))
    wide = told("c", words.format("one day in June"), party(WATCH, document="c"), published=date(2024, 7, 2))
    assert fields(match([one, other]))["period"][1] in ("June 28", "June 23")
    (drift,) = match([one, wide]).drifts
    assert (drift.field, drift.class_) == ("period", DriftClass.SCOPE)


def test_the_same_told_again_is_no_drift() -> None:
    assert not match([toll("a"), toll("b", later=1), toll("c", later=2)]).drifts
