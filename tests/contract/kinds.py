"""The ways in which a graph can be read, each behind the same few functions.

A further kind joins by a class with these functions and a line in `KINDS`; every contract test then
runs against it. What a kind cannot do is a flag, and the test that needs it says so by asking for
the fixture of that flag.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from graph.model.terms import Triple
from graph.settings import Settings
from graph.store.pool import QueryJob, ReaderPool
from graph.store.releases import Releases
from graph.store.view import Graphs, GraphView, Row, memory_view
from graph.store.writer import Derive

T = TypeVar("T")


class Reading(Protocol):
    """What is common to all kinds."""

    def select(self, query: str) -> list[Row]: ...
    def ask(self, query: str) -> bool: ...
    def construct(self, query: str) -> set[Triple]: ...


class Viewed:
    """A view in this process."""

    def __init__(self, view: GraphView) -> None:
        self.view = view

    def select(self, query: str) -> list[Row]:
        return list(self.view.select(query))

    def ask(self, query: str) -> bool:
        return self.view.ask(query)

    def construct(self, query: str) -> set[Triple]:
        return set(self.view.construct(query))


class Pooled:
    """A pool of reader processes, on an event loop in a thread of its own."""

    def __init__(self, releases: Releases, settings: Settings) -> None:
        self.releases = releases
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()
        self.pool = ReaderPool(releases, settings)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def __enter__(self) -> Pooled:
        self.run(self.pool.start())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.pool.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def until_in_memory(self) -> None:
        """Waits until all idle readers read from memory."""

        async def wait() -> None:
            async with asyncio.timeout(50):
                while self.pool.kind() != "memory" or any(  # noqa: ASYNC110
                    not reader.in_memory for reader in self.pool.fleets.idle()
                ):
                    await asyncio.sleep(0.05)

        self.run(wait())

    def raw(self, query: str, **given: Any) -> bytes:
        """The whole answer as it came."""

        async def collect() -> bytes:
            answer = await self.pool.query(QueryJob(query, **given))
            if answer.body is not None:
                return answer.body
            assert answer.chunks is not None
            return b"".join([chunk async for chunk in answer.chunks])

        return self.run(collect())

    def select(self, query: str, **given: Any) -> list[Row]:
        result = parse_query_results(self.raw(query, **given), format=QueryResultsFormat.JSON)
        assert isinstance(result, QuerySolutions)
        return [tuple(row) for row in result]

    def ask(self, query: str, **given: Any) -> bool:
        result = parse_query_results(self.raw(query, **given), format=QueryResultsFormat.JSON)
        return bool(result)

    def construct(self, query: str, **given: Any) -> set[Triple]:
        answer = self.raw(query, graph_type="application/n-triples", **given)
        return {quad.triple for quad in parse(answer, format=RdfFormat.N_TRIPLES)}


def publish(home: Path, graphs: Graphs) -> Releases:
    """A store with one release of these graphs."""
    releases = Releases(home)
    with releases.write() as writer:
        writer.replace(graphs, built=True)
        writer.commit("build", Derive())
    return releases


@contextmanager
def memory(_: Path, graphs: Graphs) -> Iterator[Reading]:
    yield Viewed(memory_view(graphs))


@contextmanager
def release(home: Path, graphs: Graphs) -> Iterator[Reading]:
    current = publish(home, graphs).current()
    assert current is not None
    yield Viewed(current.open())


@contextmanager
def pool(home: Path, graphs: Graphs) -> Iterator[Pooled]:
    settings = Settings(readers=2, spare_readers=1, query_spool=50_000, query_memory=2**30)
    with Pooled(publish(home, graphs), settings) as pooled:
        yield pooled


@contextmanager
def loaded(home: Path, graphs: Graphs) -> Iterator[Pooled]:
    given: dict[str, Any] = {"readers": 2, "spare_readers": 1, "query_spool": 50_000, "query_memory": 2**30}
    settings = Settings(home=home, memory=2**30, **given)
    with Pooled(publish(home, graphs), settings) as pooled:
        pooled.until_in_memory()
        yield pooled


KINDS: dict[str, Callable[[Path, Graphs], AbstractContextManager[Reading]]] = {
    "memory": memory,
    "release": release,
    "pool": pool,
    "loaded": loaded,
}
STOPPABLE: dict[str, Callable[[Path, Graphs], AbstractContextManager[Pooled]]] = {
    "pool": pool,
    "loaded": loaded,
}
"""Kinds that take queries of strangers: with deadlines, limits, and the protocol's dataset."""
