"""The index of the curated facts, built once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.index import Index
from graph.index.build import build
from tests.real import real_view


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Of the data that comes with Verre."""
    path = tmp_path_factory.mktemp("reconciliation") / "index.sqlite"
    build(real_view(), path, "r1")
    made = Index(path)
    yield made
    made.close()
