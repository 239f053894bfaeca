"""Reading with less: by keyboard alone, without scripts, without motion, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import addresses
from tests.browser.conftest import Watch
from tests.product.conftest import Server

pytestmark = pytest.mark.xdist_group("browser")

FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect(), style = getComputedStyle(at);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { what: at.outerHTML.slice(0, 90), seen, inside };
}"""


@pytest.fixture
def still(browser: Browser, site: Server) -> Iterator[Page]:
    """A page without scripts, watched."""
    made = browser.new_context(java_script_enabled=False, base_url=site.url, locale="nl-BE")
    watch = Watch(urlsplit(site.url).netloc)
    watch.over(made)
    yield made.new_page()
    made.close()
    watch.clean()


def tab_to(page: Page, words: str, most: int = 120) -> None:
    """Presses Tab until the link or button with these words has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in str(page.evaluate("document.activeElement?.textContent ?? ''")):
            return
    pytest.fail(f"Tab does not reach {words!r}")


def test_a_company_is_found_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator("main input[type=search]").first.focus()
    page.keyboard.type("lumi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=lumi**")
    tab_to(page, "Luminex")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Luminex")
    page.evaluate("document.body.focus()")
    tab_to(page, "Nederlands")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator("h1")).to_contain_text("Luminex")


@pytest.mark.parametrize(
    "path", ["/exporters?market=JP&pageSize=2", "/companies/luminex", "/network?of=luminex"]
)
def test_tab_goes_through_everything_visibly_and_out_again(page: Page, path: str) -> None:
    page.emulate_media(reduced_motion="reduce")  # else the page is still on its way to what has the focus
    page.goto(path)
    met: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        if at is None:
            break
        met.append(at["what"])
        assert at["seen"], f"no focus ring: {at['what']}"
        assert at["inside"], f"focus out of sight: {at['what']}"
    else:
        pytest.fail(f"Tab does not leave the page: {met[-3:]}")
    assert len(met) > 20


def test_pages_with_scripts_are_read_without_them(still: Page, site: Server) -> None:
    with httpx.Client(base_url=site.url, headers={"Accept": "text/html"}) as client:
        person = client.get("/v1/people", headers={"Accept": "application/json"}).json()["items"][0]["id"]
        every = [*addresses.every(person), "/sparql"]
        scripted = [address for address in every if "<script" in client.get(address).text]
    assert "/sparql" in scripted
    for address in scripted:
        still.goto(address)
        expect(still.locator("h1")).not_to_be_empty()
        assert still.locator("main a:visible, main input:visible, main textarea:visible").count() > 0
        idle = still.locator("main button:visible:not([type=submit])")
        assert idle.count() == 0, f"{address}: {idle.first.inner_text()!r} does nothing without a script"
        assert still.locator("table:visible, textarea:visible, ul:visible").count() > 0


def test_nothing_moves_by_itself(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0


def test_paper_shows_the_content_and_not_the_controls(page: Page, pictures: Path) -> None:
    page.goto("/exporters?market=CN&market=TH&market=VN&market=KR&lang=nl")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("table").first).to_be_visible()
    for hidden in (".nav", ".langs", ".filters", ".take"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    paper = page.pdf(format="A4", path=pictures / "exporters.pdf")
    assert paper[:5] == b"%PDF-"
