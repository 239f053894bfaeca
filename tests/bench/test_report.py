"""The tables: ratios the right way round, failures told, peers that are absent named."""

from __future__ import annotations

import math

import pytest

from tests.bench.clients import Driven
from tests.bench.edits import Edited
from tests.bench.engines import Loaded
from tests.bench.measure import COMPANY, LOOKUP, Results, Timed, agreement, rows
from tests.bench.questions import QUESTIONS
from tests.bench.report import Run, geometric, markdown, milliseconds, ratio, short


def timed(seconds: float, rows: int = 3) -> Timed:
    return Timed([seconds], rows={0: rows})


@pytest.fixture
def run() -> Run:
    """Verre at 10 ms beside a peer at 20 ms."""
    results = Results(
        questions={
            "verre": {q.name: timed(0.01) for q in QUESTIONS} | {LOOKUP: timed(0.002), COMPANY: timed(0.001)},
            "peer": {q.name: timed(0.02) for q in QUESTIONS},
        },
        rates={"peer": {1: Driven([0.02], 3, 1.0)}, "verre": {1: Driven([0.01] * 90, 0, 1.0)}},
        lists={LOOKUP: {1: Driven([0.002] * 400, 0, 1.0)}},
        mixed={"verre": Driven([0.03], 0, 1.0)},
        after={"verre": "answers"},
        serving={"verre": (50 * 2**20, 1.5)},
        edits={
            "verre": [
                Edited(9.0, 9.0, 9.0),
                Edited(0.1, 0.25, 0.3),
                Edited(0.2, 0.35, 0.4),
                Edited(0.3, 0.45, 0.5),
            ]
        },
    )
    loads = {"verre": Loaded(9.0, 10.0, 100 * 2**20, 8.0, 30 * 2**20)}
    return Run(
        100_037, 300_000, 7, 10.0, 2.0, versions={"verre": "1", "peer": "2"},
        absent={"other": "not installed"}, loads=loads, starts={"verre": 0.5}, results=results,
    )  # fmt: skip


def test_a_ratio_above_one_means_that_verre_is_faster() -> None:
    assert ratio(timed(0.01), timed(0.03)) == pytest.approx(3)
    assert math.isnan(ratio(timed(0.01), Timed()))
    assert math.isnan(ratio(Timed(), timed(0.01)))


def test_the_geometric_mean_leaves_out_what_failed() -> None:
    assert geometric([2.0, 8.0, math.nan]) == pytest.approx(4)
    assert math.isnan(geometric([math.nan]))


@pytest.mark.parametrize(
    ("value", "text"), [(1234.5, "1234"), (12.34, "12.3"), (0.456, "0.46"), (math.nan, "–")]
)
def test_numbers_have_three_figures(value: float, text: str) -> None:
    assert short(value) == text


def test_latencies_of_nothing_are_a_failure() -> None:
    assert milliseconds([]) == "failed"
    assert milliseconds([0.001, 0.002]) == "1.00 / 2.00 / 2.00"


def test_answers_are_compared_by_their_rows() -> None:
    ours, theirs = Timed(rows={0: 1, 1: 5, 2: 7}), Timed(rows={0: 1, 1: 6})
    assert agreement(ours, theirs) == (1, 2)
    assert rows(b'{"results": {"bindings": [{}, {}]}}') == 2
    assert rows(b'{"items": [1]}') == 1


def test_the_report_says_what_was_measured(run: Run) -> None:
    text = markdown(run)
    assert "100,037 synthetic quads (seed 7), 300,000 with reference" in text
    assert "Absent: other (not installed)." in text
    assert "| verre | 9.00 s | 10.0 s | 0.50 s | 30 MB | 100 MB | 8.00 s | 50 MB | 1.50 s |" in text
    assert "| **geometric mean** | **2.00 ×** |" in text
    assert f"| {LOOKUP}, against the first, p50 | 10.0 × |" in text
    assert f"| {LOOKUP}, against the first, p95 | 10.0 × |" in text
    assert f"| {QUESTIONS[0].name} | 10.0 / 10.0 / 10.0 (n = 1) | 20.0 / 20.0 / 20.0 (n = 1) |" in text
    assert "| verre | 90/s, p99 10.0 ms |" in text
    assert "| peer | 1/s, p99 20.0 ms, 3 failed |" in text
    assert "| verre, first | 9000 ms | 9000 ms | 9000 ms |" in text
    assert "| verre, median of the next 3 | 200 ms | 350 ms | 400 ms |" in text
    assert "Every engine gave as many rows" in text


def test_a_wrong_or_failed_answer_is_told(run: Run) -> None:
    first, second = QUESTIONS[0].name, QUESTIONS[1].name
    run.results.questions["peer"][first] = timed(0.02, rows=4)
    run.results.questions["peer"][second] = Timed(failed=3, why="500: a | b\nc")
    run.results.questions["verre"][COMPANY].failed = 1
    text = markdown(run)
    assert f"* peer, {first}: as many rows as Verre for 0 of 1 values" in text
    assert f"* peer, {second}: 3 failed (500: a / b c)" in text
    assert f"* verre, {COMPANY}: 1 failed ()" in text
    assert f"| {second} | 10.0 / 10.0 / 10.0 (n = 1) | failed |" in text
    assert f"| {second} | – |" in text
    assert "Every engine" not in text
