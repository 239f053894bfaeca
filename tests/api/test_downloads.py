"""Lists and things as files, and as triples."""

from __future__ import annotations

import csv
import io

import httpx
import openpyxl
import pytest
from rdflib import URIRef
from rdflib.compare import isomorphic

from api.lists import RESOURCES
from tests.api.helpers import from_jsonld, turtle

pytestmark = pytest.mark.anyio

FOUR = "/v1/exporters?market=CN&market=TH&market=VN&market=KR"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
THINGS = [
    "/v1/companies/luminex",
    "/v1/companies/0429593895",
    "/v1/markets/JP",
    "/v1/missions/m-japan",
    "/v1/sources/s001",
]


def table(response: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


async def get(client: httpx.AsyncClient, url: str, accept: str) -> httpx.Response:
    response = await client.get(url, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].split(";")[0] == accept
    return response


async def test_the_spreadsheet_of_the_four_countries(client: httpx.AsyncClient) -> None:
    response = await get(client, FOUR, XLSX)
    assert response.headers["content-disposition"] == 'attachment; filename="verre-exporters.xlsx"'
    page, about = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets
    head = [cell.value for cell in page[1]]
    told = ("title", "publisher", "date", "URL", "IRI", "access")
    assert head[-6:] == [f"Source {word}" for word in told]
    rows = [dict(zip(head, [c.value for c in row], strict=True)) for row in page.iter_rows(min_row=2)]
    luminex = [row for row in rows if row["Company"] == "Luminex Network Intelligence"]
    assert {row["Market"] for row in luminex} == {"China", "Thailand", "Vietnam", "South Korea"}
    assert all(row["Source IRI"] and row["Source access"] == "public" for row in rows)
    assert not any(cell.data_type == "f" for sheet in (page, about) for row in sheet for cell in row)
    assert not any(
        str(c.value)[:1] in "=+-@" for row in page for c in row if isinstance(c.value, str) and c.value
    )


async def test_a_row_is_an_engagement(client: httpx.AsyncClient) -> None:
    told = (await client.get(FOUR)).json()
    facts = [e["iri"] for item in told["items"] for m in item["markets"] for e in m["engagements"]]
    rows = table(await get(client, FOUR, "text/csv"))
    assert [row["factIri"] for row in rows] == facts


@pytest.mark.parametrize("name", list(RESOURCES))
async def test_every_list_comes_in_every_form(client: httpx.AsyncClient, name: str) -> None:
    url = f"/v1/{name}"
    total = (await client.get(url)).json()["total"]
    rows = table(await get(client, url, "text/csv"))
    page = openpyxl.load_workbook(io.BytesIO((await get(client, url, XLSX)).content)).worksheets[0]
    assert page.max_row - 1 == len(rows)
    assert len(rows) >= min(total, 40)
    graph = turtle((await get(client, url, "text/turtle")).content)
    assert len(graph) > total / 10


@pytest.mark.parametrize("url", [FOUR, "/v1/people?pageSize=5", "/v1/statistics?pageSize=5", *THINGS])
async def test_jsonld_and_turtle_say_the_same(client: httpx.AsyncClient, url: str) -> None:
    graph = turtle((await get(client, url, "text/turtle")).content)
    expanded = await get(client, url, "application/ld+json")
    assert isinstance(expanded.json()["@context"], dict)
    assert isomorphic(from_jsonld(expanded.content), graph)


@pytest.mark.parametrize("url", THINGS)
async def test_a_thing_as_a_table_has_its_facts(client: httpx.AsyncClient, url: str) -> None:
    rows = table(await get(client, url, "text/csv"))
    assert rows
    assert (await get(client, url, XLSX)).content[:2] == b"PK"


async def test_the_table_of_a_company_names_the_other_party(client: httpx.AsyncClient) -> None:
    told = (await client.get("/v1/companies/punch-powertrain")).json()
    rows = table(await get(client, "/v1/companies/punch-powertrain", "text/csv"))
    owners = {o["owner"]["name"] for o in told["ownerships"]} | {
        o["owned"]["name"] for o in told["ownerships"]
    }
    assert {row["with"] for row in rows if row["fact"] == "ownerships"} == owners - {told["name"]}
    assert all(row["sourceIri"] for row in rows)


async def test_triples_of_a_list_hold_labels_and_sources(client: httpx.AsyncClient) -> None:
    graph = turtle((await get(client, FOUR, "text/turtle")).content)
    source = URIRef("https://w3id.org/verre/id/source/s001")
    title = URIRef("http://purl.org/dc/terms/title")
    label = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
    assert (source, title, None) in graph
    china = URIRef("http://publications.europa.eu/resource/authority/country/CHN")
    assert {str(o) for o in graph.objects(china, label)} == {"China", "Chine"}


async def test_a_page_of_triples_links_to_the_next(client: httpx.AsyncClient) -> None:
    response = await get(client, "/v1/companies?pageSize=3", "text/turtle")
    assert response.headers["link"] == '<http://verre.test/v1/companies?pageSize=3&page=2>; rel="next"'


async def test_a_cut_is_told_truthfully(client: httpx.AsyncClient) -> None:
    total = (await client.get("/v1/companies")).json()["total"]
    response = await get(client, "/v1/companies", "text/csv")
    *rows, last = list(csv.reader(io.StringIO(response.text, newline="")))[1:]
    assert response.headers["cut"] == f"rows=40, of={total}, setting=VERRE_EXPORT_ROWS"
    assert len(rows) == 40
    assert last == [f"# Cut off after 40 rows (VERRE_EXPORT_ROWS); there are {total} results in all."]


async def test_what_is_not_cut_does_not_say_so(client: httpx.AsyncClient) -> None:
    response = await get(client, "/v1/missions?year=2018", "text/csv")
    assert "cut" not in response.headers
    assert "#" not in response.text.splitlines()[-1][:1]


async def test_a_page_asked_for_is_a_page(client: httpx.AsyncClient) -> None:
    items = (await client.get("/v1/companies?page=2&pageSize=4")).json()["items"]
    rows = table(await get(client, "/v1/companies?page=2&pageSize=4", "text/csv"))
    assert [row["companyIri"] for row in rows] == [item["iri"] for item in items]


@pytest.mark.parametrize(("lang", "title"), [("nl", "Bedrijf"), ("en", "Company"), ("fr", "Entreprise")])
async def test_titles_are_in_the_language_names_are_not(
    client: httpx.AsyncClient, lang: str, title: str
) -> None:
    response = await client.get(f"/v1/companies?format=xlsx&lang={lang}")
    assert openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]["A1"].value == title
    text = (await client.get(f"/v1/companies?format=csv&lang={lang}")).text
    assert text.startswith("company,country,")


async def test_about_says_what_the_file_is(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/companies?format=xlsx&lang=en")
    about = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[1]
    told = {row[0].value: row[1].value for row in about}
    assert told["Release"] == "000001"
    assert told["Day"] == "2026-06-01"
    assert told["Sources"] == "Each row names its source in the last columns."
    assert all(label and value for label, value in told.items())
    assert told["Question"] == "http://verre.test/v1/companies?format=xlsx&lang=en"


@pytest.mark.parametrize("query", ["q=nosuchname", "pageSize=2&page=999"])
async def test_nothing_found_is_an_empty_table_and_no_triples(client: httpx.AsyncClient, query: str) -> None:
    assert table(await get(client, f"/v1/companies?{query}", "text/csv")) == []
    assert (await get(client, f"/v1/companies?{query}", "text/turtle")).content.strip() == b""
    told = (await client.get(f"/v1/companies?{query}")).json()
    assert (told["items"], told["next"]) == ([], None)
