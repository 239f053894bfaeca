"""The shapes as they were built: every country of the graph is there, and where it belongs."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from api.pages.worldmap import atlas as module
from api.pages.worldmap.atlas import Atlas, atlas

ROOT = Path(__file__).parents[3]
TABLE = (ROOT / "data" / "reference" / "countries.csv").read_text("utf-8")
COUNTRIES = [row["iso2"] for row in csv.DictReader(TABLE.splitlines())]
LACKING = 80
"""Countries that are smaller than a mark on them, at most."""


@pytest.fixture(scope="module")
def held() -> Atlas:
    """The plates."""
    found = atlas()
    assert found is not None, "web/ is not built: make test builds it"
    return found


def test_every_country_of_the_reference_table_has_a_point_on_the_map(held: Atlas) -> None:
    assert len(COUNTRIES) >= 249
    for plate in (held.world, held.europe):
        assert set(COUNTRIES) | {"limburg"} == set(plate.points)
    for code in COUNTRIES:
        x, y = held.world.point(code)
        assert 0 <= x <= held.world.width, code
        assert 0 <= y <= held.world.height, code


def test_only_small_countries_have_no_shape(held: Atlas) -> None:
    """Which is no loss: what is smaller than its mark is seen by its mark."""
    without = set(COUNTRIES) - set(held.world.shapes)
    assert len(without) < LACKING
    large = [
        "US",
        "CA",
        "BR",
        "RU",
        "CN",
        "IN",
        "AU",
        "JP",
        "KR",
        "TH",
        "VN",
        "DE",
        "FR",
        "GB",
        "NL",
        "BE",
        "ZA",
    ]
    assert [code for code in (*large, "TR", "UA", "GF", "XK", "TW", "EH") if code in without] == []


def corners(path: str) -> list[tuple[float, float]]:
    """The points of a path of ours, in units of the plate."""
    found = []
    for ring in path.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x = y = 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x / 10, y / 10))
    return found


def extent(held: Atlas, code: str) -> tuple[float, float]:
    xs = [x for x, _ in corners(held.world.shapes[code])]
    return min(xs), max(xs)


@pytest.mark.parametrize("code", ["RU", "FJ", "NZ", "CA"])
def test_no_country_is_torn_apart_by_the_antimeridian(held: Atlas, code: str) -> None:
    west, east = extent(held, code)
    assert east - west < 0.45 * held.world.width


def test_paths_stay_on_their_plate(held: Atlas) -> None:
    for plate in (held.world, held.europe):
        for code, path in plate.shapes.items():
            for x, y in corners(path):
                assert -5 <= x <= plate.width + 5, code
                assert -5 <= y <= plate.height + 5, code


@pytest.mark.parametrize(
    ("west", "east"),
    [("US", "GB"), ("GB", "RU"), ("IN", "TH"), ("TH", "VN"), ("CN", "KR"), ("KR", "JP"), ("AU", "FJ")],
)
def test_marks_stand_in_the_order_of_the_world(held: Atlas, west: str, east: str) -> None:
    assert held.world.points[west][0] < held.world.points[east][0]


def test_areas_are_true(held: Atlas) -> None:
    """Brazil is 8.5 million km², Greenland 2.2: what Mercator's map turns round."""

    def area(code: str) -> float:
        total = 0.0
        for ring in held.world.shapes[code].split("M")[1:]:
            at = corners(f"M{ring}")
            total += sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(at, at[1:] + at[:1], strict=True))
        return abs(total) / 2

    assert area("BR") / area("GL") == pytest.approx(8.51 / 2.17, rel=0.12)
    assert area("BR") / area("AU") == pytest.approx(8.51 / 7.69, rel=0.05)


def test_parts_of_a_state_that_are_markets_by_themselves_have_their_own_land(held: Atlas) -> None:
    west, east = extent(held, "FR")
    assert east - west < 0.06 * held.world.width
    assert extent(held, "GF")[1] < west


def test_crimea_is_of_ukraine(held: Atlas) -> None:
    """As the European Union and the General Assembly of the United Nations have it: no shore of Russia there."""
    kherson, rostov = held.europe.points["UA"], held.europe.shapes["RU"]
    south = [y for x, y in corners(held.europe.shapes["UA"]) if abs(x - kherson[0]) < 40]
    assert max(south) - kherson[1] > 45
    odessa_to_kerch = [x for x, y in corners(rostov) if y > kherson[1] + 30]
    assert min(odessa_to_kerch) > kherson[0] + 40


def test_europe_holds_what_lies_well_inside_it(held: Atlas) -> None:
    assert [code for code in ("BE", "NO", "PT", "GR", "UA", "TR", "IS") if not held.europe.holds(code)] == []
    assert [code for code in ("MA", "RU", "US", "JP", "LB", "AQ", "no-such") if held.europe.holds(code)] == []


def test_limburg_lies_in_belgium_beside_the_netherlands(held: Atlas) -> None:
    x, _ = held.europe.points["limburg"]
    assert held.europe.points["BE"][0] < x < held.europe.points["DE"][0]


def test_a_clone_that_was_never_built_has_no_map(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "BUILT", tmp_path / "worldmap.json")
    atlas.cache_clear()
    try:
        assert atlas() is None
    finally:
        atlas.cache_clear()
