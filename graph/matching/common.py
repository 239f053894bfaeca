"""What several kinds of match look at in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.index.standings import Engagement
from graph.matching.scene import Org, Scene, Stand, Tie
from graph.matching.scoring import Fact, Link, Match, Part, Say, items, overlap, score

STANDING = {"leading": 1.0, "active": 0.9, "entering": 0.6, "targets": 0.2, "withdrawn": 0.3}
GOING = frozenset(STANDING) - {"withdrawn"}
REGIONAL = 0.5
"""What is left of a standing that is known only for a region around the market."""

NOBODY = Org(0, None, None, "unknown")


@dataclass(frozen=True)
class Found:
    """What a result is: one of the three; and the chain of introductions to it."""

    org: int | None = None
    market: int | None = None
    mission: int | None = None
    chain: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Search:
    """One question, put to one scene.

    Attributes:
        company: who asks; 0 for a buyer that is only described.
        market: which is asked about, or None.
    """

    scene: Scene
    company: int
    market: int | None
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def asker(self) -> Org:
        """The company that asks."""
        return self.scene.orgs.get(self.company, NOBODY)

    def match(self, kind: str, parts: Iterable[Part], found: Found) -> Match:
        """A result with its score."""
        listed = tuple(parts)
        return Match(
            kind,
            score(kind, listed, self.weights),
            listed,
            org=found.org,
            market=found.market,
            mission=found.mission,
            chain=found.chain,
        )


def alike(scene: Scene, one: int, other: int) -> float:
    """How near two organizations are in sector and product, in [0, 1]."""
    a, b = scene.orgs.get(one, NOBODY), scene.orgs.get(other, NOBODY)
    sectors = overlap(a.sectors, b.sectors)
    products = overlap(_products(scene, one), _products(scene, other))
    return 1 - (1 - sectors) * (1 - products)


def _products(scene: Scene, org: int) -> frozenset[int]:
    return scene.products.get(org, frozenset())


def sector(search: Search, org: int) -> Part:
    """Sectors that both have."""
    own, theirs = search.asker.sectors, search.scene.orgs.get(org, NOBODY).sectors
    if not own or not theirs:
        return Part("sector", None, Say("sector.unknown", orgs={"org": org if own else search.company}))
    shared = own & theirs
    if not shared:
        return Part("sector", 0.0, Say("sector.none"))
    facts = [
        Fact(org=each, property="sector", value=s) for s in sorted(shared) for each in (org, search.company)
    ]
    said = Say("sector.shared", concepts={"sector": min(shared)})
    return Part("sector", overlap(own, theirs), said, tuple(facts))


def product(search: Search, org: int) -> Part:
    """Products that both sell."""
    own, theirs = _products(search.scene, search.company), _products(search.scene, org)
    if not own or not theirs:
        return Part("product", None, Say("product.unknown", orgs={"org": org if own else search.company}))
    shared = own & theirs
    if not shared:
        return Part("product", 0.0, Say("product.none", orgs={"org": org}))
    said = Say("product.shared", concepts={"product": min(shared)})
    return Part("product", overlap(own, theirs), said, selling(search.scene, (org, search.company), shared))


def selling(scene: Scene, orgs: Iterable[int], products: frozenset[int]) -> tuple[Fact, ...]:
    """The engagements that say that organizations sell products."""
    return items(e for org in orgs for e in scene.engagements.get(org, ()) if e.product in products)


def stand_said(org: int, market: int, stand: Stand) -> Say:
    """A standing in words; what is known of a region only is said of the region, and of nothing in it."""
    first = stand.engagements[0]
    state = "ended" if stand.ended and not stand.left else "left" if stand.left else stand.status
    concepts = {"market": market}
    if stand.regional:
        concepts["region"] = first.market
    if first.product is not None:
        concepts["product"] = first.product
    texts = {"when": left_when(stand.engagements) if state == "left" else first.since or ""}
    family = "region" if stand.regional and state in GOING else "standing"
    return Say(f"{family}.{state}", orgs={"org": org}, concepts=concepts, texts=texts)


def left_when(engagements: Iterable[Engagement]) -> str:
    """When an organization left, as a source has it: the end, else the day of the withdrawal; else nothing."""
    known = [each.until or (each.since if each.rank == 0 else None) for each in engagements]
    return max((text for text in known if text), default="")


def left(search: Search, org: int) -> Part | None:
    """Whether an organization left the market that is asked about."""
    if search.market is None:
        return None
    stand = search.scene.stand(org, search.market)
    if stand is None or not stand.left:
        return None
    value = REGIONAL if stand.regional else 1.0
    return Part("left", value, stand_said(org, search.market, stand), items(stand.engagements))


def exclusive(search: Search, tie: Tie, org: int) -> bool:
    """Whether a partnership binds an organization to another, where the market is concerned."""
    if not tie.exclusive or not search.scene.goes_on(tie) or search.company in (tie.principal, tie.partner):
        return False
    if tie.partner != org:
        return False
    if search.market is None or tie.territory is None:
        return True
    places = search.scene.geography
    within, asked = places.within(tie.territory), places.within(search.market)
    return bool(within & asked)


def dated(tie: Tie) -> dict[str, str]:
    """The end of a partnership as the gap `when`."""
    return {"when": tie.until or ""}


def present(parts: Iterable[Part | None]) -> list[Part]:
    """The parts that there are."""
    return [part for part in parts if part is not None]
