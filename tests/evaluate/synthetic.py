"""A synthetic graph with planted structure: what belongs together is known, because it was put there.

Companies come in clusters. Those of a cluster share sectors and products, go mostly to the markets of the
cluster and work mostly with its partners; the rest is chance. Only countries and regions are real; every
name says that it is synthetic.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from graph.inference import infer
from graph.model.iris import Minter
from graph.model.namespaces import (
    CV,
    DCTERMS,
    LOCN,
    ORG,
    PROV,
    RDF,
    RDFS,
    REFNIS,
    SKOS,
    VERRE,
    code,
)
from graph.model.terms import Literal, NamedNode, Term, Triple
from graph.store.view import Graphs, memory_view
from tests.evaluate.tasks import TODAY
from tests.real import real_graphs


@dataclass(frozen=True)
class Plan:
    """How a synthetic graph is drawn.

    Attributes:
        loyalty: the share of markets and partners that come from the company's own cluster.
        silent: the share of companies and partners whose sector nobody states.
    """

    clusters: int = 6
    companies: int = 60
    partners: int = 60
    markets: int = 5
    loyalty: float = 0.75
    silent: float = 0.15


@dataclass
class Planted:
    """A synthetic graph in the making."""

    seed: int
    plan: Plan = field(default_factory=Plan)
    minter: Minter = field(default_factory=Minter)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.said: set[Triple] = set()
        self.lands = [land for land in _countries() if not land.value.endswith("BEL")]
        self.rng.shuffle(self.lands)
        self.source = self.minter.thing("source", "synthetic")

    def graphs(self) -> Graphs:
        """All of it, with what is inferred."""
        plan, rng = self.plan, self.rng
        popular = self.lands[:8]
        clusters = [self._cluster(number) for number in range(plan.clusters)]
        for number in range(plan.companies):
            own = clusters[number % plan.clusters]
            company = self._company(number, own)
            markets = {
                rng.choice(own["markets"] if rng.random() < plan.loyalty else [*popular, *self.lands])
                for _ in range(rng.randint(2, 5))
            }
            for market in sorted(markets, key=lambda each: each.value):
                self._engagement(company, market, rng.choice(own["products"]))
            partners = {
                rng.choice(
                    own["partners"] if rng.random() < plan.loyalty else rng.choice(clusters)["partners"]
                )
                for _ in range(rng.randint(0, 3))
            }
            for partner in sorted(partners, key=lambda each: each.value):
                self._partnership(company, partner)
        return self._whole()

    def _cluster(self, number: int) -> dict[str, list[NamedNode]]:
        plan, first = self.plan, 8 + number * self.plan.markets
        markets = self.lands[first : first + plan.markets]
        sectors = [self._term("sector", f"synthetic-sector-{number}-{n}") for n in range(2)]
        products = [self._term("product", f"synthetic-product-{number}-{n}") for n in range(3)]
        partners = []
        for n in range(plan.partners // plan.clusters):
            land = self.rng.choice(markets if self.rng.random() < plan.loyalty else self.lands)
            key = f"synthetic-partner-{number}-{n:02d}"
            partners.append(self._org(key, "foreign-partner", land, [self.rng.choice(sectors)]))
        return {"markets": markets, "sectors": sectors, "products": products, "partners": partners}

    def _company(self, number: int, cluster: dict[str, list[NamedNode]]) -> NamedNode:
        home = NamedNode("http://publications.europa.eu/resource/authority/country/BEL")
        org = self._org(
            f"synthetic-company-{number:03d}", "company", home, [self.rng.choice(cluster["sectors"])]
        )
        site, address = self._node("site"), self._node("address")
        self._say(org, (ORG.hasSite, site))
        self._say(site, (RDF.type, ORG.Site), (ORG.siteOf, org), (ORG.siteAddress, address))
        self._say(site, (VERRE.siteFunction, code("site-function", "main")))
        self._say(address, (LOCN.postName, Literal("Genk")), (CV.adminUnit, REFNIS["71016"]))
        return org

    def _org(self, key: str, kind: str, land: NamedNode, sectors: list[NamedNode]) -> NamedNode:
        iri = self.minter.organization(key, "")
        known = sectors if self.rng.random() >= self.plan.silent else []
        self._say(
            iri,
            (RDF.type, ORG.Organization),
            (RDF.type, VERRE.Company),
            (RDFS.label, Literal(key)),
            (VERRE.key, Literal(key)),
            (VERRE.organizationKind, code("organization-kind", kind)),
            (VERRE.country, land),
            *((VERRE.sector, sector) for sector in known),
        )
        return iri

    def _engagement(self, company: NamedNode, market: NamedNode, product: NamedNode) -> None:
        status = self.rng.choice(("active", "active", "active", "leading", "entering", "targets"))
        self._relation(
            "engagement",
            (RDF.type, VERRE.ExportEngagement),
            (VERRE.exporter, company),
            (VERRE.market, market),
            (VERRE.engagementStatus, code("engagement-status", status)),
            (VERRE["product"], product),
        )

    def _partnership(self, company: NamedNode, partner: NamedNode) -> None:
        role = self.rng.choice(("distributor", "distributor", "customer", "partner"))
        self._relation(
            "partnership",
            (RDF.type, VERRE.Partnership),
            (VERRE.principal, company),
            (VERRE.partner, partner),
            (VERRE.partnerRole, code("partner-role", role)),
        )

    def _term(self, kind: str, key: str) -> NamedNode:
        iri = self.minter.thing(kind, key)
        self._say(
            iri, (RDF.type, VERRE[kind.title()]), (RDF.type, SKOS.Concept), (SKOS.notation, Literal(key))
        )
        self._say(iri, (SKOS.prefLabel, Literal(key)))
        return iri

    def _relation(self, kind: str, *pairs: tuple[NamedNode, Term]) -> None:
        self._say(self._node(kind), *pairs, (PROV.hadPrimarySource, self.source))

    def _node(self, kind: str) -> NamedNode:
        return self.minter.thing(kind, f"{self.rng.getrandbits(64):016x}")

    def _say(self, subject: NamedNode, *pairs: tuple[NamedNode, Term]) -> None:
        self.said |= {Triple(subject, predicate, value) for predicate, value in pairs}

    def _whole(self) -> Graphs:
        own = self.minter.source_graph("synthetic")
        about: list[tuple[NamedNode, Term]] = [
            (RDF.type, VERRE.Source),
            (VERRE.key, Literal("synthetic")),
            (DCTERMS["title"], Literal("Synthetic source")),
            (VERRE.graph, own),
        ]
        graphs = {**_reference(), own: self.said}
        graphs[self.minter.meta] = {Triple(self.source, predicate, value) for predicate, value in about}
        return {**graphs, self.minter.inferred: infer(memory_view(graphs), self.minter, TODAY)}


def _reference() -> Graphs:
    return {
        name: triples
        for name, triples in real_graphs().items()
        if "/graph/reference/" in name.value or "/graph/vocabulary/" in name.value
    }


def _countries() -> list[NamedNode]:
    found = {
        triple.subject
        for triples in _reference().values()
        for triple in triples
        if triple.predicate == RDF.type and triple.object == VERRE.Country
    }
    return sorted((each for each in found if isinstance(each, NamedNode)), key=lambda each: each.value)
