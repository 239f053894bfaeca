"""SPARQL 1.1 Service Description: the three tests that the suite describes in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conformance import terms
from tests.conformance.server import Server
from tests.conformance.terms import Row, Term

SD = "http://www.w3.org/ns/sparql-service-description#"
TYPE = Term("iri", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
FORMS = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/n-triples": "nt"}
RANGES = {
    "endpoint": None,
    "feature": "Feature",
    "defaultDataset": "Dataset",
    "defaultGraph": "Graph",
    "namedGraph": "NamedGraph",
    "graph": "Graph",
    "name": None,
    "supportedLanguage": "Language",
    "resultFormat": None,
    "defaultEntailmentRegime": None,
}
"""Properties of the vocabulary that are used, and the class of their values (section 3)."""
DOMAINS = {"defaultGraph": "Dataset", "namedGraph": "Dataset", "graph": "NamedGraph", "name": "NamedGraph"}
LANGUAGES = {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"}
FEATURES = {
    "DereferencesURIs",
    "UnionDefaultGraph",
    "RequiresDataset",
    "EmptyGraphs",
    "BasicFederatedQuery",
}


def described(server: Server, accept: str) -> frozenset[Row]:
    server.update("DROP ALL ; INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1, 2 } }")
    answer = server.send("GET", "/sparql", None, {"Accept": accept})
    assert (answer.status, answer.kind) == (200, accept)
    return terms.graph(answer.body, FORMS[accept])


def returns_rdf(server: Server) -> None:
    for accept in FORMS:
        assert len(described(server, accept)) > 10


def has_endpoint_triple(server: Server) -> None:
    found = described(server, "text/turtle")
    endpoints = {row[2] for row in found if row[1] == Term("iri", f"{SD}endpoint")}
    assert Term("iri", f"{server.origin}/sparql") in endpoints


def conforms_to_schema(server: Server) -> None:
    found = described(server, "text/turtle")
    types: dict[Term | None, set[str]] = {}
    for subject, predicate, value in found:
        if predicate == TYPE and value is not None:
            types.setdefault(subject, set()).add(value.value.removeprefix(SD))
    used = [(s, p.value.removeprefix(SD), o) for s, p, o in found if p and p.value.startswith(SD)]
    assert {name for _, name, _ in used} == set(RANGES)
    for subject, name, value in used:
        assert value is not None
        assert DOMAINS.get(name, "Service") in types[subject], name
        check_value(name, value, types)


def check_value(name: str, value: Term, types: dict[Term | None, set[str]]) -> None:
    told, wanted = value.value.removeprefix(SD), RANGES[name]
    if name == "supportedLanguage":
        assert told in LANGUAGES
    elif name == "feature":
        assert told in FEATURES
    elif wanted:
        assert wanted in types[value], name


@pytest.mark.parametrize(
    "check",
    [returns_rdf, has_endpoint_triple, conforms_to_schema],
    ids=lambda check: f"service-description/{check.__name__.replace('_', '-')}",
)
def test_description(server: Server, check: Callable[[Server], None]) -> None:
    check(server)
