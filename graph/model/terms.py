"""RDF terms.

They are the engine's own value types, passed through this one door so that the rest of
`graph` does not import the engine: only this module and `graph.store` do (a test enforces it).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

Subject = NamedNode | BlankNode | Triple
Term = NamedNode | BlankNode | Literal | Triple

__all__ = [
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "Subject",
    "Term",
    "Triple",
    "parse_turtle",
]


def parse_turtle(text: bytes) -> Iterator[Triple]:
    """The triples of a Turtle document, in its order.

    Raises:
        SyntaxError: it is no Turtle; the error knows the line.
    """
    for quad in parse(text, format=RdfFormat.TURTLE):
        yield quad.triple
