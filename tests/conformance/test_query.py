"""Query evaluation, result formats and query syntax."""

from __future__ import annotations

import re

import pytest

from tests.conformance import terms
from tests.conformance.compare import same
from tests.conformance.exceptions import some
from tests.conformance.server import Answer, Server
from tests.conformance.suite import QUERIES, Case, cases, iri_of
from tests.conformance.terms import Solutions

CASES = cases(QUERIES)
EVALUATION = some(CASES, "QueryEvaluationTest")
TABLES = some(CASES, "CSVResultFormatTest")
SYNTAX = some(CASES, "PositiveSyntaxTest11", "NegativeSyntaxTest11")
XML, JSON, TSV = (
    "application/sparql-results+xml",
    "application/sparql-results+json",
    "text/tab-separated-values",
)
RDF = "text/turtle"


def test_the_suite_is_there(server: Server) -> None:
    """Without it there is nothing to run: then this one is skipped, and fails in CI."""
    assert (len(EVALUATION), len(TABLES), len(SYNTAX)) == (232, 3, 103)


def wanted(case: Case) -> Solutions | bool | frozenset[terms.Row]:
    """What the suite says is the answer."""
    assert case.result is not None
    raw = case.result.read_bytes()
    kind = case.result.suffix
    if kind == ".srx":
        return terms.from_xml(raw)
    if kind == ".srj":
        return terms.from_json(raw)
    if kind == ".tsv":
        return terms.from_tsv(raw)
    triples = terms.graph(raw, {".ttl": "turtle", ".nt": "nt", ".rdf": "xml"}[kind], iri_of(case.result))
    if any(row[1] is not None and row[1].value.endswith("result-set#resultVariable") for row in triples):
        return terms.result_set(triples)
    return triples


def check(answer: Answer, case: Case) -> None:
    """Fails where an answer is not what the suite says."""
    assert answer.status == 200, answer.body
    expected = wanted(case)
    if isinstance(expected, frozenset):
        assert same(terms.graph(answer.body, "turtle"), expected), answer.body
        return
    found = terms.from_tsv(answer.body) if answer.kind == TSV else terms.READERS[answer.kind](answer.body)
    if isinstance(expected, bool) or isinstance(found, bool):
        assert found == expected
        return
    assert sorted(found.names) == sorted(expected.names)
    ordered = re.search(r"\bORDER\s+BY\b", case.text, re.IGNORECASE) is not None
    assert same(found.ordered(expected.names), expected.rows, ordered=ordered), answer.body


@pytest.mark.parametrize("case", EVALUATION)
def test_evaluation(server: Server, case: Case) -> None:
    """Every form of an answer is read and compared."""
    server.fill(case.before)
    expected = wanted(case)
    forms = (RDF,) if isinstance(expected, frozenset) else (XML, JSON, TSV)
    for form in forms[:2] if isinstance(expected, bool) else forms:
        answer = server.query(case.text, form)
        assert answer.kind == form, answer.body
        check(answer, case)


@pytest.mark.parametrize("case", TABLES)
def test_tables(server: Server, case: Case) -> None:
    server.fill(case.before)
    answer = server.query(case.text, "text/csv")
    assert (answer.status, answer.kind) == (200, "text/csv")
    assert case.result is not None
    found, expected = (_table(answer.body), _table(case.result.read_bytes()))
    assert found == expected


def _table(raw: bytes) -> list[list[tuple[str, str]]]:
    """The rows with the names of their columns, whose order `SELECT *` leaves open.

    Numbers are compared by value, and blank nodes as one: the suite has none twice.
    """
    head, *rows = terms.from_csv(raw)
    cells = [sorted(zip(head, map(_cell, row), strict=True)) for row in rows]
    return sorted(cells)


def _cell(text: str) -> str:
    if text.startswith("_:"):
        return "_:"
    return repr(float(text)) if re.fullmatch(r"[-+]?\d*\.?\d+([eE][-+]?\d+)?", text) else text


@pytest.mark.parametrize("case", SYNTAX)
def test_syntax(server: Server, case: Case) -> None:
    answer = server.query(case.text, f"{JSON}, {RDF};q=0.5")
    assert answer.status == (200 if case.kind.startswith("Positive") else 400), answer.body
