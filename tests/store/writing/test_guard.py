"""Which graphs may be written by hand."""

from __future__ import annotations

import pytest

from graph.errors import InputError
from graph.model.terms import NamedNode
from graph.store.writing.guard import GraphGuard

BASE = "https://example.org/"
GUARD = GraphGuard(BASE, [f"{BASE}graph/source/s1", f"{BASE}graph/meta"])


@pytest.mark.parametrize(
    "graph",
    [
        f"{BASE}graph/inferred",
        f"{BASE}graph/vocabulary/verre",
        f"{BASE}graph/reference/countries",
        f"{BASE}graph/source/s1",
        f"{BASE}graph/meta",
    ],
)
def test_what_is_made_is_not_written(graph: str) -> None:
    with pytest.raises(InputError) as caught:
        GUARD(NamedNode(graph))
    assert f"<{BASE}graph/edit/" in caught.value.detail
    assert caught.value.issues[0].value == graph


@pytest.mark.parametrize(
    "graph",
    [
        f"{BASE}graph/edit/ann",
        f"{BASE}graph/restricted/edit/bob",
        f"{BASE}graph/source/s10",
        "urn:any",
        "https://other.org/graph/inferred",
    ],
)
def test_any_other_is(graph: str) -> None:
    GUARD(NamedNode(graph))
