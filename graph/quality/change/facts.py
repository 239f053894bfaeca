"""What the graph says of single nodes, each asked for once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from graph.inference.bound import about
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

        self._above = {
            node: frozenset(facts[RDFS.subClassOf])
            for node, facts in self.out.items()
            if RDFS.subClassOf in facts
        }
        self._closed = _closures(self._above)

    def superclasses(self, view: GraphView) -> Mapping[Term, AbstractSet[Term]]:
        """Class → the classes above it, itself included, with what the graph says of classes."""
        more = [
            t
            for t in view.match(None, RDFS.subClassOf, None)
            if t.object not in self._above.get(t.subject, ())
        ]
        if not more:
            return self._closed
        above = dict(self._above)
        for triple in more:
            above[triple.subject] = above.get(triple.subject, frozenset()) | {triple.object}
        return _closures(above)


def _closures(above: Mapping[Term, AbstractSet[Term]]) -> dict[Term, set[Term]]:
    return {node: _closure(node, above) for node in above}


def _closure(node: Term, above: Mapping[Term, AbstractSet[Term]]) -> set[Term]:
    found, waiting = {node}, [node]
    while waiting:
        new = set(above.get(waiting.pop(), ())) - found
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
        self._superclasses: Mapping[Term, AbstractSet[Term]] | None = None
        self._out: dict[Term, Out] = {}
        self._in: dict[tuple[Term, NamedNode], list[Term]] = {}

    def prepare(self, nodes: Iterable[Term]) -> None:
        """Asks for many nodes at once what `out` will be asked of them."""
        wanted = {node for node in nodes if isinstance(node, NamedNode) and node not in self._out}
        for node, said in about(self.view, wanted).items():
            self._out[node] = self._with_vocabulary(
                node, {name: list(values) for name, values in said.items()}
            )

    def out(self, node: Term) -> Out:
        """What is said of a node, by property; nothing is said of a literal."""
        if node not in self._out:
            self._out[node] = self._read(node) if isinstance(node, NamedNode) else {}
        return self._out[node]

    def _read(self, node: NamedNode) -> Out:
        found: dict[NamedNode, list[Term]] = {}
        for triple in self.view.match(node, None, None):
            found.setdefault(triple.predicate, []).append(triple.object)
        return self._with_vocabulary(node, found)

    def _with_vocabulary(self, node: NamedNode, found: dict[NamedNode, list[Term]]) -> Out:
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
