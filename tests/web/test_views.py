"""Saved views: kept in a file beside the ledger, by several at once, and never lost to a bad one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.errors import OutputError
from onrecord.web.views import MOST, Views, beside


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return beside(str(tmp_path / "record.db"))


def test_a_view_is_there_when_the_desk_opens_again(path: Path) -> None:
    Views(path).keep("Losses", "/statements?measure=losses")
    Views(path).keep("losses", "/map")
    Views(path).keep("Losses", "/statements?measure=killed")
    assert dict(Views(path).named()) == {"Losses": "/statements?measure=killed", "losses": "/map"}
    Views(path).drop("Losses")
    Views(path).drop("Losses")
    assert dict(Views(path).named()) == {"losses": "/map"}


def test_views_kept_at_once_are_all_there(path: Path) -> None:
    views = Views(path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: views.keep(f"view {n}", "/map"), range(MOST)))
    assert len(views.named()) == MOST
    with pytest.raises(OutputError, match="delete one first"):
        views.keep("one more", "/map")
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("text", ["{", "[]", '{"a": 1}', "\x00"])
def test_a_file_that_holds_something_else_is_left_alone(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(OutputError, match="no saved views"):
        Views(path).keep("Losses", "/map")
    assert path.read_text() == text


def test_a_folder_that_cannot_be_written_gets_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be"):
        Views(tmp_path / "file" / "record.db.views.json").keep("Losses", "/map")


def test_the_views_of_a_database_do_not_tell_its_password(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    one, other = (beside(f"postgresql://ana:{word}@localhost/war") for word in ("secret", "changed"))
    assert one == other
    assert one.is_relative_to(tmp_path)
