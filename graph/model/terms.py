"""RDF terms.

They are the engine's own value types, passed through this one door so that the rest of
`graph` does not import the engine: only this module and `graph.store` do (a test enforces it).
"""

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

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
]
