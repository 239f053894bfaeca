"""SPARQLWrapper, rdflib's stores and pandas, as an analyst has them."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, GET, JSON, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, Unauthorized

from tests.clients.conftest import Endpoint

pytestmark = pytest.mark.xdist_group("clients")
VERRE = "https://w3id.org/verre/ns#"
LUMINEX = "https://w3id.org/verre/id/organization/x/luminex"
TARGETS = f"SELECT ?market WHERE {{ <{LUMINEX}> <{VERRE}targets> ?market }} ORDER BY ?market"
MARKETS = [
    f"http://publications.europa.eu/resource/authority/country/{code}"
    for code in ("CHN", "KOR", "THA", "VNM")
]
"""What the newspaper says that Luminex wants."""


def converted(client: SPARQLWrapper) -> Any:
    """What the client makes of an answer depends on the form that it asked for."""
    return client.queryAndConvert()


@pytest.mark.parametrize("method", [GET, POST])
def test_sparqlwrapper_reads_json_by_get_and_by_post(endpoint: Endpoint, method: str) -> None:
    client = SPARQLWrapper(endpoint.query)
    client.setMethod(method)
    client.setReturnFormat(JSON)
    client.setQuery(TARGETS)
    answer = converted(client)
    assert [row["market"]["value"] for row in answer["results"]["bindings"]] == MARKETS


def test_sparqlwrapper_reads_the_other_forms(endpoint: Endpoint) -> None:
    client = SPARQLWrapper(endpoint.query)
    client.setQuery(TARGETS)
    client.setReturnFormat(XML)
    assert len(converted(client).getElementsByTagName("result")) == len(MARKETS)
    client.setReturnFormat(CSV)
    assert converted(client).decode().split() == ["market", *MARKETS]
    client.setQuery(f"CONSTRUCT WHERE {{ <{LUMINEX}> <{VERRE}targets> ?market }}")
    client.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=converted(client), format="turtle")) == len(MARKETS)


def test_sparqlwrapper_is_told_what_is_wrong(endpoint: Endpoint) -> None:
    client = SPARQLWrapper(endpoint.query)
    client.setQuery("SELECT nothing")
    with pytest.raises(QueryBadFormed, match="querySyntax"):
        client.query()


def test_sparqlwrapper_writes_with_the_key_as_its_password(endpoint: Endpoint) -> None:
    update = 'INSERT DATA { GRAPH <urn:synthetic:wrapper> { <urn:a> <urn:b> "synthetic" } }'
    client = SPARQLWrapper(endpoint.query, updateEndpoint=endpoint.update)
    client.setMethod(POST)
    client.setQuery(update)
    with pytest.raises(Unauthorized):
        client.query()
    client.setCredentials("steward", endpoint.key)
    assert client.query().response.status == 200
    client.resetQuery()
    client.setReturnFormat(JSON)
    client.setQuery('ASK { GRAPH <urn:synthetic:wrapper> { <urn:a> <urn:b> "synthetic" } }')
    assert converted(client)["boolean"] is True


def test_rdflib_reads_the_merge_as_its_graph(endpoint: Endpoint) -> None:
    graph = Graph(SPARQLStore(endpoint.query))
    assert (
        sorted(str(market) for market in graph.objects(URIRef(LUMINEX), URIRef(f"{VERRE}targets"))) == MARKETS
    )
    rows: Any = graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s a <http://www.w3.org/ns/org#Organization> }")
    assert int(next(iter(rows))[0]) > 100


def test_rdflib_writes_a_graph_and_takes_it_back(endpoint: Endpoint) -> None:
    store = SPARQLUpdateStore(endpoint.query, endpoint.update, auth=("steward", endpoint.key))
    graph = Graph(store, identifier=URIRef("urn:synthetic:rdflib"))
    fact = (URIRef("urn:a"), URIRef("urn:b"), Literal('d\'été {;} "日本"', lang="fr"))
    graph.add(fact)
    assert list(graph) == [fact]
    graph.remove(fact)
    assert list(graph) == []


def test_pandas_reads_csv(endpoint: Endpoint) -> None:
    query = f"SELECT ?company ?market WHERE {{ ?company <{VERRE}targets> ?market }}"
    address = f"{endpoint.query}?{urlencode({'query': query, 'format': 'csv'})}"
    frame = pd.read_csv(address)
    assert list(frame.columns) == ["company", "market"]
    assert sorted(frame[frame.company == LUMINEX].market) == MARKETS


def test_pandas_reads_a_list_of_v1_with_its_sources(endpoint: Endpoint) -> None:
    frame = pd.read_csv(f"{endpoint.url}/v1/exporters?market=JP&format=csv", dtype=str)
    assert len(frame)
    assert any("source" in column.lower() or "bron" in column.lower() for column in frame.columns)
    assert io.StringIO(frame.to_csv()).readline()
