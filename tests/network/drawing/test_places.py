"""Boxes that lie on each other are moved apart, whatever they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.network.drawing.places import Floats, overlaps, separate, spread


def sides(places: Floats, boxes: Floats) -> list[tuple[float, float, float, float]]:
    low, high = places - boxes / 2 + 1e-4, places + boxes / 2 - 1e-4
    return [(a[0], a[1], b[0], b[1]) for a, b in zip(low, high, strict=True)]


_SIZES = st.tuples(st.floats(1, 400), st.floats(1, 120))
_SPOTS = st.tuples(st.floats(-300, 300), st.floats(-300, 300))


@given(st.lists(st.tuples(_SPOTS, _SIZES), min_size=1, max_size=25), st.sampled_from([0, 3, 300]))
def test_no_box_lies_on_another_however_few_rounds_there_were(
    things: list[tuple[tuple[float, float], tuple[float, float]]], rounds: int
) -> None:
    places, boxes = np.array([spot for spot, _ in things]), np.array([size for _, size in things])
    assert overlaps(sides(separate(places, boxes, rounds), boxes)) == []


def test_all_on_one_spot_come_apart() -> None:
    places, boxes = np.zeros((12, 2)), np.full((12, 2), 10.0)
    assert overlaps(sides(places, boxes))
    assert overlaps(sides(spread(places, boxes), boxes)) == []
    assert overlaps(sides(separate(places, boxes), boxes)) == []


def test_what_is_apart_stays_where_it_is() -> None:
    places, boxes = np.array([[0.0, 0.0], [20.0, 0.0]]), np.full((2, 2), 10.0)
    assert (separate(places, boxes) == places).all()
    assert (spread(places, boxes) - places < 0.1).all()


@pytest.mark.parametrize(
    ("other", "clash"),
    [((5, 5, 15, 15), True), ((10, 0, 20, 10), False), ((0, 10, 10, 20), False), ((2, 2, 3, 3), True)],
)
def test_touching_is_not_overlapping(other: tuple[float, float, float, float], clash: bool) -> None:
    assert bool(overlaps([(0, 0, 10, 10), other])) is clash
