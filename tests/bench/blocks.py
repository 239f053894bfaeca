"""The N-Quads of each thing of a synthetic graph, as `docs/model.md` lays them out.

A function returns whole lines. Relation nodes get chance in place of a hash: the form is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.model.iris import DEFAULT_BASE
from graph.model.namespaces import (
    ADMS,
    CV,
    DCTERMS,
    LOCN,
    ORG,
    PROV,
    RDF,
    RDFS,
    ROV,
    SCHEMA,
    SKOS,
    VERRE,
)
from tests.bench.pools import Chance, coded, enterprise_number, lei, literal, moment, quoted

BASE = DEFAULT_BASE
TYPE = quoted(RDF.type)
LABEL = quoted(RDFS.label)
PREF = quoted(SKOS.prefLabel)
NOTATION = quoted(SKOS.notation)
CONCEPT = quoted(SKOS.Concept)
ORGANIZATION = quoted(ORG.Organization)
FORMAL = quoted(ORG.FormalOrganization)
KEY = quoted(VERRE.key)
LAND = quoted(VERRE.country)
START = quoted(SCHEMA.startDate)
END = quoted(SCHEMA.endDate)
SOURCE = quoted(PROV.hadPrimarySource)
ATTESTED = quoted(VERRE.attested)
NOTE = quoted(VERRE.note)
SECTOR = quoted(VERRE.sector)
META = quoted(f"{BASE}graph/meta")
BELGIUM = "<http://publications.europa.eu/resource/authority/country/BEL>"
NOTED = '"Synthetic note."@en'
STATUS = {word: coded("engagement-status", word) for word in ("active", "targets", "entering", "leading")}
STATUS["withdrawn"] = coded("engagement-status", "withdrawn")
ROLES = (
    ('"gedelegeerd bestuurder"@nl', '"managing director"@en', '"administrateur délégué"@fr'),
    ('"exportmanager"@nl', '"export manager"@en', '"responsable export"@fr'),
    ('"verkoopdirecteur"@nl', '"sales director"@en', '"directeur commercial"@fr'),
)
PARTNER_ROLES = ("distributor", "distributor", "distributor", "customer", "supplier", "partner")

Pairs = list[tuple[str, str]]


def thing(kind: str, ref: str) -> str:
    """`{base}id/{kind}/{ref}` as N-Quads writes it."""
    return f"<{BASE}id/{kind}/{ref}>"


@dataclass
class Speaker:
    """A source that is being written.

    Attributes:
        number: of the source.
        draw: all chance.
        issued: its date, as a literal.
        said: what its graph already has and needs only once.
    """

    number: int
    draw: Chance
    issued: str
    said: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.key = f"synthetic-{self.number:04d}"
        self.iri = thing("source", self.key)
        self.graph = f"<{BASE}graph/source/{self.key}>"
        self._end = f" {self.graph} .\n"

    def lines(self, subject: str, pairs: Pairs) -> str:
        """One line a pair."""
        end = self._end
        return "".join([f"{subject} {predicate} {value}{end}" for predicate, value in pairs])

    def node(self, kind: str) -> str:
        """A relation node, never the same twice."""
        return f"<{BASE}id/{kind}/{self.draw.rng.getrandbits(128):032x}>"

    def once(self, subject: str, pairs: Pairs) -> str:
        """The lines the first time that this graph needs them."""
        if subject in self.said:
            return ""
        self.said.add(subject)
        return self.lines(subject, pairs)

    def named(self, org: str) -> str:
        """That this is an organization: each source that names it says so."""
        return self.once(org, [(TYPE, ORGANIZATION)])

    def word(self, scheme: str, number: int) -> tuple[str, str]:
        """A sector or product, and its lines where they are new here."""
        slug = f"synthetic-{scheme}-{number:04d}"
        iri = thing(scheme, slug)
        name = f'"Synthetic {scheme} {number:04d}"'
        kind = quoted(VERRE[scheme.capitalize()])
        pairs = [(TYPE, kind), (TYPE, CONCEPT), (NOTATION, f'"{slug}"'), (PREF, name), (LABEL, name)]
        return iri, self.once(iri, pairs)

    def provenance(self) -> Pairs:
        """Where a relation comes from, and when it was so."""
        rng = self.draw.rng
        return [(SOURCE, self.iri), (ATTESTED, self.issued if rng.random() < 0.8 else moment(rng, 2024))]

    def period(self, ends: float) -> Pairs:
        """From when, mostly; and until when, in that share of the cases."""
        rng = self.draw.rng
        if rng.random() > 0.6:
            return []
        year = self.draw.year()
        pairs = [(START, moment(rng, year))]
        if rng.random() < ends:
            pairs.append((END, moment(rng, year + rng.randint(1, 12))))
        return pairs

    # Things ------------------------------------------------------------------------------------

    def meta(self) -> str:
        """The source itself, in the meta graph."""
        pairs = [
            (TYPE, quoted(VERRE.Source)),
            (TYPE, quoted(PROV.Entity)),
            (quoted(DCTERMS["title"]), f'"Synthetic source {self.number:04d}"@en'),
            (quoted(DCTERMS.publisher), f'"Synthetic publisher {self.number % 7}"'),
            (quoted(DCTERMS.issued), self.issued),
            (quoted(DCTERMS.language), '"en"'),
            (quoted(SCHEMA.url), f"<https://example.org/synthetic/{self.number:04d}>"),
            (quoted(VERRE.graph), self.graph),
            (KEY, f'"{self.key}"'),
            (
                quoted(DCTERMS.accessRights),
                "<http://publications.europa.eu/resource/authority/access-right/PUBLIC>",
            ),
        ]
        return "".join(f"{self.iri} {predicate} {value} {META} .\n" for predicate, value in pairs)

    def organization(self, org: str, name: str, key: str, kind: str, land: str) -> str:
        """The head of an organization that is no company: a partner, a chamber, a branch."""
        classes = {
            "chamber": (quoted(VERRE.SupportOrganization), FORMAL),
            "branch": (quoted(VERRE.ForeignBranch), quoted(ORG.Site), quoted(ORG.OrganizationalUnit)),
        }.get(kind, (quoted(VERRE.Company), FORMAL))
        pairs = [(TYPE, each) for each in classes]
        pairs += [
            (quoted(VERRE.organizationKind), coded("organization-kind", kind)),
            (LABEL, f'"{name}"'),
            (PREF, f'"{name}"'),
            (KEY, f'"{key}"'),
            (LAND, land),
        ]
        return self.named(org) + self.lines(org, pairs)

    def company(self, number: int, name: str) -> tuple[str, str]:
        """A company with its numbers, sectors and site: its IRI and its lines."""
        rng = self.draw.rng
        key, luck = f"synthetic-{number:07d}", rng.random()
        registered, scheme = "", ""
        if luck < 0.4:
            registered, scheme = enterprise_number(number), "be-bce_kbo"
            org = thing("organization", f"be/{registered}")
        elif luck < 0.45:
            registered, scheme = lei(number), "xi-lei"
            org = thing("organization", f"lei/{registered}")
        else:
            org = thing("organization", f"x/{key}")
        pairs: Pairs = []
        words = ""
        for sector in {self.draw.sector(): None, self.draw.sector(): None}:
            iri, said = self.word("sector", sector)
            pairs.append((SECTOR, iri))
            words += said
        pairs.append((quoted(VERRE.legalForm), '"nv"' if luck < 0.3 else '"bv"'))
        if luck > 0.3:
            pairs.append((quoted(SCHEMA.foundingDate), literal(self.draw.year(), "gYear")))
        if luck > 0.6:
            activity = quoted(VERRE.activity)
            pairs += [(activity, '"synthetische goederen"@nl'), (activity, '"synthetic goods"@en')]
        head = self.organization(org, name, key, "company", BELGIUM)
        text = head + self.lines(org, pairs) + words
        if registered:
            text += self._identifier(org, scheme, registered)
        if rng.random() < 0.85:
            text += self._site(org)
        return org, text

    def _identifier(self, org: str, scheme: str, value: str) -> str:
        node = f"{org[:-1]}/identifier/{scheme}/{value}>"
        pairs = [(quoted(ADMS.identifier), node)]
        if scheme == "be-bce_kbo":
            pairs.append((quoted(ROV.registration), node))
        own = [(TYPE, quoted(ADMS.Identifier)), (NOTATION, f'"{value}"')]
        own.append((quoted(VERRE.scheme), thing("scheme", scheme)))
        return self.lines(org, pairs) + self.lines(node, own)

    def _site(self, org: str) -> str:
        node, place = self.node("site"), self.draw.place()
        address = f"{node[:-1]}/address>"
        there = [(TYPE, quoted(LOCN.Address)), (quoted(CV.adminUnit), place.iri)]
        there.append((quoted(LOCN.postName), f'"{place.name}"'))
        if place.postcode:
            there.append((quoted(LOCN.postCode), f'"{place.postcode}"'))
        return (
            self.lines(org, [(quoted(ORG.hasSite), node), (quoted(ORG.hasPrimarySite), node)])
            + self.lines(
                node,
                [
                    (TYPE, quoted(ORG.Site)),
                    (quoted(ORG.siteOf), org),
                    (quoted(VERRE.siteFunction), coded("site-function", "main")),
                    (LAND, BELGIUM),
                    (quoted(ORG.siteAddress), address),
                ],
            )
            + self.lines(address, there)
        )
