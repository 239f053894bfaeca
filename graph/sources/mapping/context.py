"""What the mapping of one row has to know of all the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.errors import UnknownValue
from graph.model.dates import PartialDate
from graph.model.iris import Minter, slug
from graph.model.namespaces import COUNTRY, REFNIS, VERRE
from graph.model.terms import Literal, NamedNode, Triple
from graph.sources import records as r
from graph.sources.lookup import Lookup
from graph.sources.mapping.terms import (
    CONCEPT,
    LABEL,
    NOTATION,
    ORGANIZATION,
    PREF_LABEL,
    PRIMARY_SOURCE,
    TYPE,
    Pair,
    date,
    key_of,
)

BELGIUM = COUNTRY.BEL

CONCEPT_CLASSES = {"product": VERRE.Product, "sector": VERRE.Sector, "indicator": VERRE.Indicator}


@dataclass(frozen=True)
class Context:
    """The things that rows refer to by key, and the names of words.

    Attributes:
        minter: makes the IRIs.
        reference: labels of words, and municipalities.
        organizations: org_id -> IRI, for those that any row gives a number.
        missions: every mission_id.
        dates: source_id -> date of the source.
        countries: org_id -> every country that some source gives it.
        stated: (org_id, source_id) -> the country that this source gives it.
        heads: org_id of a branch -> org_id of its head offices.
        restricted: whether the rows are those of restricted sources.
    """

    minter: Minter
    reference: Lookup
    organizations: Mapping[str, NamedNode] = field(default_factory=dict)
    missions: frozenset[str] = frozenset()
    dates: Mapping[str, PartialDate] = field(default_factory=dict)
    countries: Mapping[str, frozenset[NamedNode]] = field(default_factory=dict)
    stated: Mapping[tuple[str, str], NamedNode] = field(default_factory=dict)
    heads: Mapping[str, frozenset[str]] = field(default_factory=dict)
    restricted: bool = False
    _made: dict[tuple[str, ...], NamedNode] = field(default_factory=dict, repr=False)
    _words: dict[tuple[str, str], tuple[NamedNode, list[Triple]]] = field(default_factory=dict, repr=False)
    _places: dict[tuple[str, str], NamedNode | None] = field(default_factory=dict, repr=False)

    def org(self, org_id: str) -> NamedNode:
        """The IRI of an organization: by a number that any row gives it, else by its key."""
        known = self.organizations.get(org_id) or self._made.get(("organization", org_id))
        if known is None:
            known = self._made["organization", org_id] = self.minter.organization(org_id)
        return known

    def mission(self, mission_id: str) -> NamedNode:
        """The IRI of a mission."""
        return self._thing("mission", mission_id)

    def source(self, source_id: str) -> NamedNode:
        """The IRI of a source."""
        return self._thing("source", source_id)

    def graph(self, source_id: str) -> NamedNode:
        """The graph of what a source says."""
        known = self._made.get(("", source_id))
        if known is None:
            known = self._made["", source_id] = self.minter.source_graph(
                source_id, restricted=self.restricted
            )
        return known

    @property
    def meta(self) -> NamedNode:
        """The graph that describes the sources."""
        return self.minter.restricted_meta if self.restricted else self.minter.meta

    def over(self, public: Context, known: Iterable[str]) -> Context:
        """This context for the rows of restricted sources, with the IRIs that public rows have given.

        Args:
            public: the context of the public rows.
            known: every org_id that has a public row.
        """
        named = {org_id: public.org(org_id) for org_id in known}
        return replace(self, organizations={**self.organizations, **named}, restricted=True)

    def named(self, *org_ids: str) -> list[Triple]:
        """That these are organizations: said in the graph of every source that names them."""
        return [Triple(self.org(org_id), TYPE, ORGANIZATION) for org_id in org_ids]

    def hashed(self, kind: str, **key: object) -> NamedNode:
        """The node of class `kind` with this key; the order of the arguments counts."""
        return self.minter.hashed(kind, *((name, key_of(value)) for name, value in key.items()))

    def provenance(self, row: r.Record, as_of: PartialDate | None = None) -> tuple[Pair, Pair]:
        """The source of a node, and when it was so: the row's own moment, else the source's date."""
        attested = as_of or self.dates.get(row.source_id)
        return (PRIMARY_SOURCE, self.source(row.source_id)), (VERRE.attested, date(attested))

    def word(self, scheme: str, key: str) -> tuple[NamedNode, list[Triple]]:
        """The node of a product, sector or indicator, and what the source's graph has to say of it.

        That is nothing where the reference table names the word, else the plain word itself.
        """
        known = self._words.get((scheme, key))
        if known is None:
            node = self.minter.thing(scheme, slug(key))
            named = (scheme, key) in self.reference.terms
            own = [] if named else self._own_word(node, CONCEPT_CLASSES[scheme], key)
            known = self._words[scheme, key] = node, own
        return known

    def municipality(self, country: NamedNode | None, name: str, postcode: str) -> NamedNode | None:
        """The Belgian municipality of a place.

        Only where the row says that it is in Belgium, or gives a postcode that fits the name: a name
        alone may be a place anywhere.
        """
        if not name or not (country == BELGIUM or (country is None and postcode)):
            return None
        place = (name, postcode)
        if place not in self._places:
            try:
                self._places[place] = REFNIS[self.reference.find_municipality(name, postcode).nis]
            except UnknownValue:
                self._places[place] = None
        return self._places[place]

    def is_foreign_branch(self, org_id: str) -> bool:
        """Whether a branch is in another country than its head office; unknown counts as at home.

        Where nobody says where the head office is, it is taken to be in Belgium.
        """
        own = self.countries.get(org_id, frozenset())
        homes: set[NamedNode] = set()
        for head in self.heads.get(org_id, ()):
            homes |= self.countries.get(head, frozenset())
        return bool(own) and not own & (homes or {BELGIUM})

    def _thing(self, kind: str, ref: str) -> NamedNode:
        known = self._made.get((kind, ref))
        if known is None:
            known = self._made[kind, ref] = self.minter.thing(kind, ref)
        return known

    @staticmethod
    def _own_word(node: NamedNode, kind: NamedNode, key: str) -> list[Triple]:
        label = Literal(key)
        return [
            Triple(node, TYPE, kind),
            Triple(node, TYPE, CONCEPT),
            Triple(node, NOTATION, Literal(slug(key))),
            Triple(node, PREF_LABEL, label),
            Triple(node, LABEL, label),
        ]


def build_context(records: Iterable[r.Record], minter: Minter, reference: Lookup) -> Context:
    """The context of these records; their order makes no difference."""
    numbers: dict[str, tuple[set[str], set[str]]] = {}
    countries: dict[str, set[NamedNode]] = {}
    stated: dict[tuple[str, str], NamedNode] = {}
    heads: dict[str, set[str]] = {}
    dates: dict[str, PartialDate] = {}
    missions: set[str] = set()
    for row in records:
        if isinstance(row, r.Organization):
            if row.enterprise_number or row.lei:
                enterprise, leis = numbers.setdefault(row.org_id, (set(), set()))
                enterprise.add(row.enterprise_number)
                leis.add(row.lei)
            if row.country is not None:
                countries.setdefault(row.org_id, set()).add(row.country)
                stated[row.org_id, row.source_id] = row.country
        elif isinstance(row, r.Relation) and row.relation == "branch_of":
            heads.setdefault(row.from_org, set()).add(row.to_org)
            if row.country is not None and row.country.value.startswith(COUNTRY):
                countries.setdefault(row.from_org, set()).add(row.country)
        elif isinstance(row, r.Mission):
            missions.add(row.mission_id)
        elif isinstance(row, r.Source) and row.date is not None:
            dates[row.source_id] = row.date
    return Context(
        minter,
        reference,
        {org: minter.organization(org, _one(kbo), _one(lei)) for org, (kbo, lei) in numbers.items()},
        frozenset(missions),
        dates,
        {org: frozenset(known) for org, known in countries.items()},
        stated,
        {org: frozenset(known) for org, known in heads.items()},
    )


def _one(values: set[str]) -> str:
    """The number to go by: the smallest, where sources disagree (a warning says so)."""
    return min((value for value in values if value), default="")
