"""Markets: where a company could go next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.matching.common import NOBODY, REGIONAL, Found, Search, alike, left_when, present, stand_said
from graph.matching.scene import Stand
from graph.matching.scoring import Fact, Match, Part, Say, items, saturated
from graph.matching.web import crowd, nearness

WIDTH = 25
NEAR = 0.01
"""The PageRank that is worth half."""

VISITED = 8
PEERS = 2
"""So many companies just like this one are worth half."""

SHOWN = 5
"""Facts of peers that a part names."""

Seen = Mapping[int, list[tuple[float, int, Stand]]]
"""By country: the nearness of a peer, the peer, and how it stands there."""


def markets(search: Search, candidates: Iterable[int], countries: Iterable[int]) -> list[Match]:
    """Countries where the company does not sell yet and something speaks for going there.

    Args:
        candidates: companies near in sector or product.
        countries: those that are weighed.
    """
    scene = search.scene
    own = scene.anywhere(search.company)
    home = search.asker.country
    peers, near = _peers(search, candidates), nearness(crowd(search.scene), search.company)
    found = []
    reach = _reached(search)
    for country in sorted(countries):
        stand = scene.stand(search.company, country)
        if country == home or (stand is not None and stand.sells and not stand.regional):
            continue
        parts = [
            _near(peers, country),
            _network(search, near.get(-country, 0.0), country, _there(peers, reach, country)),
            _region(search, own, country),
            reach.get(country) or Part("reach", 0.0, Say("market.noreach", concepts={"market": country})),
            _visited(search, country),
            _aim(search, country, stand),
        ]
        if any(part.value for part in parts):
            against = present([_left(search, country, stand), _peers_left(peers, country)])
            found.append(search.match("markets", [*parts, *against], Found(market=country)))
    return found


def _peers(search: Search, candidates: Iterable[int]) -> Seen:
    scene = search.scene
    group = scene.group(search.company)
    found: defaultdict[int, list[tuple[float, int, Stand]]] = defaultdict(list)
    for org in candidates:
        near = alike(scene, search.company, org)
        if not near or org == search.company or org in group:
            continue
        for market, stand in scene.anywhere(org).items():
            if market in scene.geography.countries:
                found[market].append((near, org, stand))
    return {market: sorted(each, key=lambda one: (-one[0], one[1])) for market, each in found.items()}


def _near(peers: Seen, country: int) -> Part:
    there = [each for each in peers.get(country, ()) if each[2].sells]
    if not there:
        return Part("peers", 0.0, Say("market.nopeers", concepts={"market": country}))
    facts = items(e for _, _, stand in there[:SHOWN] for e in stand.engagements)
    say = Say("market.peers", orgs={"other": there[0][1]}, texts={"count": str(len(there))})
    return Part("peers", saturated((near for near, _, _ in there), PEERS), say, facts)


def _there(peers: Seen, reach: Mapping[int, Part], country: int) -> tuple[Fact, ...]:
    """What is known of peers in a country, and of the company's own group and partners."""
    own = reach[country].facts if country in reach else ()
    return (*own, *items(e for _, _, stand in peers.get(country, ())[:SHOWN] for e in stand.engagements))


def _network(search: Search, rank: float, country: int, facts: tuple[Fact, ...]) -> Part:
    if not rank:
        return Part("network", 0.0, Say("market.far", concepts={"market": country}))
    orgs = {"company": search.company}
    return Part(
        "network", rank / (rank + NEAR), Say("market.near", orgs=orgs, concepts={"market": country}), facts
    )


def _region(search: Search, own: Mapping[int, Stand], country: int) -> Part:
    """The smallest region that the market shares with one where the company sells."""
    places = search.scene.geography
    best: tuple[float, int, int, Stand] | None = None
    for market, stand in own.items():
        if not stand.sells or stand.regional:
            continue
        shared = (
            market if market in places.around.get(country, frozenset()) else places.shared(market, country)
        )
        if shared is None:
            continue
        value = 1 / (1 + places.size(shared) / WIDTH)
        if best is None or value > best[0]:
            best = (value, market, shared, stand)
    if best is None:
        return Part("region", 0.0 if own else None, Say("market.noregion"))
    value, market, shared, stand = best
    say = Say(
        "market.region" if market != shared else "market.inregion",
        orgs={"company": search.company},
        concepts={"market": market, "region": shared},
    )
    return Part("region", value, say, items(stand.engagements))


def _reached(search: Search) -> dict[int, Part]:
    """By country the branch, subsidiary, owner or partner there."""
    scene = search.scene
    found: dict[int, Part] = {}
    for org, way in scene.group(search.company).items():
        country = scene.orgs.get(org, NOBODY).country
        if country is not None and country not in found:
            say = Say("market.group", orgs={"other": org}, concepts={"market": country})
            found[country] = Part("reach", 1.0, say, items(way))
    for tie in scene.ties.get(search.company, ()):
        other = tie.other(search.company)
        for country in (tie.territory, scene.orgs.get(other, NOBODY).country):
            if country is not None and country not in found and scene.goes_on(tie):
                say = Say("market.partner", orgs={"other": other}, concepts={"market": country})
                found[country] = Part("reach", 0.8, say, items([tie]))
    return found


def exemplified(match: Match, examples: Iterable[int]) -> Match:
    """A result in which what is counted over many names some engagements as examples.

    What has none still counts, but is no reason in words: every reason opens its source.
    """
    facts = tuple(Fact(item=number) for number in examples)

    def shown(part: Part) -> Part:
        if part.feature not in ("visited", "network") or not part.value:
            return part
        known = part.facts or facts
        return replace(part, facts=known, say=part.say if known else None)

    return replace(match, parts=tuple(map(shown, match.parts)))


def _visited(search: Search, country: int) -> Part:
    count = search.scene.visited.get(country, 0)
    if not count:
        return Part("visited", 0.0, Say("market.unvisited", concepts={"market": country}))
    say = Say("market.visited", concepts={"market": country}, texts={"count": str(count)})
    return Part("visited", count / (count + VISITED), say)


def _aim(search: Search, country: int, stand: Stand | None) -> Part:
    if stand is None or stand.ended or stand.status not in ("targets", "entering"):
        return Part("aim", 0.0, Say("market.noaim", orgs={"company": search.company}))
    said = stand_said(search.company, country, stand)
    return Part("aim", REGIONAL if stand.regional else 1.0, said, items(stand.engagements))


def _left(search: Search, country: int, stand: Stand | None) -> Part | None:
    if stand is None or not stand.left:
        return None
    value = REGIONAL if stand.regional else 1.0
    return Part("left", value, stand_said(search.company, country, stand), items(stand.engagements))


def _peers_left(peers: Seen, country: int) -> Part | None:
    gone = [each for each in peers.get(country, ()) if each[2].left and not each[2].regional]
    if not gone:
        return None
    say = Say(
        "market.peersleft",
        orgs={"other": gone[0][1]},
        concepts={"market": country},
        texts={"when": left_when(gone[0][2].engagements)},
    )
    facts = items(e for _, _, stand in gone[:SHOWN] for e in stand.engagements)
    return Part("peersLeft", saturated((near for near, _, _ in gone), PEERS), say, facts)
