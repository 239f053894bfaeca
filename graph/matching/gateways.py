"""Gateways: the company's own group, branches and partners that stand in a market or near it, and missions to it."""

from __future__ import annotations

from collections.abc import Iterable

from graph.index.days import NEVER
from graph.matching.common import Found, Search, left, present, stand_said
from graph.matching.scene import Mission, Stake, Tie
from graph.matching.scoring import Fact, Link, Match, Part, Say, items
from graph.matching.web import chain

BONDS = {"branch": 1.0, "subsidiary": 0.9, "owner": 0.8, "sister": 0.7, "partner": 0.7, "mission": 0.5}
INTRODUCED = 0.4
"""The bond with an organization that only others know."""

WIDTH = 25
"""Countries of a region that halve what it is worth to be in it."""

YEARS = 4
"""After so many years a mission that is over is half forgotten."""


def gateways(search: Search, candidates: Iterable[int]) -> list[Match]:
    """Own group and partners of today, organizations that the company could be introduced to, and missions.

    Args:
        candidates: organizations around the company that may stand in the market.
    """
    scene = search.scene
    group = scene.group(search.company)
    ties = {t.other(search.company): t for t in scene.ties.get(search.company, ()) if scene.goes_on(t)}
    found = []
    for org in dict.fromkeys([*group, *ties, *candidates]):
        if org == search.company or org not in scene.orgs:
            continue
        match = _weigh(search, org, group.get(org), ties.get(org))
        if match is not None:
            found.append(match)
    return found + [_mission(search, mission) for mission in scene.missions]


def _weigh(search: Search, org: int, way: list[Stake] | None, tie: Tie | None) -> Match | None:
    there = _there(search, org, own=way is not None or tie is not None)
    if there is None:
        return None
    length, links = _introduction(search, org, way, tie)
    if way is None and tie is None and not links:
        return None
    parts = [there, _chain(search, length, links), _bond(search, org, (way, tie), links)]
    against = present([left(search, org) or left(search, search.company)])
    return search.match("gateways", [*parts, *against], Found(org=org, chain=links))


def _there(search: Search, org: int, *, own: bool) -> Part | None:
    """Where it stands: in the market; for those of one's own, in a region around both is something."""
    scene, market = search.scene, search.market or 0
    places, country = scene.geography.within(market), scene.orgs[org].country
    if country in places:
        say = Say("place.in", orgs={"org": org}, concepts={"market": country or market})
        return Part("there", 1.0, say, (Fact(org=org, property="country"),))
    for tie in scene.ties.get(org, ()):
        if tie.territory in places and scene.goes_on(tie) and tie.bought_by(org):
            say = Say(
                "place.territory", orgs={"org": org, "other": tie.other(org)}, concepts={"market": market}
            )
            return Part("there", 0.9, say, items([tie]))
    stand = scene.stand(org, market)
    if stand is not None and stand.sells and not stand.regional:
        return Part("there", 0.9, stand_said(org, market, stand), items(stand.engagements))
    shared = None if country is None or not own else scene.geography.shared(country, market)
    if shared is None:
        return None
    say = Say("place.near", orgs={"org": org}, concepts={"market": country or 0, "region": shared})
    value = 1 / (1 + scene.geography.size(shared) / WIDTH)
    return Part("there", value, say, (Fact(org=org, property="country"),))


def _introduction(
    search: Search, org: int, way: list[Stake] | None, tie: Tie | None
) -> tuple[float, tuple[Link, ...]]:
    found = chain(search.scene.web, search.company, org)
    if found is not None:
        return found
    if tie is not None:
        return 1.0, (Link(search.company, org, "partnership", tie.id, None),)
    return (float(len(way)), tuple(_steps(search.company, way))) if way else (0.0, ())


def _steps(start: int, way: list[Stake]) -> Iterable[Link]:
    for stake in way:
        stop = stake.owned if stake.owner == start else stake.owner
        yield Link(start, stop, "branch" if stake.kind == "branch" else "ownership", stake.id, None)
        start = stop


def _chain(search: Search, length: float, links: tuple[Link, ...]) -> Part:
    if not links:
        return Part("introduction", None, Say("introduction.none"))
    facts = tuple(Fact(item=link.item) for link in links)
    if len(links) == 1:
        return Part("introduction", 1 / max(length, 1.0), Say("introduction.direct"), facts)
    say = Say("introduction.chain", orgs={"other": links[0].stop}, texts={"steps": str(len(links))})
    return Part("introduction", 1 / length, say, facts)


def _bond(
    search: Search, org: int, kin: tuple[list[Stake] | None, Tie | None], links: tuple[Link, ...]
) -> Part:
    way, tie = kin
    orgs = {"org": org, "company": search.company}
    if way:
        word = _relation(search.company, way)
        return Part("bond", BONDS[word], Say(f"bond.{word}", orgs=orgs), items(way))
    if tie is not None:
        return Part("bond", BONDS["partner"], Say("bond.partner", orgs=orgs), items([tie]))
    return Part(
        "bond", INTRODUCED, Say("bond.introduced", orgs=orgs), tuple(Fact(item=link.item) for link in links)
    )


def _relation(company: int, way: list[Stake]) -> str:
    first, last = way[0], way[-1]
    if len(way) == 1:
        if first.owner != company:
            return "owner"
        return "branch" if first.kind == "branch" else "subsidiary"
    if first.owner == company:
        return "subsidiary"
    return "owner" if last.owner != first.owner else "sister"


def _mission(search: Search, mission: Mission) -> Match:
    """A mission to the market; who organizes it can take the company along."""
    gone = next((number for guest, number in mission.participants if guest == search.company), None)
    known = [chain(search.scene.web, search.company, org) for org in mission.organizers]
    way = min((each for each in known if each is not None), default=None)
    fact = (Fact(item=mission.id),)
    where = Say(
        "mission.to",
        missions={"mission": mission.id},
        concepts={"market": search.market or 0},
        texts={"when": mission.since or ""},
    )
    parts = [
        Part("there", 1.0, where, fact),
        _mission_introduction(mission, gone, way),
        Part("bond", BONDS["mission"], _hosts(mission), fact),
    ]
    links = way[1] if way and gone is None else ()
    host = next(iter(mission.organizers), None)
    past = present([_past(search, mission), left(search, search.company)])
    return search.match("gateways", [*parts, *past], Found(org=host, mission=mission.id, chain=links))


def _mission_introduction(
    mission: Mission, gone: int | None, way: tuple[float, tuple[Link, ...]] | None
) -> Part:
    if gone is not None:
        return Part("introduction", 1.0, Say("introduction.went"), (Fact(item=gone),))
    if way is None:
        return Part("introduction", None, Say("introduction.none"))
    facts = tuple(Fact(item=link.item) for link in way[1])
    return Part(
        "introduction", 1 / (1 + way[0]), Say("introduction.host", orgs={"other": way[1][-1].stop}), facts
    )


def _hosts(mission: Mission) -> Say:
    if not mission.organizers:
        return Say("mission.nobody", missions={"mission": mission.id})
    return Say("mission.host", orgs={"org": mission.organizers[0]}, missions={"mission": mission.id})


def _past(search: Search, mission: Mission) -> Part | None:
    if mission.first == NEVER or mission.first >= search.scene.rules.day:
        return None
    years = (search.scene.rules.day - mission.first) / 365.25
    say = Say("past.mission", missions={"mission": mission.id}, texts={"when": mission.since or ""})
    return Part("past", 1 - 1 / (1 + years / YEARS), say, (Fact(item=mission.id),))
