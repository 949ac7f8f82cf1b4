"""``onrecord gazetteer`` and ``onrecord parties``: what is kept, what is refused and how, and that readings use it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from evaluation import SHARED
from onrecord import cli
from onrecord.reading import kept
from onrecord.reading.parties import added as parties
from onrecord.reading.parties import known
from onrecord.reading.places import added as places

if TYPE_CHECKING:
    from onrecord.model import Reading
    from onrecord.reading.reader import Reader

ROW = (
    "{id}\t{name}\t{name}\t{others}\t49.77\t24.05\t{kind}\t{code}\t\t15\t\t\t\t{people}\t\t\tEurope/Kiev\t2020-01-01\n"
)
DESK = """
[[party]]
name = "River Brigade"
type = "armed"
aliases = ["RVB"]

[[party]]
name = "Lantern"
type = "newspaper"
"""


def row(id_: int, name: str, code: str = "UA", *, others: str = "", people: int = 900) -> str:
    line = ROW.format(id=id_, name=name, others=others, kind="P\tPPL", code=code, people=people)
    assert line.count("\t") == 18
    return line


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of the test's own, forgotten after it."""
    monkeypatch.setenv("ONRECORD_DATA", str(tmp_path / "data"))
    caches = (places.added, parties.parties, known._aliases, kept.digest)
    for cache in caches:
        cache.cache_clear()
    yield tmp_path / "data"
    for cache in caches:
        cache.cache_clear()


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "villages.txt"
    path.write_text(row(1, "Zubkarivka", others="Zoubkarivka,Зубкарівка") + row(2, "Orlivets"), encoding="utf-8")
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desk.toml"
    path.write_text(DESK, encoding="utf-8")
    return path


def onrecord(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, list(map(str, arguments)))


def refused(*arguments: object) -> str:
    """The one line with which a command is refused."""
    result = onrecord(*arguments)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    return line


# --- gazetteers --------------------------------------------------------------------------------------------------


def test_a_dump_is_added_listed_used_and_removed(dump: Path, read: Callable[..., Reading], reader: Reader) -> None:
    bare = reader.info.version
    assert "no gazetteers were added" in onrecord("gazetteer").stderr
    added = onrecord("gazetteer", "add", dump)
    assert added.exit_code == 0
    assert added.stderr.startswith("onrecord: added UA: 2 places;")
    name, size, digest, file = onrecord("gazetteer").stdout.strip().split("\t")
    assert (name, size, len(digest)) == ("UA", "2 places", 16)
    assert Path(file).is_file()
    text = "Shells fell on Zoubkarivka in Ukraine on Friday."
    assert [p.geonameid for p in read(text).places if p.text == "Zoubkarivka"] == [1]
    assert reader.info.version.startswith(bare + "+")
    assert onrecord("gazetteer", "remove", "UA").stderr == "onrecord: removed UA\n"
    assert reader.info.version == bare
    assert 1 not in [p.geonameid for p in read(text).places]


def test_an_archive_is_taken_as_it_is_downloaded(dump: Path, tmp_path: Path) -> None:
    archive = tmp_path / "UA.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("readme.txt", "about")
        whole.write(dump, "UA.txt")
    assert onrecord("gazetteer", "add", archive).exit_code == 0
    assert [(one.name, one.places) for one in places.there()] == [("UA", 2)]


def test_a_newer_dump_of_a_country_takes_the_place_of_the_older(dump: Path) -> None:
    onrecord("gazetteer", "add", dump)
    older = kept.digest()
    dump.write_text(row(3, "Nova Orlivka"), encoding="utf-8")
    onrecord("gazetteer", "add", dump)
    assert [(one.name, one.places) for one in places.there()] == [("UA", 1)]
    assert kept.digest() != older


def test_a_dump_of_several_countries_keeps_its_name(tmp_path: Path) -> None:
    dump = tmp_path / "black-sea.txt"
    dump.write_text(row(1, "Zubkarivka") + row(2, "Dolna", "RO"), encoding="utf-8")
    assert onrecord("gazetteer", "add", dump).stderr.startswith("onrecord: added black-sea: 2 places")
    strange = dump.rename(tmp_path / "..hidden name.txt")
    assert "letters, digits, - and _ only" in refused("gazetteer", "add", strange)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no GeoNames dump"),
        (b"a text\nof mine\n", "no GeoNames dump"),
        (b"\x00\xff" * 500_000, "no GeoNames dump"),
        (b"\t" * 18 + b"\n", "no GeoNames dump"),
        (row(1, "Nowhere").replace("49.77", "149.77").encode(), "no GeoNames dump"),
        (row(1, "Nowhere").replace("49.77", "nan").encode(), "no GeoNames dump"),
        (row(1 << 40, "Nowhere").encode(), "no GeoNames dump"),
        (row(1, "Nowhere", "../../x").encode(), "no GeoNames dump"),
        (b"PK\x03\x04 torn", "no GeoNames dump"),
    ],
)
def test_what_is_no_dump_is_one_line(content: bytes, why: str, tmp_path: Path, data: Path) -> None:
    dump = tmp_path / "UA.txt"
    dump.write_bytes(content)
    assert why in refused("gazetteer", "add", dump)
    assert not data.exists()


def test_what_is_no_file_is_one_line(tmp_path: Path) -> None:
    assert "no such file" in refused("gazetteer", "add", tmp_path / "none.zip")
    assert "not a file" in refused("gazetteer", "add", tmp_path)
    assert "not a file" in refused("gazetteer", "add", "/dev/zero")


def test_archives_that_play_tricks_are_one_line(dump: Path, tmp_path: Path, data: Path) -> None:
    def archive(name: str, **members: str) -> Path:
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as whole:
            for member, text in members.items():
                whole.writestr(member, text)
        return tmp_path / name

    assert "not 2" in refused("gazetteer", "add", archive("two.zip", **{"a.txt": "a", "b.txt": "b"}))
    assert "not 0" in refused("gazetteer", "add", archive("none.zip", **{"readme.txt": "a"}))
    assert "no GeoNames dump" in refused("gazetteer", "add", archive("zeros.zip", **{"a.txt": "\0" * 200_000_000}))
    torn = archive("torn.zip", **{"a.txt": row(1, "Zubkarivka") * 50})
    torn.write_bytes(torn.read_bytes().replace(b"\x4b", b"\x4c", 4)[:-30] + torn.read_bytes()[-30:])
    assert refused("gazetteer", "add", torn)
    climbing = archive("climbing.zip", **{"../../UA.txt": dump.read_text(encoding="utf-8")})
    assert onrecord("gazetteer", "add", climbing).exit_code == 0
    assert [p.name for p in (data / "gazetteers").iterdir()] == ["UA.gaz"]
    assert not (tmp_path.parent / "UA.txt").exists()


def test_a_bomb_is_refused_by_the_size_it_says(dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_LARGEST", 50)
    assert "too large" in refused("gazetteer", "add", dump)


def test_a_folder_that_cannot_be_written_is_one_line(dump: Path, data: Path) -> None:
    data.write_text("a file where the folder should be")
    assert "ONRECORD_DATA names another folder" in refused("gazetteer", "add", dump)


def test_a_broken_gazetteer_is_told_and_not_passed_over(dump: Path, data: Path, tmp_path: Path) -> None:
    onrecord("gazetteer", "add", dump)
    (data / "gazetteers" / "UA.gaz").write_bytes(b"torn")
    places.added.cache_clear()
    assert "onrecord gazetteer remove UA" in refused("gazetteer")
    assert onrecord("gazetteer", "remove", "UA").exit_code == 0
    assert "what is there: nothing was added" in refused("gazetteer", "remove", "UA")


@pytest.mark.parametrize("name", ["../UA", "", "*", "UA.gaz", "\0"])
def test_only_what_is_listed_is_removed(name: str, dump: Path, data: Path) -> None:
    onrecord("gazetteer", "add", dump)
    assert "what is there: UA" in refused("gazetteer", "remove", name)
    assert (data / "gazetteers" / "UA.gaz").is_file()


@pytest.mark.skipif(not (SHARED / "gazetteer" / "UA.zip").exists(), reason="the shared dump is not there")
def test_a_whole_country_is_added() -> None:
    result = onrecord("gazetteer", "add", SHARED / "gazetteer" / "UA.zip")
    assert result.exit_code == 0
    (ukraine,) = places.there()
    assert ukraine.name == "UA"
    assert ukraine.places > 30_000


# --- parties -----------------------------------------------------------------------------------------------------


def test_parties_are_added_listed_used_and_removed(desk: Path, read: Callable[..., Reading], reader: Reader) -> None:
    bare = reader.info.version
    text = "The bridge is closed, RVB said on Monday. The Lantern said nine people were hurt."
    assert onrecord("parties", "add", desk).stderr.startswith("onrecord: added desk: 2 parties;")
    known._aliases.cache_clear()
    assert [p.name for s in read(text).statements for p in s.claimant] == ["River Brigade", "Lantern"]
    assert reader.info.version.startswith(bare + "+")
    assert onrecord("parties").stdout.startswith("desk\t2 parties\t")
    assert onrecord("parties", "remove", "desk").exit_code == 0
    assert reader.info.version == bare
    assert "no parties were added" in onrecord("parties").stderr


def test_bad_rows_are_told_one_by_one_and_the_others_are_kept(tmp_path: Path) -> None:
    table = tmp_path / "desk.csv"
    table.write_text(
        "Name;type;side;aliases\nRiver Brigade;armed;SD;RVB|RB\n;armed\nFoo Bar;monster;UA\nBar Daily;newspaper;uk\n"
        "Lake Relief;ngo;;\nriver;armed\nLake Relief;ngo\nToo Many;ngo;UA;A1;x\n",
        encoding="utf-8",
    )
    result = onrecord("parties", "add", table)
    assert result.exit_code == 1
    *bad, last = result.stderr.splitlines()
    assert [line.split(": ")[1] for line in bad] == [f"desk.csv, line {n}" for n in (3, 4, 5, 7, 8, 9)]
    assert last.startswith("onrecord: added desk: 2 parties, 6 not (see above)")
    assert [party["name"] for party in parties.parties()] == ["River Brigade", "Lake Relief"]
    assert parties.parties()[0] == {"name": "River Brigade", "type": "armed", "side": "SD", "aliases": ["RVB", "RB"]}


def test_bad_tables_are_told_by_their_line(tmp_path: Path) -> None:
    table = tmp_path / "desk.toml"
    table.write_text(DESK + '[[party]]\nname = 3\n[[party]]\nname = "A Body"\ntype = "un"\naliases = "AB"\n')
    result = onrecord("parties", "add", table)
    assert result.exit_code == 1
    assert [line.split(": ", 1)[1] for line in result.stderr.splitlines()[:-1]] == [
        "desk.toml, line 10: it has no name",
        "desk.toml, line 12: aliases: it is a list of names",
    ]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("desk.toml", b"", r"no [[party]] tables"),
        ("desk.toml", b"[[party", "broken TOML"),
        ("desk.toml", b"party = 3", r"no [[party]] tables"),
        ("desk.toml", b"\xff\xfe", "not UTF-8"),
        ("desk.csv", b"", "no columns name and type"),
        ("desk.csv", b"a,b\n1,2\n", "no columns name and type"),
        ("desk.csv", b"name,type\n", "no parties"),
        ("desk.txt", b"name,type\n", "neither .toml nor .csv"),
        ("des k.csv", b"name,type\n", "letters, digits, - and _ only"),
    ],
)
def test_what_is_no_table_of_parties_is_one_line(name: str, content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert why in refused("parties", "add", tmp_path / name)


def test_a_missing_or_broken_file_of_parties_is_one_line(desk: Path, data: Path, tmp_path: Path) -> None:
    assert "no such file" in refused("parties", "add", tmp_path / "none.toml")
    (tmp_path / "folder.toml").mkdir()
    assert "not a file" in refused("parties", "add", tmp_path / "folder.toml")
    onrecord("parties", "add", desk)
    (data / "parties" / "desk.json").write_text('[{"name": 3}]')
    assert "onrecord parties remove desk" in refused("parties")
