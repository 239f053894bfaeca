"""Search beside a fixed answer: what is asked, and how the figures are taken."""

from __future__ import annotations

from tests.bench.clients import Driven
from tests.bench.search import SearchLoad, typed


def test_names_are_typed_with_errors_the_same_with_the_same_seed() -> None:
    names = ["Synthetic Drufi Pumps 000012", "Synthetic Miravel Trade 000013"]
    texts = typed(names, 1)
    assert texts == typed(names, 1) != typed(names, 2)
    assert len(texts) == len(set(texts)) > 16
    assert set(names) <= set(texts)
    assert all(len(text) >= 3 for text in texts)


def test_a_search_is_told_in_fixed_answers() -> None:
    load = SearchLoad(8, Driven([0.001] * 40), Driven([0.004] * 40))
    assert load.p95 == (0.001, 0.004)
    assert load.ratio == 4.0
    assert SearchLoad(8, Driven([0.0] * 40), Driven([0.004] * 40)).ratio == float("inf")
