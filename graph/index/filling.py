"""What the fillers of an index share: the view, the file in the making, and who has which number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from apsw import Connection

from graph.index.days import Attested, Period
from graph.index.facts import Facts
from graph.index.nodes import Node
from graph.index.numbers import Numbers
from graph.index.text import fold
from graph.model.namespaces import CODE, CURRENCY, HS, NACE, PROV, RDF, SCHEMA, SKOS, VERRE
from graph.model.terms import NamedNode

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


def branch_key(branch: str, head: str) -> str:
    """What stands for the IRI of the tie between a branch and its head office, which is no node."""
    return f"{branch} {head}"


class Concepts:
    """The numbers of concepts; one that is only pointed at gets a number too, and its code for a label.

    Attributes:
        ids: numbers by IRI.
        kinds: kinds by number.
        rows: rows of the table `concept` that are not written yet.
    """

    def __init__(self, known: Iterable[tuple[int, str, str]] = ()) -> None:
        self.ids: dict[str, int] = {}
        self.kinds: dict[int, str] = {}
        self.rows: list[tuple[object, ...]] = []
        for number, iri, kind in known:
            self.ids[iri], self.kinds[number] = number, kind

    def add(self, node: Node) -> int:
        """Numbers a concept that the view describes."""
        known = self.ids.get(node.iri)
        return known if known is not None else self._put(len(self.ids) + 1, *self.described(node))

    @staticmethod
    def described(node: Node) -> tuple[str, str, str, Sequence[str | None], str | None]:
        """IRI, kind, code, names and first day of a concept."""
        kinds = (_KINDS[t] for t in node.iris(RDF.type) if t in _KINDS)
        notation = node.text(VERRE.iso2) or node.text(SKOS.notation) or last_part(node.iri)
        names = node.three(SKOS.prefLabel, _LABEL)
        kind = min(kinds, default=kind_of(node.iri))
        return node.iri, kind, notation, names, node.text(SCHEMA.startDate)

    def replace(self, node: Node) -> int:
        """Describes a concept anew that keeps its number, if it has one."""
        number = self.ids.get(node.iri)
        return self._put(len(self.ids) + 1 if number is None else number, *self.described(node))

    def get(self, iri: str | None) -> int | None:
        """The number of a concept; None for None."""
        if iri is None:
            return None
        known = self.ids.get(iri)
        if known is not None:
            return known
        return self._put(len(self.ids) + 1, iri, kind_of(iri), last_part(iri), (None, None, None), None)

    def taken(self) -> list[tuple[object, ...]]:
        """The rows that are not written yet, which are now the caller's."""
        rows, self.rows = self.rows, []
        return rows

    def _put(
        self, number: int, iri: str, kind: str, notation: str, names: Sequence[str | None], starts: str | None
    ) -> int:
        self.ids[iri], self.kinds[number] = number, kind
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


def fetched(db: Connection, sql: str, bindings: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return db.execute(sql, tuple(bindings)).fetchall()


BATCH = 5_000
"""Rows of a table that are written together."""


class Filling:
    """An index in the making, or one that a change is brought into.

    Attributes:
        facts: what is read.
        db: the file; `temp.touched_item`, `temp.touched_organization` and `temp.touched_company` hold the
            numbers that a change concerns.
        partial: whether this is a change.
        organizations, sources, items: numbers by IRI; items are all else that is numbered.
        people, awards, missions: those items that others point at.
        grams: how many names more, or fewer, have a piece; see `graph.index.spellings`.
        kept: numbers that items had before they were taken out, and get again.
        next: the number of the next item.
    """

    def __init__(self, facts: Facts, db: Connection) -> None:
        self.facts = facts
        self.db = db
        self.partial = False
        self.concepts = Concepts()
        self.organizations = Numbers()
        self.sources = Numbers()
        self.items = Numbers()
        self.people = Numbers()
        self.awards = Numbers()
        self.missions = Numbers()
        self.grams: Counter[str] = Counter()
        self.kept: dict[str, int] = {}
        self.next = 1
        self._waiting: defaultdict[str, list[tuple[object, ...]]] = defaultdict(list)

    def add(self, table: str, *row: object) -> None:
        """Adds a row, at the latest with `flush`; one that is there already stays as it is."""
        rows = self._waiting[table]
        rows.append(row)
        if len(rows) >= BATCH:
            self._write(table)

    def flush(self) -> None:
        """Writes what waits."""
        for table in list(self._waiting):
            self._write(table)

    def _write(self, table: str) -> None:
        rows = self._waiting.pop(table)
        marks = ", ".join("?" * len(rows[0]))
        self.db.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)

    def only(self, column: str, kind: str) -> str:
        """A condition for rows that are to be made: all, or those of what is touched."""
        return f"{column} IN (SELECT id FROM temp.touched_{kind})" if self.partial else "1"

    def reserve(self, count: int) -> int:
        """The first of some numbers in a row, which nothing else gets."""
        first, self.next = self.next, self.next + count
        return first

    def organization(self, node: Node, predicate: NamedNode) -> int | None:
        """The number of the organization that a node points at, if it is one."""
        return self.organizations.get(node.iri_of(predicate))

    def concept(self, node: Node, predicate: NamedNode) -> int | None:
        """The number of the concept that a node points at."""
        return self.concepts.get(node.iri_of(predicate))

    def number(self, iri: str) -> int:
        """The number of an item, the same each time."""
        number = self.items.get(iri)
        if number is None:
            number = self.kept.get(iri) or self.reserve(1)
            self.items.put(iri, number)
            if self.partial:
                self.add("temp.touched_item", number)
        return number

    def item(self, node: Node) -> int:
        """The number of a node, with its stated sources as evidence."""
        number = self.number(node.iri)
        for iri in node.iris(PROV.hadPrimarySource):
            source = self.sources.get(iri)
            if source is not None:
                self.add("evidence", number, source)
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
