"""Exporters of other packages: found by entry point, used as ours are, and harmless where they are broken."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest

from onrecord.errors import LedgerError, OutputError
from onrecord.exports import Exporter, Row, export, exporter, offers
from onrecord.exports.rows import COLUMNS
from onrecord.exports.spooling import Once
from tests.exports.kept import rows
from tests.exports.readings import RICH

DOCS = Path(__file__).resolve().parents[2] / "docs" / "exports.md"
WORKS = """
    class Counted:
        name = "counted"
        description = "how many statements there are"
        media_type = "text/plain"
        suffix = ".txt"
        binary = False
        def write(self, rows, out):
            out.write(str(sum(1 for row in rows)))
    class Failing(Counted):
        name = "failing"
        def write(self, rows, out):
            raise KeyError("colour")
    class Bare:
        name = "bare"
    class Unmade(Counted):
        def __init__(self):
            raise ValueError("no licence key")
    one = Counted()
"""


class Site:
    """A folder on the path that packages are installed into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, package: str, module: str, code: str, **exporters: str) -> None:
        info = self.folder / f"{package}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        lines = [f"{name.replace('_', '-')} = {module}:{target}" for name, target in exporters.items()]
        (info / "entry_points.txt").write_text("\n".join(["[onrecord.exports]", *lines, ""]))
        (self.folder / f"{module}.py").write_text(dedent(code))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield Site(tmp_path)
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[name]


def written(name: str) -> str:
    out = StringIO(newline="")
    export(name, rows(RICH), out)
    return out.getvalue()


@pytest.mark.parametrize("target", ["Counted", "one"])
def test_another_packages_exporter_is_used_as_ours_are(target: str, site: Site) -> None:
    site.install("counting", "counting_onrecord", WORKS, counted=target)
    assert offers()["counted"].package == "counting"
    found = exporter("counted")
    assert isinstance(found, Exporter)
    assert found.description == "how many statements there are"
    assert written("counted") == "9"


@pytest.mark.parametrize(
    ("name", "target", "line"),
    [
        ("gone", "Nothing", r"gone: the exporter of broken \(broken_onrecord:Nothing\) failed: AttributeError"),
        ("bare", "Bare", r"is no exporter: it has no description, media_type, suffix, binary, write; tell"),
        ("unmade", "Unmade", r"failed: ValueError: no licence key; tell its authors"),
        ("failing", "Failing", r"failed: KeyError: 'colour'; tell its authors"),
    ],
)
def test_a_broken_one_is_one_line_and_harms_no_other(name: str, target: str, line: str, site: Site) -> None:
    site.install("broken", "broken_onrecord", WORKS, **{name: target}, counted="Counted")
    with pytest.raises(OutputError, match=line) as told:
        written(name)
    assert "\n" not in str(told.value)
    assert written("counted") == "9"
    assert written("csv").count("\n") > 9


def test_one_that_cannot_be_imported_is_one_line(site: Site) -> None:
    site.install("lacking", "lacking_onrecord", "import a_library_that_is_not_there", lacking="One")
    with pytest.raises(OutputError, match=r"lacking.* cannot be loaded: No module named 'a_library_that_is_not_there'"):
        exporter("lacking")
    assert "csv" in offers()


def test_ours_go_before_anothers_of_the_same_name(site: Site) -> None:
    site.install("aaa", "aaa_onrecord", WORKS, csv="Counted")
    assert offers()["csv"].package == "onrecord"
    assert written("csv").startswith("id,")


def test_what_the_rows_raise_is_not_the_exporters_fault(site: Site) -> None:
    def broken() -> Iterator[Row]:
        yield from rows(RICH)
        raise LedgerError("record.db: the file is damaged")

    site.install("counting", "counting_onrecord", WORKS, counted="Counted")
    with pytest.raises(LedgerError, match="damaged"):
        export("counted", broken(), StringIO())


def test_no_room_for_what_is_set_aside_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Once, key: str) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Once, "first", full)
    with pytest.raises(OutputError, match=r"^ftm: what is set aside .* disk is full; make room"):
        written("ftm")


def test_no_such_format_names_those_there_are() -> None:
    with pytest.raises(OutputError, match=r"no export format xlsx; there are: csv, datasette, ftm, geojson"):
        written("xlsx")


def test_every_format_and_column_is_in_the_docs() -> None:
    page = DOCS.read_text(encoding="utf-8")
    ours = [name for name, offer in offers().items() if offer.package == "onrecord"]
    assert [name for name in ours if f"\n## {name}\n" not in page] == []
    assert [name for name, said in COLUMNS.items() if f"| `{name}` | {said} |" not in page] == []


def test_the_example_in_the_docs_works(site: Site) -> None:
    page = DOCS.read_text(encoding="utf-8")
    code = re.search(r"```python\n(# onrecord_tally\.py\n.*?)```", page, re.DOTALL)
    toml = re.search(r'```toml\n\[project\.entry-points\."onrecord\.exports"\]\n(\w+) = "(\w+):(\w+)"\n```', page)
    assert code and toml
    name, module, target = toml.groups()
    assert module == "onrecord_tally"
    site.install("onrecord-tally", module, code[1], **{name: target})
    assert written(name).splitlines()[0] == "3\tIryna Moroz"
    assert code[1].count("\n") <= 16
