"""What one release says otherwise than the one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from graph.model.terms import NamedNode, Quad, Triple

NO_QUADS: frozenset[Quad] = frozenset()
NO_TRIPLES: frozenset[Triple] = frozenset()


@dataclass(frozen=True)
class Change:
    """The difference between two states of the graph.

    Attributes:
        added: quads of named graphs that are new.
        removed: quads of named graphs that are gone.
        appeared: triples that no named graph said before and one says now.
        vanished: triples that a named graph said before and none says now.
        before: the day for which the earlier state was derived; None where nothing was.
    """

    added: frozenset[Quad] = NO_QUADS
    removed: frozenset[Quad] = NO_QUADS
    appeared: frozenset[Triple] = NO_TRIPLES
    vanished: frozenset[Triple] = NO_TRIPLES
    before: date | None = field(default=None)

    def __len__(self) -> int:
        return len(self.added) + len(self.removed)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def triples(self) -> Iterator[Triple]:
        """Every triple that one of the graphs says now or no longer."""
        for quad in (*self.added, *self.removed):
            yield quad.triple

    def nodes(self) -> set[NamedNode]:
        """Every thing that a changed triple is about or points at."""
        found: set[NamedNode] = set()
        for triple in self.triples():
            found.update(n for n in (triple.subject, triple.object) if isinstance(n, NamedNode))
        return found
