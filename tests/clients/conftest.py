"""A running product that may be written to, and the key for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.keys import Keys, Role
from tests.product.conftest import build, start, stop


@dataclass(frozen=True)
class Endpoint:
    """Where the product listens, without a closing slash, and the key of a steward."""

    url: str
    key: str

    @property
    def query(self) -> str:
        """Where queries go."""
        return f"{self.url}/sparql"

    @property
    def update(self) -> str:
        """Where updates go."""
        return f"{self.url}/update"


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The project's own data, served; each test writes to a graph of its own."""
    home: Path = tmp_path_factory.mktemp("clients") / "home"
    build(home)
    _, key = Keys(home).create(Role.STEWARD, "clients")
    running = start(home, anonymous_requests="100000", anonymous_queries="100000")
    yield Endpoint(running.url, key)
    stop(running)
