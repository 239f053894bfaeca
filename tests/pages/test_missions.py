"""The page of a mission: who could come and why, whom they would meet, and everything it is taken along as."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree

import httpx
import openpyxl
import pytest
from fontTools.ttLib import TTFont

from api.pages.catalogue import LANGUAGES
from api.pages.plans.page import FILES
from tests.documents.reading import glyphs, joined, pages
from tests.pages import html
from tests.pages.samples import HOSTILE, RTL

pytestmark = pytest.mark.anyio

ASIA = "market=TH&market=VN"
PLAN = f"/missions/plan?{ASIA}"
HOSTS = "market=JP&company=evil&company=rtl"
"""A mission of companies whose names nobody should trust."""


async def words(client: httpx.AsyncClient, path: str, lang: str = "nl") -> tuple[html.Element, str]:
    response = await client.get(path, headers={"Accept-Language": lang})
    assert response.status_code == 200, response.text[:500]
    tree = html.parse(response.text)
    return tree, html.words(html.one(tree, "main"))


def names(tree: html.Element) -> list[str]:
    found = [e for e in html.every(tree, "li") if e.get("class") == "participant"]
    return [html.words(next(html.every(e, "a"))) for e in found]


async def test_who_could_come_to_thailand_and_vietnam(client: httpx.AsyncClient) -> None:
    tree, text = await words(client, PLAN)
    assert html.words(html.one(tree, "h1")) == "Handelsmissie naar Thailand en Vietnam"
    assert set(names(tree)[:3]) == {"Luminex Network Intelligence", "Belgian Fruit Valley", "BelOrta"}
    assert "3 bedrijven willen erheen exporteren en 2 zijn alleen voor een ruimere regio bekend" in text
    assert "Luminex Network Intelligence wil erheen exporteren: Vietnam" in text
    assert "/sources/s001" in html.links(tree, "/sources")


async def test_what_is_known_of_asia_is_not_said_of_thailand(client: httpx.AsyncClient) -> None:
    _, text = await words(client, PLAN, "en")
    assert "Asia: exports no source speaks of exports to Thailand and Vietnam by name" in text
    assert "Thailand: exports" not in text


async def test_whom_to_meet_and_what_is_not_known(client: httpx.AsyncClient) -> None:
    tree, text = await words(client, PLAN)
    assert "Luminex branch in Tokyo (voor Thailand en Vietnam)" in text
    assert "Geen bron noemt een partner in Thailand." in text
    assert "Geen bron noemt een eerdere missie naar Thailand." in text
    assert "Vlaamse missie naar Vietnam" in text
    assert "/companies/luminex/plan?market=VN" in html.links(tree, "/companies/luminex")


async def test_only_those_that_are_ticked(client: httpx.AsyncClient) -> None:
    tree, text = await words(client, f"{PLAN}&company=luminex&company=europower")
    assert names(tree) == ["Luminex Network Intelligence", "Europower Generators"]
    assert "niets bekend" in text
    ticked = [
        e.get("value")
        for e in html.every(tree, "input")
        if e.get("type") == "checkbox" and e.get("name") == "company"
    ]
    assert ticked[0] == "luminex"
    assert all("company=luminex" in href for href in html.links(tree, "/missions/plan/"))


async def test_days_and_sectors_are_the_readers_own(client: httpx.AsyncClient) -> None:
    tree, text = await words(client, f"{PLAN}&sector=fruit&start=2027-03-08&end=2027-03-12&lang=en")
    assert "8 March 2027 to 12 March 2027" in text
    assert set(names(tree)[:2]) == {"BelOrta", "Belgian Fruit Valley"}
    assert "Luminex Network Intelligence works in another sector" in text


async def test_a_mission_begins_with_where_to(client: httpx.AsyncClient) -> None:
    tree, _ = await words(client, "/missions/plan?market=&sector=")
    assert html.words(html.one(tree, "h1")) == "Een handelsmissie voorbereiden"
    assert [e.get("open") is not None for e in html.every(tree, "details")] == [True]
    _, none = await words(client, "/missions/plan?market=AQ")
    assert "Geen bron noemt een bedrijf van Limburg" in none


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("market=Thailnd", 400, "Thailand"),
        ("markt=TH", 400, "market"),
        ("market=TH&company=nobody-at-all", 404, "nobody-at-all"),
        ("market=TH&start=2027-03-08&end=2027-03-01", 400, "2027-03-08"),
        ("market=TH&participants=1000", 400, "VERRE_MISSION_PARTICIPANTS"),
        ("&".join(f"market={code}" for code in ["TH", "VN", "CN", "JP", "KR", "IN", "SG", "MY", "ID", "PH", "US"]), 400, "VERRE_MISSION_DESTINATIONS"),
    ],
)  # fmt: skip
async def test_what_cannot_be_planned_says_why(
    client: httpx.AsyncClient, query: str, status: int, said: str
) -> None:
    response = await client.get(f"/missions/plan?{query}")
    assert response.status_code == status
    assert said in response.text


async def test_a_known_mission_says_who_went_and_who_could_go_today(client: httpx.AsyncClient) -> None:
    tree, text = await words(client, "/missions/m-china-2019")
    assert "Wie ging mee" in text
    assert "Wie vandaag naar dezelfde markten zou kunnen gaan" in text
    assert "/companies/belorta" in html.links(tree)
    assert "/missions/m-china-2019/booklet.pdf?lang=nl" in html.links(tree, "/missions/")


async def test_every_file_has_its_type_and_its_name(client: httpx.AsyncClient) -> None:
    for name, media_type, _ in FILES:
        response = await client.get(f"/missions/plan/{name}?{ASIA}&lang=en")
        assert response.status_code == 200, name
        assert response.headers["content-type"].partition(";")[0] == media_type
        assert response.headers["content-disposition"] == f'attachment; filename="verre-mission-{name}"'
        again = {"If-None-Match": response.headers["etag"]}
        assert (await client.get(f"/missions/plan/{name}?{ASIA}&lang=en", headers=again)).status_code == 304
    assert (await client.get(f"/missions/plan/other.pdf?{ASIA}")).status_code == 404
    assert (await client.get("/missions/plan/booklet.pdf")).status_code == 400
    assert (await client.get("/missions/m-nothing/booklet.pdf")).status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_booklet(client: httpx.AsyncClient, lang: str) -> None:
    pdf = (await client.get(f"/missions/plan/booklet.pdf?{ASIA}&lang={lang}")).content
    found = pages(pdf)
    title = {
        "nl": "Handelsmissie naar Thailand en Vietnam",
        "en": "Trade mission to Thailand and Vietnam",
        "fr": "Mission commerciale en Thaïlande et au Viêt Nam",
    }
    assert title[lang] in " ".join(found[0].split())
    assert found[1].startswith({"nl": "Programma", "en": "Programme", "fr": "Programme"}[lang])
    companies = [page.splitlines()[0] for page in found[2:7]]
    assert sorted(companies) == [
        "BelOrta",
        "Belgian Fruit Valley",
        "Carolus Trees",
        "Luminex Network Intelligence",
        "Plastiflex",
    ]
    assert found[7].startswith({"nl": "Het netwerk", "en": "The network", "fr": "Le réseau"}[lang])
    assert found[8].splitlines()[0] == {"nl": "Bronnen", "en": "Sources", "fr": "Sources"}[lang]
    assert "s001" in found[8]
    assert 0 not in {number for _, number in glyphs(pdf)}


async def test_the_booklet_never_blurs_wanting_and_doing(client: httpx.AsyncClient) -> None:
    found = pages((await client.get(f"/missions/plan/booklet.pdf?{ASIA}&lang=en")).content)
    programme = re.sub(r" \[\d+\]", "", " ".join(found[1].split()))
    assert "Wants to go Luminex Network Intelligence Belgian Fruit Valley BelOrta" in programme
    assert "Known for a wider region only Carolus Trees (Asia) Plastiflex (Asia)" in programme
    assert "Exports there or takes first steps" not in programme
    assert "No source names a partner in Thailand." in programme


async def test_a_known_mission_has_one_page_a_company_however_much_is_known(
    client: httpx.AsyncClient,
) -> None:
    plan = json.loads((await client.get("/missions/m-china-2019/plan.json?lang=fr")).content)
    names = [each["organization"]["name"] for each in plan["participants"]]
    found = pages((await client.get("/missions/m-china-2019/booklet.pdf?lang=fr")).content)
    assert "Y ont participé\xa0: BelOrta [1]" in found[0]
    assert [page.splitlines()[0] for page in found[2 : 2 + len(names)]] == names
    assert found[2 + len(names)].startswith("Le réseau")
    contents = " ".join(found[0].split())
    assert all(
        re.search(rf"{re.escape(name)} [. ]+{number}\b", contents) for number, name in enumerate(names, 3)
    )


async def test_the_workbook(client: httpx.AsyncClient) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO((await client.get(f"/missions/plan/participants.xlsx?{ASIA}&lang=nl")).content)
    )
    assert book.sheetnames == ["Deelnemers", "Ontmoetingen", "Netwerk", "Bronnen", "Over dit bestand"]
    rows = [[cell.value for cell in row] for row in book["Deelnemers"].iter_rows()]
    luminex = next(row for row in rows if row[1] == "Luminex Network Intelligence" and row[2] == "Vietnam")
    assert luminex[3:5] == ["wil exporteren", "Vietnam"]
    assert "[s001]" in str(luminex[9])
    trees = next(row for row in rows if row[1] == "Carolus Trees" and row[2] == "Vietnam")
    assert trees[3:5] == ["alleen voor de regio: exporteert", "Azië"]
    met = {(row[0].value, row[3].value) for row in book["Ontmoetingen"].iter_rows(min_row=2)}
    assert ("Luminex Network Intelligence", "Luminex branch in Tokyo") in met


async def test_hostile_names_are_text_in_every_file(client: httpx.AsyncClient) -> None:
    tree, _ = await words(client, f"/missions/plan?{HOSTS}")
    assert not list(html.every(tree, "script", "img")) or all(
        "/missions/" in e.get("src", "") for e in html.every(tree, "img")
    )
    pdf = (await client.get(f"/missions/plan/booklet.pdf?{HOSTS}")).content
    assert "".join(HOSTILE.split()) in joined(pdf)
    assert "<b>bold</b>" in joined(pdf)
    book = openpyxl.load_workbook(
        io.BytesIO((await client.get(f"/missions/plan/participants.xlsx?{HOSTS}")).content)
    )
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert HOSTILE in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    for name in ("network.svg", "network.gexf"):
        root = ElementTree.fromstring((await client.get(f"/missions/plan/{name}?{HOSTS}")).content)  # noqa: S314
        assert not [e for e in root.iter() if str(e.tag).rpartition("}")[2] in ("script", "img", "b")]
    told = json.loads((await client.get(f"/missions/plan/plan.json?{HOSTS}")).content)
    assert {each["organization"]["name"] for each in told["participants"]} == {HOSTILE, RTL}


async def test_the_drawing_carries_every_letter_that_it_needs(client: httpx.AsyncClient) -> None:
    svg = (await client.get(f"/missions/plan/network.svg?{HOSTS}")).content
    root = ElementTree.fromstring(svg)  # noqa: S314 (made by ourselves)
    space = "{http://www.w3.org/2000/svg}"
    wanted = {ord(c) for e in root.iter(f"{space}text") for c in "".join(e.itertext())}
    assert {ord(c) for c in "שלום"} <= wanted
    assert not wanted - letters("".join(root.find(f"{space}style").itertext()))  # type: ignore[union-attr]


def letters(style: str) -> set[int]:
    """The letters of the fonts inside a drawing."""
    import base64

    found: set[int] = set()
    for part in style.split("base64,")[1:]:
        font = TTFont(io.BytesIO(base64.b64decode(part.partition(")")[0])))
        found |= font.getBestCmap().keys()
    return found


async def test_the_picture_for_print(client: httpx.AsyncClient) -> None:
    png = (await client.get(f"/missions/plan/network.png?{ASIA}")).content
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert max(wide, high) == 3272  # 277 mm at 300 dots an inch
