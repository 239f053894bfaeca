"""Small graphs for tests, triple by triple as `docs/model.md` says.

`World` starts with a handful of markets, municipalities and code lists; a test adds the few facts
that show its point, each in the graph of its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from graph.inference import infer
from graph.model.iris import Minter, slug
from graph.model.namespaces import (
    ADMS,
    CV,
    DCTERMS,
    FOAF,
    LOCN,
    ORG,
    PROV,
    QB,
    RDF,
    RDFS,
    REFNIS,
    ROV,
    SCHEMA,
    SKOS,
    VERRE,
    XSD,
    code,
)
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.view import GraphView, memory_view
from tests.reference_graphs import LIMBURG, PLACES, Reference, market, number, three, when

__all__ = ["LIMBURG", "PLACES", "TODAY", "World", "market", "number", "three", "when"]

TODAY = date(2024, 6, 1)


@dataclass
class World(Reference):
    """A graph in the making; every method returns the IRI of what it adds.

    Attributes:
        source: the key of the source whose graph takes the next facts.
    """

    minter: Minter = field(default_factory=Minter)
    graphs: dict[NamedNode, set[Triple]] = field(default_factory=dict)
    source: str = "s1"
    _made: int = 0

    def __post_init__(self) -> None:
        self.add_reference()
        self.says("s1", issued="2018-02-19", title="Verre export", publisher="Het Belang van Limburg")

    # What everything stands on ---------------------------------------------------------------

    def fact(self, subject: NamedNode, *pairs: tuple[NamedNode, object]) -> NamedNode:
        """Adds triples to the graph of the current source."""
        return self.put(self.minter.source_graph(self.source), subject, pairs)

    def says(
        self, key: str, issued: str | None = None, title: str = "", publisher: str = "A paper"
    ) -> NamedNode:
        """A source; the facts that follow stand in its graph."""
        self.source = key
        self._issued = issued
        iri = self.minter.thing("source", key)
        return self.put(
            self.minter.meta,
            iri,
            [
                (RDF.type, [VERRE.Source, PROV.Entity]),
                (VERRE.key, Literal(key)),
                (DCTERMS["title"], Literal(title or f"Title of {key}", language="nl")),
                (DCTERMS.publisher, Literal(publisher)),
                (DCTERMS.issued, when(issued) if issued else None),
                (DCTERMS.language, Literal("nl")),
                (SCHEMA.url, NamedNode(f"https://example.org/{key}")),
                (VERRE.graph, self.minter.source_graph(key)),
            ],
        )

    def source_iri(self) -> NamedNode:
        """The current source."""
        return self.minter.thing("source", self.source)

    def _new(self, kind: str) -> NamedNode:
        self._made += 1
        return self.minter.hashed(kind, ("number", str(self._made)))

    def _relation(
        self, kind: str, cls: NamedNode, attested: str | None, *pairs: tuple[NamedNode, object]
    ) -> NamedNode:
        stated = attested or self._issued
        return self.fact(
            self._new(kind),
            (RDF.type, cls),
            (PROV.hadPrimarySource, self.source_iri()),
            (VERRE.attested, when(stated) if stated else None),
            *pairs,
        )

    # Organizations --------------------------------------------------------------------------

    def org(
        self,
        key: str,
        name: str = "",
        *,
        kind: str = "company",
        country: str | None = None,
        sectors: Iterable[str] = (),
        kbo: str = "",
        place: str | None = None,
    ) -> NamedNode:
        """An organization, with a main site if a `place` is given."""
        iri = self.minter.organization(key, kbo)
        label = Literal(name or key.title())
        self.fact(
            iri,
            (RDF.type, [ORG.Organization, VERRE.Company]),
            (RDFS.label, label),
            (SKOS.prefLabel, label),
            (VERRE.key, Literal(key)),
            (VERRE.organizationKind, code("organization-kind", kind)),
            (VERRE.country, market(country) if country else None),
            (VERRE.sector, [self.term("sector", each) for each in sectors]),
        )
        if kbo:
            number_node = NamedNode(f"{iri.value}/identifier/be-bce_kbo/{kbo}")
            scheme = self.minter.thing("scheme", "be-bce_kbo")
            self.fact(iri, (ADMS.identifier, number_node), (ROV.registration, number_node))
            self.fact(
                number_node,
                (RDF.type, ADMS.Identifier),
                (SKOS.notation, Literal(kbo)),
                (VERRE.scheme, scheme),
            )
        if place:
            self.site(iri, "main", place)
        return iri

    def named(self, iri: NamedNode) -> NamedNode:
        """An organization that the current source mentions."""
        return self.fact(iri, (RDF.type, ORG.Organization))

    def term(self, kind: str, word: str) -> NamedNode:
        """A sector, product or indicator of the reference terms."""
        iri = self.minter.thing(kind, slug(word))
        labels = three(f"{word} (nl)", word, f"{word} (fr)")
        self.concept("reference/terms", iri, slug(word), labels, VERRE[kind.title()])
        return iri

    def site(
        self,
        org: NamedNode,
        function: str,
        place: str | None = None,
        *,
        country: str | None = None,
        outside: bool = False,
    ) -> NamedNode:
        """A site; a `place` that is no municipality here is only the name of a town."""
        iri = self._new("site")
        address = NamedNode(f"{iri.value}/address")
        self.fact(org, (ORG.hasSite, iri))
        self.fact(
            iri,
            (RDF.type, ORG.Site),
            (ORG.siteOf, org),
            (VERRE.siteFunction, code("site-function", function)),
            (VERRE.country, market(country) if country else None),
            (VERRE.outsideArea, LIMBURG if outside else None),
        )
        if place:
            self.fact(iri, (ORG.siteAddress, address))
            nis = PLACES.get(place)
            self.fact(
                address,
                (RDF.type, LOCN.Address),
                (LOCN.postName, Literal(place)),
                (CV.adminUnit, REFNIS[nis] if nis else None),
            )
        return iri

    def branch(
        self, key: str, head: NamedNode, country: str, place: str, since: str | None = None
    ) -> NamedNode:
        """A branch abroad, with a site in a town."""
        iri = self.org(key, kind="branch", country=country)
        self.site(iri, "office", place, country=country)
        return self.fact(
            iri,
            (ORG.unitOf, head),
            (VERRE.hostCountry, market(country)),
            (SCHEMA.startDate, when(since) if since else None),
        )

    # Relations ------------------------------------------------------------------------------

    def engagement(
        self,
        org: NamedNode,
        where: str,
        status: str,
        *,
        since: str | None = None,
        until: str | None = None,
        attested: str | None = None,
        product: str | None = None,
    ) -> NamedNode:
        """A company in a market."""
        return self._relation(
            "engagement",
            VERRE.ExportEngagement,
            attested,
            (VERRE.exporter, self.named(org)),
            (VERRE.market, market(where)),
            (VERRE.engagementStatus, code("engagement-status", status)),
            (VERRE.product, self.term("product", product) if product else None),
            (SCHEMA.startDate, when(since) if since else None),
            (SCHEMA.endDate, when(until) if until else None),
        )

    def partnership(
        self,
        principal: NamedNode,
        partner: NamedNode,
        role: str = "distributor",
        *,
        territory: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> NamedNode:
        """A partnership, read as "partner is the role of principal"."""
        return self._relation(
            "partnership",
            VERRE.Partnership,
            None,
            (VERRE.principal, self.named(principal)),
            (VERRE.partner, self.named(partner)),
            (VERRE.partnerRole, code("partner-role", role)),
            (VERRE.territory, market(territory) if territory else None),
            (SCHEMA.startDate, when(since) if since else None),
            (SCHEMA.endDate, when(until) if until else None),
        )

    def ownership(
        self,
        owner: NamedNode,
        owned: NamedNode,
        kind: str = "subsidiary",
        *,
        until: str | None = None,
        share: float | None = None,
    ) -> NamedNode:
        """An ownership."""
        return self._relation(
            "ownership",
            VERRE.Ownership,
            None,
            (VERRE.owner, self.named(owner)),
            (VERRE.owned, self.named(owned)),
            (VERRE.basis, code("relation-basis", "unknown")),
            (VERRE.ownershipKind, code("ownership-kind", kind)),
            (VERRE.shareExact, None if share is None else number(share)),
            (SCHEMA.endDate, when(until) if until else None),
        )

    def person(self, name: str, org: NamedNode, role: str, *, until: str | None = None) -> NamedNode:
        """A person in a role."""
        iri = self.minter.hashed("person", ("name", name))
        self.fact(iri, (RDF.type, FOAF.Person), (FOAF.name, Literal(name)), (RDFS.label, Literal(name)))
        self._relation(
            "membership",
            ORG.Membership,
            None,
            (ORG.member, iri),
            (ORG.organization, self.named(org)),
            (VERRE.roleName, Literal(role, language="en")),
            (SCHEMA.endDate, when(until) if until else None),
        )
        return iri

    def grant(self, org: NamedNode, name: str, year: str, result: str = "winner") -> NamedNode:
        """An award given, or a nomination for one."""
        award = self.minter.hashed("award", ("name", name), ("year", year))
        self.fact(award, (RDF.type, VERRE.Award), (RDFS.label, Literal(name)), (VERRE.edition, when(year)))
        return self._relation(
            "grant",
            VERRE.AwardGrant,
            None,
            (VERRE.recipient, self.named(org)),
            (VERRE.award, award),
            (VERRE.awardResult, code("award-result", result)),
        )

    def mission(
        self, key: str, where: Iterable[str], organizer: NamedNode, start: str = "2018-05"
    ) -> NamedNode:
        """A trade mission out."""
        return self.fact(
            self.minter.thing("mission", key),
            (RDF.type, VERRE.TradeMission),
            (RDFS.label, three(f"Zending {key}", f"Mission {key}", f"Mission {key} (fr)")),
            (VERRE.key, Literal(key)),
            (VERRE.missionType, code("mission-type", "outbound")),
            (VERRE.destination, [market(each) for each in where]),
            (SCHEMA.organizer, self.named(organizer)),
            (SCHEMA.startDate, when(start)),
            (PROV.hadPrimarySource, self.source_iri()),
        )

    def participation(self, mission: NamedNode, org: NamedNode) -> NamedNode:
        """An organization that takes part in a mission."""
        return self._relation(
            "participation",
            VERRE.MissionParticipation,
            None,
            (VERRE.mission, mission),
            (VERRE.participant, self.named(org)),
        )

    def figure(
        self, subject: NamedNode, measure: str, value: object, unit: str = "number", period: str | None = None
    ) -> NamedNode:
        """A figure of an organization, mission or engagement."""
        iri = NamedNode(f"{subject.value}/figure/{measure}{'-' + period if period else ''}")
        self.fact(subject, (VERRE.figure, iri))
        return self.fact(
            iri,
            (RDF.type, VERRE.Figure),
            (VERRE.measure, code("measure", measure)),
            (VERRE.value, number(value)),
            (VERRE.unit, code("unit", unit)),
            (VERRE.period, when(period) if period else None),
            (VERRE.precision, code("precision", "exact")),
        )

    def statistic(self, indicator: str, period: str, value: object, where: str = "WORLD") -> NamedNode:
        """A figure of Limburg in a year."""
        period_iri = self.minter.thing("period", period)
        self.put(
            self.minter.graph("reference/terms"),
            period_iri,
            [
                (RDF.type, VERRE.Period),
                (SKOS.notation, Literal(period)),
                (SCHEMA.startDate, Literal(f"{period[:4]}-01-01", datatype=XSD.date)),
            ],
        )
        return self.fact(
            self._new("observation"),
            (RDF.type, QB.Observation),
            (QB.dataSet, self.minter.thing("dataset", "statistics")),
            (VERRE.area, LIMBURG),
            (VERRE.indicator, self.term("indicator", indicator)),
            (VERRE.period, period_iri),
            (VERRE.partnerArea, market(where)),
            (VERRE.value, number(value)),
            (VERRE.unit, code("unit", "number")),
            (VERRE.precision, code("precision", "just-over")),
            (VERRE.changePercent, number("13.43")),
            (PROV.hadPrimarySource, self.source_iri()),
        )

    # Reading --------------------------------------------------------------------------------

    def view(self, today: date = TODAY) -> GraphView:
        """The graphs with what follows from them on that day."""
        derived = infer(memory_view(self.graphs), self.minter, today)
        return memory_view({**self.graphs, self.minter.inferred: derived})
