"""Nothing touches the network unless told to: every kind of place is read, and added, with every socket barred."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.documents import Ask, documents
from tests.documents.test_archives import record

PAGE = """<html><head><base href="http://192.0.2.1/"><link rel="canonical" href="http://192.0.2.1/story">
<link rel="stylesheet" href="http://192.0.2.1/s.css"><script src="http://192.0.2.1/x.js"></script></head><body><article>
<p>The army said on Monday that forty soldiers were killed near the town, a claim that nobody could verify.</p>
<img src="http://192.0.2.1/p.png"><iframe src="http://192.0.2.1/f"></iframe></article></body></html>"""
ENTITY = """<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<html><body><p>It said &x; today.</p></body></html>"""
FEED = f"""<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://192.0.2.1/rss.dtd"><?xml-stylesheet href="http://192.0.2.1/s"?>
<rss version="2.0"><channel xmlns:xi="http://www.w3.org/2001/XInclude"><link>http://192.0.2.1/</link>
<item><link>http://192.0.2.1/a</link><enclosure url="http://192.0.2.1/e"/><xi:include href="http://192.0.2.1/i"/>
<description><![CDATA[{PAGE}]]></description></item></channel></rss>"""
BOMB = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "http://192.0.2.1/">]><rss><channel>&x;</channel></rss>'

# Every attempt ends the child at once: no `except` in a library can hide it.
WATCHED = """
import os, sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        print("the network was touched:", event, arguments, file=sys.stderr, flush=True)
        os._exit(99)
sys.addaudithook(hook)
from onrecord.cli import main
main(sys.argv[1:], prog_name="onrecord")
"""


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def barred(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", barred)
    monkeypatch.setattr(socket.socket, "connect_ex", barred)
    monkeypatch.setattr(socket, "getaddrinfo", barred)
    monkeypatch.setattr(socket, "create_connection", barred)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "http://192.0.2.1/story"),
        ("a.html", "http://192.0.2.1/story"),
        ("a.html", PAGE),
        ("a.html", ENTITY),
        ("a.jsonl", '{"text": "He said so.", "url": "http://192.0.2.1/story"}'),
        ("a.xml", FEED),
        ("a.warc", record(0, PAGE.encode(), url="http://192.0.2.1/").decode()),
    ],
    ids=["text", "address as page", "page", "entity", "row", "feed", "archive"],
)
def test_nothing_is_fetched(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (given,) = documents([tmp_path / name], Ask(), lambda told: pytest.fail(str(told)))
    assert given.document.text
    assert "root:" not in given.document.text


@pytest.fixture
def places(tmp_path: Path) -> list[str]:
    """Every kind of place there is."""
    folder = tmp_path / "texts"
    folder.mkdir()
    written = {
        "a.txt": "http://192.0.2.1/story",
        "b.html": PAGE,
        "c.jsonl": json.dumps({"text": "The bridge is closed, he said.", "url": "http://192.0.2.1/story"}),
        "d.xml": FEED,
        "e.xml": BOMB,
        "f.warc": record(0, PAGE.encode(), url="http://192.0.2.1/").decode(),
    }
    for name, text in written.items():
        (folder / name).write_text(text)
    return [str(folder), *(str(folder / name) for name in written), "-", "http://192.0.2.1/", "https://localhost/feed"]


@pytest.mark.parametrize("command", ["read", "add"])
def test_no_socket_is_opened_without_being_told_to(command: str, places: list[str], tmp_path: Path) -> None:
    before = [command, str(tmp_path / "record.db")] if command == "add" else [command, "--format", "jsonl"]
    child = subprocess.run(
        [sys.executable, "-c", WATCHED, *before, *places], input=FEED, capture_output=True, text=True, check=False
    )
    assert "the network was touched" not in child.stderr
    assert "Traceback" not in child.stderr
    assert child.returncode == 1  # for the bomb, twice, and the two URLs
    assert child.stderr.count("--allow-network") == 2
    assert child.stderr.count("declares entities") == 2


def test_the_watch_sees_what_it_should(tmp_path: Path) -> None:
    arguments = ["read", "--allow-network", "--allow-private", "http://127.0.0.1:1/"]
    child = subprocess.run([sys.executable, "-c", WATCHED, *arguments], capture_output=True, text=True, check=False)
    assert child.returncode == 99
    assert "the network was touched" in child.stderr
