"""Templates: what a solution makes of them.

The engine reads a template, as the CONSTRUCT of a query over nothing, with an IRI of its own for each
variable; what comes back is filled in here. So no syntax of triples is read twice, and nothing that a
stranger sends ever runs as an update.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from secrets import token_hex

from pyoxigraph import BlankNode, NamedNode, Quad, QueryTriples, Store, Triple

from graph.errors import InputError, Issue
from graph.model.terms import Term
from graph.store.gate import tokens
from graph.store.update.operations import Block

Solution = Mapping[str, Term | None]
Place = NamedNode | str
"""A graph, or the variable that gives it."""


@dataclass(frozen=True)
class Template:
    """Triples with variables in one graph.

    Attributes:
        graph: where they go.
        triples: what the engine made of the text; a variable is the IRI that `variables` knows.
        variables: IRI → name of the variable.
    """

    graph: Place
    triples: tuple[Triple, ...]
    variables: Mapping[NamedNode, str]

    def names(self) -> set[str]:
        """Its variables."""
        return {*self.variables.values(), *((self.graph,) if isinstance(self.graph, str) else ())}

    def fill(self, solution: Solution) -> Iterator[Quad]:
        """The quads for a solution; those that would not be RDF, or lack a value, are left out."""
        graph = self.graph if isinstance(self.graph, NamedNode) else solution[self.graph]
        if not isinstance(graph, NamedNode):
            return
        for triple in self.triples:
            filled = self._triple(triple, solution)
            if filled is not None:
                yield Quad(filled.subject, filled.predicate, filled.object, graph)

    def _triple(self, triple: Triple, solution: Solution) -> Triple | None:
        subject = self._term(triple.subject, solution)
        predicate = self._term(triple.predicate, solution)
        value = self._term(triple.object, solution)
        if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
            return None
        return Triple(subject, predicate, value) if value is not None else None

    def _term(self, term: Term, solution: Solution) -> Term | None:
        if isinstance(term, NamedNode):
            name = self.variables.get(term)
            return term if name is None else solution[name]
        return self._triple(term, solution) if isinstance(term, Triple) else term


class TemplateReader:
    """Reads the pieces of one operation.

    Args:
        prologue: what is declared before it.
        base_iri: what relative IRIs are resolved against, unless the prologue says.
    """

    def __init__(self, prologue: str, base_iri: str | None) -> None:
        self._prologue = prologue
        self._base = base_iri
        self._nothing = Store()
        self._names: dict[str, NamedNode] = {}

    def name(self, text: str) -> NamedNode:
        """What an IRI or a prefixed name stands for; one that the engine has read already."""
        if text not in self._names:
            row = next(iter(self._query(f"SELECT ({text}\n AS ?name) {{}}")))
            assert isinstance(row[0], NamedNode)  # noqa: S101 - an expression of one IRI
            self._names[text] = row[0]
        return self._names[text]

    def templates(self, blocks: Iterable[Block], home: str | None) -> list[Template]:
        """The templates of an operation, one a graph.

        Args:
            blocks: of DELETE, INSERT or data.
            home: the graph of WITH.

        Raises:
            InputError: a block that names no graph, or one with a blank node.
        """
        places: dict[Place, list[Block]] = {}
        for block in blocks:
            places.setdefault(self._place(block.graph or home), []).append(block)
        return [self._template(place, found) for place, found in places.items()]

    def _place(self, graph: str | None) -> Place:
        if graph is None:
            raise InputError(
                "this writes the default graph, which is the merge of all graphs and kept by the store itself; "
                "every write names its graph: INSERT DATA { GRAPH <…> { … } }, or WITH <…> DELETE { … } …"
            )
        return graph[1:] if graph[0] in "?$" else self.name(graph)

    def _template(self, place: Place, blocks: list[Block]) -> Template:
        mark = f"urn:x-verre:{token_hex(8)}:"
        text = "\n".join(_marked(block.triples, mark) for block in blocks)
        variables = {NamedNode(mark + name): name for block in blocks for name in block.variables}
        triples = tuple(self._query(f"CONSTRUCT {{ {text}\n }} WHERE {{}}"))
        for triple in triples:
            _no_blank_nodes(triple)
        return Template(place, triples, variables)

    def _query(self, text: str) -> QueryTriples:
        return self._nothing.query(self._prologue + text, base_iri=self._base)  # type: ignore[return-value]


def _marked(text: str, mark: str) -> str:
    """A template with an IRI for each variable."""
    found, end = [], 0
    for token in tokens(text):
        if token.kind == "variable":
            found += [text[end : token.start], f"<{mark}{token.text[1:]}>"]
            end = token.end
    return "".join(found) + text[end:]


def _no_blank_nodes(triple: Triple) -> None:
    for term in (triple.subject, triple.object):
        if isinstance(term, BlankNode):
            detail = "no _:name, [ … ], ( … ) and no annotation without a name: give the thing an IRI"
            raise InputError("blank nodes are not taken", issues=(Issue("update", detail),))
        if isinstance(term, Triple):
            _no_blank_nodes(term)


def storable(quad: Quad) -> bool:
    """Whether a store without blank nodes can hold the quad at all."""
    return not any(_blank(term) for term in (quad.subject, quad.object))


def _blank(term: Term) -> bool:
    if isinstance(term, Triple):
        return _blank(term.subject) or _blank(term.object)
    return isinstance(term, BlankNode)
