"""The triples of a graph store request: a file in one of the forms of RDF."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse

from graph.errors import InputError, Issue
from graph.model.terms import Triple
from graph.store.normal import normal_triple

FORMS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
"""Media types that are read. The engine fetches no JSON-LD context."""
DATASETS = frozenset({"application/trig", "application/n-quads"})
"""Media types of several graphs at once."""


def read_body(body: Path, media_type: str, base_iri: str | None, *, bare: bool = False) -> set[Triple]:
    """The triples of a file.

    Args:
        body: the file.
        media_type: with or without parameters.
        base_iri: what relative IRIs are resolved against.
        bare: take blank nodes, as others than any that are there.

    Raises:
        InputError: another media type; a fault, with its line; a graph of its own; a blank node.
    """
    kind = media_type.partition(";")[0].strip().lower()
    if kind in DATASETS:
        detail = (
            f"{kind} holds several graphs and this request names one; send Turtle, or one request a graph"
        )
        raise InputError(detail, issues=(Issue("Content-Type", detail, media_type),))
    if kind not in FORMS:
        detail = f"one of {', '.join(FORMS)}"
        raise InputError(
            "the body is in no form that is read here", issues=(Issue("Content-Type", detail, media_type),)
        )
    try:
        quads = parse(
            path=body,
            format=FORMS[kind],
            base_iri=base_iri,
            without_named_graphs=True,
            rename_blank_nodes=bare,
        )
        return {quad.triple if bare else normal_triple(quad.triple) for quad in quads}
    except (SyntaxError, ValueError) as error:
        place = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        raise InputError(
            f"the body cannot be read as {kind}", issues=(Issue("body", f"{place}{error}"),)
        ) from error
