"""What goes wrong, for real: programs killed, disks full, files damaged or not to be written, many at it at once."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from benchmarks.ledger.faults import A_BATCH, add_all, left, outcomes, undisturbed
from benchmarks.ledger.madeup import entries
from benchmarks.ledger.stores import STORES, there
from onrecord.errors import LedgerError
from onrecord.ledger import Ledger, open_ledger

DOCUMENTS = 24
KILLS = 6
PAGE = 4096
NOBODY = 65534
both_stores = pytest.mark.parametrize("place", STORES, indirect=True)
root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root may mount a disk of a few pages, or become somebody else"
)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How many rows each table has when all documents are added."""
    rows, _, _ = undisturbed(str(tmp_path_factory.mktemp("whole") / "record.db"), DOCUMENTS)
    return rows


def settled(place: str, whole: dict[str, int], *, acknowledged: int = 0) -> None:
    """The ledger is sound, and adding again completes it: nothing is lost, nothing is there twice."""
    outcome = left(place, acknowledged, whole, DOCUMENTS, killed=True)
    assert outcome.sound, outcome


# --- killed ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("store", STORES)
def test_a_program_killed_while_it_adds_loses_nothing(store: str, tmp_path: Path) -> None:
    if not there(store):
        pytest.skip("ONRECORD_TEST_POSTGRESQL names no database to test with (.ci/with-postgresql starts one)")
    for outcome in outcomes(store, tmp_path, KILLS, DOCUMENTS, seed=7):
        assert outcome.sound, outcome


# --- many at once ------------------------------------------------------------------------------------------------


@both_stores
def test_programs_that_add_the_same_at_once_add_it_once(place: str, whole: dict[str, int]) -> None:
    context = get_context("forkserver")
    writers = [context.Process(target=add_all, args=(place, DOCUMENTS)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    settled(place, whole, acknowledged=DOCUMENTS)


@both_stores
def test_who_reads_while_another_program_adds_sees_whole_batches(place: str) -> None:
    writer = get_context("forkserver").Process(target=add_all, args=(place, DOCUMENTS))
    writer.start()
    ledger, seen, going_on = open_ledger(place), [0], True
    while going_on:
        going_on = writer.is_alive()
        proof = ledger.verify()
        assert proof.faults == 0
        assert proof.documents == proof.batches * A_BATCH
        seen.append(proof.documents)
    ledger.close()
    assert seen == sorted(seen)
    assert seen[-1] == DOCUMENTS


# --- no room -----------------------------------------------------------------------------------------------------


def _add_until_told(place: str, most: int | None, tells: Connection) -> None:
    """Adds, with no file larger than ``most`` bytes where that is given, and sends the line it is refused with."""
    if most is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        add_all(place, DOCUMENTS)
    except LedgerError as error:
        tells.send(str(error))
    else:
        tells.send("")


def told_while_adding(place: str, most: int | None = None) -> str:
    """The line with which another program is refused."""
    context = get_context("forkserver")
    hears, tells = context.Pipe(duplex=False)
    child = context.Process(target=_add_until_told, args=(place, most, tells))
    child.start()
    tells.close()
    line: str = hears.recv()
    child.join()
    assert child.exitcode == 0
    assert "\n" not in line
    return line


@pytest.mark.parametrize("room", [0, 60_000, 400_000])
def test_a_file_that_may_not_grow_is_told_and_loses_nothing(place: str, whole: dict[str, int], room: int) -> None:
    line = told_while_adding(place, Path(place).stat().st_size + room)
    assert line.startswith(f"{place}: ")
    assert "room" in line
    settled(place, whole)


@root
def test_a_full_disk_is_told_and_loses_nothing(place: str, whole: dict[str, int], tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={Path(place).stat().st_size + 500_000}", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts no tmpfs")
    try:
        small = shutil.copy(place, disk / "record.db")
        assert "no room is left" in told_while_adding(str(small))
        for file in disk.glob("record.db*"):
            shutil.copy(file, tmp_path / f"moved-{file.name}")
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    settled(str(tmp_path / "moved-record.db"), whole)


# --- not to be written -------------------------------------------------------------------------------------------


def _as_nobody(sound: str, path: str, tells: Connection) -> None:
    """Proves a ledger and adds to it as a user with no rights, and sends what came of both."""
    shutil.copy(sound, f"{sound}.copy")
    with closing(open_ledger(f"{sound}.copy")) as other:
        other.verify()  # what is read from the disk on the way has been read then
        other.add(entries(1, first=DOCUMENTS))
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    tells.send(_said(path, lambda ledger: f"verified {ledger.verify().documents}"))
    tells.send(_said(path, lambda ledger: str(ledger.add(entries(1, first=DOCUMENTS)))))


def _said(path: str, ask: Callable[[Ledger], str]) -> str:
    try:
        with closing(open_ledger(path)) as ledger:
            return ask(ledger)
    except LedgerError as error:
        return str(error)


@root
@pytest.mark.parametrize("folder_too", [False, True])
def test_a_file_that_may_only_be_read_is_read_and_not_written(folder_too: bool, sound: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:  # pytest's own is closed to others
        path = Path(folder) / "record.db"
        shutil.copy(sound, path)
        path.chmod(0o444)
        Path(folder).chmod(0o555 if folder_too else 0o777)
        context = get_context("forkserver")
        hears, tells = context.Pipe(duplex=False)
        child = context.Process(target=_as_nobody, args=(str(sound), str(path), tells))
        child.start()
        tells.close()
        assert hears.recv() == f"verified {DOCUMENTS}"
        assert hears.recv().startswith(f"{path}: it may only be read")
        child.join()
        Path(folder).chmod(0o755)
        assert path.read_bytes() == sound.read_bytes()


# --- damaged -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a sound ledger, everything in its place."""
    path = tmp_path_factory.mktemp("sound") / "record.db"
    add_all(str(path), DOCUMENTS)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def damaged(sound: Path, path: Path, first: int, pages: int = 1) -> Path:
    """A copy of the file in which some pages, from the ``first`` on (1 is the file's first), hold something else."""
    data = bytearray(sound.read_bytes())
    data[(first - 1) * PAGE : (first - 1 + pages) * PAGE] = b"\xa5" * (pages * PAGE)
    path.write_bytes(data)
    return path


def proven(path: Path) -> tuple[list[str], int]:
    """The faults that verify tells, one line each, and how many rows it could read."""
    told: list[str] = []
    with closing(open_ledger(path)) as ledger:
        proof = ledger.verify(told.append)
    assert proof.faults == len(told)
    assert not any("\n" in line for line in told)
    return told, proof.rows


@pytest.mark.parametrize("part", [n / 16 for n in range(16)])
def test_a_damaged_page_is_named_and_the_rest_is_proven(part: float, sound: Path, path: Path) -> None:
    with closing(sqlite3.connect(sound)) as raw:
        schema = {page for (page,) in raw.execute("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")}
    pages = [page for page in range(3, sound.stat().st_size // PAGE) if page not in schema]
    told, rows = proven(damaged(sound, path, pages[int(len(pages) * part)]))
    assert told
    assert "damaged" in told[0]
    assert rows > proven(sound)[1] / 2


def test_a_damaged_page_of_the_tables_themselves_is_told_in_a_line(sound: Path, path: Path) -> None:
    with closing(sqlite3.connect(sound)) as raw:
        page = raw.execute("SELECT max(pageno) FROM dbstat WHERE name = 'sqlite_schema'").fetchone()[0]
    with pytest.raises(LedgerError, match="the file is damaged"):
        open_ledger(damaged(sound, path, page))


def test_a_file_half_gone_is_told_in_a_line(sound: Path, path: Path) -> None:
    pages = sound.stat().st_size // PAGE
    assert "the file is damaged" in told_while_adding(str(damaged(sound, path, pages // 3, pages // 3)))
    path.write_bytes(sound.read_bytes()[: pages // 2 * PAGE])
    with pytest.raises(LedgerError, match="the file is damaged"):
        proven(path)


@pytest.fixture(autouse=True)
def _nothing_left(tmp_path: Path) -> Iterator[None]:
    """No test leaves a mounted disk behind."""
    yield
    assert not (tmp_path / "disk").is_mount()
