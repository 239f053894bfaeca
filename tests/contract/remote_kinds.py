"""Endpoints in place of our own store: `oxigraph serve`, with the merge in either place, and Virtuoso."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from graph.model.iris import Minter
from graph.settings import Settings
from graph.store.derive import Derive
from graph.store.remote.pool import RemotePool
from graph.store.remote.releases import RemoteReleases
from graph.store.remote.view import RemoteView
from graph.store.view import Graphs
from tests.contract.kinds import Pooled, Viewed
from tests.servers import Server, emptied, oxigraph, virtuoso


class Endpoint(Pooled):
    """A pool that asks an endpoint."""

    def __init__(self, releases: RemoteReleases, settings: Settings) -> None:
        super().__init__(releases, settings)
        self.pool: Any = RemotePool(releases, settings)


def filled(home: Path, graphs: Graphs, server: Server, **more: Any) -> tuple[RemoteReleases, Settings]:
    """An endpoint with these graphs, put there by our own writer."""
    given: dict[str, Any] = {"home": home, "query_spool": 50_000, **server.settings, **more}
    settings = Settings(**given)
    releases = RemoteReleases(settings)
    with releases.write() as writer:
        writer.replace(graphs, built=True)
        writer.commit("build", Derive(infer=lambda _: set(graphs.get(Minter().inferred, ()))))
    return releases, settings


@contextmanager
def _oxigraph(home: Path, graphs: Graphs, **more: Any) -> Iterator[tuple[RemoteReleases, Settings]]:
    server = oxigraph()
    try:
        yield filled(home, graphs, server, **more)
    finally:
        server.stop()


@contextmanager
def oxigraph_pool(home: Path, graphs: Graphs) -> Iterator[Pooled]:
    with _oxigraph(home, graphs) as (releases, settings), Endpoint(releases, settings) as pooled:
        yield pooled


@contextmanager
def named_merge_pool(home: Path, graphs: Graphs) -> Iterator[Pooled]:
    """As an endpoint of which nothing is known."""
    given = _oxigraph(home, graphs, store_merge="graph")
    with given as (releases, settings), Endpoint(releases, settings) as pooled:
        yield pooled


@contextmanager
def virtuoso_pool(home: Path, graphs: Graphs) -> Iterator[Pooled]:
    with Endpoint(*filled(home, graphs, emptied(virtuoso()))) as pooled:
        yield pooled


@contextmanager
def oxigraph_view(home: Path, graphs: Graphs) -> Iterator[Viewed]:
    with _oxigraph(home, graphs) as (releases, _):
        yield Viewed(RemoteView(releases.endpoint))


@contextmanager
def virtuoso_view(home: Path, graphs: Graphs) -> Iterator[Viewed]:
    releases, _ = filled(home, graphs, emptied(virtuoso()))
    yield Viewed(RemoteView(releases.endpoint))


REMOTE: dict[str, Callable[[Path, Graphs], AbstractContextManager[Pooled]]] = {
    "oxigraph": oxigraph_pool,
    "named merge": named_merge_pool,
    "virtuoso": virtuoso_pool,
}
REMOTE_VIEWS: dict[str, Callable[[Path, Graphs], AbstractContextManager[Viewed]]] = {
    "oxigraph view": oxigraph_view,
    "virtuoso view": virtuoso_view,
}
