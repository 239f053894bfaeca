"""Terms as the engine gives them back.

It keeps numbers, booleans and times by value: `"13.430"^^xsd:decimal` comes back as `13.43`. Whoever
compares new triples with stored ones must do so in that form, or the same input looks like a change.
"""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from graph.errors import InputError, Issue
from graph.model.terms import Subject, Term

_ANY = NamedNode("urn:any")
_TEXT = "http://www.w3.org/2001/XMLSchema#string"


def normal_triple(triple: Triple) -> Triple:
    """The triple as it comes back from the engine.

    Raises:
        InputError: it has a blank node, which would be another one after every import.
    """
    subject, value = normal_term(triple.subject), normal_term(triple.object)
    if subject is triple.subject and value is triple.object:
        return triple
    assert not isinstance(subject, Literal)  # noqa: S101 - a subject never is one
    return Triple(subject, triple.predicate, value)


def normal_quad(quad: Quad) -> Quad:
    """The same for a quad of a named graph.

    Raises:
        InputError: it has a blank node, or it is of no named graph: the default graph is the merge
            of the others and is kept by the store itself.
    """
    if not isinstance(quad.graph_name, NamedNode):
        raise _refused("statements go into a named graph; the default graph is their merge", quad.graph_name)
    triple = normal_triple(quad.triple)
    return Quad(triple.subject, triple.predicate, triple.object, quad.graph_name)


def normal_term(term: Term) -> Term:
    """The term as it comes back from the engine; an equal one where nothing changes."""
    if isinstance(term, Literal):
        return term if term.language or term.datatype.value == _TEXT else _normal_literal(term)
    if isinstance(term, Triple):
        return normal_triple(term)
    if isinstance(term, BlankNode):
        raise _refused("blank nodes are not taken: give the thing an IRI", term)
    return term


@lru_cache(maxsize=2**16)
def _normal_literal(literal: Literal) -> Literal:
    scratch = Store()
    scratch.add(Quad(_ANY, _ANY, literal))
    found = next(iter(scratch)).object
    return literal if found == literal else found


def _refused(detail: str, value: Subject | DefaultGraph) -> InputError:
    return InputError("these statements cannot be stored", issues=(Issue("statement", detail, str(value)),))
