"""What the graph says of single nodes, each asked for once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from graph.model.namespaces import RDF, RDFS
from graph.model.terms import NamedNode, Term, Triple
from graph.quality.change.shapes import Step

if TYPE_CHECKING:
    from graph.store.view import GraphView

Out = Mapping[NamedNode, Sequence[Term]]


class Vocabulary:
    """The triples of the vocabulary, which count as said wherever the graph has them not.

    Args:
        triples: of its files.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.out: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self.out[triple.subject][triple.predicate].append(triple.object)

    def superclasses(self, view: GraphView) -> dict[Term, set[Term]]:
        """Class → the classes above it, itself included, with what the graph says of classes."""
        above: dict[Term, set[Term]] = defaultdict(set)
        for node, facts in self.out.items():
            above[node].update(facts.get(RDFS.subClassOf, ()))
        for triple in view.match(None, RDFS.subClassOf, None):
            above[triple.subject].add(triple.object)
        return {node: _closure(node, above) for node in list(above)}


def _closure(node: Term, above: Mapping[Term, set[Term]]) -> set[Term]:
    found, waiting = {node}, [node]
    while waiting:
        new = above.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


class Facts:
    """A state of the graph, node by node.

    Args:
        view: the state.
        vocabulary: what is said beside it.
    """

    def __init__(self, view: GraphView, vocabulary: Vocabulary) -> None:
        self.view = view
        self._vocabulary = vocabulary
        self._superclasses: dict[Term, set[Term]] | None = None
        self._out: dict[Term, Out] = {}
        self._in: dict[tuple[Term, NamedNode], list[Term]] = {}

    def out(self, node: Term) -> Out:
        """What is said of a node, by property; nothing is said of a literal."""
        if node not in self._out:
            self._out[node] = self._read(node) if isinstance(node, NamedNode) else {}
        return self._out[node]

    def _read(self, node: NamedNode) -> Out:
        found: dict[NamedNode, list[Term]] = {}
        for triple in self.view.match(node, None, None):
            found.setdefault(triple.predicate, []).append(triple.object)
        for predicate, values in self._vocabulary.out.get(node, {}).items():
            known = found.setdefault(predicate, [])
            known += [value for value in values if value not in known]
        return found

    def values(self, node: Term, step: Step) -> Sequence[Term]:
        """The nodes one step away."""
        if not step.inverse:
            return self.out(node).get(step.predicate, ())
        key = (node, step.predicate)
        if key not in self._in:
            self._in[key] = [triple.subject for triple in self.view.match(None, step.predicate, node)]
        return self._in[key]

    def has(self, node: Term, step: Step) -> bool:
        """Whether there is a node one step away; however many refer to this one."""
        if not step.inverse:
            return step.predicate in self.out(node)
        return next(iter(self.view.match(None, step.predicate, node)), None) is not None

    def is_a(self, node: Term, kind: Term) -> bool:
        """Whether a node is of a class, or of one below it."""
        if self._superclasses is None:
            self._superclasses = self._vocabulary.superclasses(self.view)
        types = self.out(node).get(RDF.type, ())
        return any(one == kind or kind in self._superclasses.get(one, ()) for one in types)
