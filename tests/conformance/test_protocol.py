"""SPARQL 1.1 Protocol: the requests that the suite describes, byte by byte."""

from __future__ import annotations

import pytest

from tests.conformance import terms
from tests.conformance.exchange import Exchange, Step, exchanges, play, update
from tests.conformance.server import Answer, Server

CASES = exchanges("protocol", "manifest.ttl")
TABULAR = {*terms.READERS, "text/csv", "text/tab-separated-values"}
TRIPLES = {"text/turtle", "application/n-triples", "application/rdf+xml"}


def test_the_suite_is_there(server: Server) -> None:
    """Without it there is nothing to run: then this one is skipped, and fails in CI."""
    assert len(CASES) == 34


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_exchange(server: Server, case: Exchange) -> None:
    server.fill(case.before)
    for step in case.steps:
        target = step.target.replace("/sparql/", "/update/" if update(step) else "/sparql/", 1)
        answer = play(server, step, target, step.sent.body)
        assert step.fits(answer.status), (answer.status, answer.body)
        check(step, answer)


def check(step: Step, answer: Answer) -> None:
    """Fails where the answer has not the form, or says not what, the suite wants."""
    if step.format == "boolean":
        said = terms.READERS[answer.kind](answer.body)
        assert isinstance(said, bool)
        assert step.boolean in (None, "true" if said else "false")
    elif step.format == "tabular":
        assert answer.kind in TABULAR
    elif step.format == "RDF":
        assert answer.kind in TRIPLES
        assert isinstance(terms.graph(answer.body, "turtle"), frozenset)
