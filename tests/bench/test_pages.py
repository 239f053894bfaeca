"""Pages under the clock: what is asked."""

from __future__ import annotations

from tests.bench.pages import addresses, lines
from tests.bench.timings import Timings


def test_no_page_is_asked_for_twice_and_every_language_comes() -> None:
    found = addresses([f"M{n}" for n in range(30)], [f"synthetic-{n}" for n in range(30)])
    assert list(found) == ["home", "exporters", "company", "market"]
    for paths in found.values():
        assert len(set(paths)) == len(paths)
        assert {path.rpartition("lang=")[2] for path in paths} == {"nl", "en", "fr"}


def test_a_line_a_kind() -> None:
    load = Timings([0.001 * n for n in range(1, 101)], failed=2, slowest="/markets/CN")
    assert list(lines({"market": load})) == [
        "market: 100 pages, p50 50.0 ms, p95 95.0 ms (at most 200), 2 failed; slowest /markets/CN"
    ]
