"""SPARQL 1.1 Graph Store HTTP Protocol: the requests that the suite describes, byte by byte."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.conformance import terms
from tests.conformance.compare import same
from tests.conformance.exchange import Exchange, exchanges, play
from tests.conformance.server import Server
from tests.conformance.suite import Dataset

CASES = exchanges("graph-store-protocol", "manifest-direct.ttl", "manifest-indirect.ttl")
BASE = "http://www.example/gsp"


def test_the_suite_is_there(server: Server) -> None:
    """Without it there is nothing to run: then this one is skipped, and fails in CI."""
    assert len(CASES) == 13


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_exchange(server: Server, case: Exchange) -> None:
    server.fill(Dataset())
    names: dict[str, str] = {}
    for step in case.steps:
        target, body = step.target.replace("/gsp", "/store", 1), step.sent.body
        for name, location in names.items():
            target = target.replace(name, quote(location, safe=""))
            body = body.replace(name.encode(), location.encode()) if body else body
        answer = play(server, step, target, body)
        assert step.fits(answer.status), (step.target, answer.status, answer.body)
        if step.location:
            names[step.location] = answer.headers["location"]
        for name, value in step.wanted.headers:
            assert answer.headers[name].replace(" ", "") == value.replace(" ", "")
        if step.wanted.body is not None:
            assert same(
                terms.graph(answer.body, "turtle", BASE), terms.graph(step.wanted.body, "turtle", BASE)
            ), answer.body
