"""What the graph holds, counted: the graph `{base}graph/void` (https://www.w3.org/TR/void/).

It is kept in the store, so that an editor can complete classes and properties from it by SPARQL, and
it names the release that it counts. Its own triples are not counted. After a change only the counts
that the change touches are made again; whatever follows from the whole, such as distinct subjects, is
left to those who ask for it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.model.iris import Minter
from graph.model.namespaces import DCAT, DCTERMS, RDF, VOID, XSD
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.change import Change
from graph.store.view import GraphView

TITLES = {
    "nl": "Verre: bedrijven, hun markten en hun partners",
    "en": "Verre: companies, their markets and their partners",
    "fr": "Verre : les entreprises, leurs marchés et leurs partenaires",
}
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p"
_CLASSES = "SELECT ?c (COUNT(*) AS ?n) WHERE { ?s a ?c } GROUP BY ?c"


@dataclass
class Counts:
    """Triples by property, and things by class, of the merge."""

    properties: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)

    def count(self, triples: Iterable[Triple], step: int) -> None:
        """Counts these in (1) or out (-1)."""
        for triple in triples:
            self.properties[triple.predicate.value] += step
            if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
                self.classes[triple.object.value] += step

    @property
    def triples(self) -> int:
        """All of them."""
        return self.properties.total()


def whole(view: GraphView, minter: Minter) -> Counts:
    """The counts of a view, by going through all of it."""
    counts = Counts(_numbers(view, _PROPERTIES), _numbers(view, _CLASSES))
    counts.count(view.triples(minter.void), -1)
    return counts


def after(view: GraphView, minter: Minter, change: Change) -> Counts | None:
    """The counts that a view's own VoID tells, with a change counted in.

    Args:
        view: with the VoID of the state before the change.
        minter: of this installation.
        change: with that of the inferred graph.

    Returns:
        The counts; `None` where the view has no VoID yet.
    """
    counts = told(view.triples(minter.void))
    if not counts.properties:
        return None
    counts.count(change.appeared, 1)
    counts.count(change.vanished, -1)
    return counts


def told(triples: Iterable[Triple]) -> Counts:
    """The counts that a VoID description tells."""
    things: dict[str, str] = {}
    numbers: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for triple in triples:
        node = triple.subject.value if isinstance(triple.subject, NamedNode) else ""
        value = triple.object
        if triple.predicate in {VOID.property, VOID["class"]} and isinstance(value, NamedNode):
            things[node], kinds[node] = value.value, triple.predicate.value
        elif triple.predicate in {VOID.triples, VOID.entities} and isinstance(value, Literal):
            numbers[node] = int(value.value)
    counts = Counts()
    for node, thing in things.items():
        into = counts.properties if kinds[node] == VOID.property.value else counts.classes
        into[thing] = numbers.get(node, 0)
    return counts


def refresh(view: GraphView, minter: Minter, change: Change | None, release: str) -> set[Triple]:
    """The description of a release: by its change where that is enough, else by going through all of it."""
    counts = None if change is None else after(view, minter, change)
    return describe(counts or whole(view, minter), minter, release)


def describe(counts: Counts, minter: Minter, release: str) -> set[Triple]:
    """The VoID description of a release, without blank nodes.

    Args:
        counts: what it holds.
        minter: of this installation.
        release: the name of the release that was counted.
    """
    dataset = minter.dataset
    found = {
        Triple(dataset, RDF.type, VOID.Dataset),
        Triple(dataset, DCAT.version, Literal(release)),
        Triple(dataset, VOID.sparqlEndpoint, NamedNode(f"{minter.base}sparql")),
        Triple(dataset, VOID.uriSpace, Literal(f"{minter.base}id/")),
        Triple(dataset, VOID.triples, _number(counts.triples)),
        Triple(dataset, VOID.properties, _number(len(+counts.properties))),
        Triple(dataset, VOID.classes, _number(len(+counts.classes))),
    }
    found |= {
        Triple(dataset, DCTERMS["title"], Literal(text, language=lang)) for lang, text in TITLES.items()
    }
    for name, number in (+counts.properties).items():
        node = _partition(minter, "property", name)
        found.add(Triple(dataset, VOID.propertyPartition, node))
        found.add(Triple(node, VOID.property, NamedNode(name)))
        found.add(Triple(node, VOID.triples, _number(number)))
    for name, number in (+counts.classes).items():
        node = _partition(minter, "class", name)
        found.add(Triple(dataset, VOID.classPartition, node))
        found.add(Triple(node, VOID["class"], NamedNode(name)))
        found.add(Triple(node, VOID.entities, _number(number)))
    return found


def _partition(minter: Minter, kind: str, name: str) -> NamedNode:
    return minter.thing("dataset", f"verre/{kind}/{hashlib.sha256(name.encode()).hexdigest()[:16]}")


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def _numbers(view: GraphView, query: str) -> Counter[str]:
    found: Mapping[str, int] = {
        name.value: int(number.value)
        for name, number in view.select(query)
        if isinstance(name, NamedNode) and isinstance(number, Literal)
    }
    return Counter(found)
