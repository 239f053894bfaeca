"""That the soak sees what is wrong: a test that cannot fail is no test."""

from __future__ import annotations

import pytest

from tests.bench.clients import Driven
from tests.soak.load import Soaked, _faults, fifths, report
from tests.soak.writing import LOAD, PARTS, SELECT, Told, faults, note, update

WHOLE = {note(1): PARTS, note(2): PARTS}


def test_nothing_is_wrong_where_all_that_was_acknowledged_is_there() -> None:
    assert faults(Told(kept={1, 2}), WHOLE) == []


def test_what_had_no_answer_may_be_there_or_not() -> None:
    assert faults(Told(kept={1}, open={2}), WHOLE) == []
    assert faults(Told(kept={1, 2}, open={3}), WHOLE) == []


@pytest.mark.parametrize(
    ("told", "found", "said"),
    [
        (Told(kept={1, 2, 3}), WHOLE, "lost: 3"),
        (Told(kept={1}, refused={2: "422"}), WHOLE, f"appeared: {note(2)}"),
        (Told(kept={1}), WHOLE, f"appeared: {note(2)}"),
        (Told(kept={1, 2}), WHOLE | {note(2): PARTS - 1}, f"in part ({PARTS - 1}): {note(2)}"),
    ],
)
def test_what_is_lost_what_appears_and_what_is_in_part(told: Told, found: dict[str, int], said: str) -> None:
    assert faults(told, found) == [said]


def test_a_note_is_written_with_all_its_parts() -> None:
    assert update(7).count(f"<{note(7)}>") == PARTS


def soaked(**other: object) -> Soaked:
    good = {
        "lookups": Driven([0.001] * 100, 0, 1.0),
        "told": Told(kept={1}, seconds=[0.1]),
        "memory": [100] * 50,
        "releases": (12, 11),
    }
    return Soaked(**(good | other))  # type: ignore[arg-type]


def test_what_is_written_under_load_is_none_of_the_notes_that_kills_are_counted_by() -> None:
    text = update(7, LOAD)
    assert text.count(f"<{note(7, LOAD)}>") == PARTS
    assert f"GRAPH <{LOAD}>" in text
    assert note(7) not in text
    assert f"<{LOAD}>" not in SELECT


def test_a_good_soak_has_no_faults() -> None:
    assert _faults(soaked(), 10) == []


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"lookups": Driven([0.001], 1, 1.0)}, "lookups failed"),
        ({"lookups": Driven()}, "lookups failed"),
        ({"told": Told(kept={1}, refused={2: "503"})}, "writes"),
        ({"told": Told()}, "writes"),
        ({"memory": [100] * 40 + [120] * 10}, "memory grew"),
        ({"releases": (40, 40)}, "releases are kept"),
    ],
)
def test_each_fault_of_a_soak_is_told(other: dict[str, object], said: str) -> None:
    found = _faults(soaked(**other), 10)
    assert len(found) == 1
    assert said in found[0]


def test_the_beginning_is_for_warming_up() -> None:
    assert fifths([1] * 10 + [5] * 40) == (5, 5)
    assert fifths([7]) == (7, 7)


def test_peaks_are_no_leak_and_a_rising_floor_is_one() -> None:
    peaks = [5, 5, 5, 9, 9, 9, 9, 9, 9, 9]
    assert fifths([5] * 40 + peaks) == (5, 5)
    assert fifths([5] * 20 + [6] * 20 + [7] * 10) == (5, 7)


def test_the_report_tells_percentiles_and_faults() -> None:
    outcome = soaked(faults=["memory grew"])
    text = report(outcome)
    assert "p99 1.0 ms" in text
    assert "WRONG: memory grew" in text
    assert "SPARQL: none, 0 failed" in text
