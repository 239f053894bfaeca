"""Every page, in three languages, light and dark: axe-core finds nothing, and nothing is lost on a narrow screen.

A page is opened once in each language; themes and widths change while it is open. Contrast does not hang on
the language: it is measured in Dutch, in both themes. VERRE_TEST_AXE=all measures it in each language too.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from api.pages.catalogue import LANGUAGES
from tests.browser import addresses
from tests.product.conftest import Server

pytestmark = pytest.mark.xdist_group("browser")

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

ALL = os.environ.get("VERRE_TEST_AXE") == "all"
FEW = {"resultTypes": ["violations"], "selectors": False, "preload": False}
RULES = {**FEW, "rules": {"target-size": {"enabled": True}}}
"""All that axe-core has, and the size of targets (WCAG 2.2)."""
WORDS = {**RULES, "rules": {**RULES["rules"], "color-contrast": {"enabled": False}}}  # type: ignore[dict-item]
CONTRAST = {**FEW, "runOnly": ["color-contrast"]}

WIDE = """() => {
  const most = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= most) return [];
  const held = (each) => each.closest(".scroll, .net-scroll, pre, figure, [tabindex]");
  return [...document.querySelectorAll("main *")]
    .filter((each) => each.getBoundingClientRect().right > most + 1 && !held(each.parentElement ?? each))
    .slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).concat("wider than the window");
}"""


@pytest.fixture(scope="module")
def pages(site: Server) -> list[str]:
    """An address of every page."""
    person = httpx.get(f"{site.url}/v1/people", params={"pageSize": "1"}).json()["items"][0]["id"]
    return addresses.every(person)


def found(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe-core finds wrong: the rule, and where."""
    violations = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{each['id']}: {' | '.join(node['html'][:110] for node in each['nodes'][:4])}" for each in violations
    ]


def faults(page: Page, address: str, *, colours: bool) -> list[str]:
    """Everything that is wrong with one page that is open, in words."""
    page.evaluate(AXE.read_text("utf-8"))  # by the debugger: the policy forbids it to the page itself
    told = [f"axe {text}" for text in found(page, RULES if colours else WORDS)]
    if colours:
        page.emulate_media(color_scheme="dark")
        told += [f"dark {text}" for text in found(page, CONTRAST)]
        page.emulate_media(color_scheme="light")
    for width in (640, 320):  # half of 1280 is what 200 % leaves
        page.set_viewport_size({"width": width, "height": 800})
        told += [f"{width} px: {text}" for text in page.evaluate(WIDE)]
    page.set_viewport_size({"width": 1280, "height": 900})
    return [f"{address} {text}" for text in told]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_in_anybodys_way(lang: str, page: Page, pages: list[str]) -> None:
    told = []
    for address in [*pages, "/sparql", "/nothing", *(addresses.MORE if ALL or lang == "nl" else ())]:
        page.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}")
        told += faults(page, address, colours=ALL or lang == "nl")
    assert told == [], "\n".join(told)


def test_a_fault_is_found(page: Page) -> None:
    page.goto("/about")
    page.evaluate("""() => {
      const main = document.querySelector("main");
      main.append(document.createElement("img"), document.createElement("button"));
      main.querySelector("p").style.color = "#999";
      main.querySelector("h2").style.width = "800px";
    }""")
    told = faults(page, "/about", colours=True)
    for rule in ("axe image-alt", "axe button-name", "axe color-contrast", "320 px"):
        assert any(rule in text for text in told), rule
