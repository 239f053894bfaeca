"""Participants: companies of Limburg that have something to look for where a trade mission goes.

Who wants to go there has the most to look for; who sells there already has something to tell. Neither is
ever taken for the other: the sentence of each says which it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.matching.common import NOBODY, REGIONAL, STANDING, Search, left, stand_said
from graph.matching.scene import Scene, Stake, Tie
from graph.matching.scoring import Fact, Match, Part, Say, best, items, overlap, score

SOUGHT = {"targets": 1.0, "entering": 0.9, "active": 0.7, "leading": 0.6, "withdrawn": 0.0}
"""What a mission is worth to a company of that standing."""

THERE = STANDING["entering"]
"""From this standing on a peer has been in the market itself."""


@dataclass(frozen=True)
class Aim:
    """What a mission is for: its destinations, and the sectors it is meant for, if any."""

    markets: tuple[int, ...]
    sectors: frozenset[int] = frozenset()


def participants(scene: Scene, aim: Aim, candidates: Iterable[int]) -> list[Match]:
    """Those of the candidates that stand in a destination and did not leave all of them, in no order."""
    found = (_weigh(scene, aim, org) for org in candidates)
    return [match for match in found if match is not None]


def chosen(scene: Scene, aim: Aim, companies: Iterable[int]) -> list[Match]:
    """Exactly these companies, whatever is known of them."""
    return [_told(scene, aim, org) for org in companies]


def _weigh(scene: Scene, aim: Aim, org: int) -> Match | None:
    if scene.orgs.get(org, NOBODY).member != "yes":
        return None
    stands = [scene.stand(org, market) for market in aim.markets]
    if not any(stand is not None and not stand.left and not stand.ended for stand in stands):
        return None
    return _told(scene, aim, org)


def _told(scene: Scene, aim: Aim, org: int) -> Match:
    """A company with a part for each destination: what is told; the score takes each feature as one."""
    told: list[Part] = []
    whole: list[Part] = []
    for make in (_standing, _way):
        parts = [make(scene, org, market) for market in aim.markets]
        told += [
            part for place, part in enumerate(parts) if part.say not in [each.say for each in parts[:place]]
        ]
        values = [part.value or 0.0 for part in parts]
        whole.append(Part(parts[0].feature, sum(values) / len(values)))
    for part in (_sector(scene, aim, org), _went(scene, org)):
        if part is not None:
            told.append(part)
            whole.append(part)
    gone = [left(Search(scene, org, market), org) for market in aim.markets]
    there = [part for part in gone if part is not None]
    if there:
        whole.append(Part("left", sum(part.value or 0.0 for part in there) / len(aim.markets)))
    weights = {} if aim.sectors else {"sector": 0.0}
    return Match("participants", score("participants", whole, weights), (*told, *there), org=org)


def _standing(scene: Scene, org: int, market: int) -> Part:
    stand = scene.stand(org, market)
    if stand is None or stand.left:  # that it left is told as what speaks against it
        return Part("standing", None, Say("standing.unknown", orgs={"org": org}, concepts={"market": market}))
    value = 0.0 if stand.ended else SOUGHT[stand.status] * (REGIONAL if stand.regional else 1.0)
    return Part("standing", value, stand_said(org, market, stand), items(stand.engagements))


def _way(scene: Scene, org: int, market: int) -> Part:
    """Somebody to start from: of its own, else a partner; in the market, else in a region around it."""
    ways = [*_stakes(scene, org), *_partners(scene, org)]
    places = scene.geography.within(market)
    for worth, other, tie in ways:
        territory = tie.territory if isinstance(tie, Tie) else None
        if scene.orgs.get(other, NOBODY).country in places or territory in places:
            key = "way.partner" if isinstance(tie, Tie) else "way.own"
            say = Say(key, orgs={"org": org, "other": other}, concepts={"market": market})
            return Part("way", worth, say, items([tie]))
    for worth, other, tie in ways:
        country = scene.orgs.get(other, NOBODY).country
        region = None if country is None else scene.geography.shared(country, market)
        if region is not None:
            concepts = {"market": country or 0, "region": region}
            say = Say("way.near", orgs={"org": org, "other": other}, concepts=concepts)
            facts = (*items([tie]), Fact(org=other, property="country"))
            return Part("way", worth * REGIONAL, say, facts)
    return Part("way", None, Say("way.none", orgs={"org": org}, concepts={"market": market}))


def _stakes(scene: Scene, org: int) -> list[tuple[float, int, Stake]]:
    return [
        (1.0, stake.owned, stake)
        for stake in scene.stakes.get(org, ())
        if stake.owner == org and stake.kind != "investment" and scene.goes_on(stake)
    ]


def _partners(scene: Scene, org: int) -> list[tuple[float, int, Tie]]:
    return [(0.9, tie.other(org), tie) for tie in scene.ties.get(org, ()) if scene.goes_on(tie)]


def _sector(scene: Scene, aim: Aim, org: int) -> Part | None:
    """Whether it is of the sectors that the mission is meant for; nothing where it is meant for any."""
    if not aim.sectors:
        return None
    own = scene.orgs.get(org, NOBODY).sectors
    if not own:
        return Part("sector", None, Say("sector.unknown", orgs={"org": org}))
    shared = own & aim.sectors
    if not shared:
        return Part("sector", 0.0, Say("sector.notwanted", orgs={"org": org}))
    say = Say("sector.wanted", orgs={"org": org}, concepts={"sector": min(shared)})
    facts = tuple(Fact(org=org, property="sector", value=each) for each in sorted(shared))
    return Part("sector", overlap(own, aim.sectors), say, facts)


def _went(scene: Scene, org: int) -> Part:
    for mission in scene.missions:
        number = next((item for guest, item in mission.participants if guest == org), None)
        if number is not None:
            texts = {"when": mission.since or ""}
            say = Say("mission.went", orgs={"org": org}, missions={"mission": mission.id}, texts=texts)
            return Part("went", 1.0, say, (Fact(item=number),))
    return Part("went", None, Say("mission.neverwent", orgs={"org": org}))


def meetable(matches: Sequence[Match], most: int) -> list[Match]:
    """Organizations that were found, the best first, without missions."""
    return best(match for match in matches if match.mission is None)[:most]


def instructive(matches: Sequence[Match], most: int) -> list[Match]:
    """Peers that have something to tell: they are in the market, or are near in sector or product."""
    kept = []
    for match in matches:
        values = {part.feature: part.value or 0.0 for part in match.parts}
        if values["standing"] >= THERE or values["sector"] or values["product"]:
            kept.append(match)
    return meetable(kept, most)
