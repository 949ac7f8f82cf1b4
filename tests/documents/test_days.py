"""Days of publication: given, and stated by a plain text."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.documents import day, stated_day
from onrecord.errors import DateError


@pytest.mark.parametrize(
    "text", ["2023-03-07", "2023-03-07T23:59:59Z", "2023-03-07 10:00", "2023-03-07T01:00:00+05:00"]
)
def test_a_date_or_timestamp_gives_its_day(text: str) -> None:
    assert day(text) == date(2023, 3, 7)


@pytest.mark.parametrize(
    "text", ["2023-13-45", "2023", "2023-03", "07.03.2023", "20230307", "", "yesterday", "2023-03-07x"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        day(text)


@pytest.mark.parametrize(
    "line",
    [
        "Posted on July 20 2016",
        "Published: 20 July 2016, 10:30 GMT",
        "PUBLISHED JULY 20TH, 2016",
        "First published on Wed 20 Jul 2016 at 9.05 a.m.",
        "20 Jul 2016",
        "Wednesday, July 20, 2016",
        "2016-07-20",
        "2016-07-20T11:00",
        "GENEVA, 20 July 2016",
        "KYIV, Ukraine, July 20, 2016 (Vostok) — The army said",
        "SAN JUAN, July 20, 2016 - The army said",
        "By Ann Writer | July 20, 2016",
    ],
)
@pytest.mark.parametrize("above", ["", "Bridge destroyed in raid\n\n"])
def test_a_publication_line_is_believed(line: str, above: str) -> None:
    stated = stated_day(f"{above}{line}\n\nThe bridge was destroyed on Tuesday.")
    assert stated is not None
    assert stated.day == date(2016, 7, 20)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On July 20, 2016 the bridge was destroyed.",
        "July 20, 2016 was the day the bridge fell.",
        "The report, published July 20, 2016, names no one.",
        "Published July 2016",
        "Published in 2016",
        "Published 07/20/2016",
        "Posted 2 hours ago",
        "Updated July 20, 2016",
        "Published February 31, 2016",
        "Published July 20, 2016\n21 July 2016",
        "Story\n" * 6 + "Published July 20, 2016",
        "Battle of the bridge, July 20, 2016",
        "1" * 50_000,
        "A" * 50_000,
        "BY " + "A, " * 20_000,
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert stated_day(text) is None
