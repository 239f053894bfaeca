"""`/sparql`: formats, datasets, refusals."""

from __future__ import annotations

import csv
import gzip
import io
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph

from tests.api.helpers import from_jsonld

pytestmark = pytest.mark.anyio

PREFIXES = """
PREFIX verre: <https://w3id.org/verre/ns#>
PREFIX country: <http://publications.europa.eu/resource/authority/country/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX org: <http://www.w3.org/ns/org#>
"""
SELECT = f"{PREFIXES} SELECT ?name {{ ?x a org:Organization ; rdfs:label ?name }} ORDER BY ?name LIMIT 2"
CONSTRUCT = f"{PREFIXES} CONSTRUCT {{ ?x rdfs:label ?name }} {{ ?x a verre:TradeMission ; rdfs:label ?name }}"
S001 = "https://w3id.org/verre/graph/source/s001"


async def ask(client: httpx.AsyncClient, query: str, accept: str = "text/csv", **more: str) -> httpx.Response:
    return await client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})


async def rows(client: httpx.AsyncClient, query: str, **more: str) -> list[list[str]]:
    response = await ask(client, query, **more)
    assert response.status_code == 200, response.text
    return list(csv.reader(io.StringIO(response.text)))[1:]


async def test_five_lines_and_prefixes_give_the_four_country_list(client: httpx.AsyncClient) -> None:
    found = await rows(
        client,
        f"""{PREFIXES} SELECT DISTINCT ?name WHERE {{
          VALUES ?market {{ country:CHN country:THA country:VNM country:KOR }}
          ?company verre:exportsTo|verre:entersMarket|verre:targets ?market ; rdfs:label ?name .
        }} ORDER BY ?name""",
    )
    names = {name for (name,) in found}
    assert {"Luminex Network Intelligence", "Punch Powertrain"} <= names
    told = (await client.get("/v1/exporters?market=CN&market=TH&market=VN&market=KR")).json()["items"]
    own = {item["name"] for item in told if not all(m["regionLevel"] for m in item["markets"])}
    assert own <= names


async def test_a_fact_of_three_sources_counts_once_and_names_the_three(client: httpx.AsyncClient) -> None:
    thing = "<https://w3id.org/verre/id/organization/x/luminex> a org:Organization"
    assert await rows(client, f"{PREFIXES} SELECT (COUNT(*) AS ?n) {{ {thing} }}") == [["1"]]
    graphs = await rows(client, f"{PREFIXES} SELECT ?g {{ GRAPH ?g {{ {thing} }} }}")
    assert len(graphs) >= 3
    assert [S001] in graphs


@pytest.mark.parametrize(
    ("accept", "told"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    ],
)
async def test_solutions_in_every_form(client: httpx.AsyncClient, accept: str, told: str) -> None:
    response = await ask(client, SELECT, accept)
    assert (response.status_code, response.headers["content-type"]) == (200, told)
    assert response.headers["release"] == "000001"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/trig", "turtle"),
        ("application/n-quads", "nt"),
    ],
)
async def test_triples_in_every_form(client: httpx.AsyncClient, accept: str, name: str) -> None:
    response = await ask(client, CONSTRUCT, accept)
    assert response.headers["content-type"].split(";")[0] == accept
    told = (
        from_jsonld(response.content)
        if name == "json-ld"
        else Graph().parse(data=response.content, format=name)
    )
    assert len(told) > 3


@pytest.mark.parametrize(
    ("name", "told"), [("xml", "sparql-results+xml"), ("srj", "sparql-results+json"), ("tsv", "tab")]
)
async def test_format_comes_before_accept(client: httpx.AsyncClient, name: str, told: str) -> None:
    assert told in (await ask(client, SELECT, "text/csv", format=name)).headers["content-type"]
    assert (await ask(client, SELECT, format="nosuch")).status_code == 400
    assert "turtle" in (await ask(client, CONSTRUCT, "text/csv", format="ttl")).headers["content-type"]


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (SELECT, "image/png")]
)
async def test_a_form_that_does_not_fit_the_query(client: httpx.AsyncClient, query: str, accept: str) -> None:
    response = await ask(client, query, accept)
    assert response.status_code == 406
    assert response.json()["issues"][0]["name"] == "Accept"


async def test_nothing_is_decoded_twice(client: httpx.AsyncClient) -> None:
    query = "SELECT ?x { BIND(<http://e/a%20b+c> AS ?x) }"
    by_get = await client.get(f"/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
    by_form = await client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    kind = {"Accept": "text/csv", "Content-Type": "application/sparql-query"}
    by_body = await client.post("/sparql", content=query, headers=kind)
    assert by_get.text == by_form.text == by_body.text == "x\r\nhttp://e/a%20b+c\r\n"


async def test_a_packed_query_with_and_without_a_slash(client: httpx.AsyncClient) -> None:
    kind = {"Accept": "text/csv", "Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    for path in ("/sparql", "/sparql/"):
        response = await client.post(path, content=gzip.compress(SELECT.encode()), headers=kind)
        assert (response.status_code, response.text.split("\r\n")[0]) == (200, "name")
        assert (await client.get(path, params={"query": SELECT})).status_code == 200
        head = await client.head(path, params={"query": SELECT})
        assert (head.status_code, head.content) == (200, b"")


async def test_relative_iris_mean_the_address_that_was_asked(client: httpx.AsyncClient) -> None:
    assert await rows(client, "SELECT ?x { VALUES ?x { <a> } }") == [["http://verre.test/a"]]


async def test_the_dataset_that_is_asked(client: httpx.AsyncClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    ((whole,),) = await rows(client, count)
    ((some,),) = await rows(client, count, **{"default-graph-uri": S001})
    assert 0 < int(some) < int(whole)
    assert await rows(client, named, **{"named-graph-uri": S001}) == [["1"]]
    assert await rows(client, count, **{"named-graph-uri": S001}) == [["0"]]
    assert await rows(client, count.replace("{", f"FROM <{S001}> {{", 1)) == [[some]]


async def test_a_graph_that_is_not_held_is_empty(client: httpx.AsyncClient) -> None:
    assert await rows(client, "SELECT * FROM <http://example.org/none> { ?s ?p ?o }") == []
    assert (
        await rows(client, "SELECT * { ?s ?p ?o }", **{"default-graph-uri": "http://example.org/none"}) == []
    )


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
        "ASK { ?s ?p ?o FILTER EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <http://e/a> <http://e/b> 1 }",
        "CLEAR ALL",
    ],
)
async def test_what_may_not_run_is_refused_with_the_reason(client: httpx.AsyncClient, query: str) -> None:
    response = await ask(client, query, "application/json")
    assert response.status_code == 403
    told = response.json()
    assert told["type"] == "urn:problem-type:verre:queryRefused"
    assert len(told["detail"]) > 20


async def test_an_update_is_refused_however_it_comes(client: httpx.AsyncClient) -> None:
    for response in (
        await client.post("/sparql", data={"update": "CLEAR ALL"}),
        await client.post(
            "/sparql", content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}
        ),
        await client.get("/sparql?update=CLEAR%20ALL"),
    ):
        assert response.status_code == 403


async def test_what_cannot_be_read_is_a_400_with_the_place(client: httpx.AsyncClient) -> None:
    response = await ask(client, "SELECT ?x {\n ?x ?y }", "application/json")
    assert response.status_code == 400
    assert response.json()["type"] == "urn:problem-type:verre:querySyntax"
    assert "2" in response.json()["detail"]


async def test_a_deadline_past_the_setting_names_it(client: httpx.AsyncClient) -> None:
    response = await ask(client, SELECT, timeout="61")
    assert (response.status_code, response.json()["setting"]) == (400, "VERRE_QUERY_TIMEOUT_MAX")
    assert (await ask(client, SELECT, timeout="5")).status_code == 200


async def test_a_query_longer_than_the_setting(client: httpx.AsyncClient) -> None:
    response = await client.post("/sparql", data={"query": f"{SELECT} #{'x' * 8000}"})
    assert (response.status_code, response.json()["setting"]) == (413, "VERRE_QUERY_LENGTH")
    response = await client.post("/sparql", data={"query": "x" * 30_000})
    assert (response.status_code, response.json()["setting"]) == (413, "VERRE_BODY_BYTES")


async def test_without_a_query_a_browser_gets_a_form_and_others_the_description(
    client: httpx.AsyncClient,
) -> None:
    page = await client.get("/sparql", headers={"Accept": "text/html"})
    assert "<form" in page.text
    response = await client.get("/sparql")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    graph = Graph().parse(data=response.content, format="turtle")
    service = "http://www.w3.org/ns/sparql-service-description#"
    assert len(list(graph.objects(None, graph.resource(f"{service}resultFormat").identifier))) == 10
    expanded = await client.get("/sparql?format=jsonld")
    assert len(from_jsonld(expanded.content)) == len(graph)
    assert (await client.get("/sparql", headers={"Accept": "text/csv"})).status_code == 406
    assert (await client.get("/sparql?format=csv")).status_code == 400


async def test_a_release_can_be_named(client: httpx.AsyncClient) -> None:
    assert (await ask(client, SELECT, release="000001")).status_code == 200
    assert (await ask(client, SELECT, release="000099")).status_code == 404
