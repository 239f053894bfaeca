"""A trade mission drawn up from the graph: who could come, why, and whom each of them would meet.

One scene holds everybody: the companies that stand in the destinations, and who is in those markets or
works for them. It is read with a fixed number of statements, however many companies take part, and
weighed by the same pure functions as a single match.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date

from graph.errors import InputError, Issue, NotFound
from graph.index import Index, references
from graph.index.catalogue import MARKETS, Json
from graph.index.shaping import Grouped, Shaper
from graph.index.standings import Rules
from graph.matching import candidates, load
from graph.matching.common import Search
from graph.matching.gateways import gateways
from graph.matching.load import Reader
from graph.matching.participants import Aim, chosen, instructive, meetable, participants
from graph.matching.partners import partners
from graph.matching.peers import peers
from graph.matching.question import Bounds
from graph.matching.scene import Geography, Scene, Stand
from graph.matching.scoring import Match, best
from graph.matching.telling import Teller
from graph.model.statuses import RANK

MISSIONS = 12
MEET = 3
"""Organizations of one kind that a participant is told to meet in one destination."""
HOSTS, PEERS = 60, 30
"""Organizations of a destination, and peers that stand there, that each participant is held against."""


@dataclass(frozen=True)
class MissionQuestion:
    """A mission that is planned, or that a source tells of.

    Attributes:
        markets: codes, IRIs or names of its destinations.
        sectors: what it is meant for; empty: any.
        companies: only these, by any spelling of their references; empty: whoever may fit.
        limit: most participants.
        as_of: only facts that held on this day.
    """

    markets: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    limit: int = 20
    as_of: date | None = None


@dataclass(frozen=True)
class Drawn:
    """A mission as JSON.

    Attributes:
        markets: its destinations.
        regions: those around them, but the world.
        participants: the best first; each a match with `stands`, how it stands in each destination, and
            `meet`, whom to meet there.
        total: how many could come, of those that were weighed.
    """

    markets: list[Json]
    regions: list[Json]
    sectors: list[Json]
    participants: list[Json]
    total: int


@dataclass(frozen=True)
class _Known(Scene):
    """A scene that is read no further, without missions: how each stands in a market is found once."""

    found: dict[tuple[int, int], Stand | None] = field(default_factory=dict, compare=False)

    def stand(self, org: int, market: int) -> Stand | None:
        """How an organization stands in a market; None where nothing is known."""
        key = org, market
        if key not in self.found:
            self.found[key] = super().stand(org, market)
        return self.found[key]


@dataclass(frozen=True)
class _Meeting:
    """Whom a participant would meet in one destination."""

    market: int
    gateways: list[Match]
    partners: list[Match]
    peers: list[Match]

    @property
    def all(self) -> list[Match]:
        return [*self.gateways, *self.partners, *self.peers]


def draw(index: Index, question: MissionQuestion, lang: str, today: date, bounds: Bounds) -> Drawn:
    """A mission drawn up from what the index holds.

    Raises:
        InputError: no destination; UnknownValue for a market or sector that is not known.
        NotFound: one of the companies is not known.
    """
    day = question.as_of or today
    shaper = index.shaper(lang, day)
    reader = Reader(shaper, Rules(day.toordinal(), question.as_of is not None), bounds.relations)
    catalogue = shaper.catalogue
    if not question.markets:
        issue = Issue("market", "name at least one: market=TH")
        raise InputError("A mission goes somewhere: say where to.", issues=(issue,))
    markets = tuple(dict.fromkeys(catalogue.find(MARKETS, text, "market") for text in question.markets))
    sectors = tuple(dict.fromkeys(catalogue.find_all(("sector",), question.sectors, "sector")))
    aim = Aim(markets, frozenset(sectors))
    around = load.geography(shaper.db)
    wanted = _companies(reader, question.companies)
    made, hosts = _scene(reader, aim, wanted or _candidates(reader, aim, around, bounds), (around, bounds))
    ranked = best(chosen(made, aim, wanted) if wanted else participants(made, aim, made.orgs))
    shown = ranked[: question.limit]
    known = _Known(**{each.name: getattr(made, each.name) for each in fields(Scene)} | {"missions": ()})
    pools = {market: _pool(known, market, hosts) for market in markets}
    meetings = {
        match.number: [_meeting(known, match, each, pools[each]) for each in markets] for match in shown
    }
    every = [each for found in meetings.values() for meeting in found for each in meeting.all]
    stands = {(match.number, each): made.stand(match.number, each) for match in shown for each in markets}
    sources = shaper.sources({each.id for stand in stands.values() if stand for each in stand.engagements})
    teller = Teller(shaper, [*shown, *every])
    return Drawn(
        [shaper.market(each) or {} for each in markets],
        [
            shaper.market(each) or {}
            for each in sorted({r for m in markets for r in around.around.get(m, ())})
        ],
        [shaper.ref(each) or {} for each in sectors],
        [
            {
                **teller.match(match),
                "stands": [_stood(shaper, stands[match.number, each], each, sources) for each in markets],
                "meet": [_told(teller, each, shaper.market(each.market)) for each in meetings[match.number]],
            }
            for match in shown
        ],
        len(ranked),
    )


def _stood(shaper: Shaper, stand: Stand | None, market: int, sources: Grouped) -> Json:
    """How a company stands in a destination; no status where nothing is known."""
    told: Json = {"market": shaper.market(market), "status": None, "regional": False, "ended": False}
    if stand is None:
        return told | {"statedFor": None, "sources": []}
    known = {source["id"]: source for each in stand.engagements for source in sources.get(each.id, [])}
    return told | {
        "status": stand.status,
        "regional": stand.regional,
        "ended": stand.ended,
        "statedFor": shaper.market(stand.engagements[0].market),
        "sources": [known[key] for key in sorted(known)],
    }


def _companies(reader: Reader, refs: Iterable[str]) -> list[int]:
    asked = list(dict.fromkeys(refs))
    found = references.find_all(reader.db, asked)
    for ref in asked:
        if ref not in found:
            raise NotFound(f"there is no company {ref[:100]!r}")
    return list(dict.fromkeys(found[ref] for ref in asked))


def _candidates(reader: Reader, aim: Aim, around: Geography, bounds: Bounds) -> list[int]:
    """Who stands in a destination: those of the sectors first, the same number of each status."""
    most = max(1, bounds.candidates // len(aim.markets))
    found: list[int] = []
    for market in aim.markets:
        if aim.sectors:
            found += candidates.engaged(reader, market, around, most // 2, sectors=aim.sectors)
        found += candidates.of_each_status(reader, market, most // 4)
        found += candidates.engaged(reader, market, around, most // 2)
    return list(dict.fromkeys(found))[: bounds.candidates]


def _scene(
    reader: Reader, aim: Aim, companies: list[int], at: tuple[Geography, Bounds]
) -> tuple[Scene, list[int]]:
    """Everybody who matters, and those of them who are in a destination or work for it."""
    around, bounds = at
    places = sorted({place for market in aim.markets for place in around.within(market)})
    some = bounds.candidates // 4
    hosts = [
        *candidates.tied(reader, places, some),
        *candidates.present(reader, places, some),
        *candidates.located(reader, places, 2 * some),
    ]
    hosts = list(dict.fromkeys(hosts))[: bounds.candidates]
    made = load.scene(reader, [*companies, *hosts], around)
    ends = {end for stakes in made.stakes.values() for stake in stakes for end in (stake.owner, stake.owned)}
    ends |= {end for ties in made.ties.values() for tie in ties for end in (tie.principal, tie.partner)}
    made = load.with_orgs(reader, made, sorted(ends - made.orgs.keys())[: 2 * bounds.candidates])
    return replace(made, missions=load.missions(reader, places, MISSIONS)), hosts


@dataclass(frozen=True)
class _Pool:
    """Who may be met in one destination: those who work there or for it, and peers that stand there."""

    hosts: list[int]
    peers: list[int]


def _pool(made: Scene, market: int, hosts: list[int]) -> _Pool:
    """The same for every participant: looked up once, the peers that sell there first."""
    stands = ((org, made.stand(org, market)) for org in made.orgs if made.orgs[org].member == "yes")
    ranked = [(each.regional, each.left, -RANK.get(each.status, 0), org) for org, each in stands if each]
    return _Pool(hosts[:HOSTS], [org for *_, org in sorted(ranked)][:PEERS])


def _meeting(made: Scene, match: Match, market: int, pool: _Pool) -> _Meeting:
    search = Search(made, match.number, market)
    return _Meeting(
        market,
        meetable(gateways(search, []), MEET),
        meetable(partners(search, pool.hosts), MEET),
        instructive(peers(search, pool.peers), MEET),
    )


def _told(teller: Teller, meeting: _Meeting, market: Json | None) -> Json:
    """Whom to meet, by kind. How near they are in the network is not looked at here, so nothing is said of it."""
    told: Json = {"market": market}
    for kind in ("gateways", "partners", "peers"):
        found = [teller.match(match) for match in getattr(meeting, kind)]
        for each in found:
            each["missing"] = [one for one in each["missing"] if one["feature"] != "network"]
        told[kind] = found
    return told
