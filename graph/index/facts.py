"""What the fillers of an index read: everything, or what a change concerns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from graph.index.nodes import Node, iri_of, nodes, written
from graph.index.properties import STATED
from graph.model.namespaces import ADMS, FOAF, ORG, RDFS, VERRE
from graph.model.terms import Literal, NamedNode
from graph.store.view import GraphView

DESCRIBED = (
    ORG.Organization,
    ORG.Site,
    ADMS.Identifier,
    VERRE.Figure,
    VERRE.Programme,
    VERRE.Need,
    VERRE.Award,
    FOAF.Person,
)
"""Classes of what has no source of its own: whoever describes it is its source."""

_ALL = f"SELECT ?org WHERE {{ ?org a {ORG.Organization} }}"
_LABELS = f"""
SELECT ?org ?label (COUNT(DISTINCT ?g) AS ?n) WHERE {{
  GRAPH ?g {{ ?org a {ORG.Organization} ; {RDFS.label} ?label }} }} GROUP BY ?org ?label
"""
_STATED = f"""
SELECT ?source ?org ?property ?value WHERE {{
  VALUES ?property {{ {" ".join(str(p) for p in STATED.values())} }}
  ?source {VERRE.graph} ?g .
  GRAPH ?g {{ ?org a {ORG.Organization} ; ?property ?value }} }}
"""
_DESCRIBED = f"""
SELECT ?node ?source WHERE {{
  VALUES ?class {{ {" ".join(map(str, DESCRIBED))} }}
  ?source {VERRE.graph} ?g .
  GRAPH ?g {{ ?node a ?class }} }}
"""
_BRANCHES = f"""
SELECT ?branch ?head ?source WHERE {{
  ?source {VERRE.graph} ?g . GRAPH ?g {{ ?branch {ORG.unitOf} ?head }} }}
"""
_FIGURES = f"SELECT ?subject ?figure WHERE {{ ?subject {VERRE.figure} ?figure }}"


class Facts(Protocol):
    """The graph as the fillers see it. IRIs are text; what is no IRI where one belongs is left out."""

    def nodes(self, cls: NamedNode) -> Iterator[Node]:
        """Every node of a class, with what the merge says of it and lists read."""
        ...

    def organizations(self) -> Iterator[str]:
        """Every organization."""
        ...

    def labels(self) -> Iterator[tuple[str, str, int]]:
        """(organization, label, how many graphs say so)."""
        ...

    def stated(self) -> Iterator[tuple[str, str, str, str]]:
        """(source, organization, property, value as it is written) for the properties of `STATED`."""
        ...

    def described(self) -> Iterator[tuple[str, str]]:
        """(node, source that describes it) for the classes of `DESCRIBED`."""
        ...

    def branches(self) -> Iterator[tuple[str, str, str]]:
        """(branch, its head office, source)."""
        ...

    def figures(self) -> Iterator[tuple[str, str]]:
        """(what it is a figure of, figure)."""
        ...


class Whole:
    """All facts of a view."""

    def __init__(self, view: GraphView) -> None:
        self._view = view

    def nodes(self, cls: NamedNode) -> Iterator[Node]:
        """See `Facts.nodes`."""
        return nodes(self._view, cls)

    def organizations(self) -> Iterator[str]:
        """See `Facts.organizations`."""
        return (org for (org,) in self._iris(_ALL))

    def labels(self) -> Iterator[tuple[str, str, int]]:
        """See `Facts.labels`."""
        for org, label, count in self._view.select(_LABELS):
            if isinstance(org, NamedNode) and isinstance(label, Literal) and isinstance(count, Literal):
                yield org.value, label.value, int(count.value)

    def stated(self) -> Iterator[tuple[str, str, str, str]]:
        """See `Facts.stated`."""
        for source, org, prop, value in written(self._view, _STATED):
            yield source[1:-1], org[1:-1], prop[1:-1], value

    def described(self) -> Iterator[tuple[str, str]]:
        """See `Facts.described`."""
        return ((node, source) for node, source in self._iris(_DESCRIBED))

    def branches(self) -> Iterator[tuple[str, str, str]]:
        """See `Facts.branches`."""
        return ((branch, head, source) for branch, head, source in self._iris(_BRANCHES))

    def figures(self) -> Iterator[tuple[str, str]]:
        """See `Facts.figures`."""
        return ((subject, figure) for subject, figure in self._iris(_FIGURES))

    def _iris(self, query: str) -> Iterator[tuple[str, ...]]:
        for row in written(self._view, query):
            iris = tuple(iri for iri in map(iri_of, row) if iri is not None)
            if len(iris) == len(row):
                yield iris
