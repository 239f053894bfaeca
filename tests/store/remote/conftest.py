"""Real endpoints for the tests of writing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.settings import Settings
from graph.store.remote.releases import RemoteReleases
from tests.servers import Server, emptied, oxigraph, virtuoso
from tests.store.remote.fake import Fake, endpoint


@pytest.fixture
def fake() -> Iterator[Fake]:
    with endpoint() as made:
        yield made


@pytest.fixture(scope="module")
def oxigraph_server() -> Iterator[Server]:
    server = oxigraph()
    yield server
    server.stop()


@pytest.fixture(params=["oxigraph", "virtuoso"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """An empty endpoint of each kind."""
    server = oxigraph() if request.param == "oxigraph" else emptied(virtuoso())
    given: dict[str, Any] = {"home": tmp_path, "store_refresh": 0.05, **server.settings}
    yield Settings(**given)
    if request.param == "oxigraph":
        server.stop()


@pytest.fixture
def releases(settings: Settings) -> RemoteReleases:
    return RemoteReleases(settings)
