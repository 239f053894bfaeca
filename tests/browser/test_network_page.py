"""The network in a browser: walked by pointer and by keyboard alone, undone, shared, taken along; the table follows."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import fromstring

import networkx as nx
import pytest
from playwright.sync_api import BrowserContext, Download, Locator, Page, expect

from tests.browser.test_access import AXE, RULES, found
from tests.product.conftest import Server

pytestmark = pytest.mark.xdist_group("browser")

AROUND = "/network?of=luminex"
WALK = "document.querySelector('#net-stage').verre"


def opened(page: Page, path: str = AROUND) -> Locator:
    """Opens a network and waits until it stands; its stage."""
    page.goto(path)
    still(page)
    return page.locator("#net-stage")


def still(page: Page) -> None:
    """Waits until what was asked for stands in the picture."""
    expect(page.locator("#net-stage canvas").first).to_be_attached()
    expect(page.locator("#net-status")).not_to_have_text("Fetching the network …")
    page.wait_for_timeout(50)
    expect(page.locator("#net-status")).not_to_have_text("Fetching the network …")


def walk(page: Page, what: str) -> Any:
    """Asks the page's script about its picture."""
    return page.evaluate(f"{WALK}.{what}")


def labels(page: Page) -> list[str]:
    """The names in the picture."""
    found: list[str] = walk(page, "picture.things.map(thing => thing.label)")
    return sorted(found)


def places(page: Page) -> dict[str, list[int]]:
    """Where things stand, in whole units."""
    found: dict[str, list[int]] = page.evaluate(
        f"Object.fromEntries([...{WALK}.picture.wordSpots()].map(([word, [x, y]]) => [word, [Math.round(x), Math.round(y)]]))"
    )
    return found


def query(page: Page) -> dict[str, list[str]]:
    """The parameters of the address."""
    return parse_qs(urlsplit(page.url).query)


def go_to(page: Page, name: str) -> None:
    """Goes to a thing by arrow keys, as one does who sees where it lies."""
    heading = page.locator("#net-panel h2")
    page.keyboard.press("ArrowUp")
    met = []
    for _ in range(25):
        if heading.count() and heading.inner_text() == name:
            return
        across, along = page.evaluate(
            """([stage, name]) => {
                const { picture } = document.querySelector(stage).verre;
                const [to] = picture.things.filter((thing) => thing.label === name);
                const [a, b] = [picture.chosen().position(), picture.cy.getElementById(to.id).position()];
                return [b.x - a.x, b.y - a.y];
            }""",
            ["#net-stage", name],
        )
        ways = ["ArrowRight" if across > 0 else "ArrowLeft", "ArrowDown" if along > 0 else "ArrowUp"]
        if abs(along) > abs(across):
            ways.reverse()
        met.append(heading.inner_text())
        page.keyboard.press(ways[0] if met.count(met[-1]) == 1 else ways[1])
    pytest.fail(f"{name} was not come to by arrow keys, only {met}")


def saved(page: Page, button: str) -> Download:
    """What a button saves."""
    with page.expect_download() as told:
        page.get_by_role("button", name=button).click()
    return told.value


def test_the_journey_from_the_first_page_to_the_files(page: Page, pictures: Path, tmp_path: Path) -> None:
    page.goto("/")
    page.locator("main input[name=q]").first.fill("lumi")
    page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name="Luminex Network Intelligence").first.click()
    page.locator("main a[href^='/network?of=luminex']").first.click()
    still(page)
    before = page.locator("#net-twin tbody tr").count()
    go = page.locator("#net-stage")
    go.focus()
    go_to(page, "Luminex branch in Tokyo")
    expect(page.locator("#net-panel .net-more")).to_contain_text("branches: 1, all shown")
    page.keyboard.press("e")
    still(page)
    assert query(page)["expand"] == ["luminex-japan"]
    page.locator("#net-to").fill("China")
    page.keyboard.press("Enter")
    expect(page.locator("#net-twin .box")).to_contain_text("Luminex Network Intelligence → China")
    assert page.locator("#net-twin tbody tr").count() >= before
    page.screenshot(path=pictures / "network-journey.png")
    picture = saved(page, "PNG for print")
    picture.save_as(pictures / "network-luminex.png")
    wide, high, dots = png_size(pictures / "network-luminex.png")
    assert max(wide, high) >= 3500
    assert dots == 300
    assert picture.suggested_filename == "verre-luminex-network-intelligence.png"
    with page.expect_download() as told:
        page.locator(".take").get_by_role("link", name="GEXF").click()
    told.value.save_as(tmp_path / "x.gexf")
    graph = nx.read_gexf(tmp_path / "x.gexf")
    assert sorted(str(facts["label"]) for _, facts in graph.nodes(data=True)) == labels(page)


def png_size(path: Path) -> tuple[int, int, int]:
    """Width, height, and dots to the inch of a PNG."""
    data = path.read_bytes()
    wide, high = struct.unpack(">II", data[16:24])
    place = data.index(b"pHYs") + 4
    return wide, high, round(struct.unpack(">I", data[place : place + 4])[0] * 0.0254)


def test_by_keyboard_alone(page: Page) -> None:
    opened(page)
    page.locator("#net-stage").focus()
    page.keyboard.press("ArrowDown")
    heading = page.locator("#net-panel h2")
    expect(heading).to_have_text("Luminex Network Intelligence")
    expect(page.locator("#net-status")).to_contain_text(
        "Luminex Network Intelligence, company. 15 relations shown."
    )
    go_to(page, "Thailand")
    page.evaluate(AXE.read_text("utf-8"))
    assert found(page, RULES) == []  # with something chosen: the page itself is among those of test_access
    page.keyboard.press("Enter")
    expect(page.locator("#net-panel a").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#net-panel [data-do=expand-engagement]")).to_be_focused()
    page.keyboard.press("Enter")
    still(page)
    expect(page.locator("#net-status")).to_contain_text("added around Thailand")
    assert "BelOrta" in labels(page)
    stage = page.locator("#net-stage")
    stage.focus()
    page.keyboard.press("h")
    still(page)
    assert "Thailand" not in labels(page)
    expect(stage).to_be_focused()
    assert query(page)["hide"] == ["market:TH"]
    page.keyboard.press("u")
    still(page)
    expect(page.locator("#net-status")).to_have_text("Undone.")
    assert {"Thailand", "BelOrta"} <= set(labels(page))
    page.keyboard.press("Control+z")
    still(page)
    assert "BelOrta" not in labels(page)
    page.keyboard.press("r")
    still(page)
    assert "BelOrta" in labels(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "net-stage"


def test_what_is_moved_is_pinned_and_a_link_opens_the_same_picture(
    page: Page, context: BrowserContext
) -> None:
    stage = opened(page)
    stage.focus()
    before = places(page)
    go_to(page, "Japan")
    for _ in range(3):
        page.keyboard.press("Alt+ArrowRight")
    after = places(page)
    assert after["market:JP"][0] == before["market:JP"][0] + 36
    assert {word for word in after if after[word] != before[word]} == {"market:JP"}
    assert walk(page, "state.look.pinned") == ["market:JP"]
    page.locator("#net-tools [data-act=labels]").check()
    page.locator("#net-facets [value='s001']").check()
    still(page)
    other = context.new_page()
    opened(other, page.url)
    assert places(other) == places(page)
    assert labels(other) == labels(page)
    assert walk(other, "state.look.pinned") == ["market:JP"]
    assert walk(other, "picture.labels") is True
    page.locator("[data-act=arrange]").click()
    still(page)
    assert places(page)["market:JP"] == after["market:JP"]


def test_the_filters_change_the_picture_the_table_and_the_files_alike(page: Page) -> None:
    opened(page)
    page.locator("#net-facets [name=status][value=targets]").check()
    still(page)
    page.locator("#net-facets [name=relation][value=engagement]").check()
    still(page)
    rows = page.locator("#net-twin tbody tr")
    expect(rows).to_have_count(4)
    assert labels(page) == sorted(
        ["China", "Luminex Network Intelligence", "South Korea", "Thailand", "Vietnam"]
    )
    expect(page.locator("#net-facets [name=relation][value=engagement]")).to_be_focused()
    told = page.request.get(page.locator(".take").get_by_role("link", name="CSV").get_attribute("href") or "")
    assert len(told.text().strip().splitlines()) == 5
    french = page.locator(".langs a[hreflang=fr]").get_attribute("href") or ""
    assert "status=targets" in french
    assert "#at=" in french
    page.locator("[data-act=undo]").click()
    still(page)
    expect(page.locator("#net-facets [name=relation][value=engagement]")).not_to_be_checked()


def test_the_slider_asks_what_held_then(page: Page) -> None:
    opened(page, "/network?of=luminex&relation=award&relation=branch")
    assert "Limburg Export Prize" in labels(page)
    slider = page.locator("#net-year")
    expect(page.locator("#net-year-said")).to_have_text("now")
    slider.fill("2018")
    expect(page.locator("#net-day")).to_have_value("2018-12-31")
    still(page)
    expect(page.locator("#net-twin")).not_to_contain_text("Limburg Export Prize")
    assert "Limburg Export Prize" not in labels(page)
    assert "Luminex branch in Tokyo" in labels(page)
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator("#net-twin")).to_contain_text("Limburg Export Prize")
    assert "asOf" not in query(page)


def test_owners_stand_above_what_they_own(page: Page, pictures: Path) -> None:
    opened(page, "/network?of=punch-powertrain&relation=ownership&depth=2")
    page.locator("[data-act=layers]").check()
    still(page)
    ends = walk(
        page,
        "picture.links.filter(link => link.stroke === 'double').map(link => [link.source, link.target]"
        ".map(id => document.querySelector('#net-stage').verre.picture.spots().get(id)[1]))",
    )
    assert len(ends) > 5
    assert all(owner < owned for owner, owned in ends)
    page.screenshot(path=pictures / "network-layers.png")


def test_the_svg_has_every_name_as_text_and_every_source(page: Page, tmp_path: Path) -> None:
    opened(page)
    saved(page, "SVG with real text").save_as(tmp_path / "x.svg")
    text = (tmp_path / "x.svg").read_text("utf-8")
    root = fromstring(text)  # noqa: S314 (our own)
    said = " ".join("".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text"))
    for name in labels(page):
        assert set(name.split()) <= set(said.split()), name
    assert "Het Belang van Limburg" in said
    assert "wants to export" in said
    assert "<image" not in text
    assert "style=" not in text


def test_a_printer_gets_lines_and_letters(page: Page) -> None:
    opened(page)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator("svg.net-print")).to_be_visible()
    expect(page.locator("#net-board")).to_be_hidden()
    assert page.locator("svg.net-print text").count() > 15
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("svg.net-print")).to_have_count(0)


def test_what_goes_wrong_is_said_and_what_stands_stays(page: Page) -> None:
    opened(page)
    before = labels(page)
    problem = '{"status":503,"detail":"Every reader is taken."}'
    headers = {"Content-Type": "application/problem+json"}
    page.route("**/v1/network/view*", lambda route: route.fulfill(status=503, body=problem, headers=headers))
    page.locator("#net-facets [name=status][value=targets]").check()
    expect(page.locator("#net-status")).to_contain_text("Every reader is taken.")
    assert labels(page) == before


def test_a_name_of_several_things_is_asked_back(page: Page) -> None:
    opened(page)
    page.locator("#net-of").fill("punch")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("does not mean one thing")
    page.get_by_role("link", name="Punch Powertrain", exact=True).first.click()
    still(page)
    assert {"Luminex Network Intelligence", "Punch Powertrain"} <= set(labels(page))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_lost_at_any_width(page: Page, scheme: str, pictures: Path) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page)
    for width in (320, 390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(path=pictures / f"network-{scheme}-{width}.png")


def test_hostile_names_stay_text(page: Page, site: Server) -> None:
    hostile = "<img src=x onerror=alert(1)>\u202e\"'" + "x" * 300

    def changed(route: Any) -> None:
        answer = route.fetch()
        told = answer.json()
        for node in told["nodes"]:
            node["label"] = hostile
        route.fulfill(response=answer, json=told)

    page.route("**/v1/network/view*", changed)
    stage = opened(page)
    stage.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#net-panel h2")).to_have_text(hostile)
    assert page.locator("#net-panel img").count() == 0
    with page.expect_download() as told:
        page.get_by_role("button", name="SVG with real text").click()
    text = told.value.path().read_text("utf-8")
    assert "<img" not in text
    assert "&lt;img" in text
    fromstring(text)  # noqa: S314 (our own)


SCRIPTS = "株式会社東京 北京有限公司 주식회사서울 บริษัทกรุงเทพ Công ty Việt"
GLYPHS = """([text, family]) => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [60, 60];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const drawn = (letter) => {
    pen.clearRect(0, 0, 60, 60);
    pen.font = `40px ${family}`;
    pen.fillText(letter, 5, 45);
    return pen.getImageData(0, 0, 60, 60).data.join('');
  };
  const [nothing, missing] = [drawn(''), drawn('\\u{10fff0}')];
  return [...text].filter((letter) => letter.trim() && [nothing, missing].includes(drawn(letter)));
}"""


def test_files_have_the_letters_of_every_script(page: Page) -> None:
    def changed(route: Any) -> None:
        answer = route.fetch()
        told = answer.json()
        told["nodes"][1]["label"] = SCRIPTS
        route.fulfill(response=answer, json=told)

    page.route("**/v1/network/view*", changed)
    opened(page)
    saved(page, "PNG for print")
    with page.expect_download() as told:
        page.get_by_role("button", name="SVG with real text").click()
    text = told.value.path().read_text("utf-8")
    names = re.findall(r'@font-face{font-family:"(Verre letters \d+)"', text)
    families = ", ".join(f'"{name}"' for name in names)
    assert text.count("@font-face") == len(names) >= 4
    assert page.evaluate(GLYPHS, [SCRIPTS, f"'Atkinson Hyperlegible Next', {families}, NoSuchFont"]) == []
    assert page.evaluate(GLYPHS, ["\U0010fff1", "serif"]) == ["\U0010fff1"]
