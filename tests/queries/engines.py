"""One query on two engines: two that agree are the oracle."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

import rdflib
from rdflib.namespace import XSD

from graph.model.terms import BlankNode, Literal, NamedNode, Term, Triple
from graph.store.view import Graphs, GraphView

Answer = list[tuple[str | None, ...]]
Run = Callable[[str], Answer]


def engine_of(view: GraphView) -> Run:
    """Our own engine."""

    def run(query: str) -> Answer:
        return sorted(
            (tuple(None if term is None else _plain(term) for term in row) for row in view.select(query)),
            key=str,
        )

    return run


def rdflib_of(graphs: Graphs) -> Run:
    """rdflib, with the merge as its default graph."""
    dataset = rdflib.Dataset()
    for name, triples in graphs.items():
        graph = dataset.graph(rdflib.URIRef(name.value))
        for triple in triples:
            graph.add(_triple(triple))
            dataset.default_graph.add(_triple(triple))

    def run(query: str) -> Answer:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # rdflib calls what it has deprecated itself
            rows: Any = dataset.query(query)
            names = [str(name) for name in rows.vars]
            found = [{str(key): value for key, value in row.asdict().items()} for row in rows]
        return sorted((tuple(_rdflib_plain(row.get(name)) for name in names) for row in found), key=str)

    return run


def _triple(triple: Triple) -> tuple[Any, Any, Any]:
    return _term(triple.subject), _term(triple.predicate), _term(triple.object)


def _term(term: Term) -> rdflib.term.Node:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    assert isinstance(term, Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == str(XSD.string) else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


def _plain(term: Term) -> str:
    return _text(term.value if not isinstance(term, Triple) else str(term))


def _rdflib_plain(term: object) -> str | None:
    return None if term is None else _text(str(term))


def _text(text: str) -> str:
    """Numbers as one spelling, and lists of sources in one order."""
    try:
        return str(Decimal(text).normalize() + 0)
    except InvalidOperation:
        words = text.split(" ")
        return " ".join(sorted(words)) if all(word.startswith("http") for word in words) else text
