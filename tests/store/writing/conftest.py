"""A service that writes, on stores in temporary folders."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.errors import VerreError
from graph.model.iris import Minter
from graph.model.terms import Literal, NamedNode
from graph.settings import Settings
from graph.store.releases import Releases
from graph.store.writes import Write, Written
from graph.store.writing import WriteService, messages, process
from graph.store.writing.worker import Work
from tests.store.small import NO_DERIVE, ONE, TWO, named, sells

BASE = Minter().base
EDIT = f"{BASE}graph/edit/ann"
EX = "http://example.org/"


def update(text: str, **more: Any) -> Write:
    return Write("update", text=f"PREFIX ex: <{EX}> PREFIX g: <{BASE}graph/edit/> {text}", **more)


def adding(name: str, graph: str = EDIT) -> Write:
    return update(f"INSERT DATA {{ GRAPH <{graph}> {{ ex:{name} ex:note '{name}' }} }}")


def settings_in(folder: Path) -> Settings:
    return Settings(home=folder / "home", update_timeout=30, write_lock_wait=0.2)


def built(settings: Settings) -> Releases:
    """Two sources that a build gave."""
    made = Releases(settings.home, keep=10)
    with made.write() as writer:
        writer.replace(
            {ONE: {named("luminex"), sells("luminex", "jp")}, TWO: {named("luminex"), named("punch")}},
            built=True,
        )
        writer.commit("build", NO_DERIVE)
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


@pytest.fixture
def releases(settings: Settings) -> Releases:
    return built(settings)


def notes(releases: Releases, graph: str = EDIT) -> set[str]:
    """The texts that the current release has in a graph."""
    current = releases.current()
    assert current is not None
    found = current.open().triples(NamedNode(graph))
    return {triple.object.value for triple in found if isinstance(triple.object, Literal)}


@asynccontextmanager
async def writing(releases: Releases, settings: Settings) -> AsyncIterator[WriteService]:
    """A started service; closed again."""
    service = WriteService(releases, settings)
    await service.start()
    try:
        yield service
    finally:
        await service.close()


class Desk:
    """A service in a loop of its own, which many tests share: a process takes a second to start."""

    def __init__(self, releases: Releases, settings: Settings) -> None:
        self.releases = releases
        self.service = WriteService(releases, settings)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.run(self.service.start())

    def write(self, write: Write) -> Written:
        written: Written = self.run(self.service.write(write))
        return written

    def tried(self, *writes: Write) -> list[Written | VerreError]:
        """What came of each of several writes at once."""

        async def one(write: Write) -> Written | VerreError:
            try:
                return await self.service.write(write)
            except VerreError as error:
                return error

        async def all_of_them() -> list[Written | VerreError]:
            return await asyncio.gather(*map(one, writes))

        results: list[Written | VerreError] = self.run(all_of_them())
        return results

    def notes(self, graph: str) -> set[str]:
        return notes(self.releases, graph)

    def close(self) -> None:
        self.run(self.service.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120)


@pytest.fixture(scope="package")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    settings = settings_in(tmp_path_factory.mktemp("desk"))
    made = Desk(built(settings), settings)
    yield made
    made.close()


class Inside:
    """The same without a process between, so that it is measured what of the code is tested."""

    def __init__(self, releases: Releases, settings: Settings) -> None:
        self.releases = releases
        self.work = Work(process._config(releases, settings))

    def write(self, write: Write) -> Written:
        (result,) = self.tried(write)
        if isinstance(result, VerreError):
            raise result
        return result

    def tried(self, *writes: Write) -> list[Written | VerreError]:
        """What came of each; of a bare store one after the other, else as one group."""
        groups = [[write] for write in writes] if self.releases.bare else [list(writes)]
        return [result for group in groups for result in self._group(group)]

    def _group(self, writes: list[Write]) -> list[Written | VerreError]:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            try:
                done = self.work.group(writes, theirs)
            except VerreError as error:
                return [error]
        return [messages.outcome_of(one, done["release"]) for one in json.loads(json.dumps(done["outcomes"]))]

    def notes(self, graph: str) -> set[str]:
        return notes(self.releases, graph)

    def close(self) -> None:
        self.work.session.close()


@pytest.fixture(scope="package")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    settings = settings_in(tmp_path_factory.mktemp("inside"))
    made = Inside(built(settings), settings)
    yield made
    made.close()


@pytest.fixture
def graph(request: pytest.FixtureRequest) -> str:
    """A graph that no other test writes to."""
    return f"{BASE}graph/edit/{abs(hash(request.node.nodeid))}"
