"""The index of the curated facts, built once."""

from __future__ import annotations

import pytest

from graph.index import Index


@pytest.fixture(scope="session")
def index(real_index: Index) -> Index:
    """Of the data that comes with Verre."""
    return real_index
