"""The map in a real browser: names lie on nothing whatever the letters, and the search box that finds as one types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

SEEN = """() => [...document.querySelectorAll('svg.map')].filter((svg) => svg.checkVisibility()).map((svg) => {
  const box = (e) => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
  return {
    frame: box(svg),
    texts: [...svg.querySelectorAll('text')].map((e) => ({text: e.textContent, box: box(e)})),
    marks: [...svg.querySelectorAll('circle')].map(box),
  };
})"""
"""Every map that is seen, with what its words and marks cover on the screen."""

WIDTHS = (1440, 820, 390)


def _meet(a: list[float], b: list[float]) -> bool:
    """Whether two boxes share more than a hair: lines of type are as high as their longest letters could be."""
    return a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 4 and b[1] < a[3] - 4


def _hold(page: Page) -> list[dict[str, Any]]:
    """Looks at every map of a page."""
    maps: list[dict[str, Any]] = page.evaluate(SEEN)
    assert maps
    for found in maps:
        left, top, right, bottom = found["frame"]
        for n, each in enumerate(found["texts"]):
            assert left - 1 <= each["box"][0], each
            assert each["box"][2] <= right + 1, each
            assert top - 2 <= each["box"][1], each
            assert each["box"][3] <= bottom + 2, each
            for other in found["texts"][n + 1 :]:
                assert not _meet(each["box"], other["box"]), (each["text"], other["text"])
    return maps


def test_the_world_of_the_first_page_at_three_widths(page: Page, pictures: Path) -> None:
    page.goto("/")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        maps = _hold(page)
        assert len(maps) == 2  # the world, and Europe by itself
        words = {each["text"].split(" ")[0] for found in maps for each in found["texts"]}
        assert {"China", "Germany", "Netherlands"} <= words
        assert len(words) > (32 if width > 400 else 22)
        page.screenshot(path=pictures / f"map-home-{width}.png")


@pytest.mark.parametrize("width", WIDTHS)
def test_luminex_at_a_glance(page: Page, pictures: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/companies/luminex")
    (found,) = _hold(page)
    words = " ".join(each["text"] for each in found["texts"])
    for name in ("Genk", "Japan", "China", "Thailand", "Vietnam", "South Korea", "Canada"):
        assert name in words
    rings = page.locator("svg.map:visible circle.ring")
    assert rings.count() == 4
    wanted = page.locator(".mapkey li", has_text="wants to export")
    expect(wanted).to_contain_text("Het Belang van Limburg, 19 February 2018")
    page.locator(".mapped").screenshot(path=pictures / f"map-luminex-{width}.png")


def test_a_name_is_found_as_one_types_by_keyboard_alone(page: Page, pictures: Path) -> None:
    page.goto("/?lang=en")
    box = page.get_by_role("combobox")
    box.press_sequentially("lumi")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Luminex Network Intelligence")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.screenshot(path=pictures / "map-suggestions.png")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press_sequentially("n")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    box.press("Enter")
    page.wait_for_url("**/companies/luminex?lang=en")


def test_what_is_typed_is_searched_for_unless_a_name_was_chosen(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("japan")
    expect(page.get_by_role("option").first).to_be_visible()
    box.press("Enter")
    page.wait_for_url("**/search?q=japan")


def test_a_map_in_the_dark(page: Page, pictures: Path) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/markets/VN")
    _hold(page)
    page.locator(".mapped").screenshot(path=pictures / "map-vietnam-dark.png")
    land = page.locator("path.land").first.evaluate("e => getComputedStyle(e).fill")
    assert land == "rgb(29, 37, 45)"
