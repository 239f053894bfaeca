"""Brings a change into an index: what it concerns is taken out and filled in again."""

from __future__ import annotations

from apsw import Connection

from graph.index.build import STEPS
from graph.index.clear import clear, touch
from graph.index.concerned import Concerned
from graph.index.fill_organizations import fill_organizations, names, order
from graph.index.fill_reference import CLASSES, add_names, add_source, all_names, source_order
from graph.index.fill_standings import fill_standings
from graph.index.filling import Concepts, Filling, fetched
from graph.index.numbers import (
    FIRST_ORGANIZATION,
    LAST_ORGANIZATION,
    SOURCE_GAP,
    WIDEST_GAP,
    Numbers,
    between,
    key_of,
)
from graph.index.spellings import CONCEPTS, clear_names, write_counts
from graph.index.touched import Touched
from graph.model.namespaces import SKOS, VERRE
from graph.model.terms import NamedNode
from graph.store.change import Change
from graph.store.view import GraphView

RIGID = frozenset({"country", "region", "municipality", "area"})
"""Kinds of concept that much else is counted by: a change of one makes a new index."""


class Refused(Exception):
    """The change cannot be brought in; the index is to be made again."""


def refill(db: Connection, view: GraphView, change: Change, release: str) -> None:
    """Makes an index that holds the state before a change hold the one after it.

    Raises:
        Refused, TooMany: it has to be made again; what was written so far is of no use.
    """
    if any(t.predicate == SKOS.broaderTransitive or t.object == VERRE.Market for t in change.triples()):
        raise Refused("what counts for which market is another")
    touched = Touched(view, change)
    meta: dict[str, str] = dict(fetched(db, "SELECT key, value FROM meta"))
    filling = _filling(db, view, touched, int(meta["next"]))
    _Refill(filling, touched, int(meta["newest"])).run(release)


def _filling(db: Connection, view: GraphView, touched: Touched, following: int) -> Filling:
    def by(query: str, *, keyed: bool = False) -> Numbers:
        def stored(iri: str) -> int | None:
            row = db.execute(query, (key_of(iri) if keyed else iri,)).fetchone()
            return None if row is None else int(row[0])

        return Numbers(stored)

    filling = Filling(Concerned(view, touched.nodes), db)
    filling.partial = True
    filling.next = following
    filling.concepts = Concepts(fetched(db, "SELECT id, iri, kind FROM concept"))
    filling.organizations = by("SELECT id FROM organization WHERE iri = ?")
    filling.sources = by("SELECT id FROM source WHERE iri = ?")
    filling.items = by("SELECT id FROM item WHERE key = ?", keyed=True)
    filling.people = by("SELECT id FROM person WHERE iri = ?")
    for table in ("award", "mission"):
        query = f"SELECT t.id FROM item i JOIN {table} t ON t.id = i.id WHERE i.key = ?"
        setattr(filling, f"{table}s", by(query, keyed=True))
    return filling


class _Refill:
    """One change of one index."""

    def __init__(self, filling: Filling, touched: Touched, newest: int) -> None:
        assert isinstance(filling.facts, Concerned)  # noqa: S101 - made right above
        self._filling = filling
        self._facts = filling.facts
        self._db = filling.db
        self._touched = touched
        self._newest = newest

    def run(self, release: str) -> None:
        """See `refill`."""
        filling, db = self._filling, self._db
        self._concepts()
        named = names(self._facts)
        before = self._organizations_before()
        gone = {iri: row for iri, row in before.items() if named.get(iri) != row[1]}
        self._take(self._touched.pointing(map(NamedNode, gone), None))
        named = names(self._facts)
        before = self._organizations_before()
        items = self._items_before()
        clear(filling, items, {iri: number for iri, (number, _) in before.items()})
        filling.kept = dict(items)
        for iri in items:
            filling.items.put(iri, None)
        self._sources()
        self._number(named, {iri: row[0] for iri, row in before.items() if iri in named and iri not in gone})
        fill_organizations(filling, named)
        for step in STEPS:
            step(filling)
        fill_standings(filling)
        write_counts(filling)
        self._write_items(items)
        described = {"release": release, "next": str(filling.next), "newest": str(self._newest)}
        db.executemany("UPDATE meta SET value = ?2 WHERE key = ?1", described.items())

    def _take(self, nodes: set[NamedNode]) -> None:
        self._touched.add(nodes)
        self._touched.settle()
        self._facts.take(self._touched.nodes)

    def _organizations_before(self) -> dict[str, tuple[int, str]]:
        """(number, name) of the touched organizations that the index has."""
        query = "SELECT iri, id, name FROM organization WHERE iri = ?"
        rows = (self._db.execute(query, (node.value,)).fetchone() for node in self._touched.nodes)
        return {row[0]: (row[1], row[2]) for row in rows if row is not None}

    def _items_before(self) -> dict[str, int]:
        found = ((node.value, self._filling.items.get(node.value)) for node in self._touched.nodes)
        return {iri: number for iri, number in found if number is not None}

    # Numbers --------------------------------------------------------------------------------

    def _number(self, named: dict[str, str], kept: dict[str, int]) -> None:
        """Numbers of the touched organizations: those that stay where they are keep theirs."""
        filling = self._filling
        for node in self._touched.nodes:
            filling.organizations.put(node.value, kept.get(node.value))
        taken = sorted((order(iri, named[iri]), number) for iri, number in kept.items())
        groups: dict[tuple[int, int], list[str]] = {}
        for iri in sorted(named.keys() - kept.keys(), key=lambda each: order(each, named[each])):
            groups.setdefault(self._gap(order(iri, named[iri]), taken), []).append(iri)
        for (low, high), iris in groups.items():
            self._place(iris, low, min(high, LAST_ORGANIZATION))
        touch(filling, "organization", (n for iri in named if (n := filling.organizations.get(iri))))

    def _place(self, iris: list[str], low: int, high: int) -> None:
        if high == LAST_ORGANIZATION:
            high = min(high, low + WIDEST_GAP)
        numbers = between(low, high, len(iris), self._newest)
        if numbers is None:
            raise Refused("there is no number left between two names")
        for iri, number in zip(iris, numbers, strict=True):
            self._filling.organizations.put(iri, number)
            self._newest = number

    def _gap(
        self, wanted: tuple[str, str, str], taken: list[tuple[tuple[str, str, str], int]]
    ) -> tuple[int, int]:
        """The numbers of the organizations before and after a name: in the file, or just kept."""
        low, high = FIRST_ORGANIZATION, LAST_ORGANIZATION
        left, right = low, high
        while left < right:
            middle = (left + right) // 2
            row = self._db.execute(
                "SELECT id, iri, name FROM organization WHERE id >= ? ORDER BY id LIMIT 1", (middle,)
            ).fetchone()
            if row is None or row[0] >= right or order(row[1], row[2]) > wanted:
                high = min(high, row[0]) if row is not None and order(row[1], row[2]) > wanted else high
                right = middle
            else:
                low, left = row[0], row[0] + 1
        for key, number in taken:
            if key < wanted:
                low = max(low, number)
            else:
                high = min(high, number)
        return low, high

    # Concepts and sources -------------------------------------------------------------------

    def _concepts(self) -> None:
        """Sectors, products, periods and the like, where they are described otherwise."""
        concepts = self._filling.concepts
        described = {node.iri: node for cls in CLASSES for node in self._facts.nodes(cls)}
        for touched in self._touched.nodes:
            number = concepts.ids.get(touched.value)
            if number is not None and touched.value not in described and self._names_of(number):
                raise Refused("a concept is described no longer")
        for iri in sorted(described):
            node, number = described[iri], concepts.ids.get(iri)
            was = None if number is None else concepts.kinds[number]
            now = concepts.described(node)
            if number is not None and self._same(number, now, set(all_names(node))):
                continue
            if RIGID & {was, now[1]}:
                raise Refused("a market or a place is described otherwise")
            if number is not None:
                self._db.execute("DELETE FROM concept WHERE id = ?", (number,))
                self._db.execute("DELETE FROM concept_name WHERE kind = ? AND concept = ?", (was, number))
                clear_names(self._filling, "subject = ? AND kind = ?", (number, CONCEPTS.get(was or "", "")))
            add_names(self._filling, node, concepts.replace(node))
        self._filling.flush()

    def _names_of(self, number: int) -> set[str]:
        query = "SELECT folded FROM concept_name WHERE kind = ? AND concept = ?"
        kind = self._filling.concepts.kinds[number]
        return {row[0] for row in self._db.execute(query, (kind, number))}

    def _same(self, number: int, now: tuple[object, ...], folded: set[str]) -> bool:
        query = "SELECT iri, kind, code, nl, en, fr, starts FROM concept WHERE id = ?"
        iri, kind, notation, texts, starts = now
        assert isinstance(texts, tuple)  # noqa: S101 - three texts
        row = self._db.execute(query, (number,)).fetchone()
        return row == (iri, kind, notation, *texts, starts) and self._names_of(number) == folded

    def _sources(self) -> None:
        """Sources that came, went or are described otherwise."""
        filling, db = self._filling, self._db
        rows = fetched(db, "SELECT ref, iri, id FROM source")
        known: dict[str, tuple[str, int]] = {iri: (ref, number) for ref, iri, number in rows}
        found = {node.iri: node for node in self._facts.nodes(VERRE.Source)}
        for node in self._touched.nodes:
            if node.value in known:
                db.execute("DELETE FROM source WHERE id = ?", (known[node.value][1],))
                clear_names(filling, "subject = ? AND kind = 'source'", (known[node.value][1],))
                filling.sources.put(node.value, None)
                if node.value not in found or known[node.value][0] != source_order(found[node.value])[0]:
                    del known[node.value]
        for iri, source in sorted(found.items(), key=lambda each: source_order(each[1])):
            if iri not in known:
                known[iri] = (source_order(source)[0], self._source_number(source_order(source), known))
            filling.sources.put(iri, known[iri][1])
            add_source(filling, source)

    @staticmethod
    def _source_number(wanted: tuple[str, str], known: dict[str, tuple[str, int]]) -> int:
        low = max((n for iri, (ref, n) in known.items() if (ref, iri) < wanted), default=0)
        high = min(
            (n for iri, (ref, n) in known.items() if (ref, iri) > wanted), default=low + 2 * SOURCE_GAP
        )
        numbers = between(low, high, 1, -1 if high == low + 2 * SOURCE_GAP else low)
        if numbers is None:
            raise Refused("there is no number left between two sources")
        return numbers[0]

    # Items ----------------------------------------------------------------------------------

    def _write_items(self, before: dict[str, int]) -> None:
        """Keys of items that came; those of items that went are deleted."""
        for iri, number in self._filling.items.given.items():
            if number is None and iri in before:
                self._db.execute("DELETE FROM item WHERE key = ?", (key_of(iri),))
            elif number is not None and before.get(iri) != number:
                self._db.execute("INSERT OR REPLACE INTO item VALUES (?, ?)", (key_of(iri), number))
