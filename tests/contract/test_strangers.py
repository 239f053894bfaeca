"""What every way of reading that strangers may use must add: limits, the protocol's dataset, releases."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graph.errors import NotFound, QueryRefused, QueryTimeout
from graph.model.terms import Literal
from graph.settings import Settings
from tests.contract.conftest import GRAPHS
from tests.contract.kinds import Pooled, publish
from tests.store.listener import Listener
from tests.store.small import EDIT, MARKET, NAME, NO_DERIVE, ONE, TWO, named, quad, thing

EVERYTHING = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LUMINEX = f'SELECT ?g {{ GRAPH ?g {{ ?s <{NAME.value}> "Luminex" }} }}'
SELLERS = f"SELECT ?s {{ ?s <{MARKET.value}> ?m FILTER(isIRI(?m)) }} ORDER BY ?s"


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.mark.parametrize("order", ["ORDER BY ?c ?f ?i", ""])
def test_a_query_without_end_stops_at_its_deadline(stoppable: Pooled, order: str) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTimeout):
        stoppable.raw(f"{EVERYTHING} {order}", timeout=0.3)
    assert time.monotonic() - began < 20
    assert stoppable.ask("ASK { ?s ?p ?o }")


def test_nothing_leaves_this_machine(stoppable: Pooled, listener: Listener) -> None:
    with listener:
        address = f"<{listener.address}>"
        for text in (
            f"SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}",
            f"SELECT * {{ {{ SERVICE SILENT {address} {{ ?s ?p ?o }} }} }}",
            f"LOAD {address}",
            f"INSERT DATA {{ {address} {address} {address} }}",
        ):
            with pytest.raises(QueryRefused):
                stoppable.raw(text)
        assert stoppable.select(f"SELECT * FROM {address} {{ ?s ?p ?o }}") == []
        assert stoppable.select(f"SELECT * FROM NAMED {address} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == []
        assert stoppable.select("SELECT * { ?s ?p ?o }", default_graphs=(listener.address,)) == []
        assert listener.connections == 0


def test_the_protocols_dataset_replaces_that_of_the_query(stoppable: Pooled) -> None:
    assert stoppable.select(SELLERS, default_graphs=(ONE.value,)) == [(thing("luminex"),)]
    assert stoppable.select(SELLERS, default_graphs=(ONE.value, TWO.value)) == [
        (thing("luminex"),),
        (thing("punch"),),
    ]
    chosen = SELLERS.replace("{", f"FROM <{TWO.value}> {{", 1)
    assert stoppable.select(chosen, default_graphs=(ONE.value,)) == [(thing("luminex"),)]
    assert stoppable.select(LUMINEX, named_graphs=(TWO.value,)) == [(TWO,)]
    assert stoppable.select(SELLERS, named_graphs=(TWO.value,)) == []
    assert stoppable.select(LUMINEX, default_graphs=(ONE.value,)) == []


@pytest.mark.parametrize(
    ("media_type", "begins"),
    [
        ("application/sparql-results+json", b'{"head"'),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"name\r\n"),
        ("text/tab-separated-values", b"?name\n"),
    ],
)
def test_solutions_come_in_four_formats(stoppable: Pooled, media_type: str, begins: bytes) -> None:
    query = f"SELECT ?name {{ <{thing('luminex').value}> <{NAME.value}> ?name }}"
    answer = stoppable.raw(query, solutions_type=media_type)
    assert answer.startswith(begins)
    assert b"Luminex" in answer


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_triples_come_in_four_formats(stoppable: Pooled, media_type: str) -> None:
    query = f"CONSTRUCT WHERE {{ <{thing('luminex').value}> <{NAME.value}> ?name }}"
    assert b"Luminex" in stoppable.raw(query, graph_type=media_type)


def test_a_reader_of_one_release_never_sees_the_next(tmp_path: Path) -> None:
    releases = publish(tmp_path, GRAPHS)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    with Pooled(releases, Settings(readers=1, spare_readers=0)) as pooled:
        (before,) = pooled.select(count, release="000001")
        for number in range(3):
            with releases.write() as writer:
                writer.add([quad(named(f"new{number}"), EDIT)])
                writer.commit("edit", NO_DERIVE)
            assert pooled.select(count, release="000001") == [before]
            (after,) = pooled.select(count, release=f"{number + 2:06}")
            assert isinstance(before[0], Literal)
            assert isinstance(after[0], Literal)
            assert int(after[0].value) == int(before[0].value) + number + 1
        with pytest.raises(NotFound):
            pooled.select(count, release="000009")
