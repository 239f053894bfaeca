"""The journey of who organizes a mission, by keyboard: where to, who could come, the booklet, the workbook, a plan."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from api.pages.plans import delegation
from graph.network.drawing import svg
from tests.documents.reading import glyphs, pages
from tests.documents.reading import pictures as printed
from tests.pages.test_delegation import network


def taken(page: Page, link: Locator) -> bytes:
    """What a link saves to the reader's disk; it is pressed by keyboard."""
    link.focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    return Path(waiting.value.path()).read_bytes()


def test_a_mission_to_thailand_and_vietnam(page: Page, pictures: Path) -> None:
    page.goto("/missions")
    page.get_by_role("link", name="Prepare a mission yourself").press("Enter")
    page.get_by_label("Destination 1").press_sequentially("Thailand")
    page.keyboard.press("Tab")
    page.keyboard.type("Vietnam")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Trade mission to Thailand and Vietnam")
    names = page.locator(".participant h3 a")
    assert set(names.all_inner_texts()[:3]) == {
        "Luminex Network Intelligence",
        "Belgian Fruit Valley",
        "BelOrta",
    }
    page.screenshot(path=pictures / "mission-plan.png", full_page=True)

    pdf = taken(page, page.get_by_role("link", name="Booklet (PDF)").first)
    assert "Trade mission to Thailand and Vietnam" in " ".join(pages(pdf)[0].split())
    assert 0 not in {number for _, number in glyphs(pdf)}
    for number, picture in enumerate(printed(pdf), start=1):
        (pictures / f"booklet-{number:02d}.png").write_bytes(picture)

    book = openpyxl.load_workbook(
        io.BytesIO(taken(page, page.get_by_role("link", name="Workbook (XLSX)").first))
    )
    assert book.sheetnames[:2] == ["Participants", "Meetings"]

    page.get_by_role("checkbox", name="Choose Luminex Network Intelligence").press("Space")
    page.get_by_role("button", name="Only those I tick").press("Enter")
    expect(names).to_have_text(["Luminex Network Intelligence"])

    page.locator(".participant").get_by_role("link", name="Vietnam").last.press("Enter")
    expect(page.get_by_text("Luminex Network Intelligence wants to export to Vietnam.").first).to_be_visible()
    page.screenshot(path=pictures / "export-plan.png", full_page=True)
    plan = taken(page, page.get_by_role("link", name="Export plan (PDF)").first)
    assert "No source names a possible partner in Vietnam." in " ".join(pages(plan)[0].split())


def test_a_drawing_shows_its_letters_where_the_machine_has_none(page: Page, pictures: Path) -> None:
    """Letters of Chinese, Japanese and Korean are nearly as wide as high; the box of a missing one is narrower."""
    names = ("直骨海株式会社", "上海电力", "한국전력공사")
    page.goto("about:blank")
    page.set_content(re.sub(r' textLength="[^"]*"', "", delegation.lettered(svg(network(*names))).decode()))
    page.evaluate("document.fonts.ready")
    page.screenshot(path=pictures / "network-letters.png")
    for name in names:
        drawn = page.locator("text", has_text=name).last
        assert drawn.evaluate("e => e.getComputedTextLength()") > len(name) * 14 * 0.9, name
