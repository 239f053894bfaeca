"""The stored questions on an endpoint: the same answers as by our own engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.errors import QueryError
from graph.queries import StoredQuery, load, names
from graph.store.remote.view import RemoteView
from graph.store.view import memory_view
from tests.contract.remote_kinds import filled
from tests.queries.engines import Answer, engine_of
from tests.queries.test_stored import example, small, today
from tests.servers import emptied, oxigraph, virtuoso

Run = Callable[[str], Answer]
BOOLEANS = {"true": "1", "false": "0"}
"""What Virtuoso makes of a truth that it computes."""


def plain(answer: Answer) -> Answer:
    return sorted((tuple(BOOLEANS.get(value or "", value) for value in row) for row in answer), key=str)


@pytest.fixture(scope="module")
def ours() -> Run:
    view = small().view()
    return engine_of(memory_view({name: set(view.triples(name)) for name in view.graphs()}))


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def theirs(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    server = oxigraph() if kind == "oxigraph" else emptied(virtuoso())
    view = small().view()
    graphs = {name: set(view.triples(name)) for name in view.graphs()}
    releases, _ = filled(Path(tmp_path_factory.mktemp("home")), graphs, server, store_timeout=20)
    with RemoteView(releases.endpoint) as remote:
        yield engine_of(remote)
    if kind == "oxigraph":
        server.stop()


def bound(query: StoredQuery, *, required: bool) -> str:
    values = {
        p.name: example(p.name)[: None if p.many else 1]
        for p in query.parameters
        if p.required or not required
    }
    return query.bind(values | today(query.name))


@pytest.mark.parametrize("how", ["free", "bound"])
@pytest.mark.parametrize("name", names())
def test_it_answers_as_ours_does(name: str, how: str, ours: Run, theirs: Run) -> None:
    text = bound(load(name), required=how == "free")
    assert plain(theirs(text)) == plain(ours(text))


def test_what_an_endpoint_cannot_read_is_an_error(theirs: Run) -> None:
    with pytest.raises(QueryError):
        theirs("SELECT * { ?s ?p }")
