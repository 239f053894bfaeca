"""Each stored question as a form that asks it and shows its answer."""

from __future__ import annotations

import httpx
import pytest

from graph import queries
from tests.pages import html
from tests.pages.html import Element, every, words
from tests.pages.test_pages import check

pytestmark = pytest.mark.anyio


async def page(client: httpx.AsyncClient, path: str) -> Element:
    response = await client.get(path)
    assert response.status_code == 200, response.text
    return html.parse(response.text)


def named(tree: Element, name: str) -> list[Element]:
    return [e for e in every(tree, "input", "select") if e.get("name") == name]


@pytest.mark.parametrize("name", queries.names())
async def test_each_question_has_a_form_with_a_field_for_each_parameter(
    client: httpx.AsyncClient, name: str
) -> None:
    response = await client.get(f"/queries/{name}?lang=fr")
    assert response.status_code == 200, response.text
    check(response.text, "fr")
    tree = html.parse(response.text)
    assert words(html.one(tree, "h1")) == " ".join(queries.load(name).title["fr"].split())
    for parameter in queries.load(name).parameters:
        assert named(tree, parameter.name), parameter.name
    assert not list(every(tree, "table"))


async def test_the_form_as_it_stands_can_be_asked(client: httpx.AsyncClient) -> None:
    """What a question needs is filled in with its example, in words."""
    tree = await page(client, "/queries/exporters")
    values = [(e.get("value"), e.get("required") is not None) for e in named(tree, "market")]
    assert values[0] == ("China", True)
    assert values[-1] == ("", False)
    assert "Bijvoorbeeld:" in words(html.one(tree, "form"))


async def test_the_answer_is_a_table_with_names_that_lead_to_pages(client: httpx.AsyncClient) -> None:
    response = await client.get("/queries/exporters?run=true&market=Vietnam&status=targets")
    check(response.text, "nl")
    tree = html.parse(response.text)
    table = html.one(tree, "table")
    assert "Luminex Network Intelligence" in words(table)
    assert "/companies/luminex" in html.links(table)
    assert "wil exporteren" in words(table)
    assert [e.get("value") for e in named(tree, "status") if e.get("checked") is not None] == ["targets"]
    count = words(next(e for e in every(tree, "h2") if e.get("id") == "answer"))
    rows = list(every(html.one(table, "tbody"), "tr"))
    assert count.split()[0] == str(len(rows)) != "0"


async def test_its_downloads_hold_the_same(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/queries/exporters?run=true&market=Vietnam&market=Japan")
    (link,) = [h for h in html.links(tree, "/v1/queries/exporters?") if "format=csv" in h]
    rows = (await client.get(link)).text.strip().splitlines()
    assert len(rows) - 1 == len(list(every(html.one(html.one(tree, "table"), "tbody"), "tr")))


async def test_it_opens_in_the_editor_with_the_values_that_were_given(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/queries/exporters?run=true&market=Vietnam")
    (link,) = html.links(tree, "/sparql?example=exporters")
    text = words(html.one(await page(client, link), "textarea"))
    assert "country/VNM>" in text
    assert "country:CHN" not in text
    assert words(html.one(await page(client, "/sparql?example=exporters"), "textarea")) == " ".join(
        queries.load("exporters").text.split()
    )


async def test_an_organization_is_found_by_its_name_and_an_iri_by_its_prefix(
    client: httpx.AsyncClient,
) -> None:
    tree = await page(client, "/queries/presence?company=luminex+network+intelligence")
    assert "Japan" in words(html.one(tree, "table"))
    tree = await page(client, "/queries/markets?kind=verre:Region")
    assert "Azië" in words(html.one(tree, "table"))


@pytest.mark.parametrize(
    "path",
    [
        "/queries/exporters?market=Atlantis",
        "/queries/exporters?asOf=yesterday&market=CN",
        "/queries/exporters?markt=CN",
        "/queries/company?company=nobody",
        "/queries/company?run=true",
    ],
)
async def test_what_cannot_be_asked_is_said(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code in (400, 404)
    assert html.one(html.parse(response.text), "h1") is not None


async def test_there_is_no_question_of_another_name(client: httpx.AsyncClient) -> None:
    assert (await client.get("/queries/nothing")).status_code == 404


async def test_an_answer_without_rows_says_so(client: httpx.AsyncClient) -> None:
    tree = await page(client, "/queries/people?text=zzzz")
    assert "Niets in de graaf beantwoordt dit." in words(tree)


async def test_empty_fields_leave_no_trace(client: httpx.AsyncClient) -> None:
    response = await client.get("/queries/exporters?run=true&market=CN&market=&asOf=")
    assert (response.status_code, response.headers["location"]) == (
        303,
        "/queries/exporters?run=true&market=CN",
    )


async def test_the_list_leads_to_every_form(client: httpx.AsyncClient) -> None:
    links = html.links(await page(client, "/queries"), "/queries/")
    assert links == [f"/queries/{name}" for name in queries.names()]
