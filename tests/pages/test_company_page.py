"""A company's page: where it goes and since when, its group, who fits, and every fact with its source."""

from __future__ import annotations

import httpx
import pytest

from tests.pages import html
from tests.pages.html import every, marks, words
from tests.pages.test_content import page, rows_of

pytestmark = pytest.mark.anyio


async def test_contradictions_stand_side_by_side(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/companies/evil")
    japan = rows_of(tree, "Japan")
    assert [marks(row) for row in japan] == [["disc"], ["ring"]]
    assert "bronnen spreken elkaar tegen" in words(japan[0])
    employees = rows_of(tree, "werknemers")
    values = [
        words(cell) for row in employees for cell in every(row, "td") if cell.get("data-label") == "Waarde"
    ]
    assert sorted(values) == ["20", "25"]
    assert "bronnen spreken elkaar tegen" in words(employees[0])
    heading = words(next(every(tree, "dl")))
    assert "1990 (" in heading
    assert "1991 (Het Andere Blad, 2021)" in heading


async def test_markets_stand_on_a_strip_by_region_with_what_is_over_struck_through(
    client: httpx.AsyncClient,
) -> None:
    tree = await page(client, "/companies/evil")
    (strip,) = [e for e in every(tree, "dl") if e.get("class") == "strip"]
    rows = [(words(next(every(row, "dt"))), list(every(row, "li"))) for row in strip.findall("div")]
    assert [(region, [words(mark) for mark in held]) for region, held in rows] == [
        ("Azië", ["Japanexporteert", "Singaporevoorbij"]),
        ("Amerika", ["Mexicovoorbij"]),
    ]
    assert [words(s) for s in every(strip, "s")] == ["Singapore", "Mexico"]
    assert marks(strip) == ["disc", "gone", "gone"]


async def test_contradictions_stand_side_by_side_with_their_sources(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/companies/evil")
    clashes = [e for e in every(tree, "div") if e.get("class") == "clash"]
    told = {
        words(next(every(clash, "h3"))): [
            (words(next(every(side, "p"))), html.links(side, "/sources/")) for side in every(clash, "li")
        ]
        for clash in clashes
    }
    assert told["Opgericht"] == [("1990", ["/sources/s900"]), ("1991", ["/sources/s901"])]
    assert told["Japan"] == [("exporteert", ["/sources/s901"]), ("wil exporteren", ["/sources/s900"])]
    assert sorted(value for value, _ in told["werknemers, 2019"]) == ["20", "25"]
    assert not [
        e for e in every(await page(client, "/companies/luminex"), "div") if e.get("class") == "clash"
    ]


async def test_every_fact_of_a_company_leads_to_its_source_in_one_click(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/companies/luminex")
    tables = [e for e in every(tree, "table") if words(next(every(e, "thead"))).endswith("Bron")]
    assert len(tables) > 4
    for table in tables:
        for body in every(table, "tbody"):
            for row in every(body, "tr"):
                assert html.links(row, "/sources/"), words(row)


async def test_the_group_is_a_tree_with_the_company_in_it(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/companies/punch-powertrain")
    (group,) = [e for e in every(tree, "ul") if e.get("class") == "tree"]
    (own,) = [e for e in every(group, "li") if e.get("class") == "self"]
    assert words(own).startswith("Punch Powertrain België overgenomen, zonder datum (")
    assert words(group).startswith("Yinyi Group China")
    assert "/companies/apojee" in html.links(own)


async def test_the_line_of_years_says_what_is_undated(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/companies/luminex")
    pictures = [e for e in tree.iter(f"{html.SVG}svg") if "time" in e.get("class", "").split()]
    assert [e.get("class") for e in pictures] == ["picture time wide", "picture time narrow"]
    titles = [words(e) for e in pictures[0].iter(f"{html.SVG}title")]
    assert "Vietnam: wil exporteren, zonder datum, vermeld: 19 februari 2018" in titles
    assert "Luminex branch in Tokyo, vestiging, sinds 2018" in titles


async def test_a_reader_chooses_the_market_that_matches_are_for(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/companies/luminex?fit=VN")
    assert [e.get("value") for e in every(tree, "option") if e.get("selected") is not None] == ["VN"]
    assert "Wegen naar Vietnam" in words(html.one(tree, "main"))
    assert "/companies/luminex/plan?market=VN" in html.links(tree)
    assert (await client.get("/companies/luminex?fit=Atlantis")).status_code == 400
