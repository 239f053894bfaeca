"""Which nodes a change can concern: those from which a shape looks at a changed triple."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from graph.model.namespaces import RDF, SH
from graph.model.terms import NamedNode, Term, Triple
from graph.quality.change.evaluate import is_target
from graph.quality.change.facts import Facts
from graph.quality.change.queries import Way, looked_at
from graph.quality.change.shapes import NESTED, Shape, Step
from graph.store.change import Change

FEW = 1_000
"""Nodes on a way that leads to few; another one is tried before this is passed."""
MANY = 10_000
"""Nodes that one triple may concern; where more refer to it, they are left to the check of everything."""


@dataclass(frozen=True)
class Look:
    """A property that a shape looks at, and the node whose property it is.

    Attributes:
        predicate: of the triple.
        ways: from the shape's node to the triple's subject or object; each alone finds all nodes.
    """

    predicate: NamedNode
    ways: tuple[tuple[Way, bool], ...]


def looks(shape: Shape) -> set[Look]:
    """Every triple that a shape with targets looks at."""
    found = set(_looks(shape, ()))
    found.update(Look(step.predicate, (((), step.inverse),)) for step in shape.targets)
    if shape.classes:
        found.add(Look(RDF.type, (((), False),)))
    return found


def _looks(shape: Shape, way: Way) -> Iterator[Look]:
    inner = way
    if shape.path is not None:
        yield Look(shape.path.predicate, ((way, shape.path.inverse),))
        inner = (*way, shape.path)
    for constraint in shape.constraints:
        if constraint.kind == SH["class"]:
            yield Look(RDF.type, ((inner, False),))
        elif constraint.kind in {SH.lessThanOrEquals, SH.disjoint} and isinstance(
            constraint.value, NamedNode
        ):
            yield Look(constraint.value, ((way, False),))
        elif constraint.kind in NESTED:
            for other in constraint.shapes:
                yield from _looks(other, inner)
    for other in shape.properties:
        yield from _looks(other, inner)
    for query in shape.queries:
        for predicate, ways in looked_at(query):
            yield Look(predicate, tuple(((*inner, *steps), inverse) for steps, inverse in ways))


class Reach:
    """Knows which shape looks at what.

    Args:
        shapes: those with targets.
    """

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._looks: dict[NamedNode, list[tuple[Shape, Look]]] = defaultdict(list)
        for shape in shapes:
            for look in looks(shape):
                self._looks[look.predicate].append((shape, look))

    def concerned(self, change: Change, facts: Facts) -> dict[Shape, set[NamedNode]]:
        """The nodes on which a shape may now find something else.

        Args:
            change: what appeared in the merge and what vanished from it.
            facts: the state after it.
        """
        back = _Back(facts)
        found: dict[Shape, set[NamedNode]] = defaultdict(set)
        for triple in (*change.appeared, *change.vanished):
            for shape, look in self._looks.get(triple.predicate, ()):
                found[shape].update(back.nodes(triple, look.ways))
        facts.prepare(set().union(*found.values()))
        chosen = {shape: {n for n in nodes if is_target(shape, n, facts)} for shape, nodes in found.items()}
        return {shape: nodes for shape, nodes in chosen.items() if nodes}


class _Back:
    """Goes ways backwards.

    Over what is there after the change: where a step of a way has vanished, its triple is in the change
    too, and is looked at from where the way begins.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._found: dict[tuple[Term, Way], set[NamedNode]] = {}

    def nodes(self, triple: Triple, ways: Sequence[tuple[Way, bool]]) -> set[NamedNode]:
        """The nodes from which a way leads to the triple; the way that meets few on it is taken."""
        for most in (FEW, MANY):
            for way, inverse in ways:
                found = self._walk(triple.object if inverse else triple.subject, way, most)
                if found is not None:
                    return found
        return set()

    def _walk(self, end: Term, way: Way, most: int) -> set[NamedNode] | None:
        """Where a way to a node may begin; None where more than `most` nodes are met."""
        if (end, way) in self._found:
            return self._found[end, way]
        nodes: set[Term] = {end}
        for step in reversed(way):
            before: set[Term] = set()
            for node in nodes:
                before.update(islice(self._before(node, step), most + 1 - len(before)))
                if len(before) > most:
                    return None
            nodes = before
        self._found[end, way] = {node for node in nodes if isinstance(node, NamedNode)}
        return self._found[end, way]

    def _before(self, node: Term, step: Step) -> Iterator[Term]:
        back = Step(step.predicate, not step.inverse)
        if back.inverse:
            for triple in self._facts.view.match(None, back.predicate, node):
                yield triple.subject
        else:
            yield from self._facts.values(node, back)
