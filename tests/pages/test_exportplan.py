"""The export plan of a company for a market: what is known with who says so, and plainly what is not."""

from __future__ import annotations

import io
import json

import docx
import httpx
import pytest

from api.pages.catalogue import LANGUAGES
from tests.documents.reading import glyphs, joined, pages
from tests.pages import html
from tests.pages.samples import HOSTILE

pytestmark = pytest.mark.anyio

LUMINEX = "/companies/luminex/plan"


async def parts(client: httpx.AsyncClient, path: str, lang: str = "nl") -> dict[str, str]:
    """The text of every part of the page, by its key."""
    response = await client.get(path, headers={"Accept-Language": lang})
    assert response.status_code == 200, response.text[:500]
    tree = html.parse(response.text)
    found = {e.get("aria-labelledby", ""): html.words(e) for e in html.every(tree, "section")}
    return {
        **found,
        "lead": html.words(next(e for e in html.every(tree, "p") if "lead" in e.get("class", ""))),
    }


async def test_luminex_and_vietnam(client: httpx.AsyncClient) -> None:
    found = await parts(client, f"{LUMINEX}?market=VN")
    assert found["lead"].startswith("Luminex Network Intelligence wil exporteren naar Vietnam.")
    assert "Het Belang van Limburg, 19 februari 2018" in found["lead"]
    assert "exporteert naar Azië (regio)" in found["status"]
    assert "zonder datum, vermeld: 19 februari 2018" in found["status"]
    assert "Luminex branch in Tokyo" in found["presence"]
    assert "Geen bron noemt een mogelijke partner in Vietnam." in found["partners"]
    assert "Bart Swinnen, CEO" in found["people"]
    assert "Daartegen: BelOrta verkoopt er nog niet, wil er alleen heen: Vietnam" in found["peers"]
    assert (
        "Vlaamse missie naar Vietnam, mei 2018, georganiseerd door Flanders Investment & Trade"
        in found["missions"]
    )
    assert "bijna 3,85 miljard euro" in found["figures"]
    assert "nooit tegen een sanctielijst gehouden" in found["screening"]
    assert list(found)[:8] == [
        "status",
        "presence",
        "partners",
        "people",
        "peers",
        "missions",
        "figures",
        "screening",
    ]


async def test_where_nothing_is_known_every_part_says_so(client: httpx.AsyncClient) -> None:
    found = await parts(client, f"{LUMINEX}?market=AQ", "en")
    assert found["lead"].startswith(
        "No source says whether Luminex Network Intelligence exports or wants to export"
    )
    for part in ("status", "partners", "missions", "figures"):
        assert "No source" in found[part], part


async def test_a_region_is_not_its_countries(client: httpx.AsyncClient) -> None:
    found = await parts(client, "/companies/plastiflex/plan?market=VN", "en")
    assert "that is said of Asia. No source speaks of exports to Vietnam by name." in found["lead"]


async def test_sources_that_contradict_each_other_are_told(client: httpx.AsyncClient) -> None:
    found = await parts(client, "/companies/evil/plan?market=JP")
    assert "bronnen spreken elkaar tegen" in found["status"]
    assert "wil exporteren naar Japan" in found["status"]
    assert "exporteert naar Japan" in found["status"]


async def test_what_is_over_is_called_so(client: httpx.AsyncClient) -> None:
    found = await parts(client, "/companies/evil/plan?market=SG", "en")
    assert found["lead"].startswith("This is over: ")


async def test_as_of_a_day(client: httpx.AsyncClient) -> None:
    before = await parts(client, "/companies/evil/plan?market=SG&asOf=2000-01-01", "en")
    assert before["lead"].startswith("No source says whether")
    then = await parts(client, "/companies/evil/plan?market=SG&asOf=2002-01-01", "en")
    assert "exports to Singapore" in then["lead"]
    assert "over" not in then["lead"]
    links = html.links(
        html.parse((await client.get("/companies/evil/plan?market=SG&asOf=2002-01-01")).text),
        "/companies/evil/plan.",
    )
    assert all("asOf=2002-01-01" in href for href in links)


async def test_the_market_is_asked_for_first(client: httpx.AsyncClient) -> None:
    tree = html.parse((await client.get(LUMINEX)).text)
    assert html.words(html.one(tree, "h1")) == "Exportplan van Luminex Network Intelligence"
    assert not list(html.every(tree, "section"))
    for ending, status in (("pdf", 400), ("odt", 404)):
        assert (await client.get(f"{LUMINEX}.{ending}")).status_code == status
    assert (await client.get(f"{LUMINEX}?market=Vietnm")).status_code == 400
    assert (await client.get("/companies/nobody/plan?market=VN")).status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_the_pdf(client: httpx.AsyncClient, lang: str) -> None:
    pdf = (await client.get(f"{LUMINEX}.pdf?market=VN&lang={lang}")).content
    found = pages(pdf)
    assert len(found) == 2
    title = {"nl": "Exportplan van", "en": "Export plan of", "fr": "Plan d’exportation de"}
    assert f"{title[lang]} Luminex Network Intelligence" in " ".join(found[0].split())
    assert "Bart Swinnen" in found[0]
    assert {"nl": "Volgende stappen", "en": "Next steps", "fr": "Prochaines étapes"}[lang] in found[0]
    assert 0 not in {number for _, number in glyphs(pdf)}


async def test_the_document_to_write_on_in(client: httpx.AsyncClient) -> None:
    made = docx.Document(io.BytesIO((await client.get(f"{LUMINEX}.docx?market=VN&lang=nl")).content))
    heads = [
        each.text for each in made.paragraphs if each.style is not None and each.style.name == "Heading 1"
    ]
    assert heads[0] == "Status en bewijs"
    assert heads[-2:] == ["Volgende stappen", "Bronnen"]
    text = "\n".join(each.text for each in made.paragraphs)
    assert "wil exporteren naar Vietnam, netwerkapparatuur voor entertainment" in text
    assert "[1] Verre export uit Limburg kent grootste groei in zeven jaar" in text
    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["Stap", "Tegen", "Wie"]
    assert {cell.text for row in made.tables[0].rows[1:] for cell in row.cells} == {""}


async def test_hostile_names_are_text(client: httpx.AsyncClient) -> None:
    query = "plan.{}?market=JP"
    text = " ".join(HOSTILE.split())
    assert "".join(HOSTILE.split()) in joined(
        (await client.get(f"/companies/evil/{query.format('pdf')}")).content
    )
    made = docx.Document(io.BytesIO((await client.get(f"/companies/evil/{query.format('docx')}")).content))
    assert text in " ".join(" ".join(each.text for each in made.paragraphs).split())
    told = json.loads((await client.get(f"/companies/evil/{query.format('json')}")).content)
    assert told["company"]["name"] == HOSTILE
    page = (await client.get("/companies/evil/plan?market=JP")).text
    assert "<script>" not in page


async def test_data_say_what_the_page_says(client: httpx.AsyncClient) -> None:
    told = json.loads((await client.get(f"{LUMINEX}.json?market=VN&lang=en")).content)
    assert told["status"] == "targets"
    assert told["sentence"] == "Luminex Network Intelligence wants to export to Vietnam."
    assert [each["id"] for each in told["sources"]] == ["s001"]
    known = {part["key"]: part for part in told["parts"]}
    assert known["partners"]["organizations"] == []
    assert known["partners"]["notKnown"][0].startswith("No source names a possible partner")
    assert all(
        line["sources"] for part in told["parts"] for line in part["statements"] if part["key"] != "screening"
    )
