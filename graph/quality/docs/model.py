"""What the page and the diagram show of the ontology, in an order that never changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from graph.model.namespaces import PREFIXES
from graph.sources.vocabulary import vocabulary_files

VERRE = Namespace(PREFIXES["verre"])
SCHEMA = Namespace(PREFIXES["schema"])
ONTOLOGY = URIRef("https://w3id.org/verre/ns")
LANGUAGES = ("nl", "en", "fr")
DERIVED = "inferred"
"""The module of what is derived and never entered."""


@dataclass(frozen=True)
class Row:
    """A property as it stands in a box of the diagram.

    Attributes:
        name: short, as in `exporter` or `org:member`.
        ranges: the classes and datatypes of its values, short.
        derived: whether it is derived from others.
        tip: its labels in three languages.
    """

    name: str
    ranges: tuple[str, ...]
    derived: bool = False
    tip: str = ""


def read(folder: Path, part: str | None = None) -> Graph:
    """The vocabulary, or the files of one of its parts (`modules`, `codelists`)."""
    graph = Graph()
    for file in vocabulary_files(folder):
        if part is None or file.parent.name == part:
            graph.parse(file, format="turtle")
    return graph


def short(iri: Node) -> str:
    """`exporter` for a term of ours, `org:member` for another's, else the IRI."""
    text = str(iri)
    if text.startswith(VERRE):
        return text.removeprefix(VERRE)
    for prefix, namespace in PREFIXES.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text


def text(graph: Graph, subject: Node, predicate: URIRef, language: str) -> str:
    """The text in one language, or nothing."""
    for value in graph.objects(subject, predicate):
        if isinstance(value, Literal) and value.language == language:
            return str(value)
    return ""


def tip(graph: Graph, subject: Node) -> str:
    """The labels of a term in three languages, on one line."""
    return " · ".join(text(graph, subject, RDFS.label, language) for language in LANGUAGES)


def classes(graph: Graph) -> list[URIRef]:
    """Our classes, by name."""
    found = graph.subjects(RDF.type, OWL.Class)
    return sorted(term for term in found if isinstance(term, URIRef) and term.startswith(VERRE))


def derived_terms(folder: Path) -> set[Node]:
    """What is derived and never entered: all that its module defines."""
    module = Graph().parse(folder / "modules" / f"{DERIVED}.ttl", format="turtle")
    return set(module.subjects(RDFS.isDefinedBy, ONTOLOGY))


def rows(graph: Graph, derived: set[Node], names: Iterable[str]) -> list[Row]:
    """The properties whose domain is one of some classes (short names), derived ones last."""
    wanted = set(names)
    found = []
    for term in sorted(graph.subjects(RDFS.isDefinedBy, ONTOLOGY), key=str):
        if wanted & {short(domain) for domain in graph.objects(term, SCHEMA.domainIncludes)}:
            ranges = sorted(short(value) for value in graph.objects(term, SCHEMA.rangeIncludes))
            found.append(Row(short(term), tuple(ranges), term in derived, tip(graph, term)))
    return sorted(found, key=lambda row: (row.derived, row.name.lower()))


def code_lists(folder: Path) -> list[tuple[URIRef, list[URIRef]]]:
    """The code lists and their codes: by rank where they have one, else as they stand in the file."""
    found = []
    for file in sorted((folder / "codelists").glob("*.ttl")):
        graph = Graph().parse(file, format="turtle")
        scheme = next(graph.subjects(RDF.type, SKOS.ConceptScheme))
        members = list(dict.fromkeys(graph.subjects(SKOS.inScheme, scheme)))
        ranks = {member: int(str(graph.value(member, VERRE.rank) or 0)) for member in members}
        ordered = sorted(members, key=ranks.__getitem__)
        found.append((URIRef(str(scheme)), [URIRef(str(member)) for member in ordered]))
    return found
