"""Matches under the clock: what is asked, and how the shares are taken."""

from __future__ import annotations

import pytest

from tests.bench.matches import KINDS, MatchLoad, lines, questions, steps


@pytest.mark.parametrize("kind", KINDS)
def test_no_question_comes_twice(kind: str) -> None:
    refs = [f"synthetic-{number:07d}" for number in range(50)]
    asks = questions(kind, refs, 100)
    assert len(set(asks)) == len(asks) == 100
    assert all(f"kind={kind}" in ask for ask in asks)
    assert all(("market=" in ask) is (kind != "markets") for ask in asks)
    assert questions(kind, refs, 100) == asks


def test_steps_are_shares_of_the_whole() -> None:
    found = dict(steps("resolve;dur=1.50, scene;dur=30.0", 0.06))
    assert found == pytest.approx({"resolve": 0.025, "scene": 0.5})
    assert steps("", 1) == []


def test_a_line_a_kind() -> None:
    load = MatchLoad("peers", [0.001 * n for n in range(1, 101)], {"scene": 0.5}, 2)
    assert load.p95 == pytest.approx(0.09595)
    assert lines([load]) == [
        "peers: 100 matches, p50 50.5 ms, p95 96.0 ms (at most 300), 2 failed; shares {'scene': 0.5}"
    ]
    assert MatchLoad("peers").p50 == MatchLoad("peers").p95 == float("inf")
