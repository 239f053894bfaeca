"""One graph, read in every way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.model.namespaces import XSD
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.view import Graphs
from tests.contract.kinds import KINDS, STOPPABLE, Pooled, Reading
from tests.contract.remote_kinds import REMOTE, REMOTE_VIEWS
from tests.store.small import MARKET, NAME, ONE, TWO, named, sells, thing

COUNT = NamedNode("http://example.org/count")
UNICODE = 'Ünïcode 日本 \U0001f600 "quoted" back\\slash\nline\ttab'
GRAPHS: Graphs = {
    ONE: {
        named("luminex"),
        sells("luminex", "jp"),
        Triple(thing("luminex"), COUNT, Literal("22816", datatype=XSD.integer)),
        Triple(thing("growth"), COUNT, Literal("13.43", datatype=XSD.decimal)),
        Triple(thing("article"), COUNT, Literal("2018-02-19", datatype=XSD.date)),
        Triple(thing("founded"), COUNT, Literal("2002", datatype=XSD.gYear)),
        Triple(thing("big"), COUNT, Literal("865000000.5", datatype=XSD.decimal)),
        Triple(thing("odd"), COUNT, Literal("x", datatype=NamedNode("http://example.org/own"))),
    },
    TWO: {
        named("luminex"),
        sells("punch", "cn"),
        Triple(thing("japan"), NAME, Literal("Japan", language="nl")),
        Triple(thing("japan"), NAME, Literal("Japon", language="fr")),
        Triple(thing("japan"), NAME, Literal("Japan", language="en")),
        Triple(thing("odd"), NAME, Literal(UNICODE)),
        *(Triple(thing(f"row{number:05}"), MARKET, Literal(number)) for number in range(3000)),
    },
}


ALL = {**KINDS, **REMOTE_VIEWS, **REMOTE}
ALL_STOPPABLE = {**STOPPABLE, **REMOTE}


@pytest.fixture(scope="module", params=ALL)
def reading(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """The graph above, read in one of the ways."""
    with ALL[request.param](tmp_path_factory.mktemp("home"), GRAPHS) as opened:
        yield opened


@pytest.fixture(scope="module", params=ALL_STOPPABLE)
def stoppable(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pooled]:
    """The same, for the ways that strangers may use."""
    with ALL_STOPPABLE[request.param](tmp_path_factory.mktemp("home"), GRAPHS) as opened:
        yield opened
