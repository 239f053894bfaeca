"""The features of every kind of match, with their standard weights: one table, also for `/v1/match/algorithms`.

The score of a result is the weighted mean of its supporting features, times what its counter-reasons
leave of it::

    score = sum(w_i * v_i) / sum(w_i)  *  product(1 - w_j * v_j)

with `i` over all supporting features of the kind (what is not known counts as 0 and is listed as
missing) and `j` over the counter features. Every value lies in [0, 1] and is made of facts about the
two parties alone, so a score says the same whoever else is in the list.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("partners", "peers", "gateways", "markets", "suppliers")


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a kind of match.

    Attributes:
        weight: the standard one; of a counter feature, the share of the score that it may take away.
        counter: whether it speaks against.
        label: in nl, en, fr.
        about: what its value says, for developers.
    """

    name: str
    weight: float
    label: tuple[str, str, str]
    about: str
    counter: bool = False


_LEFT = ("vertrokken", "left", "parti")
_EXCLUSIVE = ("exclusiviteit", "exclusivity", "exclusivité")
_SECTOR = ("sector", "sector", "secteur")
_PRODUCT = ("product", "product", "produit")
_WANTS = ("wil alleen nog", "only wants to", "le souhaite seulement")

FEATURES: dict[str, tuple[Feature, ...]] = {
    "partners": (
        Feature(
            "place",
            0.20,
            ("plaats", "place", "lieu"),
            "1 in the market by its country, 0.9 by a territory or place there, 0.4 in a region around it. Without "
            "a market: 1 where the company sells or wants to sell in its country.",
        ),
        Feature(
            "sector",
            0.25,
            _SECTOR,
            "Sectors that both have, over the root of the product of how many each has.",
        ),
        Feature(
            "peers",
            0.25,
            ("peers", "peers", "pairs"),
            "Works with companies near the company in sector or product, nearness s in all: s / (s + 1).",
        ),
        Feature(
            "network",
            0.25,
            ("netwerk", "network", "réseau"),
            "Personalised PageRank p from the company over what is around it: p / (p + 0.01).",
        ),
        Feature(
            "role",
            0.05,
            ("rol", "role", "rôle"),
            "1 where it is a distributor, agent, importer, customer, licensee or joint-venture partner of somebody, 0.6 for "
            "any other partnership.",
        ),
        Feature(
            "exclusive",
            0.6,
            _EXCLUSIVE,
            "Exclusive or sole partner of another: 1 where that one is near in sector or product, 0.5 where that is not known.",
            counter=True,
        ),
        Feature(
            "rival",
            0.5,
            ("rivaal", "rival", "rival"),
            "Belongs to the group of a company in the same sector, or of any other company (0.5).",
            counter=True,
        ),
        Feature(
            "former",
            0.4,
            ("vroegere partner", "former partner", "ancien partenaire"),
            "They worked together before and it ended.",
            counter=True,
        ),
        Feature(
            "left", 0.3, _LEFT, "The company itself, or this organization, left the market.", counter=True
        ),
    ),
    "peers": (
        Feature(
            "standing",
            0.40,
            ("positie", "standing", "position"),
            "In the market: 1 leading, 0.9 active, 0.6 entering, 0.3 was there, 0.2 only wants to; half of it where known "
            "for a region only.",
        ),
        Feature(
            "sector",
            0.25,
            _SECTOR,
            "Sectors that both have, over the root of the product of how many each has.",
        ),
        Feature("product", 0.25, _PRODUCT, "Products that both sell, over the same root."),
        Feature(
            "tells",
            0.10,
            ("kan vertellen", "can tell", "peut raconter"),
            "Partners, branches and missions n that it knows there: n / (n + 1).",
        ),
        Feature("wants", 0.3, _WANTS, "It does not sell there yet: it only wants to.", counter=True),
        Feature("left", 0.2, _LEFT, "It left the market.", counter=True),
    ),
    "gateways": (
        Feature(
            "there",
            0.40,
            ("ter plaatse", "there", "sur place"),
            "1 in the market itself or a mission to it; in a region around both, 1 / (1 + countries in it / 25).",
        ),
        Feature(
            "introduction",
            0.35,
            ("introductie", "introduction", "introduction"),
            "The shortest chain of introductions of length d: 1 / d. A branch or owner is one step, a person or "
            "membership one and a half, a mission together two.",
        ),
        Feature(
            "bond",
            0.25,
            ("band", "bond", "lien"),
            "1 own branch, 0.9 subsidiary, 0.8 owner, 0.7 sister, 0.7 partner, 0.5 mission.",
        ),
        Feature(
            "past",
            0.3,
            ("voorbij", "past", "passé"),
            "A mission that took place: 1 - 1 / (1 + years / 4).",
            counter=True,
        ),
        Feature(
            "left", 0.5, _LEFT, "The company, or the tie with it, ended or left the market.", counter=True
        ),
    ),
    "markets": (
        Feature(
            "peers",
            0.28,
            ("peers", "peers", "pairs"),
            "Companies near in sector or product that sell there, nearness s in all: s / (s + 2).",
        ),
        Feature(
            "network",
            0.44,
            ("netwerk", "network", "réseau"),
            "Personalised PageRank p from the company over companies, sectors, products and markets: p / (p + 0.01).",
        ),
        Feature(
            "region",
            0.13,
            ("regio", "region", "région"),
            "It sells in a region around the market, or in a country with which it shares one: 1 / (1 + countries in it / 25).",
        ),
        Feature(
            "reach",
            0.05,
            ("bereik", "reach", "portée"),
            "A branch, subsidiary, owner or site there (1), a partner there (0.8).",
        ),
        Feature(
            "visited",
            0.02,
            ("bekend", "well-trodden", "fréquenté"),
            "Companies of the graph n that sell there, counted to 50: n / (n + 8).",
        ),
        Feature(
            "aim",
            0.08,
            ("voornemen", "aim", "intention"),
            "1 where it wants to export there or is entering, 0.5 for a region around it.",
        ),
        Feature("left", 0.6, _LEFT, "It left this market.", counter=True),
        Feature(
            "peersLeft",
            0.3,
            ("peers vertrokken", "peers left", "pairs partis"),
            "Companies near in sector or product left it, nearness s in all: s / (s + 2).",
            counter=True,
        ),
    ),
    "suppliers": (
        Feature(
            "product",
            0.40,
            _PRODUCT,
            "Share of the products that are looked for which it sells; one that only resembles counts by its likeness.",
        ),
        Feature(
            "sector",
            0.20,
            _SECTOR,
            "Sectors looked for, or of the buyer, that it has, over the root of the product of how many each has.",
        ),
        Feature(
            "keywords",
            0.15,
            ("trefwoorden", "keywords", "mots-clés"),
            "Share of the keywords in its activity, sectors and products.",
        ),
        Feature(
            "standing",
            0.15,
            ("positie", "standing", "position"),
            "In the country of the buyer: 1 leading, 0.9 active, 0.6 entering; half of it where known for a region only.",
        ),
        Feature(
            "reach",
            0.10,
            ("bereik", "reach", "portée"),
            "A branch, subsidiary or partner in the country of the buyer.",
        ),
        Feature(
            "exclusive",
            0.4,
            _EXCLUSIVE,
            "It has an exclusive or sole partner for that country.",
            counter=True,
        ),
        Feature("left", 0.4, _LEFT, "It left the country of the buyer.", counter=True),
    ),
    "participants": (
        Feature(
            "standing",
            0.45,
            ("positie", "standing", "position"),
            "In each destination: 1 wants to go, 0.9 entering, 0.7 active, 0.6 leading; half of it where known for a "
            "region only. The mean over the destinations.",
        ),
        Feature(
            "way",
            0.25,
            ("iemand om mee te beginnen", "somebody to start from", "quelqu’un pour commencer"),
            "In a destination: 1 an own branch or subsidiary, 0.9 a partner; in a region around it, half of that.",
        ),
        Feature(
            "sector",
            0.20,
            _SECTOR,
            "Sectors of the mission that it has, over the root of the product of how many each has.",
        ),
        Feature(
            "went",
            0.10,
            ("eerdere missie", "earlier mission", "mission antérieure"),
            "1 where a source names it as a participant of an earlier mission to a destination.",
        ),
        Feature("left", 0.5, _LEFT, "The share of the destinations that it left.", counter=True),
    ),
}
"""By kind of match; supporting ones first. `participants` of a mission are asked by `graph.matching.mission`."""


def feature(kind: str, name: str) -> Feature:
    """One feature of a kind.

    Raises:
        KeyError: there is none.
    """
    return next(each for each in FEATURES[kind] if each.name == name)
