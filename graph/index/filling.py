"""What the fillers of an index share: the view, the file in the making, and who has which number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from graph.index.days import Attested, Period
from graph.index.nodes import Node
from graph.index.text import fold
from graph.model.namespaces import CODE, CURRENCY, HS, NACE, PROV, RDF, SCHEMA, SKOS, VERRE
from graph.model.terms import NamedNode
from graph.store.view import GraphView

_KINDS = {
    VERRE.Country.value: "country",
    VERRE.Region.value: "region",
    VERRE.Municipality.value: "municipality",
    VERRE.Area.value: "area",
    VERRE.Sector.value: "sector",
    VERRE.Product.value: "product",
    VERRE.Indicator.value: "indicator",
    VERRE.Period.value: "period",
}
_PREFIXES = ((CURRENCY, "currency"), (NACE, "nace"), (HS, "hs"))


@dataclass
class Concepts:
    """The numbers of concepts; one that is only pointed at gets a number too, and its code for a label."""

    ids: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[object, ...]] = field(default_factory=list)

    def add(self, node: Node) -> int:
        """Numbers a concept that the view describes."""
        known = self.ids.get(node.iri)
        if known is not None:
            return known
        kinds = (_KINDS[t] for t in node.iris(RDF.type) if t in _KINDS)
        notation = node.text(VERRE.iso2) or node.text(SKOS.notation) or last_part(node.iri)
        names = node.three(SKOS.prefLabel, _LABEL)
        return self._put(
            node.iri, min(kinds, default=kind_of(node.iri)), notation, names, node.text(SCHEMA.startDate)
        )

    def get(self, iri: str | None) -> int | None:
        """The number of a concept; None for None."""
        if iri is None:
            return None
        return self.ids.get(iri) or self._put(iri, kind_of(iri), last_part(iri), (None, None, None), None)

    def _put(
        self, iri: str, kind: str, notation: str, names: Sequence[str | None], starts: str | None
    ) -> int:
        number = self.ids[iri] = len(self.ids) + 1
        self.rows.append((number, iri, kind, notation, *names, starts))
        return number


_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def kind_of(iri: str) -> str:
    """The kind of a concept by its IRI alone: its code list, or where it comes from."""
    if iri.startswith(CODE):
        return iri[len(CODE) :].partition("/")[0]
    return next((kind for prefix, kind in _PREFIXES if iri.startswith(prefix)), "concept")


def last_part(iri: str) -> str:
    """What follows the last slash or hash."""
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]


def path_of(iri: str) -> str:
    """The part of an organization's IRI that names it: `x/luminex`, `be/0429593895`."""
    return iri.rpartition("/organization/")[2] if "/organization/" in iri else iri


@dataclass
class Filling:
    """An index in the making.

    Attributes:
        organizations: numbers by IRI; so `sources` and `items` (everything else that is numbered).
    """

    view: GraphView
    db: sqlite3.Connection
    concepts: Concepts = field(default_factory=Concepts)
    organizations: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Adds rows, which are made while they are written."""
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        marks = ", ".join("?" * len(first))
        statement = f"INSERT OR IGNORE INTO {table} VALUES ({marks})"
        self.db.execute(statement, first)
        self.db.executemany(statement, rows)

    def organization(self, node: Node, predicate: NamedNode) -> int | None:
        """The number of the organization that a node points at, if it is one."""
        return self.organizations.get(node.iri_of(predicate) or "")

    def concept(self, node: Node, predicate: NamedNode) -> int | None:
        """The number of the concept that a node points at."""
        return self.concepts.get(node.iri_of(predicate))

    def item(self, node: Node) -> int:
        """A number for a node, with its stated sources as evidence."""
        number = self.items[node.iri] = next(self.numbers)
        found = (self.sources.get(iri) for iri in node.iris(PROV.hadPrimarySource))
        self.insert("evidence", ((number, source) for source in found if source is not None))
        return number


def period_of(node: Node) -> Period:
    """The start and end of a node."""
    return Period.of(node.texts(SCHEMA.startDate), node.texts(SCHEMA.endDate))


def attested_of(node: Node) -> Attested:
    """When a node was last attested."""
    return Attested.of(node.texts(VERRE.attested))


def joined(values: Iterable[str]) -> str | None:
    """Several notes as one; None where there is none."""
    return " · ".join(dict.fromkeys(values)) or None


def folded(*texts: str | None) -> str:
    """Texts as `q` searches them, one a line."""
    return "\n".join(dict.fromkeys(fold(text) for text in texts if text))
