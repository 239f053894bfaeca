"""Suppliers: the exporters that fit a foreign buyer, by country, product, sector and keywords."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.matching.common import (
    NOBODY,
    REGIONAL,
    STANDING,
    Found,
    Search,
    exclusive,
    left,
    present,
    selling,
    stand_said,
)
from graph.matching.scene import SUPPORT
from graph.matching.scoring import Fact, Match, Part, Say, items, overlap


@dataclass(frozen=True)
class Wanted:
    """What a buyer looks for.

    Attributes:
        products: by what was written, the products that it may mean with their likeness in [0, 1].
        keywords: folded.
    """

    products: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    sectors: frozenset[int] = frozenset()
    keywords: tuple[str, ...] = ()

    def unasked(self, market: int | None) -> dict[str, float]:
        """Features that the question says nothing of: they weigh nothing."""
        asked = {
            "product": bool(self.products),
            "sector": bool(self.sectors),
            "keywords": bool(self.keywords),
            "standing": market is not None,
            "reach": market is not None,
        }
        return {name: 0.0 for name, given in asked.items() if not given}


def suppliers(
    search: Search, wanted: Wanted, candidates: Iterable[int], words: Mapping[int, str]
) -> list[Match]:
    """Those of the candidates that sell or do something of what is looked for.

    Args:
        words: by organization what it does and sells, folded, in all languages.
    """
    scene = search.scene
    apart = {search.company, *scene.group(search.company)}
    found = []
    for org in candidates:
        kind = scene.orgs.get(org, NOBODY).kind
        if org in apart or org not in scene.orgs or kind in SUPPORT or not _exports(search, org):
            continue
        fit = [
            _product(search, wanted, org),
            _sector(search, wanted, org),
            _keywords(wanted, org, words.get(org, "")),
        ]
        if any(part.value for part in fit):
            parts = [*fit, _standing(search, org), _reach(search, org)]
            against = present([_exclusive(search, org), left(search, org)])
            found.append(search.match("suppliers", [*parts, *against], Found(org=org)))
    return found


def _exports(search: Search, org: int) -> bool:
    """Whether it is one of ours: with a place in Limburg, or with a market of its own."""
    return search.scene.orgs[org].member == "yes" or bool(search.scene.engagements.get(org))


def _product(search: Search, wanted: Wanted, org: int) -> Part:
    if not wanted.products:
        return Part("product", None)
    own = search.scene.products.get(org, frozenset())
    if not own:
        return Part("product", None, Say("product.unknown", orgs={"org": org}))
    likeness = {
        text: max((value for product, value in meant.items() if product in own), default=0.0)
        for text, meant in wanted.products.items()
    }
    lacking = [text for text, value in likeness.items() if not value]
    if len(lacking) == len(likeness):
        return Part(
            "product", 0.0, Say("product.missing", orgs={"org": org}, texts={"product": ", ".join(lacking)})
        )
    meant = {product for found in wanted.products.values() for product in found}
    shared = frozenset(own & meant)
    best = max(
        shared, key=lambda each: (max(found.get(each, 0.0) for found in wanted.products.values()), -each)
    )
    say = Say("product.sells", orgs={"org": org}, concepts={"product": best})
    if lacking:
        say = Say(
            "product.partly",
            orgs={"org": org},
            concepts={"product": best},
            texts={"lacking": ", ".join(lacking)},
        )
    return Part("product", sum(likeness.values()) / len(likeness), say, selling(search.scene, [org], shared))


def _sector(search: Search, wanted: Wanted, org: int) -> Part:
    if not wanted.sectors:
        return Part("sector", None)
    own = search.scene.orgs[org].sectors
    if not own:
        return Part("sector", None, Say("sector.unknown", orgs={"org": org}))
    shared = own & wanted.sectors
    if not shared:
        return Part("sector", 0.0, Say("sector.notwanted", orgs={"org": org}))
    facts = tuple(Fact(org=org, property="sector", value=each) for each in sorted(shared))
    say = Say("sector.wanted", orgs={"org": org}, concepts={"sector": min(shared)})
    return Part("sector", overlap(own, wanted.sectors), say, facts)


def _keywords(wanted: Wanted, org: int, words: str) -> Part:
    if not wanted.keywords:
        return Part("keywords", None)
    found = [word for word in wanted.keywords if word in words]
    if not found:
        return Part("keywords", 0.0, Say("keywords.none", orgs={"org": org}))
    say = Say("keywords.found", orgs={"org": org}, texts={"words": ", ".join(found)})
    facts = (Fact(org=org, property="activity"), Fact(org=org, property="sector"))
    return Part("keywords", len(found) / len(wanted.keywords), say, facts)


def _standing(search: Search, org: int) -> Part:
    if search.market is None:
        return Part("standing", None)
    stand = search.scene.stand(org, search.market)
    if stand is None or stand.left or stand.ended:
        return Part(
            "standing", None, Say("standing.unknown", orgs={"org": org}, concepts={"market": search.market})
        )
    value = STANDING[stand.status] * (REGIONAL if stand.regional else 1.0)
    return Part("standing", value, stand_said(org, search.market, stand), items(stand.engagements))


def _reach(search: Search, org: int) -> Part:
    scene = search.scene
    if search.market is None:
        return Part("reach", None)
    places = scene.geography.within(search.market)
    for other, way in scene.group(org).items():
        if scene.orgs.get(other, NOBODY).country in places:
            say = Say("market.group", orgs={"other": other}, concepts={"market": search.market})
            return Part("reach", 1.0, say, items(way))
    for tie in scene.ties.get(org, ()):
        other = tie.other(org)
        there = tie.territory in places or scene.orgs.get(other, NOBODY).country in places
        if there and scene.goes_on(tie) and other != search.company:
            say = Say("market.partner", orgs={"other": other}, concepts={"market": search.market})
            return Part("reach", 0.8, say, items([tie]))
    return Part("reach", 0.0, Say("market.noreach", concepts={"market": search.market}))


def _exclusive(search: Search, org: int) -> Part | None:
    """An exporter that is bound to somebody else in the country of the buyer."""
    if search.market is None:
        return None
    for tie in search.scene.ties.get(org, ()):
        if tie.principal == org and exclusive(search, tie, tie.partner):
            there = tie.territory or search.scene.orgs.get(tie.partner, NOBODY).country
            if there in search.scene.geography.within(search.market):
                say = Say(
                    "exclusive.bound",
                    orgs={"org": org, "other": tie.partner},
                    texts={"when": tie.until or ""},
                )
                return Part("exclusive", 1.0, say, items([tie]))
    return None
