"""The solutions of a query as text, written by the engine while they are read."""

from __future__ import annotations

import itertools
import threading

import pytest

from graph.errors import QueryError, QuerySyntaxError
from graph.model.namespaces import RDFS, XSD
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.view import StoreView, memory_store

GRAPH = NamedNode("https://example.org/graph")
A = NamedNode("https://example.org/ü%20")


def view(*values: Literal | NamedNode) -> StoreView:
    return StoreView(memory_store({GRAPH: {Triple(A, RDFS.label, value) for value in values}}))


def test_each_solution_is_a_row_of_terms_as_tsv_writes_them() -> None:
    values = (
        Literal('tab\tquote"line\nback\\', language="nl"),
        Literal("2018", datatype=XSD.gYear),
        Literal("13.43", datatype=XSD.decimal),
        A,
    )
    found = view(*values).written("SELECT ?s ?o ?none WHERE { ?s ?p ?o }")
    assert sorted(found) == sorted(
        [A_WRITTEN, each, ""]
        for each in (
            '"tab\\tquote\\"line\\nback\\\\"@nl',
            '"2018"^^<http://www.w3.org/2001/XMLSchema#gYear>',
            "13.43",
            A_WRITTEN,
        )
    )


A_WRITTEN = "<https://example.org/ü%20>"


def test_more_than_a_pipe_holds_comes_whole_and_in_order() -> None:
    many = view(*(Literal(f"{number:05} {'x' * 40}") for number in range(20_000)))
    rows = list(many.written("SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o"))
    assert [row[0][1:6] for row in rows] == [f"{number:05}" for number in range(20_000)]


def test_whoever_stops_reading_stops_the_writing() -> None:
    many = view(*(Literal(f"{number:05} {'x' * 40}") for number in range(20_000)))
    before = threading.active_count()
    rows = many.written("SELECT ?o WHERE { ?s ?p ?o }")
    assert len(list(itertools.islice(rows, 3))) == 3
    assert threading.active_count() == before + 1
    rows.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("query", "error"), [("SELECT nonsense", QuerySyntaxError), ("ASK { ?s ?p ?o }", QueryError)]
)
def test_what_fails_in_the_thread_is_raised_here(query: str, error: type[Exception]) -> None:
    before = threading.active_count()
    with pytest.raises(error):
        list(view(A).written(query))
    assert threading.active_count() == before


def test_no_solution_is_no_row() -> None:
    assert list(view().written("SELECT ?s WHERE { ?s ?p ?o }")) == []
