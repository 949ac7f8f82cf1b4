"""Makes the pictures of the desk in README and docs/desk.md from the demo's ledger, in Debian's Chromium.

usage: python -m docs.screenshots
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import ViewportSize, sync_playwright

from onrecord.cli.demonstrating import fill, samples
from onrecord.ledger import open_ledger

HERE = Path(__file__).parent
SIZE: ViewportSize = {"width": 1280, "height": 860}
PAGES = {"story": "/documents/{story}", "findings": "/findings", "map": "/map", "review": "/review"}
POINTED_AT = {"story": ".story .caveat"}
"""What the hand points at in a picture, so that it is lit with all that hangs together with it."""
_COMES = 400  # ms until the card of what is pointed at has come beside it


def main() -> None:
    """One picture a page, in light colours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.db"
        with closing(open_ledger(path, new=True)) as ledger:
            fill(ledger, samples())
        hears, tells = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.get_context("spawn").Process(target=_serve, args=(str(path), tells), daemon=True)
        child.start()
        _pictures(hears.recv().rstrip("/"))
        child.kill()


def _serve(path: str, tells: object) -> None:
    from onrecord.web import Desk
    from onrecord.web.serving import serve

    with closing(open_ledger(path)) as ledger:
        serve(Desk(ledger, "demo.db"), "127.0.0.1", 0, tells.send)  # type: ignore[attr-defined]


def _pictures(desk: str) -> None:
    with urlopen(f"{desk}/documents.json") as answer:  # noqa: S310 - our own desk
        story = json.load(answer)["documents"][0]["id"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        for name, address in PAGES.items():
            page.goto(desk + address.format(story=story))
            if name in POINTED_AT:
                page.locator(POINTED_AT[name]).first.hover()
                page.wait_for_timeout(_COMES)
            page.screenshot(path=HERE / f"desk-{name}.png")
            print(f"docs/desk-{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
