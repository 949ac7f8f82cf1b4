"""Files, folders, corpora and standard input to documents; each bad one a line, the others kept."""

from __future__ import annotations

import io
import itertools
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from onrecord.documents import Ask, Given, documents, file
from onrecord.errors import OnrecordError, Remark
from tests.documents.hosts import Pipe

STORY = "The army said on Monday that forty soldiers were killed near the town of Velyka Rika."


def found(*places: str | Path, ask: Ask | None = None, stdin: bytes = b"") -> tuple[list[Given], list[str]]:
    told: list[OnrecordError | Remark] = []
    given = list(documents(places, ask or Ask(), told.append, io.BytesIO(stdin)))
    return given, [str(one) for one in told]


def keys(given: list[Given]) -> list[str | None]:
    return [one.document.key for one in given]


def row(**fields: object) -> str:
    return json.dumps({"text": STORY, **fields})


def test_a_file_is_its_text_as_given(tmp_path: Path) -> None:
    text = "\n\n“We hold”\r\n\tsaid \x00\x1b[31m he.  \u202e\n\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    (given,), told = found(tmp_path / "a.txt")
    assert given.document.text == text
    assert given.document.key == "a.txt"
    assert told == []


def test_published_comes_from_the_user_else_from_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Posted on July 20 2016\n{STORY}")
    given = file(tmp_path / "a.txt", Ask())
    assert given.document.published == date(2016, 7, 20)
    assert given.notes == ("published 2016-07-20: as the text says, “Posted on July 20 2016”",)
    given = file(tmp_path / "a.txt", Ask(published=date(2020, 1, 1)))
    assert given.document.published == date(2020, 1, 1)
    assert given.notes == ()


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b.htm", "c.jsonl", "B.TXT", "skip.py", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            row(id="row") if name == "c.jsonl" else f"<html><p>{STORY}</p></html>" if "htm" in name else STORY
        )
    given, told = found(tmp_path)
    assert keys(given) == ["B.TXT", "a/b.htm", "a/z.md", "b.txt", "row"]
    assert told == []


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "secret.txt").write_text("secret")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.txt").write_text(STORY)
    (inside / "b.txt").symlink_to(inside / "a.txt")
    (inside / "secret.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (inside / "folder").symlink_to(tmp_path / "out")
    (inside / "round").symlink_to(inside)
    given, told = found(inside)
    assert keys(given) == ["a.txt", "b.txt"]
    assert [line.split(":")[0] for line in told] == ["not followed", "not followed"]


def test_the_output_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "out.jsonl").write_text("{}")
    assert found(tmp_path, ask=Ask(besides=(tmp_path / "out.jsonl").resolve()))[1] == []


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("empty.txt", b"", "no text: {}: it is empty or white space only"),
        ("white.txt", b" \n\t\r\n", "no text: {}: it is empty or white space only"),
        ("binary.txt", bytes(range(32)) * 100, "not a text: {}: it is binary"),
        ("story.pdf", b"%PDF-1.7", "not a text: {}: it is a PDF"),
        ("story.json", b"{}", "not a text: {}: a .json is not read"),
        ("empty.html", b"", "no text: {}: it is empty or white space only"),
        ("menu.html", b"<html><body></body></html>", "no article: {}: "),
        ("empty.jsonl", b"", "no text: empty.jsonl: it is empty or white space only"),
    ],
)
def test_a_bad_file_is_one_line_and_the_others_are_kept(tmp_path: Path, name: str, data: bytes, line: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(STORY)
    given, told = found(tmp_path / name, tmp_path / "good.txt")
    assert keys(given) == ["good.txt"]
    assert len(told) == 1
    assert told[0].startswith(line.format(tmp_path / name))


def test_a_missing_file_and_names_no_file_can_have(tmp_path: Path) -> None:
    for name in ("none.txt", "nul\x00.txt", "a" * 5_000, "\ud800.txt"):
        given, told = found(tmp_path / name)
        assert given == []
        assert len(told) == 1, name


def test_a_folder_without_texts(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("1")
    assert found(tmp_path)[1] == [
        f"no texts: {tmp_path}: no .txt, .md, .html, .htm, .jsonl, .xml, .rss, .atom, .warc, .warc.gz in this folder; "
        "name the files themselves"
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "a.txt").chmod(0)
    assert found(tmp_path / "a.txt")[1] == [f"not allowed: {tmp_path / 'a.txt'}: this user may not read it"]


def test_devices_are_no_files() -> None:
    assert found("/dev/zero")[1] == ["not a file: /dev/zero: name a file, a folder or - for standard input"]


def test_a_text_of_20_mb_is_refused_by_its_length_and_can_be_asked_for(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("word " * 4_000_000)
    (line,) = found(tmp_path / "long.txt")[1]
    assert "20,000,000 characters, the limit is 2,000,000" in line
    assert "--longest 20000000" in line
    assert keys(found(tmp_path / "long.txt", ask=Ask(longest=20_000_000))[0]) == ["long.txt"]


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as sparse:
        sparse.truncate(10**11)
    (line,) = found(tmp_path / "huge.txt")[1]
    assert "100,000,000,000 bytes" in line


def test_encoding_and_language_are_remarks(tmp_path: Path) -> None:
    (tmp_path / "uk.txt").write_bytes(
        ("Армія повідомила про втрати у понеділок, сказав речник командування. " * 2).encode("koi8-u")
    )
    (given,), told = found(tmp_path / "uk.txt")
    assert told == []
    assert "koi8_u" in given.remarks[0]
    assert given.remarks[1] == "looks like Ukrainian; read with English rules"
    assert given.document.language == "uk"


def test_a_corpus(tmp_path: Path) -> None:
    known = {"title": "T", "publisher": "P", "url": "u", "language": "en"}
    full: dict[str, object] = {"id": "k1", "published": "2022-05-03T23:11:49.000Z", "source": 5, **known}
    (tmp_path / "c.jsonl").write_bytes(
        b"\xef\xbb\xbf" + f"{row(**full)}\n\n{row(id=None, published='')}\r\n{row()}".encode()
    )
    given, told = found(tmp_path / "c.jsonl")
    assert told == []
    first = given[0].document
    assert (first.key, first.published, first.title, first.publisher, first.url) == (
        "k1",
        date(2022, 5, 3),
        "T",
        "P",
        "u",
    )
    assert keys(given) == ["k1", "c.jsonl:3", "c.jsonl:4"]
    assert found(tmp_path / "c.jsonl", ask=Ask(published=date(2020, 1, 1)))[0][0].document.published == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ('{"text": "x', "broken JSON: c.jsonl, line 2: unterminated string"),
        ("[" * 100_000, "broken JSON: c.jsonl, line 2: its values are too large or too deep"),
        ('{"text": "x", "n": ' + "1" * 10_000 + "}", "broken JSON: c.jsonl, line 2: its values are too large"),
        ("[1]", "broken row: c.jsonl, line 2: it is not a JSON object"),
        ('{"id": "q"}', "no text: c.jsonl, line 2: the row has no `text`"),
        ('{"text": 5}', "broken row: c.jsonl, line 2: `text` is not a string"),
        ('{"text": null}', "broken row: c.jsonl, line 2: `text` is not a string"),
        ('{"text": " "}', "no text: c.jsonl, line 2: it is empty or white space only"),
        (row(id=[7]), "broken row: c.jsonl, line 2: `id` is not a string"),
        (row(title=["x"]), "broken row: c.jsonl, line 2: `title` is not a string"),
        (row(published=20230307), "broken row: c.jsonl, line 2: `published` is not a string"),
    ],
)
def test_a_bad_row_is_one_line_and_the_others_are_kept(tmp_path: Path, bad: str, says: str) -> None:
    (tmp_path / "c.jsonl").write_text(f"{row(id='a')}\n{bad}\n{row(id='b')}\n")
    given, told = found(tmp_path / "c.jsonl")
    assert keys(given) == ["a", "b"]
    assert len(told) == 1
    assert told[0].startswith(says)


def test_a_row_whose_date_is_none_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text(f"{row(id=7, published='2023-10/20')}\n{row(id='b')}\n")
    given, told = found(tmp_path / "c.jsonl")
    assert keys(given) == ["7", "b"]
    assert [line.split(";")[0] for line in told] == ["not a date: c.jsonl, line 1: `published` is “2023-10/20”"]
    assert given[0].document.published is None
    assert given[0].notes == ("`published` is “2023-10/20”, which is no date: read without one",)


def test_rows_not_in_utf8_and_rows_too_long(tmp_path: Path) -> None:
    lines = [
        row(id="a").encode(),
        '{"text": "é"}'.encode("latin-1"),
        b'{"text": "' + b"x" * 5_000 + b'"}',
        row(id="b").encode(),
    ]
    (tmp_path / "c.jsonl").write_bytes(b"\n".join(lines))
    given, told = found(tmp_path / "c.jsonl", ask=Ask(longest=200))
    assert keys(given) == ["a", "b"]
    assert [line.split(";")[0] for line in told] == [
        "wrong encoding: c.jsonl, line 2: it is not UTF-8",
        "too long: c.jsonl, line 3: the limit for a line is 1,600 bytes",
    ]


def test_standard_input_is_a_text_a_page_or_a_corpus() -> None:
    assert keys(found("-", stdin=STORY.encode())[0]) == ["-"]
    (given,), _ = found(
        "-", stdin=f"<!doctype html><html><body><article><p>{STORY}</p></article></body></html>".encode()
    )
    assert given.document.text == STORY
    assert keys(found("-", stdin=f"{row(id='a')}\n{row()}\n".encode())[0]) == ["a", "stdin:2"]
    assert found("-", stdin=b"")[1] == ["no text: standard input: it is empty or white space only"]


# --- without end -------------------------------------------------------------------------------------------------


def test_a_line_of_a_gigabyte_through_a_pipe_is_one_line_of_trouble() -> None:
    """Read from a pipe by a child that may have 1 GB of memory: rows before and after it are given."""
    reading = (
        "import resource, sys; from onrecord.documents import Ask, documents; "
        "resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2); told = []; "
        "print([one.document.key for one in documents(['-'], Ask(), told.append)], *told, sep='\\n')"
    )
    child = subprocess.Popen([sys.executable, "-c", reading], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=False)
    assert child.stdin is not None
    child.stdin.write(f"{row(id='a')}\n".encode() + b'{"text": "')
    for _ in range(1000):
        child.stdin.write(b"x" * 1_000_000)
    child.stdin.write(b'"}\n' + f"{row(id='b')}\n".encode())
    out, _ = child.communicate()
    assert out.decode().splitlines() == [
        "['a', 'b']",
        "too long: stdin, line 2: the limit for a line is 16,000,000 bytes; split the document",
    ]


def test_a_text_without_end_is_given_up() -> None:
    told: list[OnrecordError | Remark] = []
    assert (
        list(documents(["-"], Ask(longest=1000), told.append, io.BufferedReader(Pipe(itertools.repeat(b"x" * 65_536)))))
        == []
    )
    assert str(told[0]).startswith("too long: standard input: more than 64,000,000 bytes")


def test_a_url_is_refused_without_the_network() -> None:
    for url in ("https://example.org/a", "http://127.0.0.1/", "HTTP://EXAMPLE.ORG", "file:///etc/passwd"):
        given, told = found(url)
        assert given == []
        assert told == [f"not fetched: {url}: the network is not used unless you say so; add --allow-network"]
