"""Windows on a plate: all that is asked about lies in them, they keep to the plate, and Europe has one where it is crowded."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pages.worldmap.atlas import Atlas, Plate
from api.pages.worldmap.frames import CROWD, Frame, around, split, whole

SHAPE = (0.2, 0.5)
FAR = {"JP": (900.0, 200.0), "US": (150.0, 180.0), "NZ": (960.0, 460.0), "OFF": (1200.0, -30.0)}
NEAR = ("BE", "NL", "DE", "FR", "LU")
WORLD = Plate("world", 1000.0, 500.0, {}, FAR | {code: (500.0 + n, 150.0) for n, code in enumerate(NEAR)})
EUROPE = Plate(
    "europe",
    200.0,
    240.0,
    {},
    {"JP": (900.0, 40.0)} | {code: (90.0, 20.0 + 40 * n) for n, code in enumerate(NEAR)},
)
ATLAS = Atlas(WORLD, EUROPE)


def corners(frame: Frame) -> tuple[float, float]:
    """The right and lower edge of the window, in units of the plate."""
    return frame.left + frame.width / frame.scale, frame.top + frame.height / frame.scale


def seen(frame: Frame, keys: Sequence[str]) -> bool:
    places = [frame.place(key) for key in keys]
    return all(-0.1 <= x <= frame.width + 0.1 and -0.1 <= y <= frame.height + 0.1 for x, y in places)


def test_a_whole_plate_keeps_its_proportion() -> None:
    frame = whole(WORLD, 360.0)
    assert (frame.left, frame.top, frame.width, frame.height) == (0.0, 0.0, 360.0, 180.0)
    assert frame.place("JP") == pytest.approx((324.0, 72.0))


def test_what_lies_beyond_the_map_stands_at_its_edge() -> None:
    assert whole(WORLD, 500.0).place("OFF") == (500.0, 0.0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 500)), min_size=1, max_size=8))
def test_all_that_is_asked_about_is_seen_and_the_window_keeps_to_the_plate(
    spots: list[tuple[float, float]],
) -> None:
    plate = Plate("world", 1000.0, 500.0, {}, {str(n): spot for n, spot in enumerate(spots)})
    frame = around(plate, list(plate.points), 760.0, SHAPE)
    right, lower = corners(frame)
    assert seen(frame, list(plate.points))
    assert frame.left >= 0
    assert frame.top >= 0
    assert right <= plate.width + 0.1
    assert lower <= plate.height + 0.3
    assert frame.width == 760.0


def test_one_point_is_not_looked_at_closer_than_allowed() -> None:
    frame = around(WORLD, ["BE"], 400.0, SHAPE)
    assert frame.width / frame.scale == pytest.approx(WORLD.width * 0.2)
    assert frame.height == pytest.approx(200.0)
    assert frame.place("BE") == pytest.approx((200.0, 100.0), abs=0.2)


def test_at_the_edge_of_the_plate_the_window_is_moved_and_not_cut() -> None:
    frame = around(WORLD, ["NZ"], 400.0, SHAPE)
    right, lower = corners(frame)
    assert right == pytest.approx(1000.0, abs=0.1)
    assert lower == pytest.approx(500.0, abs=0.2)
    x, y = frame.place("NZ")
    assert x > 0.7 * frame.width
    assert y > 0.5 * frame.height


def test_points_far_apart_get_room_for_names_beside_them() -> None:
    frame = around(WORLD, ["BE", "JP"], 400.0, SHAPE)
    assert 20 < frame.place("BE")[0] < frame.place("JP")[0] < 380
    assert frame.scale < around(WORLD, ["JP"], 400.0, SHAPE).scale


def test_points_above_one_another_make_the_picture_tall() -> None:
    plate = Plate("world", 1000.0, 500.0, {}, {"N": (500.0, 20.0), "S": (500.0, 480.0)})
    frame = around(plate, ["N", "S"], 300.0, (0.2, 2.0))
    assert frame.height > frame.width
    assert seen(frame, ["N", "S"])


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (NEAR[:2], (False, True)),
        ((*NEAR, "BE"), (False, True)),
        (("JP",), (True, False)),
        (("JP", *NEAR[: CROWD - 1]), (True, False)),
        (("JP", *NEAR[:CROWD]), (True, True)),
        (("JP", "US", "NZ"), (True, False)),
    ],
)
def test_europe_has_a_picture_where_it_is_alone_or_crowded(
    keys: Sequence[str], shown: tuple[bool, bool]
) -> None:
    assert split(ATLAS, keys) == shown


def test_a_country_at_the_margin_of_europe_is_not_in_it() -> None:
    """Else Morocco, half cut off, would be shown on the plate of Europe alone."""
    edge = Plate("europe", 200.0, 240.0, {}, {"MA": (100.0, 235.0), "BE": (100.0, 100.0)})
    assert split(Atlas(WORLD, edge), ["BE", "MA"]) == (True, False)
    assert split(Atlas(WORLD, edge), ["BE"]) == (False, True)
