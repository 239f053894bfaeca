"""The page of a network without its script: begin, expand, filter, find a path, hide; the table and the files agree."""

from __future__ import annotations

import base64
import io
import json

import httpx
import pytest
from fontTools.ttLib import TTFont

from tests.pages import html
from tests.pages.samples import HOSTILE

pytestmark = pytest.mark.anyio

AROUND = "/network?of=luminex"


async def tree(client: httpx.AsyncClient, path: str, status: int = 200, lang: str = "en") -> html.Element:
    response = await client.get(path, headers={"Accept-Language": lang})
    assert response.status_code == status, response.text[:500]
    return html.parse(response.text)


def by_id(page: html.Element, name: str) -> html.Element:
    return next(e for e in page.iter() if e.get("id") == name)


def rows(page: html.Element) -> list[list[str]]:
    bodies = html.every(by_id(page, "net-twin"), "tbody")
    return [
        [html.words(cell) for cell in html.every(row, "th", "td")]
        for body in bodies
        for row in html.every(body, "tr")
    ]


def chosen(page: html.Element, name: str) -> dict[str, int]:
    """The values of a filter with their counts."""
    found = {}
    for label in html.every(by_id(page, "net-facets"), "label"):
        box = html.one(label, "input")
        if box.get("name") == name:
            count = next(e for e in label.iter() if e.get("class") == "count")
            found[str(box.get("value"))] = int(html.words(count))
    return found


async def edges(client: httpx.AsyncClient, query: str) -> int:
    told = (await client.get(f"/v1/network/view?{query}", headers={"Accept": "application/json"})).json()
    return len(told["edges"])


@pytest.mark.parametrize(
    "query",
    [
        "of=luminex",
        "of=luminex&of=market%3AJP&relation=engagement",
        "of=luminex&status=targets&relation=engagement",
        "of=luminex&expand=luminex-japan&hide=market%3AKR",
        "of=luminex&to=CN&asOf=2018-12-31&includeEnded=true",
    ],
)
async def test_the_table_has_a_row_for_each_relation_of_the_data(
    client: httpx.AsyncClient, query: str
) -> None:
    page = await tree(client, f"/network?{query}")
    found = rows(page)
    assert len(found) == await edges(client, query) > 0
    assert all(row[-1] for row in found), "a relation without its source"


async def test_every_file_of_the_page_has_the_filters_of_the_page(client: httpx.AsyncClient) -> None:
    page = await tree(client, "/network?of=luminex&relation=engagement&status=targets&asOf=&part=")
    links = {
        e.get("title", ""): e.get("href", "")
        for e in html.every(page, "link")
        if e.get("rel") == "alternate" and e.get("title")
    }
    assert set(links) == {"JSON", "Cytoscape", "GraphML", "GEXF", "CSV", "SVG"}
    for href in links.values():
        answer = await client.get(href)
        assert answer.status_code == 200, href
        assert "Vietnam" in answer.text
        assert "Luminex Japan" not in answer.text


async def test_statuses_and_relations_are_counted_before_one_chooses(client: httpx.AsyncClient) -> None:
    page = await tree(client, AROUND)
    relations = chosen(page, "relation")
    words = ("wants to export", "exports", "taking")
    assert relations["engagement"] == sum(row[1].startswith(words) for row in rows(page))
    narrowed = await tree(client, f"{AROUND}&status=targets")
    assert chosen(narrowed, "status") == chosen(page, "status")
    targets = [row for row in rows(narrowed) if row[1].startswith("wants to export")]
    assert len(targets) == chosen(page, "status")["targets"] >= 4
    assert not [row for row in rows(narrowed) if row[1].startswith("exports")]


async def test_what_is_not_shown_is_offered_and_its_link_shows_it(client: httpx.AsyncClient) -> None:
    page = await tree(client, AROUND)
    offers = [href for href in html.links(by_id(page, "net-twin"), "/network") if "expand=" in href]
    assert offers
    assert len(rows(await tree(client, offers[0]))) > len(rows(page))


async def test_a_path_is_told_in_words_and_so_is_none(client: httpx.AsyncClient) -> None:
    page = await tree(client, f"{AROUND}&to=CN")
    box = next(e for e in by_id(page, "net-twin").iter() if str(e.get("class", "")).startswith("box"))
    assert html.words(box) == "Path: Luminex Network Intelligence → China"
    none = await tree(client, f"{AROUND}&to=AQ")
    assert "No path between the two is known" in html.words(by_id(none, "net-twin"))


async def test_what_is_hidden_is_named_and_can_be_shown_again(client: httpx.AsyncClient) -> None:
    page = await tree(client, f"{AROUND}&hide=market%3AKR")
    assert not [row for row in rows(page) if "South Korea" in row[2]]
    again = next(a for a in html.every(by_id(page, "net-twin"), "a") if a.get("data-show"))
    assert "South Korea" in html.words(again)
    assert again.get("href") == AROUND


async def test_a_name_of_several_things_is_asked_back(client: httpx.AsyncClient) -> None:
    page = await tree(client, "/network?of=lumin&to=CN", status=404)
    meant = html.links(html.one(page, "main"), "/network")
    assert "/network?to=CN&of=luminex" in meant
    assert len(rows(await tree(client, "/network?to=CN&of=luminex"))) > 5


async def test_a_name_of_nothing_is_not_found(client: httpx.AsyncClient) -> None:
    response = await client.get("/network?of=qqqqzzzzqqqq")
    assert response.status_code == 404


async def test_nothing_asked_tells_how_to_begin(client: httpx.AsyncClient) -> None:
    page = await tree(client, "/network?of=")
    field = next(e for e in html.every(page, "input") if e.get("name") == "of")
    assert field.get("aria-label")
    assert "required" in field.attrib


async def test_the_part_that_the_script_asks_for_is_that_of_the_page(client: httpx.AsyncClient) -> None:
    query = "of=luminex&expand=luminex-japan&status=targets"
    whole = await tree(client, f"/network?{query}")
    part = await tree(client, f"/network?{query}&part=twin")
    assert rows(part) == rows(whole)
    for name in ("relation", "status", "source"):
        assert chosen(part, name) == chosen(whole, name)
    assert "part=twin" not in html.ElementTree.tostring(part, "unicode")


async def test_the_page_hands_its_script_words_in_its_language(client: httpx.AsyncClient) -> None:
    page = await tree(client, AROUND, lang="fr")
    words = json.loads(by_id(page, "net").get("data-words", ""))
    assert words["hide"] == "Masquer"
    assert words["relation.engagement"] == "marchés"
    assert words["status.targets"] == "veut exporter"


async def test_what_is_too_much_names_its_setting(client: httpx.AsyncClient) -> None:
    response = await client.get(f"{AROUND}&nodes=100000")
    assert response.status_code == 400
    assert "VERRE_NETWORK_NODES" in response.text


async def test_names_stay_text(client: httpx.AsyncClient) -> None:
    response = await client.get("/network?of=evil&of=rtl")
    page = html.parse(response.text)
    assert HOSTILE.split()[0] in html.words(page)
    scripts = [e.get("src", "") for e in html.every(page, "script")]
    assert all(src.startswith("/static/") for src in scripts)
    assert not [e for e in page.iter() if any(name.startswith("on") for name in dict(e.attrib))]


async def test_the_slider_spans_the_years_that_somebody_gives(client: httpx.AsyncClient) -> None:
    page = await tree(client, "/network?of=punch-powertrain&asOf=2000-01-01")
    place = by_id(page, "net-time")
    counts = {int(year): n for year, n in json.loads(place.get("data-counts", "")).items()}
    assert int(place.get("data-first", "")) == min(counts)
    assert max(counts) > 2000


async def test_letters_that_a_browser_lacks_come_as_parts_of_fonts(client: httpx.AsyncClient) -> None:
    text = "東京北京서울กรุงเทพViệt"
    told = (await client.get("/network/letters.json", params={"text": text})).json()
    fonts = [TTFont(io.BytesIO(base64.b64decode(data))) for data in told["fonts"]]
    drawn = {letter for font in fonts for letter in font.getBestCmap()}
    assert {ord(letter) for letter in text} == drawn
    assert sum(map(len, told["fonts"])) < 60_000
    wrong = await client.get("/network/letters.json", params={"text": "x" * 300})
    assert wrong.status_code == 400
    assert "at most 200 characters" in wrong.text
