"""One picture of a map: marks at their place or led back to it, bows to branches, words where there is room for them."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest

from api.pages.worldmap.atlas import Plate
from api.pages.worldmap.frames import Frame, around, whole
from api.pages.worldmap.labels import Type
from api.pages.worldmap.marks import Mark, Seat
from api.pages.worldmap.panel import DOT, SEAT, UNIT, Cut, Panel, Point, Scene, Spot, bow, line, panel

PLATE = Plate(
    "world",
    1000.0,
    500.0,
    {},
    {
        "BE": (490.0, 150.0),
        "limburg": (500.0, 148.0),
        "JP": (900.0, 200.0),
        "CN": (780.0, 220.0),
        "MY": (760.0, 330.0),
        "SG": (761.0, 331.0),
        "NO": (505.0, 2.0),
    },
)
CUT = Cut("wide", 1000.0, 640.0, 440.0, 760.0, Type(14.0, 12.0), 1.0, 22.0, True, (0.36, 0.5))
WHOLE: Frame = whole(PLATE, 1000.0)
GENK = Seat("BE", "Genk", True, "zetel")
JAPAN = Mark("JP", "Japan", status="active", branch=True, more="filiaal in Tokyo")
CHINA = Mark("CN", "China", status="targets")


def made(
    *marks: Mark, seat: Seat | None = None, dotted: str = "", cut: Cut = CUT, frame: Frame = WHOLE
) -> Panel:
    return panel(cut, frame, Scene(marks, seat, frozenset(dotted.split()), 5.0))


def spot_of(found: Panel, code: str) -> Spot:
    return next(spot for spot in found.spots if spot.mark.code == code)


def test_a_mark_that_has_room_stands_where_its_country_is() -> None:
    found = made(JAPAN, CHINA)
    assert [spot.mark for spot in found.spots] == [JAPAN, CHINA]
    for spot in found.spots:
        assert (spot.x, spot.y) == pytest.approx(PLATE.point(spot.mark.code), abs=0.2)
        assert spot.home is None


def test_marks_on_one_spot_part_and_a_line_leads_home() -> None:
    marks = [Mark(code, code, counts={"active": 9}) for code in ("MY", "SG")]
    found = made(*marks)
    one, other = found.spots
    assert math.dist((one.x, one.y), (other.x, other.y)) >= one.discs[0][1] + other.discs[0][1]
    large = panel(
        CUT,
        WHOLE,
        Scene([Mark(c, c, counts={"active": 1}) for c in ("MY", "SG")] * 4, None, frozenset(), 5.0),
    )
    homes = {spot.home for spot in large.spots if spot.home}
    assert homes
    assert homes <= {PLATE.point("MY"), PLATE.point("SG")}


def test_a_branch_stands_on_the_shoulder_of_its_market() -> None:
    spot = spot_of(made(JAPAN, seat=GENK), "JP")
    assert spot.unit is not None
    x, y, radius = spot.unit
    assert radius == UNIT
    assert x > spot.x
    assert y < spot.y
    assert math.dist((x, y), (spot.x, spot.y)) == pytest.approx(
        0.8 * math.sqrt(2) * spot.discs[0][1], abs=0.2
    )
    assert spot_of(made(CHINA, seat=GENK), "CN").unit is None


def test_a_branch_without_a_market_stands_in_its_country_itself() -> None:
    spot = spot_of(made(Mark("JP", "Japan", branch=True), seat=GENK), "JP")
    assert spot.discs == ()
    assert spot.unit == (spot.x, spot.y, UNIT)


def test_a_bow_joins_the_seat_with_each_branch_and_nothing_else() -> None:
    found = made(JAPAN, CHINA, seat=GENK)
    assert found.seat is not None
    (path,) = found.lines
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    unit = spot_of(found, "JP").unit
    assert unit is not None
    assert numbers[:2] == [found.seat.x, found.seat.y]
    assert tuple(numbers[-2:]) == unit[:2]
    assert made(JAPAN).lines == []


def test_a_bow_bends_north_and_stays_in_the_picture() -> None:
    path = line(Point(100.0, 200.0, 5.0, None), (300.0, 200.0))
    assert path == "M100.0 200.0Q200.0 164.0 300.0 200.0"
    assert line(Point(100.0, 10.0, 5.0, None), (900.0, 10.0)).split("Q")[1].startswith("500.0 4.0 ")


def test_points_of_a_bow_lie_on_it() -> None:
    points = bow((100.0, 200.0), (300.0, 200.0), steps=4)
    assert [x for x, _ in points] == pytest.approx([150.0, 200.0, 250.0])
    assert [y for _, y in points] == pytest.approx([186.5, 182.0, 186.5])
    assert len(bow((0.0, 50.0), (10.0, 50.0))) == 39


def test_the_seat_has_its_name_and_its_point() -> None:
    found = made(JAPAN, seat=GENK)
    assert found.seat is not None
    assert (found.seat.x, found.seat.y) == pytest.approx(PLATE.point("limburg"), abs=0.2)
    assert found.seat.radius == SEAT
    assert found.seat.label is not None
    assert (found.seat.label.text.name, found.seat.label.text.more) == ("Genk", "zetel")
    assert made(JAPAN).seat is None


def test_a_dot_has_no_name_no_branch_and_one_small_circle() -> None:
    leading = replace(JAPAN, status="leading")
    spot = spot_of(made(leading, CHINA, seat=GENK, dotted="JP"), "JP")
    assert spot.discs == (("best", DOT),)
    assert (spot.label, spot.unit) == (None, None)
    seat = made(CHINA, seat=GENK, dotted="BE").seat
    assert seat is not None
    assert (seat.radius, seat.label) == (DOT, None)


def test_words_under_a_name_are_told_only_where_there_is_room() -> None:
    for told, more in ((True, "filiaal in Tokyo"), (False, "")):
        label = spot_of(made(JAPAN, cut=replace(CUT, told=told)), "JP").label
        assert label is not None
        assert (label.text.name, label.text.more) == ("Japan", more)


def test_names_are_cut_to_their_room_and_hold_no_letters_that_xml_forbids() -> None:
    label = spot_of(made(Mark("CN", "China\x00 " + "x" * 300, status="active", more="\x0bmeer")), "CN").label
    assert label is not None
    assert len(label.text.name) < 40
    assert "\x00" not in label.text.name
    assert label.text.more == "meer"


def test_a_mark_without_a_name_is_called_by_its_code() -> None:
    label = spot_of(made(Mark("CN", "  ", status="active", number="7")), "CN").label
    assert label is not None
    assert (label.text.name, label.text.number) == ("CN", "7")


def test_the_land_lies_under_the_marks() -> None:
    """The shapes are in tenths of a unit: the transform brings a point of them to where its mark stands."""
    frame = around(PLATE, ["CN", "MY"], 760.0, CUT.closest)
    found = made(CHINA, Mark("MY", "Maleisië", status="active"), frame=frame)
    match = re.fullmatch(r"scale\(([\d.]+)\) translate\((-?\d+) (-?\d+)\)", found.transform)
    assert match
    scale, x, y = map(float, match.groups())
    spot, (at_x, at_y) = spot_of(found, "CN"), PLATE.point("CN")
    assert ((at_x * 10 + x) * scale, (at_y * 10 + y) * scale) == pytest.approx((spot.x, spot.y), abs=0.5)
    assert (found.plate, found.width, found.height) == ("world", 760.0, frame.height)


def test_marks_at_the_edge_are_drawn_whole() -> None:
    found = made(Mark("NO", "Noorwegen", counts={"active": 16}))
    (spot,) = found.spots
    assert spot.y >= spot.discs[0][1]
    assert spot.label is not None
    assert spot.label.box[1] >= 0


def test_a_map_without_marks_is_land_alone() -> None:
    assert made().spots == []
    alone = made(seat=GENK)
    assert (alone.spots, alone.lines) == ([], [])
    assert alone.seat is not None
    assert alone.seat.label is not None
