"""What maps say: marks with words, and the same in sentences with their sources."""

from __future__ import annotations

from typing import Any

from api.pages.face import Face
from api.pages.views import facts, maps
from tests.pages.samples import LUMINEX, Json, engagement, market, source

NL = Face("nl")
BELGIUM: Json = {"code": "BE", "label": "België", "kind": "country"}
TOKYO: Json = {
    "organization": {"iri": "urn:tokyo", "id": "luminex-japan", "name": "Luminex Japan"},
    "kind": "branch",
    "country": market("JP"),
    "place": "Tokyo",
    "ended": False,
    "sources": [source("s002")],
}
COMPANY: Json = {
    **LUMINEX,
    "country": BELGIUM,
    "municipality": {"iri": "urn:genk", "label": "Genk"},
    "area": {"seat": "yes", "member": "yes"},
    "presence": [TOKYO],
}


def of(engagements: list[Json], **more: Any) -> Json:
    found = maps.of_company(NL, {**COMPANY, **more}, facts.ladder(engagements))
    assert found is not None
    return found


def drawn(found: Json) -> dict[str, Any]:
    return {spot.mark.code: spot for spot in found["drawing"].wide[0].spots}


def told(found: Json) -> list[str]:
    return [str(row["words"].striptags()) for row in found["key"]]


def test_a_company_in_marks_and_in_words() -> None:
    found = of([engagement("JP", "leading"), engagement("CN", "targets"), engagement("ASIA", "active")])
    spots = drawn(found)
    assert set(spots) == {"JP", "CN"}
    assert [name for name, _ in spots["CN"].discs] == ["ring"]
    assert spots["CN"].mark.title == "China: wil exporteren"
    assert spots["JP"].mark.title == "Japan: exporteert, topmarkt; vestiging in Tokyo"
    assert spots["JP"].unit is not None
    assert told(found) == [
        "exporteert, topmarkt: Japan",
        "exporteert: Azië",
        "wil exporteren: China",
        "ter plaatse: vestiging in Tokyo, Japan",
    ]
    assert [[s["id"] for s in row["sources"]] for row in found["key"]] == [["s001"]] * 3 + [["s002"]]
    assert "Luminex" in found["label"]


def test_what_is_over_is_hollow_and_says_so() -> None:
    found = of([engagement("US", "active", ended=True)], presence=[])
    (spot,) = drawn(found).values()
    assert [name for name, _ in spot.discs] == ["gone"]
    assert told(found) == ["voorbij: Verenigde Staten"]
    assert found["key"][0]["status"] == "withdrawn"


def test_a_branch_where_nothing_is_sold_has_a_mark_of_its_own() -> None:
    found = of([])
    (spot,) = drawn(found).values()
    assert (spot.mark.code, spot.discs, spot.mark.more) == ("JP", (), "vestiging in Tokyo")
    assert len(found["drawing"].wide[0].lines) == 1


def test_branches_that_are_gone_and_sites_at_home_are_not_drawn() -> None:
    gone, home = {**TOKYO, "ended": True}, {**TOKYO, "country": BELGIUM}
    assert maps.of_company(NL, {**COMPANY, "presence": [gone, home]}, []) is None


def test_several_branches_of_one_country_are_counted_and_none_twice() -> None:
    osaka = {**TOKYO, "organization": {"iri": "urn:osaka"}, "place": "Osaka"}
    found = of([], presence=[TOKYO, TOKYO, osaka])
    assert drawn(found)["JP"].mark.more == "2 vestigingen en dochters"


def test_the_seat_is_where_a_source_puts_it() -> None:
    genk = maps.seat(NL, COMPANY)
    assert genk is not None
    assert (genk.point, genk.label) == ("limburg", "Genk")
    ghent = maps.seat(NL, {**COMPANY, "municipality": {"label": "Gent"}, "area": {"seat": "no"}})
    assert ghent is not None
    assert (ghent.point, ghent.label) == ("BE", "Gent")
    assert maps.seat(NL, {**COMPANY, "country": None}) is None


def test_markets_are_counted_and_regions_left_to_the_table() -> None:
    held = [
        {**market("CN"), "counts": {"active": 3, "targets": 1}},
        {**market("JP"), "counts": {"targets": 2}},
        {**market("US"), "counts": {"withdrawn": 1}},
        {**market("ASIA"), "counts": {"active": 9}},
    ]
    found = maps.of_markets(NL, held, label=NL.t("map.home"))
    assert found is not None
    assert [m["code"] for m in found["markets"]] == ["CN", "JP"]
    spots = drawn(found)
    assert spots["CN"].mark.title == "China: exporteert 3, wil exporteren 1"
    assert [name for name, _ in spots["CN"].discs] == ["ring", "disc"]
    assert [name for name, _ in spots["JP"].discs] == ["ring"]
    assert [row["status"] for row in found["key"]] == ["targets", "active"]
    assert maps.of_markets(NL, held[2:], label=NL.t("map.home")) is None


def test_a_destination_is_on_the_map_of_its_mission_even_where_nobody_is_yet() -> None:
    found = maps.of_mission(
        NL, [{**market("CN"), "counts": {"targets": 2}}, {**market("JP")}, {**market("ASIA")}]
    )
    assert found is not None
    spots = drawn(found)
    assert set(spots) == {"CN", "JP"}
    assert spots["JP"].discs == ()
    assert spots["JP"].label.text.name == "Japan"
    assert found["drawing"].land["world"].focus
    assert maps.of_mission(NL, [market("ASIA")]) is None
