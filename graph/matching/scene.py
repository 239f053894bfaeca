"""What a match looks at: a small piece of the graph, read once and never changed.

Everything here is data; `graph.matching.load` reads it and the kinds of match weigh it. Markets, sectors
and products are numbers of concepts, organizations numbers of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from graph.index.standings import OVER, Engagement, Rules, rank_of_score, standings
from graph.model.statuses import RANK

STATUS = {rank: word for word, rank in RANK.items()}

SUPPORT = frozenset({"agency", "chamber", "government", "university"})
"""Kinds of organization that open doors and do no business of their own."""


@dataclass(frozen=True, slots=True)
class Org:
    """An organization; `member` tells whether it has a place in Limburg: yes, no or unknown."""

    id: int
    kind: str | None
    country: int | None
    member: str
    sectors: frozenset[int] = frozenset()
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A partnership: the partner is `role` of the principal."""

    id: int
    principal: int
    partner: int
    role: str | None
    territory: int | None
    exclusivity: str | None
    since: str | None
    until: str | None
    first: int
    last: int

    def bought_by(self, party: int) -> bool:
        """Whether a party is on the side that buys, sells on or works abroad: the partner, of a supplier the principal."""
        return party == (self.principal if self.role == "supplier" else self.partner)

    @property
    def exclusive(self) -> bool:
        """Whether the partner may work for nobody else, or with nobody else beside it."""
        return self.exclusivity in ("exclusive", "sole")

    def other(self, party: int) -> int:
        """The other party."""
        return self.partner if party == self.principal else self.principal


@dataclass(frozen=True, slots=True)
class Stake:
    """An ownership (`kind` as its code list has it) or a branch (`branch`), with its item for the sources."""

    id: int
    owner: int
    owned: int
    kind: str
    since: str | None
    until: str | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Mission:
    """A trade mission to a market that matters."""

    id: int
    markets: frozenset[int]
    organizers: tuple[int, ...]
    participants: tuple[tuple[int, int], ...]
    since: str | None
    first: int
    kind: str | None


@dataclass(frozen=True)
class Geography:
    """Which markets lie in which.

    Attributes:
        parts: by market, itself and all within it.
        around: by country, the regions around it but the world.
        countries: those markets that are countries.
        clubs: regions whose countries are no neighbours, as the G7.
    """

    parts: Mapping[int, frozenset[int]]
    around: Mapping[int, frozenset[int]]
    countries: frozenset[int]
    clubs: frozenset[int] = frozenset()

    def within(self, market: int) -> frozenset[int]:
        """A market and its parts."""
        return self.parts.get(market, frozenset({market}))

    def shared(self, one: int, other: int) -> int | None:
        """The smallest region around both of two countries; neither the world nor a club is one."""
        both = (self.around.get(one, frozenset()) & self.around.get(other, frozenset())) - self.clubs
        return min(both, key=lambda region: (self.size(region), region), default=None)

    def size(self, market: int) -> int:
        """How many countries lie in a market."""
        return len(self.within(market) & self.countries)


@dataclass(frozen=True)
class Stand:
    """How an organization stands in a market on the day.

    Attributes:
        status: leading, active, entering, targets or withdrawn.
        ended: that is over.
        regional: it is known only for a region around the market.
        engagements: what says so.
    """

    status: str
    ended: bool
    regional: bool
    engagements: tuple[Engagement, ...]

    @property
    def left(self) -> bool:
        """Whether it was there and is no longer."""
        return self.status == "withdrawn" or (self.ended and self.status in ("active", "leading", "entering"))

    @property
    def sells(self) -> bool:
        """Whether it exports there; wanting to is not selling."""
        return not self.ended and self.status in ("active", "leading")


@dataclass(frozen=True)
class Scene:
    """One piece of the graph on one day.

    Attributes:
        rules: the day, and whether what had not begun by then is left out.
        orgs, engagements, products: by organization.
        ties, stakes: by each of their parties.
        missions: to the market that is asked about.
        web: what is around the company, for nearness and chains.
        near: by organization, its nearness to the company from 0 to 1 (personalised PageRank).
        visited: by country, how many companies sell there, counted up to a limit.
    """

    rules: Rules
    geography: Geography
    orgs: Mapping[int, Org] = field(default_factory=dict)
    engagements: Mapping[int, Sequence[Engagement]] = field(default_factory=dict)
    products: Mapping[int, frozenset[int]] = field(default_factory=dict)
    ties: Mapping[int, Sequence[Tie]] = field(default_factory=dict)
    stakes: Mapping[int, Sequence[Stake]] = field(default_factory=dict)
    missions: Sequence[Mission] = ()
    web: nx.MultiGraph[int] = field(default_factory=nx.MultiGraph)
    near: Mapping[int, float] = field(default_factory=dict)
    visited: Mapping[int, int] = field(default_factory=dict)

    def goes_on(self, relation: Tie | Stake) -> bool:
        """Whether a relation is not over."""
        return relation.last >= self.rules.day

    def stand(self, org: int, market: int) -> Stand | None:
        """How an organization stands in a market; None where nothing is known."""
        own = self.engagements.get(org, ())
        if not own:
            return None
        asked = {market: (self.geography.within(market), self.geography.around.get(market, frozenset[int]()))}
        found = standings(own, asked, self.rules)
        if not found:
            return None
        best = found[0]
        word = STATUS[rank_of_score(best.score)]
        return Stand(word, best.score >= OVER, best.region_level, tuple(_bearers(best.bearers, own, word)))

    def anywhere(self, org: int) -> dict[int, Stand]:
        """How an organization stands in each market that is stated of it."""
        markets = dict.fromkeys(each.market for each in self.engagements.get(org, ()))
        found = {market: self.stand(org, market) for market in markets}
        return {market: stand for market, stand in found.items() if stand is not None}

    def group(self, org: int) -> dict[int, list[Stake]]:
        """Owners, subsidiaries, sisters and branches, with the stakes that lead to each."""
        found: dict[int, list[Stake]] = {}
        frontier: list[tuple[int, list[Stake]]] = [(org, [])]
        for _ in range(2):
            following = []
            for party, way in frontier:
                for stake in self.stakes.get(party, ()):
                    other = stake.owned if stake.owner == party else stake.owner
                    if (
                        other == org
                        or other in found
                        or not self.goes_on(stake)
                        or stake.kind == "investment"
                    ):
                        continue
                    found[other] = [*way, stake]
                    following.append((other, found[other]))
            frontier = following
        return found


def _bearers(found: Iterable[Engagement], own: Sequence[Engagement], word: str) -> Iterable[Engagement]:
    """What carries a status; where a withdrawal outweighs the rest, the withdrawal itself."""
    listed = list(found)
    if word != "withdrawn":
        return listed
    markets = {each.market for each in listed}
    return [each for each in own if each.rank == 0 and each.market in markets] or listed
