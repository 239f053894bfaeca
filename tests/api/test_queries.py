"""`/v1/queries`: the stored questions, run with terms that were bound."""

from __future__ import annotations

import csv
import io

import httpx
import openpyxl
import pytest

from api import questions
from graph import queries
from graph.model.terms import NamedNode

pytestmark = pytest.mark.anyio

RESULTS = "application/sparql-results+json"


async def test_every_question_is_listed_in_the_language(client: httpx.AsyncClient) -> None:
    told = (await client.get("/v1/queries?lang=fr")).json()
    assert [item["name"] for item in told["items"]] == queries.names()
    assert told["items"][0]["title"] == queries.load(queries.names()[0]).title["fr"]
    rows = list(csv.reader(io.StringIO((await client.get("/v1/queries?format=csv")).text)))
    assert len(rows) == told["total"] + 1


async def test_a_question_tells_its_sparql(client: httpx.AsyncClient) -> None:
    told = (await client.get("/v1/queries/exporters")).json()
    assert told["text"] == queries.load("exporters").text
    assert {p["name"] for p in told["parameters"]} >= {"market", "status"}
    response = await client.get("/v1/queries/exporters?format=csv")
    assert (response.status_code, response.json()["issues"][0]["name"]) == (406, "run")


async def test_the_question_answers_as_the_list_does(client: httpx.AsyncClient) -> None:
    run = await client.get("/v1/queries/exporters?market=CN&market=Zuid-Korea&today=2026-06-01")
    assert run.headers["content-type"] == RESULTS
    found = {row["company"]["value"] for row in run.json()["results"]["bindings"]}
    listed = (await client.get("/v1/exporters?market=CN&market=KR&pageSize=100")).json()
    assert found == {item["iri"] for item in listed["items"]}
    again = await client.get("/v1/queries/exporters?market=CN&market=Zuid-Korea&today=2026-06-01")
    assert (again.headers["content-type"], again.content) == (RESULTS, run.content)


@pytest.mark.parametrize("name", queries.names())
async def test_every_question_runs(client: httpx.AsyncClient, name: str) -> None:
    given = {
        p.name: {"market": "CN", "organization": "luminex"}.get(p.kind, "https://w3id.org/verre/ns#Company")
        for p in queries.load(name).parameters
        if p.required
    }
    response = await client.get(f"/v1/queries/{name}", params={**given, "run": "true"})
    graph = response.status_code == 406
    if graph:
        response = await client.get(f"/v1/queries/{name}", params={**given, "run": "true", "format": "ttl"})
    assert response.status_code == 200, response.text
    if not graph:
        table = await client.get(f"/v1/queries/{name}", params={**given, "run": "true", "format": "csv"})
        assert table.status_code == 200
        assert (
            await client.get(f"/v1/queries/{name}", params={**given, "format": "ttl", "run": "true"})
        ).status_code == 406


async def test_an_answer_as_a_workbook_has_numbers_as_numbers(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/queries/statistics?period=2017&format=xlsx")
    page = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert 22816 in [cell.value for row in page for cell in row]


async def test_a_long_answer_is_cut_truthfully(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/queries/companies?run=true&format=csv")
    assert response.headers["cut"].startswith("rows=40, of=")
    assert len(list(csv.reader(io.StringIO(response.text, newline="")))) == 42


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("markt=CN", "markt"),
        ("market=nosuchmarket", "market"),
        ("market=CN&asOf=2018", "asOf"),
        ("market=CN&asOf=2018-01-01&asOf=2019-01-01", "asOf"),
        ("market=CN&status=nosuch", "status"),
        ("market=CN&status=a%20b", "status"),
        ("market=CN&includeEnded=maybe", "includeEnded"),
        ("market=%00", "market"),
        ("run=true", "market"),
    ],
)
async def test_what_cannot_be_bound_is_refused(client: httpx.AsyncClient, query: str, name: str) -> None:
    response = await client.get(f"/v1/queries/exporters?{query}")
    assert response.status_code == 400, response.text
    assert response.json()["issues"][0]["name"] == name


async def test_no_value_becomes_part_of_the_text(client: httpx.AsyncClient) -> None:
    text = '"} } DROP ALL #'
    response = await client.get("/v1/queries/people", params={"text": text})
    assert response.status_code == 200, response.text
    assert response.json()["results"]["bindings"] == []


@pytest.mark.parametrize("name", ["describe", "thing", "graph", "list", "exists"])
def test_the_questions_of_documents_hold_their_terms_in_blocks(name: str) -> None:
    variable = "graph" if name == "graph" else "thing"
    bound = questions.bind(name, variable, [NamedNode("http://e/1"), NamedNode("http://e/2")])
    assert "{ <http://e/1> <http://e/2> }" in bound
    assert "luminex" not in bound
    assert "s001" not in bound
    with pytest.raises(ValueError, match="no block"):
        questions.bind(name, "nosuch", [])
