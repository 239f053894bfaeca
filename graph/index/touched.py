"""Which things an index shows otherwise after a change: a little too much, never too little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graph.index.nodes import SHORTCUTS
from graph.inference.bound import rows
from graph.model.namespaces import ADMS, CV, FOAF, LOCN, ORG, PROV, RDF, SKOS, VERRE
from graph.model.terms import NamedNode, Term, Triple
from graph.store.change import Change
from graph.store.view import GraphView

MOST_NODES = 5_000
"""Things that are filled again one by one; beyond that the whole is made again."""

_ADDRESS = (CV.adminUnit, LOCN.postName, LOCN.postCode, RDF.type)
_IDENTIFIER = (SKOS.notation, VERRE.scheme, RDF.type)
_SOURCE = (RDF.type, VERRE.graph, VERRE.key)
_POINTED_AT = (
    (FOAF.Person, ORG.member),
    (VERRE.Award, VERRE.award),
    (VERRE.TradeMission, VERRE.mission),
)
"""Classes of things without which what points at them is not shown."""


class TooMany(Exception):
    """More things are concerned than are worth to be filled again one by one."""


class Touched:
    """The things that are to be filled again.

    Raises:
        TooMany: by any method.
    """

    def __init__(self, view: GraphView, change: Change) -> None:
        self._view = view
        self._triples: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
        self.nodes: set[NamedNode] = set()
        relevant = {t for t in change.triples() if not _is_ignored(t)}
        for triple in relevant:
            self._triples[triple.predicate].append(triple)
        self.add(t.subject for t in relevant)
        self._parties()
        self._sources()
        self._located()
        self.add(self.pointing(self._changed(*_IDENTIFIER, PROV.hadPrimarySource), ADMS.identifier))
        self.settle()

    def settle(self) -> None:
        """Takes what the rows of the things are made of: figures, addresses of sites, identifiers of organizations."""
        self.add(self._values(set(self.nodes), VERRE.figure))
        self.add(self._values(set(self.nodes), ORG.siteAddress))
        seen: set[NamedNode] = set()
        while new := self.nodes - seen:
            seen |= new
            identifiers = self._values(new, ADMS.identifier)
            self.add(identifiers)
            self.add(self.pointing(identifiers, ADMS.identifier))

    def add(self, nodes: Iterable[Term]) -> None:
        """Takes more things."""
        self.nodes.update(node for node in nodes if isinstance(node, NamedNode))
        if len(self.nodes) > MOST_NODES:
            raise TooMany

    def pointing(self, nodes: Iterable[NamedNode], *predicates: NamedNode | None) -> set[NamedNode]:
        """What points at some things by one of the predicates; by None: whatever does."""
        asked, found = set(nodes), set[NamedNode]()
        for predicate in predicates:
            query = (
                f"SELECT DISTINCT ?from WHERE {{ ?from {predicate or '?by'} ?node }} LIMIT {MOST_NODES + 1}"
            )
            found.update(
                one for (one,) in rows(self._view, query, "node", asked) if isinstance(one, NamedNode)
            )
            if len(found) > MOST_NODES:
                raise TooMany
        return found

    def _changed(self, *predicates: NamedNode) -> set[NamedNode]:
        """Things of which one of the predicates changed."""
        return {
            triple.subject
            for predicate in predicates
            for triple in self._triples.get(predicate, ())
            if isinstance(triple.subject, NamedNode)
        }

    def _values(self, nodes: Iterable[NamedNode], predicate: NamedNode) -> set[NamedNode]:
        """What some things point at, now or before."""
        query = f"SELECT DISTINCT ?value WHERE {{ ?node {predicate} ?value }}"
        now = (value for (value,) in rows(self._view, query, "node", set(nodes)))
        changed = (triple.object for triple in self._triples.get(predicate, ()))
        return {value for value in (*now, *changed) if isinstance(value, NamedNode)}

    def _parties(self) -> None:
        """Relations of a party that came or went, or whose country is another."""
        types = self._triples.get(RDF.type, ())

        def of_class(cls: NamedNode) -> set[NamedNode]:
            return {t.subject for t in types if t.object == cls and isinstance(t.subject, NamedNode)}

        self.add(self.pointing(of_class(ORG.Organization), None))
        for cls, predicate in _POINTED_AT:
            self.add(self.pointing(of_class(cls), predicate))
        moved = self._changed(VERRE.country)
        self.add(self.pointing(moved, VERRE.principal, VERRE.partner, VERRE.owned))

    def _sources(self) -> None:
        """All that a source says, where a source came or went or has another place in lists."""
        types = {t.subject for t in self._triples.get(RDF.type, ()) if t.object == VERRE.Source}
        for node in self._changed(*_SOURCE):
            is_source = any(self._view.match(node, RDF.type, VERRE.Source))
            if is_source or node in types:
                self.add(self.pointing([node], PROV.hadPrimarySource))
                for graph in self._values([node], VERRE.graph):
                    self.add(self._inside(graph))

    def _inside(self, graph: NamedNode) -> set[NamedNode]:
        query = f"SELECT DISTINCT ?node WHERE {{ GRAPH {graph} {{ ?node ?p ?o }} }} LIMIT {MOST_NODES + 1}"
        return {node for (node,) in self._view.select(query) if isinstance(node, NamedNode)}

    def _located(self) -> None:
        """Sites of a changed address, the organizations of a changed site, and where those are present."""
        self.add(self.pointing(self._changed(*_ADDRESS), ORG.siteAddress))
        organizations = self._values(set(self.nodes), ORG.siteOf)
        self.add(organizations)
        self.add(self.pointing(organizations, VERRE.owned))


def _is_ignored(triple: Triple) -> bool:
    return triple.predicate in SHORTCUTS or (
        triple.predicate == RDF.type and triple.object == VERRE.Subsidiary
    )
