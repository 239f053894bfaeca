"""Matches under the clock: what is asked, and how the shares are taken."""

from __future__ import annotations

import pytest

from tests.bench.matches import KINDS, lines, questions
from tests.bench.timings import Timings


@pytest.mark.parametrize("kind", KINDS)
def test_no_question_comes_twice(kind: str) -> None:
    refs = [f"synthetic-{number:07d}" for number in range(50)]
    asks = questions(kind, refs, 100)
    assert len(set(asks)) == len(asks) == 100
    assert all(f"kind={kind}" in ask for ask in asks)
    assert all(("market=" in ask) is (kind != "markets") for ask in asks)
    assert questions(kind, refs, 100) == asks


def test_a_line_a_kind() -> None:
    load = Timings([0.001 * n for n in range(1, 101)], failed=2)
    assert lines({"peers": load}) == [
        "peers: 100 matches, p50 50.0 ms, p95 95.0 ms (at most 300), 2 failed; shares {}"
    ]
