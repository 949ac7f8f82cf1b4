"""A document is never fetched from: with every socket barred, texts and pages are read all the same."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from onrecord.documents import Ask, documents

PAGE = """<html><head><base href="http://192.0.2.1/"><link rel="canonical" href="http://192.0.2.1/story">
<link rel="stylesheet" href="http://192.0.2.1/s.css"><script src="http://192.0.2.1/x.js"></script></head><body><article>
<p>The army said on Monday that forty soldiers were killed near the town, a claim that nobody could verify.</p>
<img src="http://192.0.2.1/p.png"><iframe src="http://192.0.2.1/f"></iframe></article></body></html>"""
ENTITY = """<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<html><body><p>It said &x; today.</p></body></html>"""


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
    ],
    ids=["text", "address as page", "page", "entity", "row"],
)
def test_nothing_is_fetched(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (given,) = documents([tmp_path / name], Ask(), lambda told: pytest.fail(str(told)))
    assert given.document.text
    assert "root:" not in given.document.text
