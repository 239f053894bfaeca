"""Who could come on a mission, weighed by hand in scenes of a few organizations, without any index."""

from __future__ import annotations

from typing import Any

import pytest

from graph.index.standings import Engagement, Rules
from graph.matching.participants import (
    SOUGHT,
    Aim,
    chosen,
    instructive,
    meetable,
    participants,
)
from graph.matching.scene import Geography, Mission, Org, Scene, Stake, Tie
from graph.matching.scoring import Match, Part
from graph.model.statuses import RANK

ASIA, JP, VN, BE = 1, 10, 11, 12
FRUIT, STEEL = 50, 51
LUX, BEL, OTHER = 100, 101, 200
DAY, LONG = 1000, 9999

PLACES = Geography(
    {ASIA: frozenset({ASIA, JP, VN})},
    {JP: frozenset({ASIA}), VN: frozenset({ASIA})},
    frozenset({JP, VN, BE}),
)


def engagement(org: int, market: int, status: str, number: int = 1, last: int = LONG) -> Engagement:
    return Engagement(
        number, f"urn:e{number}", org, market, None, RANK[status], None, None, "2018", 0, last, 0, 0, 0, None
    )


def member(number: int, *sectors: int, country: int = BE, yes: str = "yes") -> Org:
    return Org(number, "company", country, yes, frozenset(sectors))


def scene(*engagements: Engagement, orgs: tuple[Org, ...] = (), **more: Any) -> Scene:
    held = {LUX: member(LUX), BEL: member(BEL)} | {each.id: each for each in orgs}
    by_org: dict[int, list[Engagement]] = {}
    for each in engagements:
        by_org.setdefault(each.company, []).append(each)
    return Scene(Rules(DAY), PLACES, held, by_org, **more)


def tie(number: int, partner: int, territory: int | None = None, last: int = LONG) -> Tie:
    return Tie(number, LUX, partner, "agent", territory, None, None, None, 0, last)


def stake(number: int, owned: int, kind: str = "branch", last: int = LONG, owner: int = LUX) -> Stake:
    return Stake(number, owner, owned, kind, None, None, 0, last)


def part(match: Match, feature: str) -> Part:
    (found,) = [each for each in match.parts if each.feature == feature]
    return found


def key(match: Match, feature: str) -> str:
    said = part(match, feature).say
    return "" if said is None else said.key


def one(held: Scene, *markets: int, sectors: frozenset[int] = frozenset()) -> Match:
    (found,) = chosen(held, Aim(markets or (VN,), sectors), [LUX])
    return found


@pytest.mark.parametrize(
    ("status", "value"), [("targets", 1.0), ("entering", 0.9), ("active", 0.7), ("leading", 0.6)]
)
def test_each_standing_has_its_worth_and_its_own_sentence(status: str, value: float) -> None:
    found = one(scene(engagement(LUX, VN, status, 7)))
    assert part(found, "standing").value == value
    assert key(found, "standing") == f"standing.{status}"
    assert [fact.item for fact in part(found, "standing").facts] == [7]


def test_who_wants_to_go_has_the_most_to_look_for() -> None:
    assert sorted(SOUGHT, key=lambda status: -SOUGHT[status]) == [
        "targets",
        "entering",
        "active",
        "leading",
        "withdrawn",
    ]


def test_of_a_region_only_is_half_as_much_and_told_of_the_region() -> None:
    found = part(one(scene(engagement(LUX, ASIA, "targets"))), "standing")
    assert found.value == 0.5
    assert found.say is not None
    assert found.say.key == "region.targets"
    assert found.say.concepts == {"market": VN, "region": ASIA}


def test_nothing_known_is_no_zero_and_names_the_market() -> None:
    found = part(one(scene(engagement(LUX, JP, "active"))), "standing")
    assert found.value is None
    assert found.say is not None
    assert (found.say.key, found.say.concepts) == ("standing.unknown", {"market": VN})
    assert found.facts == ()


def test_a_plan_that_is_over_is_worth_nothing_and_called_over() -> None:
    held = scene(engagement(LUX, VN, "targets", last=DAY - 1))
    assert participants(held, Aim((VN,)), [LUX]) == []
    found = part(one(held), "standing")
    assert (found.value, found.say and found.say.key) == (0.0, "standing.ended")


def test_who_left_every_destination_stays_at_home() -> None:
    gone = scene(engagement(LUX, VN, "withdrawn"), engagement(BEL, VN, "active", 2, last=DAY - 1))
    assert participants(gone, Aim((VN,)), [LUX, BEL]) == []
    half = scene(engagement(LUX, VN, "withdrawn"), engagement(LUX, JP, "targets", 2))
    (found,) = participants(half, Aim((VN, JP)), [LUX])
    assert part(found, "left").value == 1.0
    assert key(found, "left") == "standing.left"
    whole = scene(engagement(LUX, JP, "targets", 2))
    (other,) = participants(whole, Aim((VN, JP)), [LUX])
    assert found.score == pytest.approx(other.score * 0.75)  # half of the destinations, at a weight of a half


@pytest.mark.parametrize("yes", ["no", "unknown"])
def test_only_who_is_known_to_have_a_place_in_limburg(yes: str) -> None:
    held = scene(engagement(LUX, VN, "targets"), orgs=(member(LUX, yes=yes),))
    assert participants(held, Aim((VN,)), [LUX]) == []
    assert [each.org for each in chosen(held, Aim((VN,)), [LUX])] == [LUX]


def test_somebody_whom_the_scene_does_not_hold_is_no_candidate() -> None:
    assert participants(scene(engagement(999, VN, "targets")), Aim((VN,)), [999]) == []


def test_a_destination_more_that_is_known_is_worth_more() -> None:
    held = scene(
        engagement(LUX, VN, "targets"),
        engagement(LUX, JP, "targets", 2),
        engagement(BEL, VN, "targets", 3),
    )
    both, single = chosen(held, Aim((VN, JP)), [LUX, BEL])
    assert both.score == pytest.approx(2 * single.score)
    assert [each.value for each in both.parts if each.feature == "standing"] == [1.0, 1.0]
    assert [each.value for each in single.parts if each.feature == "standing"] == [1.0, None]


def test_an_own_place_comes_before_a_partner() -> None:
    held = scene(
        orgs=(member(OTHER, country=VN), member(201, country=VN)),
        stakes={LUX: [stake(21, OTHER)]},
        ties={LUX: [tie(22, 201)]},
    )
    found = part(one(held), "way")
    assert (found.value, found.say and found.say.key) == (1.0, "way.own")
    assert [fact.item for fact in found.facts] == [21]


def test_a_partner_there_or_one_whose_territory_it_is() -> None:
    for held in (
        scene(orgs=(member(OTHER, country=VN),), ties={LUX: [tie(22, OTHER)]}),
        scene(orgs=(member(OTHER, country=BE),), ties={LUX: [tie(22, OTHER, territory=VN)]}),
    ):
        assert part(one(held), "way").value == 0.9
        assert key(one(held), "way") == "way.partner"


def test_near_is_half_and_never_called_there() -> None:
    held = scene(orgs=(member(OTHER, country=JP),), stakes={LUX: [stake(21, OTHER)]})
    found = part(one(held), "way")
    assert found.value == 0.5
    assert found.say is not None
    assert (found.say.key, found.say.concepts) == ("way.near", {"market": JP, "region": ASIA})
    assert [(fact.item, fact.org, fact.property) for fact in found.facts] == [
        (21, None, ""),
        (None, OTHER, "country"),
    ]


@pytest.mark.parametrize(
    "held",
    [
        {"stakes": {LUX: [stake(21, OTHER, last=DAY - 1)]}},
        {"stakes": {LUX: [stake(21, OTHER, kind="investment")]}},
        {"stakes": {LUX: [stake(21, LUX, owner=OTHER)]}},
        {"ties": {LUX: [tie(22, OTHER, last=DAY - 1)]}},
        {},
    ],
)
def test_no_way_by_what_is_over_nor_by_money_only_nor_by_an_owner(held: dict[str, Any]) -> None:
    found = part(one(scene(orgs=(member(OTHER, country=VN), member(LUX, country=VN)), **held)), "way")
    assert (found.value, found.say and found.say.key, found.facts) == (None, "way.none", ())


def test_the_sectors_that_a_mission_is_meant_for() -> None:
    held = scene(engagement(LUX, VN, "targets"), orgs=(member(LUX, FRUIT), member(BEL, STEEL)))
    same, other = chosen(held, Aim((VN,), frozenset({FRUIT})), [LUX, BEL])
    assert (part(same, "sector").value, key(same, "sector")) == (1.0, "sector.wanted")
    assert [fact.value for fact in part(same, "sector").facts] == [FRUIT]
    assert (part(other, "sector").value, key(other, "sector")) == (0.0, "sector.notwanted")
    unknown = one(scene(), sectors=frozenset({FRUIT}))
    assert (part(unknown, "sector").value, key(unknown, "sector")) == (None, "sector.unknown")


def test_where_no_sector_is_asked_none_is_told_or_counted() -> None:
    plain = one(scene(engagement(LUX, VN, "targets")))
    wide = one(scene(engagement(LUX, VN, "targets"), orgs=(member(LUX, FRUIT),)))
    assert "sector" not in {each.feature for each in wide.parts}
    assert plain.score == wide.score == pytest.approx(0.45 / 0.80)


def test_an_earlier_mission_with_its_statement_or_that_none_is_known() -> None:
    earlier = Mission(70, frozenset({VN}), (), ((BEL, 71), (LUX, 72)), "2018-05", 0, "outbound")
    found = part(one(scene(missions=(earlier,))), "went")
    assert found.say is not None
    assert (found.value, found.say.missions, found.say.texts) == (1.0, {"mission": 70}, {"when": "2018-05"})
    assert [fact.item for fact in found.facts] == [72]
    assert key(one(scene()), "went") == "mission.neverwent"


def test_what_is_the_same_for_two_destinations_is_told_once() -> None:
    found = one(scene(engagement(LUX, VN, "targets")), VN, VN)
    assert len([each for each in found.parts if each.feature == "standing"]) == 1


def match(org: int, score: float, mission: int | None = None, **values: float) -> Match:
    given = {"standing": 0.0, "sector": 0.0, "product": 0.0} | values
    listed = tuple(Part(name, value) for name, value in given.items())
    return Match("peers", score, listed, org=org, mission=mission)


def test_the_best_are_met_and_a_mission_is_nobody_to_meet() -> None:
    found = meetable([match(1, 0.2), match(2, 0.9), match(3, 0.5), match(4, 1.0, mission=9)], 2)
    assert [each.org for each in found] == [2, 3]


def test_a_peer_tells_of_the_market_or_of_the_trade() -> None:
    kept = instructive(
        [
            match(1, 0.9, standing=0.2),  # only wants to go, and sells something else
            match(2, 0.8, standing=0.6),
            match(3, 0.7, sector=0.5),
            match(4, 0.6, product=0.5),
        ],
        5,
    )
    assert [each.org for each in kept] == [2, 3, 4]
