"""Update evaluation and update syntax."""

from __future__ import annotations

import json

import pytest

from tests.conformance import terms
from tests.conformance.compare import same
from tests.conformance.exceptions import some
from tests.conformance.server import Server
from tests.conformance.suite import UPDATES, Case, Dataset, cases, iri_of

CASES = cases(UPDATES)
EVALUATION = some(CASES, "UpdateEvaluationTest")
SYNTAX = some(
    CASES,
    "PositiveUpdateSyntaxTest11",
    "NegativeUpdateSyntaxTest11",
    "NegativeSyntaxTest11",  # so the suite calls some of them
)
JSON = "application/sparql-results+json"


def test_the_suite_is_there(server: Server) -> None:
    """Without it there is nothing to run: then this one is skipped, and fails in CI."""
    assert (len(EVALUATION), len(SYNTAX)) == (94, 63)


def held(server: Server) -> dict[str | None, frozenset[terms.Row]]:
    """All graphs that hold anything; None is the default graph."""
    answer = server.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", JSON)
    names = [row["g"]["value"] for row in json.loads(answer.body)["results"]["bindings"]]
    found = {name: terms.graph(server.graph(name).body, "nt") for name in (None, *names)}
    return {name: triples for name, triples in found.items() if triples}


def wanted(after: Dataset) -> dict[str | None, frozenset[terms.Row]]:
    """The same of what a test says."""
    found: dict[str | None, frozenset[terms.Row]] = {
        name: terms.graph(path.read_bytes(), "turtle", iri_of(path)) for name, path in after.named
    }
    default = [terms.graph(path.read_bytes(), "turtle", iri_of(path)) for path in after.default]
    found[None] = frozenset().union(*default)
    return {name: triples for name, triples in found.items() if triples}


@pytest.mark.parametrize("case", EVALUATION)
def test_evaluation(server: Server, case: Case) -> None:
    server.fill(case.before)
    answer = server.update(case.text)
    assert answer.status == 200, answer.body
    found, expected = held(server), wanted(case.after)
    assert set(found) == set(expected)
    for name, triples in expected.items():
        assert same(found[name], triples), (name, found[name])


@pytest.mark.parametrize("case", SYNTAX)
def test_syntax(server: Server, case: Case) -> None:
    """What can be read is done, or fails for another reason: `DROP GRAPH` where there is no such graph."""
    answer = server.update(case.text)
    if case.kind.startswith("Negative"):
        assert answer.status in (400, 403), answer.body  # 403: LOAD is refused before it is read
        return
    assert answer.status in (200, 400), answer.body
    if answer.status == 400:
        assert json.loads(answer.body)["type"] == "urn:problem-type:belgif:badRequest", answer.body
        assert b"does not exist" in answer.body
