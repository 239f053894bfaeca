"""Answers a match: which organizations may fit, one scene with them, the pure function of the kind, the words.

::

    resolve -> candidates -> scene -> web -> score -> tell

Each step is timed; the shares stand in the header `Server-Timing`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date

from graph.errors import NotFound
from graph.index import Index, references
from graph.index.catalogue import MARKETS, Json
from graph.index.shaping import Shaper
from graph.index.standings import Rules
from graph.matching import candidates, load
from graph.matching.common import Search
from graph.matching.gateways import gateways
from graph.matching.load import Reader
from graph.matching.markets import exemplified, markets
from graph.matching.partners import partners
from graph.matching.peers import peers
from graph.matching.question import Bounds, Question, check
from graph.matching.scene import Geography, Scene
from graph.matching.scoring import Match, best
from graph.matching.seeking import seek
from graph.matching.telling import Teller
from graph.matching.web import crowd, nearness, web

VISITS = 50
"""How far the sellers of a country are counted."""
EXAMPLES = 3
MISSIONS = 12


@dataclass
class Timing:
    """Seconds by step, in the order in which they came."""

    steps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Counts what happens inside for a step."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.steps[name] = self.steps.get(name, 0.0) + time.perf_counter() - begun


@dataclass(frozen=True)
class Answer:
    """What came of a question.

    Attributes:
        items: the results, JSON-ready, the best first.
        total: how many of those that were weighed have something that speaks for them.
        company, market: what was asked about, as references.
    """

    items: list[Json]
    total: int
    company: Json | None
    market: Json | None


class Matcher:
    """One question, put to one index.

    Args:
        index: of the part of the release that the asker may see.
        lang: nl, en or fr.
        today: the day that decides what has ended, unless the question has `as_of`.
    """

    def __init__(self, index: Index, question: Question, lang: str, today: date, bounds: Bounds) -> None:
        self._question = question
        self._bounds = bounds
        self._day = question.as_of or today
        self._shaper = index.shaper(lang, self._day)
        rules = Rules(self._day.toordinal(), question.as_of is not None)
        self._reader = Reader(self._shaper, rules, bounds.relations)
        self.timing = Timing()

    @property
    def shaper(self) -> Shaper:
        """The index, with the language and day of the question."""
        return self._shaper

    def answer(self) -> Answer:
        """The best results.

        Raises:
            InputError: it cannot be asked so; UnknownValue for a market or sector that is not known.
            NotFound: there is no such company.
        """
        found, company, market = self.ranked()
        with self.timing.step("tell"):
            shown = found[: self._question.limit]
            teller = Teller(self._shaper, shown)
            told = [self._weighted(teller.match(match)) for match in shown]
            asker = self._shaper.organizations([company]).get(company)
        return Answer(told, len(found), asker, self._shaper.market(market))

    def ranked(self) -> tuple[list[Match], int, int | None]:
        """All results from the best to the least, with the numbers of the company and the market."""
        check(self._question)
        with self.timing.step("resolve"):
            company, market = self._company(), self._market()
            around = load.geography(self._shaper.db)
        kinds: Mapping[str, Callable[[int, int | None, Geography], list[Match]]] = {
            "partners": self._partners,
            "peers": self._peers,
            "gateways": self._gateways,
            "markets": self._markets,
            "suppliers": self._suppliers,
        }
        return best(kinds[self._question.kind](company, market, around)), company, market

    def _weighted(self, told: Json) -> Json:
        """The weights that were used, where the question has its own."""
        for part in told["parts"]:
            part["weight"] = self._question.weights.get(part["feature"], part["weight"])
        return told

    def _company(self) -> int:
        ref = self._question.company
        if ref is None:
            return 0
        found = references.find(self._shaper.db, ref)
        if found is None:
            raise NotFound(f"there is no company {ref[:100]!r}")
        return found[0]

    def _market(self) -> int | None:
        text = self._question.market
        return None if text is None else self._shaper.catalogue.find(MARKETS, text, "market")

    # Kinds ------------------------------------------------------------------------------------

    def _scene(self, company: int, others: list[int], around: Geography) -> Scene:
        """The company and others, with all that is tied to them."""
        with self.timing.step("scene"):
            made = load.scene(self._reader, [company, *others], around)
            ends = {
                end for stakes in made.stakes.values() for each in stakes for end in (each.owner, each.owned)
            }
            ends |= {
                end for ties in made.ties.values() for tie in ties for end in (tie.principal, tie.partner)
            }
            far = sorted(ends - made.orgs.keys())[: 2 * self._bounds.candidates]
            return load.with_orgs(self._reader, made, far)

    def _family(self, made: Scene, company: int) -> Scene:
        """A scene in which the sisters of the company are known too."""
        with self.timing.step("scene"):
            owners = [s.owner for s in made.stakes.get(company, ()) if s.owner != company]
            wider = load.scene(self._reader, owners, made.geography)
            stakes = {**wider.stakes, **made.stakes}
            for owner in owners:
                stakes[owner] = wider.stakes.get(owner, [])
            ends = {end for each in stakes.values() for stake in each for end in (stake.owner, stake.owned)}
            known = sorted(ends)[: 2 * self._bounds.candidates]
            return load.with_orgs(self._reader, replace(made, stakes=stakes), known)

    def _with_web(self, made: Scene, company: int) -> Scene:
        with self.timing.step("web"):
            return replace(made, web=web(self._reader, company, self._bounds.nodes))

    def _search(self, made: Scene, company: int, market: int | None) -> Search:
        return Search(made, company, market, self._question.weights)

    def _near(self, made: Scene, company: int, most: int) -> list[int]:
        """Companies near in sector or product."""
        own = made.orgs[company].sectors
        found = candidates.with_products(self._reader, made.products.get(company, ()), None, most)
        return list(dict.fromkeys([*found, *candidates.in_sectors(self._reader, own, most)]))[:most]

    def _partners(self, company: int, market: int | None, around: Geography) -> list[Match]:
        most = self._bounds.candidates
        made = self._with_web(self._scene(company, [], around), company)
        with self.timing.step("candidates"):
            sectors = made.orgs[company].sectors
            near = self._near(made, company, most // 2)
            theirs = candidates.partners_of(self._reader, near, most // 2)
            if market is not None:
                places = sorted(around.within(market))
                wide = sorted({*places, *around.around.get(market, frozenset())})
                found = candidates.located(self._reader, places, most // 2, sectors=sectors)
                found += [*theirs, *candidates.tied(self._reader, wide, most // 2)]
                found += candidates.present(self._reader, places, most // 4)
                found += candidates.located(self._reader, places, most)
            else:
                own = sorted({e.market for e in made.engagements.get(company, ())} & around.countries)
                found = [*theirs, *candidates.in_sectors(self._reader, sectors, most // 2)]
                found += candidates.located(self._reader, own, most)
            found = list(dict.fromkeys([*(n for n in made.web if n != company), *found]))[:most]
        whole = self._scene(company, found, around)
        whole = self._family(replace(whole, web=made.web), company)
        with self.timing.step("score"):
            whole = replace(whole, near=nearness(crowd(whole), company))
            return partners(self._search(whole, company, market), found)

    def _peers(self, company: int, market: int | None, around: Geography) -> list[Match]:
        made = self._scene(company, [], around)
        with self.timing.step("candidates"):
            found = self._peer_candidates(made, company, market, around)
        whole = self._scene(company, found, around)
        with self.timing.step("scene"):
            places = around.within(market) if market is not None else frozenset[int]()
            whole = replace(whole, missions=load.missions(self._reader, sorted(places), MISSIONS))
        with self.timing.step("score"):
            return peers(self._search(whole, company, market), found)

    def _peer_candidates(self, made: Scene, company: int, market: int | None, around: Geography) -> list[int]:
        most, reader = self._bounds.candidates, self._reader
        sectors, products = made.orgs[company].sectors, made.products.get(company, frozenset[int]())
        if market is None:
            found = candidates.with_products(reader, products, None, most)
            return list(dict.fromkeys([*found, *candidates.in_sectors(reader, sectors, most, members=True)]))[
                :most
            ]
        markets_ = sorted(around.within(market) | around.around.get(market, frozenset()))
        found = candidates.with_products(reader, products, markets_, most)
        found += candidates.engaged_few(reader, markets_, sectors, most)
        found += candidates.engaged(reader, market, around, most, sectors=sectors)
        found += candidates.engaged(reader, market, around, most // 4)
        return list(dict.fromkeys(found))[:most]

    def _gateways(self, company: int, market: int | None, around: Geography) -> list[Match]:
        made = self._with_web(self._scene(company, [], around), company)
        found = [number for number in made.web if number != company][: self._bounds.candidates]
        whole = replace(self._scene(company, found, around), web=made.web)
        whole = self._family(whole, company)
        with self.timing.step("scene"):
            places = sorted(around.within(market or 0))
            whole = replace(whole, missions=load.missions(self._reader, places, MISSIONS))
        with self.timing.step("score"):
            return gateways(self._search(whole, company, market), found)

    def _markets(self, company: int, market: int | None, around: Geography) -> list[Match]:
        made = self._family(self._scene(company, [], around), company)
        with self.timing.step("candidates"):
            most = self._bounds.candidates
            found = self._near(made, company, most)
            found = list(dict.fromkeys([*found, *candidates.exporters(self._reader, most)]))[:most]
        with self.timing.step("scene"):
            whole = load.with_orgs(self._reader, made, found)
            asked = sorted(around.countries if market is None else around.within(market) & around.countries)
            visited = candidates.sellers(self._reader, asked, company, VISITS)
            whole = replace(whole, visited=visited)
        with self.timing.step("score"):
            ranked = best(markets(self._search(whole, company, market), found, asked))
            shown = [m.market for m in ranked[: self._question.limit] if m.market is not None]
            named = candidates.examples(self._reader, shown, company, EXAMPLES)
            return [exemplified(m, named.get(m.market or 0, [])) for m in ranked]

    def _suppliers(self, company: int, market: int | None, around: Geography) -> list[Match]:
        return seek(self._reader, self._question, (company, market, around), self._bounds, self.timing.step)


def match(index: Index, question: Question, lang: str, today: date, bounds: Bounds | None = None) -> Answer:
    """The best results of a question; see `Matcher.answer`."""
    return Matcher(index, question, lang, today, bounds or Bounds()).answer()
