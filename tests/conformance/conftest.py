"""One server for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.server import Server, serving


@pytest.fixture(scope="session")
def server(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product in the bare profile; `shared` is what the suite is read from."""
    with serving(tmp_path_factory.mktemp("conformance")) as made:
        yield made
