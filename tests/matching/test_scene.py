"""Pieces of a scene: places, standings, groups."""

from __future__ import annotations

from graph.index.standings import Rules
from graph.matching.scene import Geography, Scene, Stake, Tie

ASIA, NEAR, CLUB, JP, VN, FR = 1, 2, 3, 10, 11, 12


def places() -> Geography:
    around = {JP: frozenset({ASIA, CLUB}), VN: frozenset({ASIA, NEAR}), FR: frozenset({CLUB})}
    parts = {
        ASIA: frozenset({ASIA, JP, VN, NEAR}),
        NEAR: frozenset({NEAR, VN}),
        CLUB: frozenset({CLUB, JP, FR}),
    }
    return Geography(parts, around, frozenset({JP, VN, FR}), frozenset({CLUB}))


def test_a_club_is_no_neighbourhood() -> None:
    assert places().shared(JP, VN) == ASIA
    assert places().shared(JP, FR) is None
    assert places().shared(VN, VN) == NEAR  # the smallest


def test_the_size_of_a_market_is_its_countries() -> None:
    assert [places().size(market) for market in (ASIA, NEAR, JP)] == [2, 1, 1]
    assert places().within(99) == {99}


def stake(number: int, owner: int, owned: int, kind: str = "subsidiary", last: int = 100) -> Stake:
    return Stake(number, owner, owned, kind, None, None, 0, last)


def test_a_group_is_two_steps_wide_and_goes_on() -> None:
    listed = [
        stake(1, 5, 1),
        stake(2, 5, 2),
        stake(3, 2, 3),
        stake(4, 1, 4, last=49),
        stake(5, 6, 1, "investment"),
    ]
    stakes = {n: [s for s in listed if n in (s.owner, s.owned)] for n in range(1, 7)}
    scene = Scene(Rules(50), places(), stakes=stakes)
    assert {org: [s.id for s in way] for org, way in scene.group(1).items()} == {5: [1], 2: [1, 2]}


def test_who_is_on_the_side_that_buys() -> None:
    def tie(role: str) -> Tie:
        return Tie(1, 10, 20, role, None, None, None, None, 0, 100)

    assert tie("distributor").bought_by(20)
    assert not tie("distributor").bought_by(10)
    assert tie("supplier").bought_by(10)
    assert [tie("partner").other(party) for party in (10, 20)] == [20, 10]
