"""RDF out and in: the sources and edits in canonical order, and files of RDF as triples by graph.

What is derived, the vocabulary and the reference tables are made again wherever a dump is loaded, so
they are left out of it unless asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from pyoxigraph import RdfFormat, parse, serialize

from graph.errors import InputError, Issue
from graph.model.namespaces import PREFIXES
from graph.model.terms import DefaultGraph, NamedNode, Quad
from graph.store.normal import normal_triple
from graph.store.view import Graphs, GraphView

READ = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
}
"""Formats that are read, by the name that the command line uses. The engine fetches no JSON-LD context."""

WRITTEN = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}
"""Formats of a dump."""

ENDINGS = {"nq": "nquads", "trig": "trig", "ttl": "turtle", "nt": "ntriples", "jsonld": "jsonld"}
"""Endings of file names → formats."""

DERIVED = ("graph/inferred", "graph/void", "graph/vocabulary/", "graph/reference/")
"""What every store makes for itself."""


def dump(
    view: GraphView, stream: IO[bytes], base: str, *, form: str = "nquads", everything: bool = False
) -> None:
    """Writes the graphs of a view, sorted by graph and by line, one graph at a time.

    Args:
        view: what to write.
        stream: where to.
        base: the base of the installation's IRIs; graphs under `DERIVED` of it are left out.
        form: `nquads` or `trig`.
        everything: also the derived ones.

    Raises:
        InputError: another format.
    """
    _known(form, WRITTEN)
    left_out = tuple(base + path for path in DERIVED)
    for graph in sorted(view.graphs(), key=lambda name: name.value):
        if everything or not graph.value.startswith(left_out):
            serialize(_sorted(view, graph), output=stream, format=WRITTEN[form], prefixes=_prefixes(form))


def _sorted(view: GraphView, graph: NamedNode) -> Iterator[Quad]:
    for triple in sorted(view.triples(graph), key=str):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def _prefixes(form: str) -> dict[str, str] | None:
    return PREFIXES if form == "trig" else None


def load(source: bytes | IO[bytes], form: str, graph: NamedNode | None = None) -> Graphs:
    """Reads RDF as triples by graph.

    Args:
        source: what to read.
        form: a format of `READ`.
        graph: where triples go that name no graph.

    Raises:
        InputError: an unknown format; a syntax error, with its line; a blank node, which would be
            another thing after every load; triples without a named graph where none was given.
    """
    graphs: Graphs = {}
    for quad in quads(source, form, graph):
        assert isinstance(quad.graph_name, NamedNode)  # noqa: S101 - `quads` gives no other
        graphs.setdefault(quad.graph_name, set()).add(normal_triple(quad.triple))
    return graphs


def quads(source: bytes | IO[bytes], form: str, graph: NamedNode | None = None) -> Iterator[Quad]:
    """Reads RDF as quads of named graphs, one after the other; arguments and errors as in `load`."""
    _known(form, READ)
    try:
        for quad in parse(source, format=READ[form]):
            yield Quad(quad.subject, quad.predicate, quad.object, _place(quad, graph))
    except (SyntaxError, ValueError) as error:
        place = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        raise InputError(
            f"this cannot be read as {form}", issues=(Issue("rdf", f"{place}{error}"),)
        ) from error


def _known(form: str, formats: Mapping[str, RdfFormat]) -> None:
    if form not in formats:
        wanted = ", ".join(formats)
        raise InputError(
            f"the format is one of {wanted}", issues=(Issue("format", f"one of {wanted}", form),)
        )


def _place(quad: Quad, graph: NamedNode | None) -> NamedNode:
    if isinstance(quad.graph_name, NamedNode):
        return quad.graph_name
    if isinstance(quad.graph_name, DefaultGraph) and graph is not None:
        return graph
    detail = f"{quad.triple} stands in no named graph; the default graph is the merge of all, so say which"
    raise InputError("a statement is in no named graph", issues=(Issue("graph", detail),))
