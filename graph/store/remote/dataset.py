"""Which graphs a query sees, said to the endpoint in the protocol's own words.

The default graph is always the merge. Where that is the endpoint's real default graph, nothing needs
to be said; where it is a named graph, it is passed as `default-graph-uri`, and the other graphs as
`named-graph-uri`, so that `GRAPH ?g` does not find it. Endpoints differ in what they make of a
dataset with only one half given, so both halves are always given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.errors import InputError
from graph.model.terms import NamedNode
from graph.store.remote.text import Shape

NOWHERE = "urn:x-verre:nowhere"
"""A graph that holds nothing."""
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"

Parameters = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """A query as it is sent: its text, and parameters of the protocol."""

    text: str
    parameters: Parameters


def over_protocol(shape: Shape, default: Iterable[str] | None, named: Iterable[str] | None) -> Asked:
    """A query with the dataset that the protocol's parameters give; it replaces that of the text.

    Raises:
        InputError: a graph that is no IRI.
    """
    return Asked(shape.without_clauses(), _both(_iris(default or ()), _iris(named or ())))


def over_text(shape: Shape) -> Asked:
    """A query with dataset clauses of its own."""
    kinds = {clause.named for clause in shape.clauses}
    extra = "".join(
        f" FROM {'NAMED ' if named else ''}<{NOWHERE}> " for named in (False, True) if named not in kinds
    )
    end = shape.clauses[-1].end
    return Asked(shape.text[:end] + extra + shape.text[end:], [])


def over_merge(shape: Shape, merge: str | None, named: Iterable[str]) -> Asked:
    """A query on everything.

    Args:
        shape: without dataset clauses.
        merge: the named graph that holds the merge; `None` where that is the default graph.
        named: all other graphs.
    """
    if merge is None:
        return Asked(shape.text, [])
    parameters = _both([merge], list(named)) if shape.graphs else [(DEFAULT, merge)]
    return Asked(shape.text, parameters)


def _both(default: list[str], named: list[str]) -> Parameters:
    return [
        *((DEFAULT, iri) for iri in default or [NOWHERE]),
        *((NAMED, iri) for iri in named or [NOWHERE]),
    ]


def _iris(given: Iterable[str]) -> list[str]:
    try:
        return [NamedNode(iri).value for iri in dict.fromkeys(given)]
    except ValueError as error:
        raise InputError(f"a graph is named by an IRI: {error}") from error
