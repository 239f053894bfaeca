"""Reading graphs in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from graph.errors import QueryError, QueryFailed, QuerySyntaxError
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.view import GraphView, StoreView, _rows, _triples, memory_view

EX = "http://example.org/"
ONE, TWO = NamedNode(EX + "one"), NamedNode(EX + "two")
LUMINEX, NAME, GENK = NamedNode(EX + "luminex"), NamedNode(EX + "name"), NamedNode(EX + "genk")
SHARED = Triple(LUMINEX, NAME, Literal("Luminex", language="nl"))
OWN = Triple(LUMINEX, NamedNode(EX + "place"), GENK)


@pytest.fixture
def view() -> GraphView:
    return memory_view({TWO: {SHARED, OWN}, ONE: {SHARED}})


def test_a_triple_that_two_graphs_state_counts_once(view: GraphView) -> None:
    assert list(view.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == [(Literal(2),)]
    named = set(view.select(f"SELECT ?g {{ GRAPH ?g {{ ?s <{NAME.value}> ?name }} }}"))
    assert named == {(ONE,), (TWO,)}


def test_unbound_variables_are_none(view: GraphView) -> None:
    query = f"SELECT ?name ?none {{ ?s <{NAME.value}> ?name OPTIONAL {{ ?s <{EX}absent> ?none }} }}"
    assert list(view.select(query)) == [(Literal("Luminex", language="nl"), None)]


def test_ask_and_construct(view: GraphView) -> None:
    assert view.ask(f"ASK {{ ?s ?p <{GENK.value}> }}") is True
    assert view.ask(f"ASK {{ <{GENK.value}> ?p ?o }}") is False
    assert set(view.construct("CONSTRUCT WHERE { ?s ?p ?o }")) == {SHARED, OWN}


def test_triples_of_one_graph_and_of_the_merge(view: GraphView) -> None:
    assert list(view.triples(ONE)) == [SHARED]
    assert sorted(view.triples(), key=str) == sorted([SHARED, OWN], key=str)
    assert list(view.triples(NamedNode(EX + "absent"))) == []


def test_graphs_are_sorted_and_empty_ones_are_there() -> None:
    assert memory_view({TWO: set(), ONE: {SHARED}}).graphs() == [ONE, TWO]
    assert memory_view({}).graphs() == []


def test_faults_say_what_is_wrong(view: GraphView) -> None:
    with pytest.raises(QuerySyntaxError, match="expected"):
        view.select("SELECT nothing")
    with pytest.raises(QueryError, match="SELECT"):
        view.select("ASK {}")
    with pytest.raises(QueryError, match="ASK"):
        view.ask("SELECT * {}")
    with pytest.raises(QueryError, match="CONSTRUCT"):
        view.construct("ASK {}")


class Failing:
    """A store whose disk is broken."""

    def query(self, _: str) -> object:
        raise OSError("disk is broken")


def test_a_broken_disk_is_a_failed_query() -> None:
    with pytest.raises(QueryFailed, match="disk is broken"):
        StoreView(Failing()).ask("ASK {}")  # type: ignore[arg-type]


def breaks_later() -> Iterator[Any]:
    yield ()
    raise OSError("disk is broken")


@pytest.mark.parametrize("read", [_rows, _triples])
def test_a_disk_that_breaks_later_is_a_failed_query(read: Callable[[Any], Iterator[object]]) -> None:
    results = read(breaks_later())
    assert next(results) == ()
    with pytest.raises(QueryFailed, match="disk is broken"):
        next(results)


def test_a_pattern_is_matched_in_the_merge(view: GraphView) -> None:
    assert list(view.match(LUMINEX, NAME, None)) == [SHARED]
    assert list(view.match(None, None, GENK)) == [OWN]
    assert list(view.match(GENK, None, None)) == []
