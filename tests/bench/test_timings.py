"""What is kept of answers under the clock."""

from __future__ import annotations

import math

import httpx
import pytest

from tests.bench.timings import Timings, percentile, steps


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(n) for n in range(1, 101)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99, 1.0)] == [50.0, 95.0, 99.0, 100.0]
    assert percentile([3.0], 0.5) == 3.0
    assert math.isnan(percentile([], 0.5))


def test_steps_are_shares_of_the_whole() -> None:
    found = dict(steps("resolve;dur=1.50, scene;dur=30.0", 0.06))
    assert found == pytest.approx({"resolve": 0.025, "scene": 0.5})
    assert steps("", 1) == []


def _answer(request: httpx.Request) -> httpx.Response:
    status = 500 if request.url.path == "/bad" else 200
    body = b"" if request.url.path == "/empty" else b"{}"
    return httpx.Response(status, content=body, headers={"Server-Timing": "scene;dur=0.001"})


def test_only_good_answers_count_and_warm_ones_do_not() -> None:
    found = Timings()
    with httpx.Client(base_url="http://synthetic", transport=httpx.MockTransport(_answer)) as client:
        found.ask(client, "/warm", counted=False)
        for path in ("/one", "/bad", "/empty"):
            found.ask(client, path)
    assert (len(found.seconds), found.failed, found.slowest) == (1, 2, "/one")
    assert list(found.steps) == ["scene"]
