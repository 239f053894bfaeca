"""What follows from a change, without looking at what it does not touch."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from graph.inference import dates, engagements, ownership, places
from graph.inference.bound import pointing_in, said_in
from graph.inference.ownership import Pair
from graph.inference.touched import Touched, days_between, touched
from graph.model.iris import Minter
from graph.model.namespaces import RDF, SKOS, VERRE
from graph.model.terms import NamedNode, Triple
from graph.store.change import Change
from graph.store.view import GraphView

MOST_NODES = 20_000
"""Nodes of one kind that are derived again one by one; beyond that the whole is faster."""

Difference = tuple[set[Triple], set[Triple]]
"""Triples to add to the inferred graph, and to take from it."""


def infer_change(view: GraphView, minter: Minter, today: date, change: Change) -> Difference | None:
    """The difference between what was inferred and what can be now.

    Args:
        view: the state after the change of stated facts, with the inferred graph as it was before.
        minter: knows the name of the inferred graph.
        today: the day that decides what has ended.
        change: what is stated otherwise, and the day for which the inferred graph was made.

    Returns:
        What to add to the inferred graph and what to take from it; None where all has to be derived
        again: the order of concepts changed, too much did, or nothing was derived before.
    """
    passed = None if change.before is None else days_between(change.before, today)
    if passed is None or any(triple.predicate == SKOS.broader for triple in change.triples()):
        return None
    found = touched(view, change, passed)
    kinds = (found.facts, found.companies, found.partners, found.owned, found.located)
    if max(map(len, kinds)) > MOST_NODES:
        return None
    return _Again(view, minter.inferred, today).all_rules(found)


class _Again:
    """The rules, each on what is touched of it, against what the inferred graph has."""

    def __init__(self, view: GraphView, graph: NamedNode, today: date) -> None:
        self._view = view
        self._graph = graph
        self._today = today

    def all_rules(self, found: Touched) -> Difference | None:
        family = self._family(found.owned)
        if family is None:
            return None
        new = dates.bounds_of(found.facts) | family[0]
        new |= engagements.shortcuts(self._view, self._today, found.companies)
        new |= ownership.partners_of(self._view, self._today, found.partners)
        new |= places.membership(self._view, self._today, found.located)
        old = self._old(found) | family[1]
        return new - old, old - new

    def _old(self, found: Touched) -> set[Triple]:
        """What the inferred graph has of all but the families."""
        tied = {frozenset(pair) for pair in found.partners}
        nodes = {*found.facts, *found.companies, *found.located, *(a for pair in tied for a in pair)}

        def concerned(triple: Triple) -> bool:
            node, predicate = triple.subject, triple.predicate
            return (
                (predicate in dates.BOUNDS and node in found.facts)
                or (predicate in engagements.SHORTCUTS and node in found.companies)
                or (predicate in places.SAID and node in found.located)
                or (predicate == VERRE.partnerOf and frozenset((node, triple.object)) in tied)
            )

        return {triple for triple in said_in(self._view, self._graph, nodes) if concerned(triple)}

    def _family(self, owned: Collection[NamedNode]) -> Difference | None:
        """Parents, subsidiaries and ultimate parents: (now, before) of those that may have changed.

        An ultimate parent changes only below an ownership that began or ended; whoever is below one
        is reached from there by ownerships that go on, the last that changed on the way being the start.
        """
        now = ownership.parent_triples(ownership.owners_of(self._view, self._today, owned))
        before = pointing_in(self._view, self._graph, VERRE.parentOf, owned)
        subsidiaries = said_in(self._view, self._graph, owned)
        before |= {
            triple
            for triple in subsidiaries
            if triple.predicate == RDF.type and triple.object == VERRE.Subsidiary
        }
        changed = {t.object for t in now ^ before if t.predicate == VERRE.parentOf}
        below = self._walk({each for each in changed if isinstance(each, NamedNode)}, down=True)
        above = self._walk(set(below[0]), down=False) if below else None
        if below is None or above is None:
            return None
        tops = {pair for pair in ownership.ultimate(above[1]) if pair[0] in below[0]}
        said = said_in(self._view, self._graph, below[0])
        before |= {triple for triple in said if triple.predicate == VERRE.ultimateParent}
        return now | ownership.ultimate_triples(tops), before

    def _walk(self, start: set[NamedNode], *, down: bool) -> tuple[set[NamedNode], set[Pair]] | None:
        """Whom ownerships that go on lead to, and these ownerships; None where they are too many."""
        step = ownership.owned_by if down else ownership.owners_of
        seen, frontier, pairs = set(start), set(start), set[Pair]()
        while frontier:
            found = step(self._view, self._today, frontier)
            pairs |= found
            frontier = {pair[1 if down else 0] for pair in found} - seen
            seen |= frontier
            if len(seen) > MOST_NODES:
                return None
        return seen, pairs
