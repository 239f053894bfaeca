"""The closure of `skos:broader`: every wider market, area or class of a concept, however far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from datetime import date

from graph.model.namespaces import SKOS
from graph.model.terms import NamedNode, Triple
from graph.store.view import GraphView

_QUERY = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?narrow ?wide WHERE { ?narrow skos:broader ?wide }
"""


def wider(view: GraphView) -> dict[NamedNode, set[NamedNode]]:
    """All wider concepts of each concept that has one; a circle puts a concept among its own."""
    steps: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for narrow, wide in view.select(_QUERY):
        if isinstance(narrow, NamedNode) and isinstance(wide, NamedNode):
            steps[narrow].add(wide)
    return {concept: reachable(concept, steps) for concept in steps}


def reachable(start: NamedNode, steps: Mapping[NamedNode, Set[NamedNode]]) -> set[NamedNode]:
    """What one or more steps lead to."""
    found: set[NamedNode] = set()
    todo = list(steps.get(start, ()))
    while todo:
        concept = todo.pop()
        if concept not in found:
            found.add(concept)
            todo.extend(steps.get(concept, ()))
    return found


def lies_in(view: GraphView, concepts: Iterable[NamedNode], area: NamedNode) -> set[NamedNode]:
    """Those of some concepts that are an area or lie in it; asks only for what is around them."""
    steps: dict[NamedNode, set[NamedNode]] = {}
    found: set[NamedNode] = set()
    for concept in concepts:
        todo, seen = [concept], {concept}
        while todo:
            here = todo.pop()
            if here not in steps:
                wide = (triple.object for triple in view.match(here, SKOS.broader, None))
                steps[here] = {each for each in wide if isinstance(each, NamedNode)}
            todo += steps[here] - seen
            seen |= steps[here]
        if area in seen:
            found.add(concept)
    return found


def broader(view: GraphView, _today: date) -> set[Triple]:
    """`skos:broaderTransitive` for markets, areas and classes alike."""
    return {
        Triple(concept, SKOS.broaderTransitive, wide)
        for concept, all_ in wider(view).items()
        for wide in all_
    }
