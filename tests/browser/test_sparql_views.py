"""An answer of SPARQL as chart, map and network above its table; a link keeps the view; less is offered where it was cut."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_sparql import write, written

pytestmark = pytest.mark.xdist_group("browser")

HOSTILE = """SELECT ?thing ?thingName ?other ?n WHERE { VALUES (?thing ?thingName ?other ?n) {
  (<http://e/1> "<script>alert(1)</script><img src=x onerror=alert(2)>" <http://e/2> 3) } }"""
TRIPLES = """PREFIX verre: <https://w3id.org/verre/ns#>
CONSTRUCT { ?a verre:partner ?b } WHERE { ?p verre:principal ?a ; verre:partner ?b }"""


def look(page: Page, view: str) -> None:
    """Chooses a way to look at the answer, by keyboard."""
    button = page.get_by_role("button", name=view, exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")


def test_an_answer_as_chart_map_and_network(page: Page, context: BrowserContext, pictures: Path) -> None:
    page.goto("/sparql?example=markets")
    page.locator("#run").click()
    picture = page.locator("figure svg[role=img]")
    for view in ("Chart", "Map"):
        look(page, view)
        expect(picture).to_have_count(1)
        expect(picture.locator("text", has_text="China").first).to_be_visible()
        page.locator(".views").screenshot(path=pictures / f"sparql-{view.lower()}.png")
    expect(page.locator("table.solutions")).to_be_visible()
    expect(page.get_by_text("A network needs two columns of things.")).to_be_visible()
    link = page.locator("#share").get_attribute("href") or ""
    assert link.endswith("view=map")
    other = context.new_page()
    other.goto(link)
    expect(other.locator("figure svg.world-answer")).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("button", name="Download the picture (SVG)").click()
    drawn = ElementTree.parse(got.value.path()).getroot()  # noqa: S314 (made by ourselves)
    assert any(
        (text.text or "").startswith("China: ") for text in drawn.iter("{http://www.w3.org/2000/svg}text")
    )


def test_triples_as_a_network_and_back(page: Page) -> None:
    page.goto("/sparql")
    write(page, TRIPLES)
    page.keyboard.press("Control+Enter")
    look(page, "Network")
    expect(page.locator("figure svg circle.company").first).to_be_visible()
    look(page, "Table")
    expect(page.locator("figure svg")).to_have_count(0)
    expect(page.locator("#answer pre").first).to_contain_text("partner")


def test_what_the_graph_says_stays_text_in_pictures(page: Page) -> None:
    page.goto("/sparql")
    write(page, HOSTILE)
    page.keyboard.press("Control+Enter")
    for view in ("Chart", "Network"):
        look(page, view)
        expect(page.locator("figure svg title").first).to_have_text(
            "<script>alert(1)</script><img src=x onerror=alert(2)>"
        )
    assert page.locator("#answer img, #answer script, figure svg image").count() == 0


def test_an_answer_too_large_offers_less_and_asks_it(page: Page) -> None:
    page.goto("/sparql")
    page.route("**/sparql", lambda route: route.fulfill(status=507, body='{"setting":"VERRE_X"}'), times=1)
    write(page, "SELECT ?s WHERE { ?s a ?t }")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Ask for the first 100").click()
    expect(page.locator("table.solutions tbody tr")).to_have_count(100)
    assert written(page).endswith("LIMIT 100\n")


def test_nothing_found_is_said(page: Page) -> None:
    page.goto("/sparql")
    write(page, "SELECT ?s WHERE { ?s <http://nobody/says> ?o }")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer .box")).to_contain_text("nothing fits it")
    expect(page.get_by_role("button", name="Map", exact=True)).to_have_count(0)
