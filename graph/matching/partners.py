"""Partners: organizations in or for a market that could be distributor, agent, customer or joint-venture partner."""

from __future__ import annotations

from collections.abc import Iterable

from graph.matching.common import NOBODY, Found, Search, alike, dated, exclusive, left, present, sector
from graph.matching.scene import SUPPORT, Stake, Tie
from graph.matching.scoring import Fact, Match, Part, Say, items, saturated

TRADING = frozenset(
    {"distributor", "agent", "importer", "customer", "licensee", "franchisee", "joint-venture"}
)
"""Roles of those who bring somebody else's goods to a market, or buy them."""

PEERS = 1
"""So many companies just like this one are worth half."""

NETWORK = 0.01
"""The PageRank that is worth half."""


def partners(search: Search, candidates: Iterable[int]) -> list[Match]:
    """Those of the candidates that something speaks for; in a market, only those that are there or for it.

    Left out are the company's own group and its partners of today (they are gateways), and those who
    support trade and do none.
    """
    scene = search.scene
    known = {tie.other(search.company) for tie in scene.ties.get(search.company, ()) if scene.goes_on(tie)}
    apart = {search.company, *known, *scene.group(search.company)}
    found = []
    for org in candidates:
        if org in apart or scene.orgs.get(org, NOBODY).kind in SUPPORT or org not in scene.orgs:
            continue
        match = _weigh(search, org)
        if match is not None:
            found.append(match)
    return found


def _weigh(search: Search, org: int) -> Match | None:
    place = _place(search, org)
    supporting = [sector(search, org), _peers(search, org), _network(search, org), _role(search, org)]
    unknown = supporting[0].value is None and bool(place.value)
    fits = any(part.value for part in supporting[:2]) or org in search.scene.web or unknown
    if not fits or (search.market is not None and not place.value):
        return None
    against = present(
        [_exclusive(search, org), _rival(search, org), _former(search, org), _left(search, org)]
    )
    return search.match("partners", [place, *supporting, *against], Found(org=org))


def _place(search: Search, org: int) -> Part:
    scene, country = search.scene, search.scene.orgs[org].country
    said = (Fact(org=org, property="country"),)
    if search.market is None:
        return _place_anywhere(search, org)
    places = scene.geography.within(search.market)
    if country in places:
        return Part("place", 1.0, Say("place.in", orgs={"org": org}, concepts={"market": country or 0}), said)
    for tie in scene.ties.get(org, ()):
        if tie.territory in places and scene.goes_on(tie) and tie.bought_by(org):
            say = Say(
                "place.territory",
                orgs={"org": org, "other": tie.other(org)},
                concepts={"market": tie.territory or 0},
            )
            return Part("place", 0.9, say, items([tie]))
    for stake in scene.stakes.get(org, ()):
        if (
            stake.owner == org
            and scene.orgs.get(stake.owned, NOBODY).country in places
            and scene.goes_on(stake)
        ):
            say = Say(
                "place.presence",
                orgs={"org": org, "other": stake.owned},
                concepts={"market": search.market},
            )
            return Part("place", 0.9, say, items([stake]))
    around = scene.geography.around.get(search.market, frozenset())
    for tie in scene.ties.get(org, ()):
        if tie.territory in around and scene.goes_on(tie) and tie.bought_by(org):
            say = Say("place.region", orgs={"org": org}, concepts={"region": tie.territory or 0})
            return Part("place", 0.4, say, items([tie]))
    return Part("place", 0.0 if country else None, Say("place.none", orgs={"org": org}))


def _place_anywhere(search: Search, org: int) -> Part:
    country = search.scene.orgs[org].country
    if country is None:
        return Part("place", None, Say("place.unknown", orgs={"org": org}))
    stand = search.scene.stand(search.company, country)
    if stand is None or stand.left:
        return Part("place", 0.0, Say("place.elsewhere", concepts={"market": country}))
    key = "place.sells" if stand.sells else "place.wants"
    say = Say(key, orgs={"org": org, "company": search.company}, concepts={"market": country})
    facts = (Fact(org=org, property="country"), *items(stand.engagements))
    return Part("place", 0.5 if stand.regional else 1.0, say, facts)


def _peers(search: Search, org: int) -> Part:
    """Whoever works with companies like this one may work with this one too."""
    scene = search.scene
    near: dict[int, tuple[float, Tie]] = {}
    for tie in scene.ties.get(org, ()):
        other = tie.other(org)
        likeness = alike(scene, search.company, other)
        if other != search.company and likeness > near.get(other, (0.0, tie))[0]:
            near[other] = (likeness, tie)
    if not near:
        return Part("peers", 0.0, Say("peers.none"))
    first = max(near, key=lambda other: (near[other][0], -other))
    value = saturated((likeness for likeness, _ in near.values()), PEERS)
    say = Say("peers.works", orgs={"org": org, "other": first})
    return Part("peers", value, say, items(tie for _, tie in near.values()))


def _network(search: Search, org: int) -> Part:
    rank = search.scene.near.get(org, 0.0)
    if not rank:
        return Part("network", 0.0, Say("network.none"))
    scene = search.scene
    both: list[Tie | Stake] = [*scene.ties.get(org, ()), *scene.stakes.get(org, ())]
    tied = [each for each in both if scene.goes_on(each)]
    facts = (*items(tied[:5]), Fact(org=org, property="sector"), Fact(org=org, property="country"))
    return Part("network", rank / (rank + NETWORK), Say("network.near", orgs={"org": org}), facts)


def _role(search: Search, org: int) -> Part:
    scene, best = search.scene, None
    for tie in scene.ties.get(org, ()):
        if search.company in (tie.principal, tie.partner) or not scene.goes_on(tie):
            continue
        if tie.role in TRADING and tie.bought_by(org):
            return Part(
                "role", 1.0, Say(f"role.{tie.role}", orgs={"org": org, "other": tie.principal}), items([tie])
            )
        best = best or tie
    if best is None:
        return Part("role", None, Say("role.unknown", orgs={"org": org}))
    return Part("role", 0.6, Say("role.partner", orgs={"org": org, "other": best.other(org)}), items([best]))


def _exclusive(search: Search, org: int) -> Part | None:
    scene, found = search.scene, None
    for tie in scene.ties.get(org, ()):
        if not exclusive(search, tie, org):
            continue
        rival = scene.orgs.get(tie.principal, NOBODY)
        near = alike(scene, search.company, tie.principal)
        unknown = not rival.sectors or not search.asker.sectors
        if not near and not unknown:
            continue
        say = Say(
            "exclusive.rival" if near else "exclusive.other",
            orgs={"org": org, "other": tie.principal},
            texts=dated(tie),
        )
        part = Part("exclusive", 1.0 if near else 0.5, say, items([tie]))
        found = part if found is None or (part.value or 0) > (found.value or 0) else found
    return found


def _rival(search: Search, org: int) -> Part | None:
    scene, found = search.scene, None
    for stake in scene.stakes.get(org, ()):
        if stake.owned != org or stake.kind == "investment" or not scene.goes_on(stake):
            continue
        near = alike(scene, search.company, stake.owner)
        say = Say("rival.group" if near else "rival.owned", orgs={"org": org, "other": stake.owner})
        part = Part("rival", 1.0 if near else 0.5, say, items([stake]))
        found = part if found is None or (part.value or 0) > (found.value or 0) else found
    return found or _exporter(search, org)


def _exporter(search: Search, org: int) -> Part | None:
    """One of our own that sells the same abroad is a peer, if not a competitor."""
    scene = search.scene
    own = scene.engagements.get(org)
    near = alike(scene, search.company, org)
    if not own or not near or scene.orgs[org].member == "no":
        return None
    return Part("rival", near, Say("rival.exporter", orgs={"org": org}), items(own[:1]))


def _former(search: Search, org: int) -> Part | None:
    ended = [
        tie
        for tie in search.scene.ties.get(org, ())
        if tie.other(org) == search.company and not search.scene.goes_on(tie)
    ]
    if not ended:
        return None
    say = Say("former.ended", orgs={"org": org, "company": search.company}, texts=dated(ended[0]))
    return Part("former", 1.0, say, items(ended))


def _left(search: Search, org: int) -> Part | None:
    own = left(search, search.company)
    return own or left(search, org)
