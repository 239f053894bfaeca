"""Steps are timed for who gathers them, and cost nobody else anything."""

from __future__ import annotations

import pytest

from graph.index import Index
from graph.network import fetch
from graph.network.timing import step, timed


def test_steps_are_gathered_in_order_and_added_up() -> None:
    with timed() as steps:
        for name in ("a", "b", "a"):
            with step(name):
                pass
    assert list(steps) == ["a", "b"]
    assert all(seconds > 0 for seconds in steps.values())


def test_nobody_gathers_them_outside() -> None:
    with step("before"):
        pass
    with timed() as steps:
        pass
    assert steps == {}


def test_a_step_that_fails_is_timed_and_fails() -> None:
    with timed() as steps, pytest.raises(ValueError, match="no"), step("a"):
        raise ValueError("no")
    assert steps["a"] > 0


def test_a_neighbourhood_tells_its_steps(small: Index) -> None:
    with timed() as steps:
        fetch(small, ["acme"])
    assert list(steps) == ["find", "walk", "describe"]
