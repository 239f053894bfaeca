"""The facts that a change concerns, read node by node from the graphs that state them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from graph.index.facts import DESCRIBED
from graph.index.nodes import Node
from graph.index.properties import BY_IRI
from graph.inference.bound import rows
from graph.model.namespaces import ORG, RDF, RDFS, VERRE
from graph.model.terms import Literal, NamedNode, Term
from graph.store.view import GraphView

_QUADS = "SELECT ?node ?property ?value ?graph WHERE { GRAPH ?graph { ?node ?property ?value } }"
_SOURCES = f"SELECT ?source ?graph WHERE {{ ?source {VERRE.graph} ?graph }}"
_DESCRIBED = frozenset(DESCRIBED)

Said = tuple[str, str, Term]
"""(graph, predicate, value)"""


class Concerned:
    """`graph.index.facts.Facts` of some nodes only."""

    def __init__(self, view: GraphView, nodes: Collection[NamedNode]) -> None:
        self._view = view
        self._said: defaultdict[str, list[Said]] = defaultdict(list)
        self._nodes: dict[str, Node] = {}
        self._classes: defaultdict[str, set[str]] = defaultdict(set)
        self._sources: defaultdict[str, list[str]] = defaultdict(list)
        for source, graph in view.select(_SOURCES):
            if isinstance(source, NamedNode) and isinstance(graph, NamedNode):
                self._sources[graph.value].append(source.value)
        self.take(nodes)

    def take(self, nodes: Collection[NamedNode]) -> None:
        """Reads more nodes; those that are there are not read again."""
        new = [node for node in nodes if node.value not in self._nodes]
        merged: defaultdict[str, set[tuple[str, Term]]] = defaultdict(set)
        for node, predicate, value, graph in rows(self._view, _QUADS, "node", new):
            if (
                isinstance(node, NamedNode)
                and isinstance(predicate, NamedNode)
                and isinstance(graph, NamedNode)
                and value is not None
            ):
                self._said[node.value].append((graph.value, predicate.value, value))
                merged[node.value].add((predicate.value, value))
        for each in new:
            made = self._nodes[each.value] = Node(each.value)
            for name, term in merged[each.value]:
                made.add(name, term)
            for cls in made.iris(RDF.type):
                self._classes[cls].add(each.value)

    def node(self, iri: str) -> Node:
        """One of the nodes."""
        return self._nodes[iri]

    def nodes(self, cls: NamedNode) -> Iterator[Node]:
        """See `Facts.nodes`."""
        return (self._nodes[iri] for iri in sorted(self._classes[cls.value]))

    def organizations(self) -> Iterator[str]:
        """See `Facts.organizations`."""
        return (node.iri for node in self.nodes(ORG.Organization))

    def labels(self) -> Iterator[tuple[str, str, int]]:
        """See `Facts.labels`."""
        for org, said in self._organizations():
            labels = (v for _, p, v in said if p == RDFS.label.value and isinstance(v, Literal))
            for label, count in Counter(labels).items():
                yield org, label.value, count

    def stated(self) -> Iterator[tuple[str, str, str, str]]:
        """See `Facts.stated`."""
        for org, said in self._organizations():
            for graph, predicate, value in said:
                if predicate in BY_IRI:
                    for source in self._sources[graph]:
                        yield source, org, predicate, str(value)

    def described(self) -> Iterator[tuple[str, str]]:
        """See `Facts.described`."""
        for iri, said in self._said.items():
            for graph, predicate, value in said:
                if predicate == RDF.type.value and value in _DESCRIBED:
                    for source in self._sources[graph]:
                        yield iri, source

    def branches(self) -> Iterator[tuple[str, str, str]]:
        """See `Facts.branches`."""
        for iri, said in self._said.items():
            for graph, predicate, value in said:
                if predicate == ORG.unitOf.value and isinstance(value, NamedNode):
                    for source in self._sources[graph]:
                        yield iri, value.value, source

    def figures(self) -> Iterator[tuple[str, str]]:
        """See `Facts.figures`."""
        for node in self.nodes(VERRE.Figure):
            for triple in self._view.match(None, VERRE.figure, NamedNode(node.iri)):
                if isinstance(triple.subject, NamedNode):
                    yield triple.subject.value, node.iri

    def _organizations(self) -> Iterator[tuple[str, list[Said]]]:
        """Organizations with what those graphs say that call them one."""
        for org in self.organizations():
            said = self._said[org]
            callers = {
                graph
                for graph, predicate, value in said
                if predicate == RDF.type.value and value == ORG.Organization
            }
            yield org, [each for each in said if each[0] in callers]
