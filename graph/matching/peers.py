"""Peers: companies of Limburg that are in a market already, near in sector or product, and what they could tell."""

from __future__ import annotations

from collections.abc import Iterable

from graph.matching.common import (
    NOBODY,
    REGIONAL,
    STANDING,
    Found,
    Search,
    left,
    present,
    product,
    sector,
    stand_said,
)
from graph.matching.scene import Stand
from graph.matching.scoring import Fact, Match, Part, Say, items


def peers(search: Search, candidates: Iterable[int]) -> list[Match]:
    """Companies with a place in Limburg that stand in the market, or anywhere where none is asked about.

    One that shares neither sector nor product is a peer only where it is in the market itself.
    """
    group = search.scene.group(search.company)
    found = []
    for org in candidates:
        if org == search.company or org in group or search.scene.orgs.get(org, NOBODY).member != "yes":
            continue
        match = _weigh(search, org)
        if match is not None:
            found.append(match)
    return found


def _weigh(search: Search, org: int) -> Match | None:
    at = _where(search, org)
    if at is None:
        return None
    market, stand = at
    likeness = [sector(search, org), product(search, org)]
    if not any(part.value for part in likeness) and (search.market is None or stand.regional):
        return None
    parts = [_standing(search, org, market, stand), *likeness, _tells(search, org, market)]
    against = present([_wants(org, market, stand), left(search, org)])
    return search.match("peers", [*parts, *against], Found(org=org))


def _where(search: Search, org: int) -> tuple[int, Stand] | None:
    if search.market is not None:
        stand = search.scene.stand(org, search.market)
        return None if stand is None else (search.market, stand)
    found = search.scene.anywhere(org)
    if not found:
        return None
    market = max(found, key=lambda each: (_value(found[each]), -each))
    return market, found[market]


def _value(stand: Stand) -> float:
    value = STANDING["withdrawn"] if stand.left else STANDING[stand.status]
    return value * (REGIONAL if stand.regional else 1.0)


def _standing(search: Search, org: int, market: int, stand: Stand) -> Part:
    return Part("standing", _value(stand), stand_said(org, market, stand), items(stand.engagements))


def _tells(search: Search, org: int, market: int) -> Part:
    """What it could tell of: its partners, its places and the missions there."""
    scene = search.scene
    places = scene.geography.within(market)
    ties = [
        tie
        for tie in scene.ties.get(org, ())
        if tie.territory in places or scene.orgs.get(tie.other(org), NOBODY).country in places
    ]
    stakes = [
        stake
        for stake in scene.stakes.get(org, ())
        if stake.owner == org and scene.orgs.get(stake.owned, NOBODY).country in places
    ]
    gone = [number for mission in scene.missions for guest, number in mission.participants if guest == org]
    count = len(ties) + len(stakes) + len(gone)
    if not count:
        return Part("tells", None, Say("tells.none", orgs={"org": org}, concepts={"market": market}))
    facts = (*items([*ties, *stakes]), *(Fact(item=number) for number in gone))
    say = Say("tells.missions", orgs={"org": org}, concepts={"market": market})
    if ties:
        say = Say(
            "tells.partner", orgs={"org": org, "other": ties[0].other(org)}, concepts={"market": market}
        )
    elif stakes:
        say = Say("tells.place", orgs={"org": org, "other": stakes[0].owned}, concepts={"market": market})
    return Part("tells", count / (count + 1), say, facts)


def _wants(org: int, market: int, stand: Stand) -> Part | None:
    if stand.ended or stand.status != "targets":
        return None
    return Part(
        "wants",
        1.0,
        Say("wants.only", orgs={"org": org}, concepts={"market": market}),
        items(stand.engagements),
    )
