"""Hollow wants, filled does; areas are in proportion to companies; a seat in Limburg has a point of its own."""

from __future__ import annotations

import math

import pytest

from api.pages.worldmap.marks import Mark, Seat, discs


def of(unit: float = 5.0, **counts: int) -> dict[str, float]:
    """The circles of a mark that counts companies, by class."""
    return dict(discs(Mark("JP", "Japan", counts=counts), unit))


@pytest.mark.parametrize(
    ("status", "classes"),
    [
        ("targets", ["ring"]),
        ("entering", ["step"]),
        ("active", ["disc"]),
        ("leading", ["halo", "halo", "best"]),
        ("withdrawn", ["gone"]),
    ],
)
def test_each_status_is_drawn_in_its_own_way(status: str, classes: list[str]) -> None:
    drawn = discs(Mark("JP", "Japan", status=status), 5.0)
    assert [name for name, _ in drawn] == classes
    radii = [radius for _, radius in drawn]
    assert radii == sorted(radii, reverse=True)


@pytest.mark.parametrize("status", ["targets", "entering", "active", "leading"])
def test_what_is_over_looks_like_what_was_given_up(status: str) -> None:
    assert discs(Mark("JP", "Japan", status=status, over=True), 5.0) == discs(
        Mark("JP", "Japan", status="withdrawn"), 5.0
    )


def test_a_mere_branch_has_no_circle_of_a_market() -> None:
    assert discs(Mark("CA", "Canada", branch=True), 5.0) == ()


def test_marks_of_one_company_follow_the_size_of_the_map() -> None:
    wide, narrow = (discs(Mark("JP", "Japan", status="leading"), 5.0, size) for size in (1.0, 0.5))
    assert [radius for _, radius in narrow] == pytest.approx([radius / 2 for _, radius in wide], abs=0.06)


def test_areas_are_in_proportion() -> None:
    assert of(active=16)["disc"] == 2 * of(active=4)["disc"] == 20.0
    drawn = of(targets=7, entering=5, active=3, leading=1)
    assert drawn["disc"] == 5 * math.sqrt(4)
    assert drawn["step"] == 5 * math.sqrt(9)
    assert drawn["ring"] == 5 * math.sqrt(16)


def test_who_leads_counts_among_those_who_export() -> None:
    assert of(leading=4) == of(active=4) == of(active=1, leading=3)


def test_a_circle_is_drawn_only_for_who_is_there() -> None:
    assert list(of(targets=2)) == ["ring"]
    assert list(of(entering=2)) == ["step"]
    assert list(of(targets=1, active=2)) == ["ring", "disc"]
    assert of(withdrawn=9) == {}


def test_who_wants_is_drawn_around_who_does() -> None:
    drawn = discs(Mark("JP", "Japan", counts={"active": 5, "entering": 1, "targets": 2}), 5.0)
    assert [name for name, _ in drawn] == ["ring", "step", "disc"]
    assert [radius for _, radius in drawn] == sorted((radius for _, radius in drawn), reverse=True)


def test_a_small_number_can_still_be_seen() -> None:
    assert of(unit=0.4, active=1)["disc"] == 3.0
    assert of(unit=0.4, active=400)["disc"] == 8.0


def test_those_that_left_are_not_counted() -> None:
    assert Mark("JP", "Japan", counts={"active": 2, "targets": 3, "withdrawn": 4}).total == 5
    assert Mark("JP", "Japan", status="active").total == 0


@pytest.mark.parametrize(
    ("seat", "point"),
    [
        (Seat("BE", "Genk", limburg=True), "limburg"),
        (Seat("BE", "Vilvoorde"), "BE"),
        (Seat("NL", "Maastricht", limburg=True), "NL"),
    ],
)
def test_only_a_seat_in_belgian_limburg_stands_at_the_point_of_limburg(seat: Seat, point: str) -> None:
    assert seat.point == point
