"""Marks to pictures: hollow wants, filled does; every name of a company's map is there; Europe by itself where it is crowded."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from api.pages.worldmap import Drawing, Mark, Panel, Seat, draw
from api.pages.worldmap.marks import discs

ROOT = Path(__file__).parents[3]
GENK = Seat("BE", "Genk", True, "zetel")
LUMINEX = (
    Mark("JP", "Japan", status="leading", branch=True, more="vestiging in Tokyo"),
    Mark("FR", "Frankrijk", status="active"),
    Mark("IN", "India", status="active"),
    *(Mark(code, code, status="targets") for code in ("CN", "TH", "VN", "KR")),
    Mark("CA", "Canada", branch=True, more="vestiging in Montreal"),
)
NEIGHBOURS = tuple(Mark(code, code, status="active") for code in ("NL", "DE", "FR", "LU", "GB"))


def made(*marks: Mark, seat: Seat | None = None, near: bool = False) -> Drawing:
    found = draw(marks, seat, near=near)
    assert found is not None, "web/ is not built: make test builds it"
    return found


def names(panel: Panel) -> set[str]:
    return {spot.label.text.name for spot in panel.spots if spot.label}


@pytest.mark.parametrize("cut", ["wide", "narrow"])
def test_luminex_is_seen_at_a_glance(cut: str) -> None:
    (panel,) = getattr(made(*LUMINEX, seat=GENK), cut)
    assert names(panel) == {"Japan", "Frankrijk", "India", "CN", "TH", "VN", "KR", "Canada"}
    shapes = {spot.mark.code: [name for name, _ in spot.discs] for spot in panel.spots}
    assert {code for code, drawn in shapes.items() if drawn == ["ring"]} == {"CN", "TH", "VN", "KR"}
    assert shapes["JP"] == ["halo", "halo", "best"]
    assert shapes["CA"] == []
    assert {spot.mark.code for spot in panel.spots if spot.unit} == {"JP", "CA"}
    assert len(panel.lines) == 2
    assert panel.seat is not None
    assert panel.seat.label is not None
    assert panel.seat.label.text.name == "Genk"


def test_the_land_of_marks_is_told_apart() -> None:
    found = made(Mark("JP", "Japan", status="targets"))
    assert list(found.land) == ["world"]
    assert found.land["world"].known
    assert found.land["world"].known not in found.land["world"].bare
    drawn = draw([Mark("JP", "Japan", status="targets")], focus=["JP"])
    assert drawn is not None
    assert (drawn.land["world"].known, drawn.land["world"].focus) == ("", found.land["world"].known)


def test_a_crowd_in_europe_gets_a_picture_of_its_own() -> None:
    world, europe = made(*NEIGHBOURS, *LUMINEX[3:], seat=GENK).wide
    assert (world.plate, europe.plate) == ("world", "europe")
    assert names(europe) == {"NL", "DE", "FR", "LU", "GB"}
    assert names(world) == {"CN", "TH", "VN", "KR", "Canada"}
    dots = [spot for spot in world.spots if spot.mark.code in names(europe)]
    assert {radius for spot in dots for _, radius in spot.discs} == {2.4}


def test_europe_stands_alone_where_there_is_nothing_else() -> None:
    (panel,) = made(*NEIGHBOURS, seat=GENK).wide
    assert panel.plate == "europe"


def test_a_closer_look_shows_less_land() -> None:
    marks = [Mark(code, code, counts={"targets": 1}) for code in ("TH", "VN", "SG")]
    (far,), (near,) = made(*marks).wide, made(*marks, near=True).wide

    def away(panel: Panel) -> float:
        places = {spot.mark.code: (spot.x, spot.y) for spot in panel.spots}
        return math.dist(places["TH"], places["SG"]) / panel.width

    assert away(near) > 2 * away(far)


def test_small_countries_are_seen_as_well_as_large_ones() -> None:
    found = made(*(Mark(code, code, counts={"active": 1}) for code in ("SG", "MY", "BH", "QA", "MT")))
    for panel in (*found.wide, *found.narrow):
        for spot in panel.spots:
            assert all(radius >= 2.4 for _, radius in spot.discs)
        for one in panel.spots:
            for other in panel.spots:
                if one is not other:
                    room = max(r for _, r in one.discs) + max(r for _, r in other.discs)
                    assert math.dist((one.x, one.y), (other.x, other.y)) >= room - 0.3


@pytest.mark.parametrize(
    ("counts", "shapes"),
    [
        ({"targets": 4}, [("ring", 2)]),
        ({"active": 3, "leading": 1}, [("disc", 2)]),
        ({"active": 1, "targets": 3}, [("ring", 2), ("disc", 1)]),
        ({"entering": 4}, [("step", 2)]),
        ({"active": 1, "entering": 3, "targets": 5}, [("ring", 3), ("step", 2), ("disc", 1)]),
    ],
)
def test_areas_tell_how_many_do_what(counts: dict[str, int], shapes: list[tuple[str, int]]) -> None:
    assert discs(Mark("JP", "Japan", counts=counts), 10.0) == tuple(
        (name, 10.0 * radius) for name, radius in shapes
    )


@pytest.mark.parametrize("status", ["targets", "entering", "active", "leading", "withdrawn"])
def test_what_is_over_is_hollow_and_broken(status: str) -> None:
    assert [name for name, _ in discs(Mark("JP", "Japan", status=status, over=True), 1.0)] == ["gone"]


def test_nothing_to_draw_is_no_picture() -> None:
    assert draw([]) is None
    assert draw([Mark("ZZ", "Nowhere", status="active")], GENK) is None


def test_what_the_map_does_not_know_is_left_out() -> None:
    (panel,) = made(Mark("ZZ", "Nowhere", status="active"), LUMINEX[0], seat=Seat("ZZ", "?")).wide
    assert [spot.mark.code for spot in panel.spots] == ["JP"]
    assert panel.seat is None


def test_the_whole_world_at_once() -> None:
    with (ROOT / "data" / "reference" / "countries.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    marks = [
        Mark(row["iso2"], row["nl"], counts={"active": 9000 - n, "targets": n}) for n, row in enumerate(rows)
    ]
    found = made(*marks)
    assert {spot.mark.code for spot in found.wide[0].spots} == {row["iso2"] for row in rows}
    assert len(names(found.wide[0])) > 40


def test_the_same_marks_make_the_same_picture() -> None:
    assert made(*LUMINEX, seat=GENK) == made(*LUMINEX, seat=GENK)
