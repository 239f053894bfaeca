"""What there is to be had, over HTTP."""

from __future__ import annotations

import gzip

import httpx
import pytest
import rdflib

from graph.store.dump import load

pytestmark = pytest.mark.anyio
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
VERRE = rdflib.Namespace("https://w3id.org/verre/ns#")
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <%s> }"


async def graph(client: httpx.AsyncClient, path: str) -> rdflib.Graph:
    answer = await client.get(path, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    return rdflib.Graph().parse(data=answer.text, format="turtle")


async def number(client: httpx.AsyncClient, query: str) -> int:
    answer = await client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    return int(answer.text.split()[1])


async def test_void_counts_classes_and_properties_as_sparql_does(client: httpx.AsyncClient) -> None:
    void = await graph(client, "/.well-known/void")
    for kind in (VERRE.ExportEngagement, VERRE.Country):
        (partition,) = void.subjects(VOID["class"], kind)
        assert int(str(void.value(partition, VOID.entities))) == await number(client, COUNT % kind)
    (partition,) = void.subjects(VOID.property, VERRE.exportsTo)
    counted = await number(client, f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s <{VERRE.exportsTo}> ?o }}")
    assert int(str(void.value(partition, VOID.triples))) == counted


async def test_void_names_the_release_that_it_counts(client: httpx.AsyncClient) -> None:
    answer = await client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    void = rdflib.Graph().parse(data=answer.text, format="turtle")
    (dataset,) = void.subjects(rdflib.RDF.type, VOID.Dataset)
    assert str(void.value(dataset, DCAT.version)) == answer.headers["Release"]


async def test_an_editor_completes_classes_from_it_by_sparql(client: httpx.AsyncClient) -> None:
    query = f"SELECT ?c ?n WHERE {{ ?p <{VOID['class']}> ?c ; <{VOID.entities}> ?n }} ORDER BY DESC(?n)"
    answer = await client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert str(VERRE.ExportEngagement) in answer.text


async def test_the_catalogue_has_a_dataset_for_each_publisher(client: httpx.AsyncClient) -> None:
    catalog = await graph(client, "/catalog")
    query = "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?s a <%sSource> ; <http://purl.org/dc/terms/publisher> ?p }"
    publishers = await number(client, query % VERRE)
    assert len(set(catalog.subjects(rdflib.RDF.type, DCAT.Dataset))) == publishers + 1
    counted = sum(int(str(n)) for n in catalog.objects(None, VOID.documents))
    assert counted == (await client.get("/v1/sources")).json()["total"]


@pytest.mark.parametrize(
    "kind", ["application/ld+json", "application/n-triples", "application/rdf+xml", "text/html"]
)
async def test_the_catalogue_comes_in_other_forms(client: httpx.AsyncClient, kind: str) -> None:
    answer = await client.get("/catalog", headers={"Accept": kind})
    assert answer.status_code == 200
    expected = "text/turtle" if kind == "text/html" else kind
    assert answer.headers["Content-Type"].startswith(expected)


async def test_its_downloads_are_there(client: httpx.AsyncClient) -> None:
    catalog = await graph(client, "/catalog")
    addresses = sorted(str(each) for each in catalog.objects(None, DCAT.downloadURL) if "/store" in str(each))
    first = httpx.URL(addresses[0])
    answer = await client.get(first.raw_path.decode(), headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    assert len(rdflib.Graph().parse(data=answer.text, format="turtle")) > 0


async def test_the_whole_comes_as_one_file_which_can_be_loaded_again(client: httpx.AsyncClient) -> None:
    answer = await client.get("/catalog/verre.nq.gz")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/gzip"
    graphs = load(gzip.decompress(answer.content), "nquads")
    assert not [name for name in graphs if name.value.endswith(("/inferred", "/void"))]
    sources = (await client.get("/v1/sources")).json()["total"]
    assert len([name for name in graphs if "/graph/source/" in name.value]) == sources
    again = await client.get("/catalog/verre.nq.gz")
    assert again.content == answer.content
