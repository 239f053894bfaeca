"""Indexes made from small graphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.index import Index
from graph.index.build import build
from tests.graphs import World

Made = Callable[[World], Index]


@pytest.fixture
def indexed(tmp_path: Path) -> Made:
    """Makes the index of a world; each call a new file."""
    made: list[Index] = []

    def make(world: World) -> Index:
        path = tmp_path / f"index-{len(made)}.db"
        build(world.view(), path, f"r{len(made)}")
        made.append(Index(path))
        return made[-1]

    return make
