"""The shapes of `ontologies/shapes`, applied by pySHACL (https://www.w3.org/TR/shacl/).

pySHACL works on an rdflib graph, so this makes one of the default graph. It reads no imports, so it
opens no connection; no shape refers to itself or follows a chain of things, so circles in the data
do not matter, and it goes no deeper than `DEPTH` shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from graph.errors import InputError, Issue
from graph.model import terms
from graph.quality.report import Finding, Severity
from graph.sources.vocabulary import vocabulary_files

if TYPE_CHECKING:
    from graph.store.view import GraphView

DEPTH = 8
"""Shapes inside shapes; ours need four."""

SEVERITY: dict[Node | None, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


class PreparedGraph(Graph):
    """A graph that reads each query once; pySHACL asks the same one for every node."""

    def __init__(self) -> None:
        super().__init__()
        self._prepared: dict[str, Any] = {}

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Any:
        """See `rdflib.Graph.query`."""
        if isinstance(query_object, str):
            from rdflib.plugins.sparql import prepareQuery

            if query_object not in self._prepared:
                self._prepared[query_object] = prepareQuery(query_object, initNs={})
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **kwargs)


def run_shapes(view: GraphView, folder: Path) -> Iterator[Finding]:
    """What the shapes find in the default graph of a view.

    Args:
        view: the graph.
        folder: the folder `ontologies`; its vocabulary is read too, for its classes and codes.

    Raises:
        InputError: a file of the folder that is no Turtle.
    """
    shapes = _read(Graph(), sorted((folder / "shapes").glob("*.ttl")))
    data = _read(PreparedGraph(), vocabulary_files(folder))
    for triple in view.triples(None):
        data.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    _, results, _ = pyshacl.validate(
        data,
        shacl_graph=shapes,
        inplace=True,
        do_owl_imports=False,
        advanced=False,
        js=False,
        max_validation_depth=DEPTH,
    )
    for result in results.objects(None, SH.result):  # not those inside: a shape that a shape refers to
        yield _finding(results, result, shapes)


def _read(graph: Graph, files: Iterable[Path]) -> Graph:
    for file in files:
        try:
            triples = terms.parse_turtle(file.read_bytes())
            for triple in triples:
                graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
        except SyntaxError as error:
            raise InputError(
                f"the file {file.name} of the ontology cannot be read",
                issues=(Issue(file.name, f"not readable as Turtle: {error}"),),
            ) from error
    return graph


def _node(term: terms.Term) -> Node:
    if isinstance(term, terms.NamedNode):
        return URIRef(term.value)
    if isinstance(term, terms.Literal):
        datatype = None if term.language else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    return BNode(str(term))


def _finding(results: Graph, result: Node, shapes: Graph) -> Finding:
    shape = results.value(result, SH.sourceShape)
    path = results.value(result, SH.resultPath)
    focus = results.value(result, SH.focusNode)
    value = results.value(result, SH.value)
    return Finding(
        severity=SEVERITY[results.value(result, SH.resultSeverity)],
        check=str(shape).rpartition("#")[2],
        focus=str(focus),
        message=_messages(results, result, shapes),
        path=str(path) if isinstance(path, URIRef) else None,
        value=str(value) if value is not None and value != focus else None,
    )


def _messages(results: Graph, result: Node, shapes: Graph) -> dict[str, str]:
    """In every language: pySHACL keeps one of them for a SPARQL constraint, so its own node is asked first."""
    nodes = (results.value(result, SH.sourceConstraint), results.value(result, SH.sourceShape))
    found = [text for node in nodes if node is not None for text in shapes.objects(node, SH.message)]
    texts = found or list(results.objects(result, SH.resultMessage))
    return {text.language or "": str(text) for text in texts if isinstance(text, Literal)}
