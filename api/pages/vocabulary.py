"""The terms of the ontology for people: read once from the files that come with Verre."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from graph import resources
from graph.model.iris import Minter
from graph.model.namespaces import CODE, RDF, RDFS, SKOS, VERRE
from graph.model.terms import Literal, NamedNode
from graph.sources.vocabulary import vocabulary_graphs

_GROUPS = {
    "classes": ("http://www.w3.org/2002/07/owl#Class", "http://www.w3.org/2000/01/rdf-schema#Class"),
    "properties": (
        "http://www.w3.org/2002/07/owl#ObjectProperty",
        "http://www.w3.org/2002/07/owl#DatatypeProperty",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property",
    ),
    "codes": (SKOS.Concept.value,),
}


@dataclass
class Term:
    """A term of ours with its words in each language."""

    iri: str
    kinds: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """`verre:ExportEngagement`, `engagement-status/targets`."""
        return f"verre:{self.iri[len(VERRE) :]}" if self.iri.startswith(VERRE) else self.iri[len(CODE) :]


@cache
def countries(lang: str) -> dict[str, tuple[str, str]]:
    """Alpha-2 code and name of every country by the last part of its IRI. Reads a file: call it in a thread."""
    with (resources.data() / "reference" / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["eu_code"]: (row["iso2"], row[lang]) for row in csv.DictReader(file)}


@cache
def terms() -> tuple[Term, ...]:
    """Every class, property and code of ours, by IRI. Reads files: call it in a thread."""
    found: dict[str, Term] = {}
    for triples in vocabulary_graphs(resources.ontologies(), Minter()).values():
        for triple in triples:
            subject, value = triple.subject, triple.object
            if not isinstance(subject, NamedNode) or not subject.value.startswith((VERRE, CODE)):
                continue
            term = found.setdefault(subject.value, Term(subject.value))
            if triple.predicate == RDF.type and isinstance(value, NamedNode):
                term.kinds.add(value.value)
            elif isinstance(value, Literal) and value.language:
                if triple.predicate in (RDFS.label, SKOS.prefLabel):
                    term.labels[value.language] = value.value
                elif triple.predicate in (SKOS.definition, RDFS.comment):
                    term.definitions[value.language] = value.value
    return tuple(found[iri] for iri in sorted(found))


def groups(lang: str) -> list[dict[str, Any]]:
    """Classes, properties and codes with their words in one language, else in English."""
    made: list[dict[str, Any]] = []
    for kind, classes in _GROUPS.items():
        held = [term for term in terms() if term.kinds & set(classes)]
        made.append(
            {
                "kind": kind,
                "terms": [
                    {
                        "id": term.short.replace("verre:", "").replace("/", "."),
                        "short": term.short,
                        "label": term.labels.get(lang) or term.labels.get("en") or term.short,
                        "definition": term.definitions.get(lang) or term.definitions.get("en") or "",
                    }
                    for term in held
                ],
            }
        )
    return [group for group in made if group["terms"]]
