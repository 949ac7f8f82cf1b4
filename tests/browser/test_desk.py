"""The desk in a browser, served by ``onrecord serve``: offline, accessible, by keyboard alone, without scripts too."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from onrecord.ledger import open_ledger
from tests.exports.readings import MOROZ, RICH
from tests.web.records import CLAIM, CONFLICT, HERALD, REVISED, RISE, SERIES, furnish

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/statements",
    f"/statements/{RISE}",
    f"/parties/{MOROZ.id}?like=o",
    "/views",
    "/statements?claimant=Iryna+Moroz&text=losses",
    "/documents",
    f"/documents/{RICH.document.id}",
    "/claims",
    f"/claims/{CLAIM}",
    "/findings",
    f"/findings/{CONFLICT}",
    "/accounts?believe=Iryna+Moroz",
    "/series",
    f"/series/{SERIES}",
    f"/claims/{CLAIM}?page=2",
    f"/series/{SERIES}?page=2",
    "/map",
    "/timeline",
    "/review",
    "/quality",
    "/nowhere",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[str]:
    """The address of a desk of its own, which a test may decide on."""
    with served(tmp_path) as address:
        yield address


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a desk that tests only look at."""
    with served(tmp_path_factory.mktemp("desk")) as address:
        yield address


@contextmanager
def served(folder: Path) -> Iterator[str]:
    path = folder / "record.db"
    opened = open_ledger(path, new=True)
    furnish(opened)
    opened.close()
    command = [str(Path(sys.executable).with_name("onrecord")), "serve", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            told = process.stdout.readline()
            assert "http://127.0.0.1:" in told, told
            yield told.partition("http://")[2].partition("/")[0]
        finally:
            process.terminate()


@dataclass
class Visit:
    """A browser's page on a desk, with what it complained of and what it asked for elsewhere."""

    page: Page
    host: str
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        self.page.goto(f"http://{self.host}{address}")
        return self.page

    def answered(self, do: Callable[[], None]) -> None:
        """Does something that a form is sent by, and waits for the page that answers."""
        with self.page.expect_navigation():
            do()


@contextmanager
def visiting(chromium: Browser, host: str, **about: Any) -> Iterator[Visit]:
    context = chromium.new_context(reduced_motion="reduce", **about)
    visit = Visit(context.new_page(), host)

    def only_here(route: Route) -> None:
        if route.request.url.startswith((f"http://{host}/", "data:")):
            route.continue_()
        else:
            visit.elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", only_here)
    visit.page.on("console", lambda message: visit.complaints.append(f"{visit.page.url}: {message.text}"))
    visit.page.on("pageerror", lambda error: visit.complaints.append(f"{visit.page.url}: {error}"))
    try:
        yield visit
    finally:
        context.close()
    assert visit.elsewhere == []
    assert [one for one in visit.complaints if "/nowhere" not in one] == []  # a browser notes every 404


def test_every_page_is_accessible_in_both_themes(chromium: Browser, shown: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not in frontend/node_modules (npm ci --prefix frontend)")
    schemes: tuple[Any, ...] = ("light", "dark")
    found = []
    # The desk's own policy forbids foreign scripts, axe too, so this context alone passes over it.
    with visiting(chromium, shown, bypass_csp=True) as visit:
        visit.page.add_init_script(path=AXE)
        for address in PAGES:
            page = visit.open(address)
            for scheme in schemes:
                page.emulate_media(color_scheme=scheme)
                for one in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
                    told = [(node["html"][:160], node["failureSummary"]) for node in one["nodes"]]
                    found.append((address, scheme, one["id"], told[:2]))
    assert found == [], json.dumps(found, indent=1)


@pytest.mark.parametrize("width", [360, 1440, 2560])
def test_no_page_scrolls_sideways(chromium: Browser, shown: str, width: int) -> None:
    wide = {}
    with visiting(chromium, shown, viewport={"width": width, "height": 900}) as visit:
        for address in PAGES:
            wide[address] = visit.open(address).evaluate("document.documentElement.scrollWidth")
    assert {address: w for address, w in wide.items() if w > width} == {}


def test_the_queue_by_keyboard_alone(chromium: Browser, desk: str) -> None:
    def asked() -> str:
        return str(page.locator("input[name=statement]").first.get_attribute("value"))

    def decided() -> int:
        return int(page.locator("progress").get_attribute("value") or 0)

    def tab_to(selector: str) -> None:
        for _ in range(60):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            page.keyboard.press("Tab")
        pytest.fail(f"the keyboard does not reach {selector}")

    with visiting(chromium, desk) as visit:
        page = visit.open("/review")
        tab_to("input[name=reviewer]")
        page.keyboard.type("Ana Lind")
        visit.answered(lambda: page.keyboard.press("Enter"))
        seen = []
        for n, key in enumerate(("a", "r", "u"), start=1):
            seen.append(asked())
            visit.answered(lambda key=key: page.keyboard.press(key))  # type: ignore[misc]
            assert decided() == n
        seen.append(asked())
        visit.answered(lambda: page.keyboard.press("s"))
        assert asked() not in seen
        assert len(set(seen)) == len(seen)
        visit.answered(lambda: page.keyboard.press("z"))
        assert decided() == 2
        page.keyboard.press("c")
        assert page.locator("select[name=field]").is_visible()
        tab_to("input[name=why]")
        page.keyboard.type("arsuz")
        assert page.locator("input[name=why]:focus").input_value() == "arsuz"
        assert decided() == 2


def test_a_finding_is_confirmed(chromium: Browser, desk: str) -> None:
    with visiting(chromium, desk) as visit:
        page = visit.open("/review")
        page.get_by_label("Your name").fill("Ana Lind")
        visit.answered(lambda: page.get_by_role("button", name="Begin").click())
        visit.open("/findings?kind=conflict")
        visit.answered(lambda: page.get_by_role("link", name="cannot all hold").click())
        page.get_by_label("Why").fill("Both counts are of February.")
        visit.answered(lambda: page.get_by_role("button", name="Confirm").click())
        assert page.locator("h1").inner_text().endswith("confirmed")
        assert page.locator("tbody tr").inner_text().split("\t")[1:] == [
            "Ana Lind", "confirm", "Both counts are of February.",
        ]  # fmt: skip


def test_the_desk_works_without_scripts(chromium: Browser, desk: str) -> None:
    with visiting(chromium, desk, java_script_enabled=False) as visit:
        page = visit.open("/statements")
        rows = page.locator("table.ledger tbody tr")
        assert rows.count() == len(RICH.statements) + 1
        page.locator("aside").get_by_role("link", name="Iryna Moroz").first.click()
        assert rows.count() == 4
        page.get_by_role("link", name="without claimant Iryna Moroz").click()
        assert rows.count() == len(RICH.statements) + 1
        visit.open("/review").get_by_label("Your name").fill("Ana Lind")
        page.get_by_role("button", name="Begin").click()
        visit.open(f"/findings/{CONFLICT}").get_by_role("button", name="Confirm").click()
        assert page.locator("h1").inner_text().endswith("confirmed")
        visit.open("/review").get_by_role("button", name="a accept").click()
        assert page.locator("progress").get_attribute("value") == "1"


def test_a_statement_leads_to_its_lit_words(chromium: Browser, shown: str) -> None:
    with visiting(chromium, shown) as visit:
        page = visit.open("/statements?relay=Lower+Bank+Herald")
        page.locator("td a.words").click()
        assert page.url.endswith(f"/documents/{HERALD.document.id}#s-{HERALD.statements[0].id}")
        page.locator(".ref:target").wait_for()


def test_the_theme_a_person_chose_is_kept(chromium: Browser, shown: str) -> None:
    with visiting(chromium, shown, color_scheme="light") as visit:
        page = visit.open("/statements?claimant=Iryna+Moroz")
        visit.answered(lambda: page.get_by_role("button", name="dark").click())
        assert page.url.endswith("/statements?claimant=Iryna+Moroz")
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert dark == visit.open("/quality").evaluate("getComputedStyle(document.body).backgroundColor")
        assert dark == "rgb(23, 22, 20)"


def lit(page: Page) -> set[str]:
    """What is lit on a story's page: the groups of statements and caveats."""
    names = page.eval_on_selector_all(".card.lit", "all => all.map(one => one.dataset.group)")
    return set(names)


def test_a_caveat_is_drawn_to_what_it_covers(chromium: Browser, shown: str) -> None:
    with visiting(chromium, shown) as visit:
        page = visit.open(f"/documents/{RICH.document.id}")
        under = RICH.caveats[0].covers[0]
        covered = len(RICH.caveats[0].covers)
        assert page.locator(".arcs .hedge").count() == covered
        assert lit(page) == set()
        page.locator(".story .caveat").first.hover()
        assert len(lit(page)) == 1 + covered
        assert page.locator(".arcs .hedge.lit").count() == covered
        page.locator(f"#c-{under} .who a").focus()
        assert "c1-1" in lit(page)
        visit.open("/documents")
        visit.open(f"/documents/{RICH.document.id}#c-{under}")
        assert "c1-1" in lit(page)


def test_a_relay_is_drawn_to_the_words_it_passed_on(chromium: Browser, shown: str) -> None:
    with visiting(chromium, shown, viewport={"width": 360, "height": 800}) as visit:
        page = visit.open(f"/documents/{HERALD.document.id}")
        assert page.locator(".story .relay").inner_text() == "Lower Bank Herald"
        page.locator(".story .relay").first.hover()
        assert lit(page) == {"f1-1"}


def view_box(page: Page) -> list[float]:
    told = page.locator("svg[data-map]").get_attribute("data-box") or ""
    return [float(degrees) for degrees in told.split(",")]


def moved(page: Page, do: Callable[[], None]) -> list[float]:
    """Where the map is after something moved it and the desk drew it anew."""
    before = page.locator("svg[data-map]").get_attribute("data-box")
    do()
    page.wait_for_function(
        "before => document.querySelector('svg[data-map]').dataset.box !== before"
        " && new URL(location).searchParams.get('box')",
        arg=before,
    )
    return view_box(page)


def test_the_map_is_moved_by_mouse_keyboard_and_touch(chromium: Browser, shown: str) -> None:
    with visiting(chromium, shown, has_touch=True) as visit:
        page = visit.open("/map")
        west, south, east, _ = view_box(page)
        area = page.locator("svg[data-map]").bounding_box()
        assert area
        x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2

        def drag() -> None:
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x - 120, y - 40, steps=4)
            page.mouse.up()

        dragged = moved(page, drag)
        assert dragged[0] > west
        assert dragged[1] < south
        assert dragged[2] - dragged[0] == pytest.approx(east - west, rel=0.02)
        assert page.url.partition("?")[0].endswith("/map")
        page.locator("svg[data-map]").focus()
        nearer = moved(page, lambda: page.keyboard.press("+"))
        assert nearer[2] - nearer[0] == pytest.approx(0.8 * (dragged[2] - dragged[0]), rel=0.02)
        eastward = moved(page, lambda: page.keyboard.press("ArrowRight"))
        assert eastward[0] > nearer[0]
        page.mouse.move(x, y)
        wheeled = moved(page, lambda: page.mouse.wheel(0, 300))
        assert wheeled[2] - wheeled[0] > eastward[2] - eastward[0]
        assert page.evaluate("document.activeElement.matches('svg[data-map]')")
        pinched = moved(page, lambda: pinch(page, x, y))
        assert pinched[2] - pinched[0] < wheeled[2] - wheeled[0]
        assert moved(page, lambda: page.get_by_role("link", name="west").click())[0] < pinched[0]
        assert page.get_by_role("link", name="west").evaluate("one => one === document.activeElement")


def pinch(page: Page, x: float, y: float) -> None:
    """Two fingers that go apart, through the browser's own protocol."""
    tell = page.context.new_cdp_session(page).send

    def touch(kind: str, apart: float) -> None:
        points = [{"x": x - apart, "y": y, "id": 1}, {"x": x + apart, "y": y, "id": 2}] if apart else []
        tell("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 30)
    for apart in (40, 60, 80):
        touch("touchMove", apart)
    touch("touchEnd", 0)


def test_the_map_is_a_picture_without_scripts(chromium: Browser, shown: str) -> None:
    with visiting(chromium, shown, java_script_enabled=False) as visit:
        page = visit.open("/map")
        assert page.locator("svg[data-map] .spot").count() > 1
        assert not page.locator(".by-hand").is_visible()
        page.get_by_role("link", name="nearer").click()
        assert "box=" in page.url


def test_parties_are_merged_and_the_merge_undone_without_scripts(chromium: Browser, desk: str) -> None:
    with visiting(chromium, desk, java_script_enabled=False) as visit:
        visit.open("/review").get_by_label("Your name").fill("Ana Lind")
        page = visit.page
        page.get_by_role("button", name="Begin").click()
        visit.open(f"/statements/{REVISED}").get_by_role("link", name="Iryna Moroz").click()
        page.get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Merge").click()
        assert page.get_by_role("button", name="split").count() == 1
        page.get_by_role("button", name="undo").click()
        assert page.get_by_role("button", name="split").count() == 0


def test_a_view_is_saved_and_deleted_without_scripts(chromium: Browser, desk: str) -> None:
    with visiting(chromium, desk, java_script_enabled=False) as visit:
        page = visit.open("/statements?side=UA")
        page.locator("details.views summary").click()
        page.get_by_label("Name of this view").fill("Theirs")
        page.get_by_role("button", name="Save").click()
        assert page.url.endswith("/statements?side=UA")
        page.get_by_role("link", name="All views").click()
        page.get_by_role("link", name="Theirs").click()
        assert page.url.endswith("/statements?side=UA")
        visit.open("/views").get_by_role("button", name="delete the view Theirs").click()
        assert page.locator(".empty").is_visible()


def test_the_ledger_is_narrowed_while_a_person_types(chromium: Browser, shown: str) -> None:
    with visiting(chromium, shown) as visit:
        page = visit.open("/statements")
        words = page.get_by_role("searchbox", name="Words")
        page.evaluate("window.same = true")  # gone where the whole page is loaded anew
        words.press_sequentially("losses")
        page.locator(".chosen").wait_for()
        assert page.locator("table.ledger tbody tr").count() == 2
        assert "text=losses" in page.url
        assert "text=losses" in str(page.locator("#formats a").first.get_attribute("href"))
        assert words.evaluate("input => document.activeElement === input")
        page.locator(".chosen a").first.click()
        page.locator(".chosen").wait_for(state="detached")
        assert "losses" not in page.url
        assert words.input_value() == ""
        assert page.evaluate("window.same")
        page.go_back()
        page.locator(".chosen").wait_for()
        assert page.locator("table.ledger tbody tr").count() == 2
