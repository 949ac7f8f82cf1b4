"""Series files: known by their columns, read as their loaders tell. The rows are made up; only the shapes are real."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from onrecord.documents.series import LoadedSeries, load_series, loaders
from onrecord.errors import DataError
from onrecord.model import Observation, Series

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"

SHAPES = {
    "general-staff-personnel": [{"date": "2022-03-01", "day": 6, "personnel": 70, "personnel*": "about", "POW": 2}],
    "general-staff-equipment": [
        {"date": "2022-03-01", "day": 6, "tank": 7, "APC": 9, "field artillery": 3, "greatest losses direction": "East"}
    ],
    "general-staff-corrections": [
        {"date": "2022-03-01", "day": 6, "tank": -2, "APC": 0, "field artillery": 4, "personnel": 0}
    ],
    "general-staff-lod-db": [
        {"date": "2022-03-01", "sourceUri": "https://example.org/1", "personnel": 70, "tanks": None, "afvs": 9}
    ],
    "general-staff-printed": "Date, Item, Delta, Total\n01.03, personnel, 10, 70\n"
    "01.03, tanks, 0, 7\n02.03, tanks, 2, 9\n",
    "economist-estimates": "date,estimate_low,estimate_high,estimate,type,source,source_url,country\n"
    "01/03/2022,60,80,,deaths,UK MoD,https://example.org/1,russia\n",
    "economist-area": "date,area_assessed_as_russia_controlled,change_in_area_assessed_as_russia_controlled,"
    "area_assessed_as_russia_controlled_percent\n2022-03-01,5000000,1000000,7.5\n",
    "economist-uk-mod": "month,year,casualties (average daily losses),casualties in month,cumulative casualties,"
    "source_url\nfebruary,2024,10,290,900,https://example.org/1\n",
    "economist-raw-estimates": "date,source,country,source_id,estimate_type,estimate,source_type\n"
    "2022-03-01,Desk,russia,1,estimate,70,deaths\n2022-03-01,Desk,russia,1,estimate_low,60,deaths\n",
    "economist-model": "date,days_since_invasion,estimate,pi_low,pi_high,type,country\n"
    "2022-03-02,6,NA,NA,NA,deaths,russia\n2022-03-01,5,70.5,60,80,deaths,russia\n",
    "economist-fires": "date,fires_per_day,war_fires_per_day\n2022-03-01,30,20\n",
    "meduza-2024": "\ufeffDate,Число погибших в поименных списках,Оценка на основе данных РНД,ED_high,ED_low\n"
    "2022-03-01,6.0,70.5,80.1,60.2\n",
    "meduza-2025": "\ufeffDate,Estimate based on probate data,ED_high,ED_low,"
    "Number of confirmed deaths (by date of death)\n01/03/2022,70.5,80.1,60.2,6\n,,,,\n",
    "gaza-casualties": [
        {"report_date": "2023-11-01", "report_source": "mohtel", "report_period": 24, "killed_cum": 70,
         "ext_killed": 5, "ext_killed_cum": 70},
        {"report_date": "2023-11-02", "report_source": "missing", "report_period": 24, "ext_killed": 6,
         "ext_killed_cum": 76},
    ],
    "gaza-infrastructure": [
        {"report_date": "2023-11-01", "civic_buildings": {"ext_destroyed": 5}, "residential": {"ext_destroyed": 9,
         "destroyed": 9}}
    ],
    "west-bank": [
        {"report_date": "2023-11-01", "flash_source": "un", "killed_cum": 7, "settler_attacks_cum": 3,
         "verified": {"killed_cum": 8}},
        {"report_date": "2023-11-02", "flash_source": "fill", "killed_cum": 7, "settler_attacks_cum": 3},
    ],
    "lebanon": [
        {"report_date": "2023-11-01", "report_source": "ocha", "report_period": 24, "phase": 1, "killed_cum": 7,
         "killed_cum_reported": 7, "injured_cum_reported": 9}
    ],
    "oryx-daily": "country,equipment_type,destroyed,captured,type_total,date_recorded\n"
    "Russia,Tanks,5,2,7,2022-03-01\nRussia,Losses without drones - 7,5,2,7,2022-03-01\n",
    "oryx-totals": "country,equipment_type,destroyed,captured,type_total\nUkraine,Tanks,5,2,7\n",
    "oryx-models": [
        {"equipment_oryx": "Tanks", "model": "A", "manufacturer": "X", "losses_total": 3},
        {"equipment_oryx": "Tanks", "model": "B", "manufacturer": "X", "losses_total": 4},
    ],
    "oryx-captured": "country,origin,system,status,url,date_recorded,imageID\n"
    "Russia,Russia,Truck,captured,https://example.org/1,2022-03-01,1\n"
    "Russia,Russia,Tank,captured,https://example.org/2,2022-03-01,2\n",
    "eyes-on-russia": "entry,date,title,lat,lon,violence level,link\nX1,2022-03-01,A fire,50.1,30.2,1,https://example.org/1\n",
    "ucdp-events": '{"id": 1, "source_article": "a", "deaths_side_a": 1, "deaths_side_b": 2, "deaths_civilian": 3, '
    '"deaths_unknown": 0, "deaths_low": 4, "deaths_high": 9, "location_root_name": "Orland", '
    '"start_date": "2022-03-01", "end_date": "2022-03-03"}\n',
}  # fmt: skip


def written(folder: Path, shape: object, name: str = "file") -> Path:
    path = folder / name
    path.write_text(shape if isinstance(shape, str) else json.dumps(shape), encoding="utf-8")
    return path


def loaded(folder: Path, name: str, **options: object) -> LoadedSeries:
    return load_series(written(folder, SHAPES[name]), on=date(2022, 3, 5), **options)  # type: ignore[arg-type]


def by_name(folder: Path, loader: str) -> dict[str, Series]:
    return {one.name: one for one in loaded(folder, loader).series}


def test_every_loader_has_a_shape() -> None:
    assert {loader.name for loader in loaders()} == SHAPES.keys()


@pytest.mark.parametrize("name", SHAPES)
def test_a_file_is_known_by_its_shape(name: str, tmp_path: Path) -> None:
    found = loaded(tmp_path, name)
    assert found.loader.name == name
    for one in found.series:
        assert one.publisher
        assert one.measure
        assert one.observations
        assert "{" not in "".join(filter(None, (one.name, one.publisher, one.side, one.unit, one.place, one.measure)))
        assert one.version
        assert one.version.startswith("sha256:")


def test_a_total_is_known_as_one_with_who_speaks_and_how_surely(tmp_path: Path) -> None:
    one = by_name(tmp_path, "general-staff-personnel")["general-staff-personnel"]
    assert (one.side, one.measure, one.unit, one.cumulative, one.starts) == (
        "RU",
        "killed",
        "person",
        True,
        date(2022, 2, 24),
    )
    assert one.speaks_for == "UA"
    assert "Ukrainian military" in one.known_as
    assert one.definition is not None
    assert "wounded are not told apart" in one.definition
    assert one.observations == (Observation(date(2022, 3, 1), 70.0),)


def test_each_column_may_be_a_series(tmp_path: Path) -> None:
    series = by_name(tmp_path, "general-staff-equipment")
    assert {name: one.unit for name, one in series.items()} == {
        "general-staff-tank": "tank",
        "general-staff-armoured-personnel-carrier": "armoured personnel carrier",
        "general-staff-artillery-system": "artillery system",
    }


def test_a_value_keeps_its_own_page_and_nothing_is_made_of_null(tmp_path: Path) -> None:
    series = by_name(tmp_path, "general-staff-lod-db")
    assert series["lod-db-personnel"].observations[0].source == "https://example.org/1"
    assert "lod-db-tank" not in series


def test_days_without_a_year_take_the_loaders_and_blanks_before_names_do_not_matter(tmp_path: Path) -> None:
    series = by_name(tmp_path, "general-staff-printed")
    assert [o.day for o in series["printed-total-tank"].observations] == [date(2022, 3, 1), date(2022, 3, 2)]
    assert [o.value for o in series["printed-day-tank"].observations] == [0.0, 2.0]
    assert (series["printed-total-tank"].cumulative, series["printed-day-tank"].cumulative) == (True, False)


def test_publishers_are_told_by_the_row(tmp_path: Path) -> None:
    (one,) = loaded(tmp_path, "economist-estimates").series
    assert (one.publisher, one.speaks_for, one.side, one.measure) == (
        "Ministry of Defence of the United Kingdom", "GB", "RU", "killed",
    )  # fmt: skip
    assert one.observations == (Observation(date(2022, 3, 1), None, 60, 80, None, "https://example.org/1"),)


def test_a_level_is_told_from_what_is_gained_and_scaled(tmp_path: Path) -> None:
    series = by_name(tmp_path, "economist-area")
    assert (series["economist-territory"].observations[0].value, series["economist-territory"].stock) == (5.0, True)
    assert series["economist-territory-percent"].unit == "percent"
    assert not series["economist-territory-gained"].stock


def test_a_month_is_all_its_days_and_a_total_is_of_the_last(tmp_path: Path) -> None:
    series = by_name(tmp_path, "economist-uk-mod")
    (monthly,) = series["uk-mod-casualties-by-month"].observations
    (total,) = series["uk-mod-casualties"].observations
    assert (monthly.day, monthly.to) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (total.day, total.to) == (date(2024, 2, 29), None)


def test_weeks_byte_order_marks_and_rows_without_a_day(tmp_path: Path) -> None:
    found = loaded(tmp_path, "meduza-2025")
    (one,) = [one for one in found.series if one.name == "meduza-probate-estimate-by-week"]
    assert one.observations == (Observation(date(2022, 3, 1), 70.5, 60.2, 80.1, date(2022, 3, 7)),)


def test_reported_and_extrapolated_are_kept_apart(tmp_path: Path) -> None:
    series = by_name(tmp_path, "gaza-casualties")
    assert series["gaza-killed-mohtel"].publisher == "Gaza Ministry of Health"
    assert len(series["gaza-killed-mohtel"].observations) == 1
    extrapolated = series["gaza-killed-extrapolated"]
    assert (extrapolated.publisher, len(extrapolated.observations)) == ("Tech For Palestine", 2)


def test_parts_of_objects_and_rows_that_were_filled_in(tmp_path: Path) -> None:
    series = by_name(tmp_path, "west-bank")
    assert len(series["west-bank-killed"].observations) == 1
    assert series["west-bank-killed-verified"].observations[0].value == 8


def test_rows_may_be_counted_or_summed(tmp_path: Path) -> None:
    (captured,) = loaded(tmp_path, "oryx-captured").series
    assert captured.observations == (Observation(date(2022, 3, 1), 2.0),)
    (models,) = loaded(tmp_path, "oryx-models").series
    assert models.observations == (Observation(date(2022, 3, 5), 7.0),)
    (events,) = loaded(tmp_path, "ucdp-events").series
    assert events.observations == (Observation(date(2022, 3, 1), 6.0, 4.0, 9.0, date(2022, 3, 3)),)


def test_rows_of_sums_are_left_out(tmp_path: Path) -> None:
    assert set(by_name(tmp_path, "oryx-daily")) == {"oryx-ru-tank", "oryx-ru-tank-destroyed", "oryx-ru-tank-captured"}


# --- names, versions, loaders of one's own -----------------------------------------------------------------------


def test_a_name_is_given_to_one_series_and_put_before_several(tmp_path: Path) -> None:
    assert [one.name for one in loaded(tmp_path, "lebanon", as_="mine").series] == [
        "mine-lebanon-killed-ocha-phase-1", "mine-lebanon-injured-ocha-phase-1",
    ]  # fmt: skip
    assert [one.name for one in loaded(tmp_path, "oryx-models", as_="mine").series] == ["mine"]


def test_the_id_hangs_on_name_version_and_values(tmp_path: Path) -> None:
    def ids(**options: object) -> tuple[str, ...]:
        return tuple(one.id for one in loaded(tmp_path, "lebanon", **options).series)

    assert ids() == ids()
    assert ids(version="1") == ids(version="1") != ids(version="2")
    assert not set(ids(as_="mine")) & set(ids())


def test_a_loader_may_be_named_or_described(tmp_path: Path) -> None:
    assert loaded(tmp_path, "lebanon", as_="lebanon").loader.name == "lebanon"
    mine = written(
        tmp_path,
        'about = "Mine"\ncolumns = ["when"]\nday = "when"\n[[series]]\nname = "mine"\npublisher = "Me"\n'
        'measure = "killed"\nvalue = "n"\n',
        "mine.toml",
    )
    file = written(tmp_path, "when;n\n2022-03-01;1,234\n2022-03-02;many\n", "mine.csv")
    (one,) = load_series(file, str(mine)).series
    assert one.observations == (Observation(date(2022, 3, 1), 1234.0),)


def test_two_loaders_that_know_a_file_alike_are_named() -> None:
    from onrecord.documents.series.described import Loader, Told, recognised

    told = (Told("x", "X", "killed", value="n"),)
    alike = [Loader(name, "", ("a", "b"), told, day="a") for name in ("one", "two")]
    with pytest.raises(DataError, match="it may be one or two; say which with --as NAME"):
        recognised({"a", "b"}, "file", alike)
    assert (
        recognised({"a", "b", "c"}, "file", [*alike, Loader("three", "", ("a", "b", "c"), told, day="a")]).name
        == "three"
    )


# --- bad input ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", "there are no rows"),
        ("[]", "there are no rows"),
        ("[1, 2]", "there are no rows"),
        ("[{", "it is no CSV, JSON or JSONL"),
        ('{"a": 1}\n{"a', "it is no CSV, JSON or JSONL"),
        ("[" * 100_000, "it is no CSV, JSON or JSONL"),
        ("a,b\n1,2\n", "no loader knows a file with these columns (a, b)"),
        ("%PDF-1.7\n\x00", "PDF"),
        ("date,fires_per_day,war_fires_per_day\nsoon,1,2\n", "no figures of economist-fires"),
        ("date,fires_per_day,war_fires_per_day\n2022-03-01,NaN,1e999\n", "no figures of economist-fires"),
    ],
)  # fmt: skip
def test_what_is_no_series_file_is_one_line(content: str, line: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        load_series(written(tmp_path, content))
    assert line in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_without_days_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="--on DATE"):
        load_series(written(tmp_path, SHAPES["oryx-totals"]))


def test_what_is_not_there_is_one_line(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(DataError):
            load_series(path)


@pytest.mark.parametrize(
    "text",
    [
        "about = ",
        'about = "x"\ncolumns = ["a"]\nseries = []\nday = "a"\n',
        'about = "x"\ncolumns = ["a"]\n[[series]]\nname = "x"\npublisher = "x"\nmeasure = "x"\nvalue = "n"\n',
        'about = "x"\ncolumns = ["a"]\nday = "a"\n[[series]]\nname = "x"\npublisher = "x"\nmeasure = "x"\n',
        'about = "x"\ncolumns = ["a"]\nday = "a"\nodd = 1\n[[series]]\nname = "x"\npublisher = "x"\nmeasure = "x"\n',
        'about = "x"\ncolumns = ["a"]\nday = "a"\n[[series]]\nname = 7\npublisher = "x"\nmeasure = "x"\nvalue = "n"\n',
    ],
)  # fmt: skip
def test_a_faulty_description_is_one_line(text: str, tmp_path: Path) -> None:
    file = written(tmp_path, SHAPES["lebanon"])
    with pytest.raises(DataError) as raised:
        load_series(file, str(written(tmp_path, text, "faulty.toml")))
    assert "describes no series file" in str(raised.value)


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference series are not beside this checkout")
def test_every_reference_file_is_read() -> None:
    """All files of figures beside this checkout are known by their shape, and every row of theirs has a day."""
    files = [path for path in sorted(REFERENCE.rglob("*")) if path.suffix in (".csv", ".json", ".jsonl")]
    assert files
    for path in files:
        found = load_series(path, on=date(2025, 7, 19))
        assert found.series
        assert found.undated <= 4, path.name
