"""One fixture: rows in, triples of the source `s1` out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model.terms import Triple
from tests.sources.sheets import Table, errors, run, source_graph, with_world

Say = Callable[..., set[Triple]]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Imports rows beside WORLD; gives what `s1` says beyond what it says of WORLD alone."""
    before = source_graph(run(tmp_path / "before", with_world()).graphs)

    def say(**tables: Table) -> set[Triple]:
        result = run(tmp_path / "after", with_world(**tables))
        assert errors(result) == []
        return source_graph(result.graphs) - before

    return say
