"""Things and the documents about them, on this host."""

from __future__ import annotations

import httpx
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from tests.api.helpers import from_jsonld, turtle

pytestmark = pytest.mark.anyio

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BASE = "https://w3id.org/verre/"
LUMINEX = "/id/organization/x/luminex"
VERRE = f"{BASE}ns#"


async def follow(client: httpx.AsyncClient, path: str, accept: str) -> httpx.Response:
    return await client.get(path, headers={"Accept": accept}, follow_redirects=True)


async def test_a_thing_is_not_its_document(client: httpx.AsyncClient) -> None:
    response = await client.get(f"{LUMINEX}?lang=nl")
    assert response.status_code == 303
    assert response.headers["location"] == "/doc/organization/x/luminex?lang=nl"


async def test_curl_gets_turtle_with_everything_said(client: httpx.AsyncClient) -> None:
    response = await follow(client, LUMINEX, "text/turtle")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    graph = turtle(response.content)
    thing = URIRef(f"{BASE}id/organization/x/luminex")
    engagements = set(graph.subjects(URIRef(f"{VERRE}exporter"), thing))
    assert len(engagements) >= 5
    source = URIRef("http://www.w3.org/ns/prov#hadPrimarySource")
    for engagement in engagements:
        (found,) = graph.objects(engagement, source)
        assert (found, URIRef("http://purl.org/dc/terms/title"), None) in graph
    branch = URIRef(f"{BASE}id/organization/x/luminex-japan")
    assert (branch, URIRef("http://www.w3.org/ns/org#unitOf"), thing) in graph


async def test_jsonld_expands_to_the_same_triples(client: httpx.AsyncClient) -> None:
    graph = turtle((await follow(client, LUMINEX, "text/turtle")).content)
    expanded = await follow(client, LUMINEX, "application/ld+json")
    assert isomorphic(from_jsonld(expanded.content), graph)


@pytest.mark.parametrize(
    ("accept", "name"), [("application/n-triples", "nt"), ("application/rdf+xml", "xml")]
)
async def test_other_forms_say_the_same(client: httpx.AsyncClient, accept: str, name: str) -> None:
    graph = turtle((await follow(client, LUMINEX, "text/turtle")).content)
    response = await follow(client, LUMINEX, accept)
    assert isomorphic(Graph().parse(data=response.content, format=name), graph)
    assert response.headers["etag"].startswith('W/"')


async def test_a_browser_gets_a_page(client: httpx.AsyncClient) -> None:
    response = await follow(client, LUMINEX, BROWSER)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "Luminex Network Intelligence" in response.text


async def test_a_browser_gets_turtle_of_what_has_no_page(client: httpx.AsyncClient) -> None:
    told = (await client.get("/v1/companies/luminex")).json()
    path = "/" + told["engagements"][0]["iri"].removeprefix(BASE)
    response = await follow(client, path, BROWSER)
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "ExportEngagement" in response.text


@pytest.mark.parametrize(
    "spelling", ["0429593895", "0429.593.895", "BE 0429.593.895", "BE0429593895", "be/0429593895"]
)
async def test_all_spellings_of_a_number_resolve(client: httpx.AsyncClient, spelling: str) -> None:
    for kind in ("id", "doc"):
        path = f"/{kind}/organization/{spelling}"
        response = await client.get(path)
        if spelling == "be/0429593895":
            assert response.status_code == (303 if kind == "id" else 200)
        else:
            assert response.status_code == 308
            assert response.headers["location"] == f"/{kind}/organization/be/0429593895"


async def test_a_slug_of_a_company_with_a_number_is_another_name(client: httpx.AsyncClient) -> None:
    for ref in ("x/europower", "europower"):
        response = await client.get(f"/id/organization/{ref}")
        assert (response.status_code, response.headers["location"]) == (308, "/id/organization/be/0429593895")
    response = await client.get("/v1/companies/europower?lang=fr")
    assert (response.status_code, response.headers["location"]) == (308, "/v1/companies/0429593895?lang=fr")


@pytest.mark.parametrize("spelling", ["0429593895", "BE 0429.593.895", "be/0429593895", "BE0429.593.895"])
async def test_the_api_answers_any_spelling_of_the_own_number(
    client: httpx.AsyncClient, spelling: str
) -> None:
    response = await client.get(f"/v1/companies/{spelling}")
    assert response.status_code == 200
    assert response.json()["id"] == "0429593895"


@pytest.mark.parametrize(
    "path",
    [
        "/id/organization/x/nosuch",
        "/doc/organization/be/0000000000",
        "/doc/source/s9999",
        "/id/engagement/ffff",
        "/id/nosuchkind/x",
        "/doc/person/%22%3E%3Cscript%3E",
        "/code/engagement-status/nosuch",
        "/code/",
        "/graph/source/s9999",
        "/graph/",
        "/v1/companies/nosuch",
        "/v1/markets/nosuch",
        "/v1/people/nosuch",
        "/v1/missions/nosuch",
        "/v1/sources/nosuch",
        "/v1/queries/nosuch",
        "/v1/companies/nosuch/network",
    ],
)
async def test_what_is_unknown_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


async def test_an_unknown_company_is_told_the_nearest(client: httpx.AsyncClient) -> None:
    (issue,) = (await client.get("/v1/companies/luminx")).json()["issues"]
    assert issue["detail"].startswith("did you mean luminex or ")
    (issue,) = (await client.get("/v1/companies/qqqq")).json()["issues"]
    assert issue["detail"] == "no organization has this id"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/ns", "verre:ExportEngagement a owl:Class"),
        ("/code/engagement-status", "status:withdrawn a skos:Concept"),
        ("/code/engagement-status/targets", 'skos:notation "targets"'),
        ("/code/region/asia", "region:asia"),
        ("/graph/source/s001", "verre:ExportEngagement"),
        ("/graph/meta", "verre:Source"),
        ("/doc/source/s001", "2018-02-19"),
        ("/doc/mission/m-japan", "verre:TradeMission"),
    ],
)
async def test_words_lists_and_graphs_dereference(client: httpx.AsyncClient, path: str, said: str) -> None:
    response = await client.get(path)
    assert response.status_code == 200
    assert said in response.text
    assert turtle(response.content)
    page = await client.get(path, headers={"Accept": BROWSER})
    assert page.status_code == 200


async def test_one_code_is_not_its_whole_list(client: httpx.AsyncClient) -> None:
    assert "withdrawn" not in (await client.get("/code/engagement-status/targets")).text


async def test_a_graph_is_what_its_source_says(client: httpx.AsyncClient) -> None:
    graph = turtle((await client.get("/graph/source/s001")).content)
    source = URIRef("http://www.w3.org/ns/prov#hadPrimarySource")
    assert set(graph.objects(None, source)) == {URIRef(f"{BASE}id/source/s001")}
