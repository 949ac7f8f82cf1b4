"""What people decide on the command line: review in a terminal, decide and log by file, undo, merge, split, redact."""

from __future__ import annotations

import csv
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from fcntl import ioctl
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord import cli
from onrecord.cli.commands import reviewing
from onrecord.contract import contract
from onrecord.ledger import Entry, Ledger, open_ledger
from onrecord.ledger.deciding.shape import JUDGEMENTS
from onrecord.model import Act, Decision, Judgement, ReaderInfo, Reading
from tests.exports.readings import AID_WORKERS, MOROZ, RICH, everything

J = Judgement
IDS = [s.id for s in RICH.statements]
PROMPT = "[?] "
# Makes the terminal the program's own, so that control-c in it is an interruption.
OWN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return kept(tmp_path / "record.db", RICH)


def kept(path: Path, *readings: Reading) -> Path:
    with closing(open_ledger(path, new=True)) as ledger:
        ledger.add([Entry(r.document, r, contract(r)) for r in readings])
    return path


@pytest.fixture
def ledger(place: Path) -> Iterator[Ledger]:
    with closing(open_ledger(place)) as opened:
        yield opened


def onrecord(*arguments: object, stdin: str | bytes | None = None, **env: str) -> Result:
    return CliRunner().invoke(cli.main, [*map(str, arguments)], input=stdin, env={"ONRECORD_REVIEWER": None, **env})


def lines(text: str) -> list[str]:
    return text.splitlines()


# --- by file -----------------------------------------------------------------------------------------------------


@pytest.fixture
def some(tmp_path: Path) -> Path:
    file = tmp_path / "decisions.csv"
    rows = [
        "judgement,target,field,value,why",
        f"accept,{IDS[0]},,,",
        f"correct,{IDS[2]},claimant,two aid workers,heard it",
        f"correct,{IDS[2]},act,lie,",
        "accept,0000000000000000,,,",
        f"reject,{IDS[1]},,,",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def test_a_file_is_kept_line_by_line(place: Path, ledger: Ledger, some: Path) -> None:
    result = onrecord("decide", place, some, "--by", "A. Editor")
    assert result.exit_code == 1
    said = lines(result.stderr)
    assert [line.split(": ")[1] for line in said[:2]] == [f"{some}, line 4", f"{some}, line 5"]
    assert said[2:] == ["onrecord: 3 decisions new, 0 there already, 2 not kept (see above)"]
    assert {(d.target, d.judgement) for d in ledger.decisions()} == {
        (IDS[0], J.ACCEPT), (IDS[2], J.CORRECT), (IDS[1], J.REJECT),
    }  # fmt: skip
    again = onrecord("decide", place, some, "--by", "A. Editor")
    assert lines(again.stderr)[-1] == "onrecord: 0 decisions new, 3 there already, 2 not kept (see above)"


@pytest.mark.parametrize("format_", ["csv", "jsonl"])
def test_what_the_log_prints_is_taken_back(format_: str, place: Path, some: Path, tmp_path: Path) -> None:
    onrecord("decide", place, some, "--by", "A. Editor")
    printed = onrecord("log", place, "--format", format_)
    assert printed.exit_code == 0
    other = kept(tmp_path / "other.db", RICH)
    for _ in range(2):
        result = onrecord("decide", other, "-", stdin=printed.stdout_bytes)
        assert result.exit_code == 0, result.stderr
    assert onrecord("log", other, "--format", format_).stdout == printed.stdout
    assert onrecord("decide", place, "-", stdin=printed.stdout_bytes).stderr.endswith(
        "0 decisions new, 3 there already\n"
    )


def test_the_log_says_who_what_when_and_why(place: Path, ledger: Ledger) -> None:
    decided = ledger.decide(
        [
            Decision(J.CORRECT, "statement", IDS[2], "A", field="act", value="deny", why="heard\x20it"),
            Decision(J.REJECT, "statement", IDS[1], "B"),
        ]
    ).decisions
    ledger.undo(decided[0].id, "B", "was right")
    first, why, second, third, because = lines(onrecord("log", place).stdout)
    made = decided[0]
    assert first.startswith(f"{made.id}  {made.at[:19].replace('T', ' ')}  A · ")
    assert first.endswith(f"correct act statement {IDS[2]} · deny · undone")
    assert (why.strip(), because.strip()) == ("heard it", "was right")
    assert second.endswith(f"B · reject statement {IDS[1]}")
    assert third.endswith(f"B · undo decision {decided[0].id}")
    assert len(lines(onrecord("log", place, IDS[1]).stdout)) == 1
    assert len(lines(onrecord("log", place, IDS[2]).stdout)) == 4
    assert len(lines(onrecord("log", place, "--by", "A").stdout)) == 2
    assert len(lines(onrecord("log", place, "--of", "decision").stdout)) == 2


def test_text_steers_neither_terminal_nor_spreadsheet(tmp_path: Path) -> None:
    reading = everything("=HYPERLINK(1)\x1b[31m\u202e")
    place = kept(tmp_path / "odd.db", reading)
    with closing(open_ledger(place)) as ledger:
        (statement,) = {found.value["id"] for found in list(ledger.statements())[:1]}
        ledger.decide(
            [Decision(J.CORRECT, "statement", statement, "=A", field="channel", value="\x9b31m\u202e", why="+1")]
        )
    for format_ in ("table", "csv"):
        printed = onrecord("log", place, "--format", format_).stdout
        assert printed
        assert not set(printed) & {"\x1b", "\x9b", "\u202e"}
    (row,) = csv.DictReader(StringIO(onrecord("log", place, "--format", "csv").stdout))
    assert (row["by"], row["why"]) == ("'=A", "'+1")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b"a,b\n1,2\n", "no column judgement"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b'judgement,target\n"accept,x\n', "broken CSV"),
    ],
)
def test_a_file_that_is_none_is_one_line(text: bytes, line: str, place: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(text)
    for result in (onrecord("decide", place, file), onrecord("decide", place, tmp_path)):
        assert result.exit_code == 1
        assert len(lines(result.stderr)) == 1
    assert line in onrecord("decide", place, file).stderr
    assert "no such file" in onrecord("decide", place, tmp_path / "none").stderr


def test_nobody_decides_without_a_name(place: Path, some: Path) -> None:
    assert "by whom" in onrecord("decide", place, some).stderr
    assert onrecord("undo", place, "x").exit_code == 2
    assert onrecord("decide", place, some, ONRECORD_REVIEWER="B").stderr.count("by whom") == 0


# --- one by one --------------------------------------------------------------------------------------------------


def test_undo_merge_and_split(place: Path, ledger: Ledger) -> None:
    merged = onrecord("merge", place, "party", MOROZ.id, AID_WORKERS.id, "--by", "A", "--why", "same office")
    assert (merged.exit_code, merged.stderr.split(";")[0]) == (0, "onrecord: merged: p1 is one with p5")
    assert onrecord("merge", place, "party", AID_WORKERS.id, MOROZ.id, "--by", "A", "--why", "same office").stderr == (
        "onrecord: it was so already; nothing is changed\n"
    )
    (made,) = ledger.decisions()
    assert (made.why, made.by) == ("same office", "A")
    onrecord("split", place, "party", MOROZ.id, AID_WORKERS.id, "--by", "B")
    assert ledger.clusters() == {"p1": "p1", "p5": "p5"}
    split = list(ledger.decisions())[-1]
    undone = onrecord("undo", place, split.id, "--by", "A")
    assert undone.stderr.startswith(f"onrecord: undone: {split.id}; this is decision ")
    assert ledger.clusters() == {"p1": "p1", "p5": "p1"}


def test_places_go_by_their_names(place: Path, ledger: Ledger) -> None:
    result = onrecord("merge", place, "place", "ukraine", "bridge at Velyka Rika", "--by", "A")
    assert result.exit_code == 0, result.stderr
    assert len(ledger.clusters("place")) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("undo", "0000000000000000"),
        ("merge", "party", "p1", "p1"),
        ("merge", "party", "p1", "nobody"),
        ("split", "place", "Kyiv", "Atlantis"),
    ],
)
def test_what_is_not_there_is_one_line(arguments: tuple[str, ...], place: Path, ledger: Ledger) -> None:
    command, *rest = arguments
    result = onrecord(command, place, *rest, "--by", "A")
    assert result.exit_code == 1
    assert len(lines(result.stderr)) == 1
    assert list(ledger.decisions()) == []


def test_redact_asks_first(place: Path, ledger: Ledger) -> None:
    command = ("redact", place, RICH.document.id, "--by", "A", "--why", "asked by a witness")
    asked = onrecord(*command, stdin="n\n")
    assert asked.exit_code == 1
    assert "Take the words of Rival tolls after the river crossing out of" in asked.stderr
    assert ledger.text(RICH.document.id)
    done = onrecord(*command, stdin="y\n")
    assert done.exit_code == 0
    assert f"redacted: {RICH.document.id}, " in done.stderr
    assert ledger.text(RICH.document.id) == ""
    assert "was redacted before" in onrecord(*command, "--yes").stderr
    assert onrecord("verify", place).exit_code == 0


def test_names_said_again_are_the_ones_there_are() -> None:
    assert set(reviewing.DECIDED) == set(JUDGEMENTS)
    assert set(reviewing.JOINED) == {of for of, can in JUDGEMENTS.items() if J.MERGE in can}


# --- in a terminal -----------------------------------------------------------------------------------------------


class Terminal:
    """``onrecord review`` in a pseudo-terminal of its own."""

    def __init__(self, place: Path, *options: str, columns: int = 90) -> None:
        self.screen, inner = pty.openpty()
        ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        command = [sys.executable, "-c", OWN_TERMINAL, "-m", "onrecord.cli", "review", str(place), *options]
        env = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"}
        self.program = subprocess.Popen(
            command, stdin=inner, stdout=inner, stderr=inner, start_new_session=True, env=env
        )
        os.close(inner)

    def until(self, said: str) -> str:
        """What is shown until ``said`` is, without what steers the terminal."""
        seen = b""
        while select.select([self.screen], [], [], 60)[0]:
            try:
                seen += os.read(self.screen, 65536)
            except OSError:  # the program has ended
                break
            if plain(seen).endswith(said):
                return plain(seen)
        raise AssertionError(f"{said!r} was not shown after: {plain(seen)}")

    def key(self, key: str, then: str = PROMPT) -> str:
        os.write(self.screen, key.encode())
        return self.until(then)

    def interrupt(self, then: str = PROMPT) -> str:
        """Control-c; once more where nothing follows: Python's readline misses one that comes while it shows a key."""
        os.write(self.screen, b"\x03")
        if not select.select([self.screen], [], [], 10)[0]:
            os.write(self.screen, b"\x03")
        return self.until(then)

    def end(self) -> tuple[str, int]:
        """The rest of what is shown, and the exit code."""
        seen = b""
        while True:
            try:
                piece = os.read(self.screen, 65536)
            except OSError:
                break
            if not piece:
                break
            seen += piece
        os.close(self.screen)
        return plain(seen), self.program.wait()


def plain(seen: bytes) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\r", "", seen.decode(errors="replace"))


def test_one_key_decides_and_it_is_kept_at_once(place: Path, ledger: Ledger) -> None:
    desk = Terminal(place, "--by", "A. Editor")
    first = desk.until(PROMPT)
    assert "Rival tolls after the river crossing · The River Courier · 2023-03-07 · crossing.txt" in first.replace(
        "\n              ", " "
    )
    assert "doubtful: claimant, figures" in first
    assert "Iryna Moroz (colonel · UA)" in first
    assert "11,000 losses · RU · Feb 2023" in first
    assert "She estimated that Russian losses grew 40 percent to 11,000 in February" in first
    second = desk.key("a")
    assert [(d.judgement, d.target, d.by) for d in ledger.decisions()] == [(J.ACCEPT, IDS[2], "A. Editor")]
    assert "Vostok-Inform (doubtful)" in second
    assert "6 Mar 2023 or 5 Mar 2023" in second
    desk.key("r")
    desk.key("u")
    desk.key("s")
    os.write(desk.screen, b"q")
    rest, code = desk.end()
    assert "3 decisions made" in rest
    assert code == 0
    assert [d.judgement for d in ledger.decisions()] == [J.ACCEPT, J.REJECT, J.UNSURE]


def test_a_field_is_corrected_and_a_comment_made(place: Path, ledger: Ledger) -> None:
    desk = Terminal(place, "--by", "A")
    desk.until(PROMPT)
    assert "figures[277-283]" in desk.key("c", "leave it): ")
    assert desk.key("act\n", "estimate").endswith("leave it): estimate")
    assert "act: it is one of say" in desk.key("\x15lie\n")
    desk.key("c", "leave it): ")
    desk.key("act\n", "estimate")
    assert "deny · indirect" in desk.key("\x15deny\n")
    desk.key("c", "leave it): ")
    desk.key("figures[277-283]\n", "the whole): ")
    desk.key("side\n", "leave it): ")
    assert "11,000 losses · UA" in desk.key("UA\n")
    desk.key("m", "comment: ")
    assert "comment · see the tape" in desk.key("see the tape\n")
    desk.key("R", "why: ")
    desk.key("no such words\n")
    os.write(desk.screen, b"q")
    assert desk.end()[1] == 0
    made = [(d.judgement, d.field, d.value, d.why) for d in ledger.decisions()]
    assert made == [
        (J.CORRECT, "act", "deny", None),
        (J.CORRECT, "figures[277-283].side", "UA", None),
        (J.COMMENT, None, None, "see the tape"),
        (J.REJECT, None, None, "no such words"),
    ]


def test_undo_goes_back_and_on_again(place: Path, ledger: Ledger) -> None:
    desk = Terminal(place, "--by", "A")
    first = desk.until(PROMPT)
    second = desk.key("a")
    assert "Iryna Moroz" in first
    assert "Vostok-Inform" in second
    assert "Iryna Moroz" in desk.key("z")
    assert "nothing to undo" in desk.key("z")
    assert "Vostok-Inform" in desk.key("r")
    os.write(desk.screen, b"q")
    desk.end()
    assert [d.judgement for d in ledger.decisions()] == [J.ACCEPT, J.UNDO, J.REJECT]
    assert ledger.state(IDS[2]).decided == "rejected"


def test_the_queue_comes_to_its_end(place: Path, ledger: Ledger) -> None:
    desk = Terminal(place, "--by", "A", "--claimant", "moroz")
    desk.until(PROMPT)
    for key in "as":
        desk.key(key)
    os.write(desk.screen, b"a")
    rest, code = desk.end()
    assert (code, "nothing is left to review: 2 decisions made" in rest) == (0, True)
    assert ledger.progress().decided == 2


def test_what_a_later_reading_contradicts_is_shown_with_both(place: Path, ledger: Ledger) -> None:
    ledger.decide([Decision(J.ACCEPT, "statement", IDS[0], "A"), Decision(J.UNSURE, "statement", IDS[1], "B")])
    later = (replace(RICH.statements[0], act=Act.WARN), *RICH.statements[1:])
    reading = replace(RICH, reader=ReaderInfo("another", "2"), statements=later)
    ledger.add([Entry(reading.document, reading, contract(reading))])
    desk = Terminal(place, "--by", "A")
    shown = desk.until(PROMPT)
    assert "reopened: act" in shown
    assert "act: decided report; now reads warn" in shown
    assert "B is unsure" in desk.key("s")
    os.write(desk.screen, b"q")
    desk.end()


@pytest.mark.parametrize("way", ["control-c", "terminate", "kill", "hang up"])
def test_an_interruption_loses_no_decision(way: str, place: Path, ledger: Ledger) -> None:
    desk = Terminal(place, "--by", "A")
    desk.until(PROMPT)
    desk.key("a")
    desk.key("r")
    match way:
        case "control-c":
            os.write(desk.screen, b"\x03")
            rest, code = desk.end()
            assert (code, "interrupted: 2 decisions made; all of them are kept" in rest) == (130, True)
        case "hang up":
            os.close(desk.screen)
            desk.program.wait()
        case _:
            desk.program.send_signal(signal.SIGTERM if way == "terminate" else signal.SIGKILL)
            desk.end()
    assert [d.judgement for d in ledger.decisions()] == [J.ACCEPT, J.REJECT]
    assert ledger.verify().faults == 0


def test_control_c_in_a_question_leaves_the_question(place: Path, ledger: Ledger) -> None:
    desk = Terminal(place, "--by", "A")
    desk.until(PROMPT)
    desk.key("m", "comment: ")
    desk.key("half a rem", "half a rem")
    desk.interrupt()
    assert "accept it as it is shown" in desk.key("?")
    os.write(desk.screen, b"q")
    assert desk.end()[1] == 0
    assert list(ledger.decisions()) == []


def test_a_hostile_text_does_not_steer_the_terminal(tmp_path: Path) -> None:
    place = kept(tmp_path / "odd.db", everything("\x1b[2J\x9b31m\u202e gone"))
    desk = Terminal(place, "--by", "A", columns=40)
    seen = b""
    while PROMPT not in plain(seen):
        seen += os.read(desk.screen, 65536)
    os.write(desk.screen, b"q")
    desk.end()
    assert b"\x1b[2J" not in seen
    assert not set(seen.decode()) & {"\x9b", "\u202e"}


def test_a_review_needs_a_terminal_and_a_name(place: Path) -> None:
    result = onrecord("review", place, "--by", "A", stdin="aaa")
    assert (result.exit_code, len(lines(result.stderr))) == (1, 1)
    assert "onrecord decide" in result.stderr
    assert onrecord("review", place).exit_code == 2


def test_a_log_is_read_line_by_line(place: Path, ledger: Ledger) -> None:
    ledger.decide([Decision(J.ACCEPT, "statement", id_, "A") for id_ in IDS])
    rows = [json.loads(line) for line in lines(onrecord("log", place, "--format", "jsonl").stdout)]
    assert [row["target"] for row in rows] == IDS
    assert all(row["saw"]["value"]["id"] == row["target"] for row in rows)
