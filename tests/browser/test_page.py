"""The HTML page in a browser: it opens offline, the keyboard reaches every statement, its words light up."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from onrecord.exports.html import page
from tests.exports.readings import RICH, bare, everything
from tests.exports.texts import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@dataclass
class Opened:
    """A page in the browser, with what it asked for and what it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, html: str, path: Path) -> Page:
        path.write_text(html, encoding="utf-8")
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri())
        return self.page


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opened]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=True, reduced_motion="reduce")
    yield Opened(context.new_page())
    context.close()


@pytest.fixture
def story(opened: Opened, tmp_path: Path) -> Page:
    return opened.open(page([RICH]), tmp_path / "page.html")


def backgrounds(story: Page, selector: str) -> set[str]:
    script = "all => all.map(e => getComputedStyle(e).backgroundColor)"
    return set(story.eval_on_selector_all(selector, script))


PLAIN = "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("readings", [[RICH], [RICH, bare("Other words.")], [everything(t) for t in HOSTILE]])
def test_it_opens_offline_and_asks_for_nothing(opened: Opened, tmp_path: Path, readings: list[Any]) -> None:
    story = opened.open(page(readings), tmp_path / "page.html")
    assert story.locator("h1").count() == 1
    assert opened.requests == [(tmp_path / "page.html").as_uri()]
    assert opened.complaints == []


def test_the_keyboard_reaches_every_statement(story: Page) -> None:
    reached = set()
    for _ in range(60):
        story.keyboard.press("Tab")
        reached.add(story.evaluate("document.activeElement.closest('.card')?.id"))
    assert {s.id for s in RICH.statements} <= reached


def test_enter_on_a_statement_lights_its_words(story: Page) -> None:
    assert backgrounds(story, ".story .content.f1-2") == {PLAIN}
    story.locator(f"[id='{RICH.statements[1].id}'] .who a").focus()
    story.keyboard.press("Enter")
    assert story.url.endswith("#w1-2")
    lit = backgrounds(story, ".story .content.f1-2, .story .source.f1-2, .story .cue.f1-2")
    assert len(lit) == 1
    assert PLAIN not in lit
    assert backgrounds(story, ".story .content.f1-7") == {PLAIN}


def test_words_lead_to_their_statement(story: Page) -> None:
    story.locator(".story .content.f1-8 a").first.click()
    assert story.url.endswith(f"#{RICH.statements[7].id}")
    assert story.locator(f"[id='{RICH.statements[7].id}']").is_visible()
    assert PLAIN not in backgrounds(story, ".story .source.f1-8")


def test_statements_stand_beside_the_story_or_below_it(story: Page) -> None:
    def boxes() -> tuple[Any, Any]:
        return story.locator(".story").bounding_box(), story.locator(".side-by").bounding_box()

    text, side = boxes()
    assert side["x"] >= text["x"] + text["width"]
    story.set_viewport_size({"width": 400, "height": 800})
    text, side = boxes()
    assert side["y"] >= text["y"] + text["height"]
    assert story.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's source, from ``ONRECORD_AXE`` or from the package registry through npm."""
    if given := os.environ.get("ONRECORD_AXE"):
        return Path(given).read_text(encoding="utf-8")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("axe-core comes through npm, which is not installed")
    folder = tmp_path_factory.mktemp("axe")
    try:
        got = subprocess.run(
            [npm, "pack", "axe-core@4", "--silent"], cwd=folder, capture_output=True, text=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip("axe-core did not come from the package registry within a minute")
    packed = next(folder.glob("axe-core-*.tgz"), None)
    if packed is None:
        pytest.skip(f"axe-core is not to be had from the package registry: {got.stderr.strip()[-200:]}")
    with tarfile.open(packed) as archive:
        source = archive.extractfile("package/axe.min.js")
        assert source
        return source.read().decode("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_it_is_accessible(chromium: Browser, tmp_path: Path, axe: str, scheme: Any, width: int) -> None:
    # The page's own policy forbids every script, axe too, so this context alone passes over it.
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    try:
        for n, readings in enumerate(([RICH], [RICH, bare("Other words.", title="Second")])):
            story = Opened(context.new_page()).open(page(readings), tmp_path / f"{n}.html")
            story.evaluate(axe)
            found = story.evaluate("axe.run()")
            told = [(v["id"], [node["html"][:160] for node in v["nodes"]][:3]) for v in found["violations"]]
            assert told == [], json.dumps(told, indent=1)
    finally:
        context.close()
