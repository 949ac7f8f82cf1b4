"""Hostile words in every field, in a real browser: no script of theirs runs, nothing is loaded, every page answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import uvicorn

from onrecord.ledger import open_ledger
from onrecord.web import Desk, application
from onrecord.web.serving import listening
from tests.browser.test_desk import visiting
from tests.exports.readings import everything
from tests.web.records import furnish
from tests.web.test_hostile import KINDS, pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog

pytestmark = pytest.mark.browser

_STEERING = re.compile("[<\\\\\x1b\u202a-\u202e\u2066-\u2069]|javascript|onmouse")
"""Words of which a browser could make something; of the others ``tests/web`` sees that they are text."""
STEERED = """() => ({
    scripts: [...document.scripts].map(one => new URL(one.src).pathname).filter(path => !path.startsWith('/static/')),
    styles: document.querySelectorAll('style, [style]').length,
    links: [...document.links].map(one => one.protocol).filter(one => one !== 'http:'),
    hidden: getComputedStyle(document.body).display === 'none',
    shown: document.querySelector('main').innerText.length,
})"""
"""What a page would have that words steered: scripts and styles of theirs, links elsewhere, a body that is gone."""


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of a desk over a ledger, in a thread of this process."""
    ledger, door = open_ledger(path), listening("127.0.0.1", 0)
    desk = Desk(ledger, path.name, reads=1e9, writes=1e9)
    server = uvicorn.Server(uvicorn.Config(application(desk), log_level="warning", ws="none"))
    running = Thread(target=server.run, kwargs={"sockets": [door]})
    running.start()
    try:
        yield f"127.0.0.1:{door.getsockname()[1]}"
    finally:
        server.should_exit = True
        running.join()
        door.close()
        ledger.close()


@pytest.mark.parametrize(
    "words", [one for one in KINDS if _STEERING.search(one) or len(one) > 10_000], ids=lambda words: ascii(words[:24])
)
def test_hostile_words_steer_no_browser(chromium: Browser, tmp_path: Path, words: str) -> None:
    words = words.encode("utf-8", "replace").decode().replace("\0", "")  # the ledger takes neither
    reading = everything(words)
    ledger = open_ledger(tmp_path / "hostile.db", new=True)
    furnish(ledger, reading, words=words)
    ledger.close()
    asked: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    with served(tmp_path / "hostile.db") as host, visiting(chromium, host) as visit:
        visit.page.on("dialog", dismissed)
        for address in pages(reading.document.id, reading.statements[0].id):
            steered = visit.open(address).evaluate(STEERED)
            assert steered.pop("shown") > 0, address
            assert steered == {"scripts": [], "styles": 0, "links": [], "hidden": False}, address
        visit.page.go_back()
        assert asked == []
