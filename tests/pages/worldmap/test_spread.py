"""Circles move apart, as little as they can, and stay in the picture."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pages.worldmap.spread import apart

ROOM = (400.0, 200.0)


def overlaps(places: np.ndarray, radii: np.ndarray) -> float:
    away = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    over = radii[:, None] + radii[None] - away
    np.fill_diagonal(over, 0.0)
    return float(over.max())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 200), st.floats(1, 9)), min_size=1, max_size=24))
def test_no_circle_lies_on_another_and_none_leaves(found: list[tuple[float, float, float]]) -> None:
    held = np.array(found)
    moved = apart(held[:, :2], held[:, 2], *ROOM)
    assert overlaps(moved, held[:, 2]) < 1.5
    assert (moved >= held[:, 2:] - 1e-6).all()
    assert (moved <= np.array(ROOM) - held[:, 2:] + 1e-6).all()


def test_what_is_free_stays_where_it_is() -> None:
    places = np.array([[50.0, 50.0], [300.0, 150.0]])
    assert np.abs(apart(places, np.array([5.0, 5.0]), *ROOM) - places).max() < 0.1


def test_two_on_one_spot_part() -> None:
    moved = apart(np.array([[100.0, 100.0]] * 2), np.array([6.0, 6.0]), *ROOM)
    assert np.hypot(*(moved[0] - moved[1])) > 12
    assert np.abs(moved.mean(axis=0) - 100).max() < 1
