"""Constraints in SPARQL, run by the store's engine, and what they look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from rdflib import URIRef, Variable
from rdflib.plugins.sparql import prepareQuery

from graph.model.terms import NamedNode, Term
from graph.quality.change.evaluate import text
from graph.quality.change.shapes import Query, Shape, Step
from graph.quality.report import Finding

if TYPE_CHECKING:
    from graph.store.view import GraphView

AT_ONCE = 500
"""Nodes in one query."""
THIS = Variable("this")
_WHERE = re.compile(r"\bWHERE\s*\{", re.IGNORECASE)


def query_findings(
    shape: Shape, query: Query, nodes: Iterable[NamedNode], view: GraphView
) -> Iterator[Finding]:
    """What a query of a shape finds on some nodes.

    Every solution is a finding (https://www.w3.org/TR/shacl/#sparql-constraints); the nodes are given as
    VALUES where SHACL substitutes them, which is the same for a query that uses $this in no subquery.
    """
    waiting = sorted(nodes, key=str)
    for begin in range(0, len(waiting), AT_ONCE):
        for this, path, value in view.select(_about(query, waiting[begin : begin + AT_ONCE])):
            yield Finding(
                severity=shape.severity,
                check=shape.name,
                focus=_text(this) or "",
                message=query.message or shape.message,
                path=_text(path),
                value=_text(value),
            )


def _about(query: Query, nodes: Sequence[NamedNode]) -> str:
    """The query about some nodes only."""
    values = " ".join(str(node) for node in nodes)
    return _WHERE.sub(lambda found: f"{found[0]} VALUES $this {{ {values} }} ", query.text, count=1)


def _text(term: Term | None) -> str | None:
    return None if term is None else text(term)


Way = tuple[Step, ...]
"""Steps from $this to a node."""


def looked_at(query: Query) -> list[tuple[NamedNode, tuple[tuple[Way, bool], ...]]]:
    """The triples that a query looks at.

    Returns:
        For each pattern its property, and the shortest ways from $this to its subject, or where there is none
        to its object (True): each by itself leads to every triple that can count.
    """
    patterns = sorted(_patterns(prepareQuery(query.text).algebra))
    ways = _ways(patterns)
    found = []
    for subject, predicate, value in patterns:
        ends = [(way, False) for way in ways.get(subject, ())] or [(way, True) for way in ways.get(value, ())]
        found.append((NamedNode(str(predicate)), tuple(ends)))
    return found


def _patterns(part: Any) -> set[tuple[Any, Any, Any]]:
    """The triple patterns of a query, also the optional ones and those inside NOT EXISTS."""
    found: set[tuple[Any, Any, Any]] = set()
    if isinstance(part, dict):
        for triple in part.get("triples") or ():
            if isinstance(triple, tuple) and isinstance(triple[1], URIRef):
                found.add(triple)
        for inner in part.values():
            found |= _patterns(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            found |= _patterns(inner)
    return found


def _ways(patterns: Sequence[tuple[Any, Any, Any]]) -> dict[Any, list[Way]]:
    """The shortest ways from $this to each variable."""
    ways: dict[Any, list[Way]] = {THIS: [()]}
    edge = {THIS}
    while edge:
        reached: dict[Any, list[Way]] = {}
        for (subject, predicate, value), inverse in product(patterns, (False, True)):
            begin, end = (value, subject) if inverse else (subject, value)
            if begin in edge and isinstance(end, Variable) and end not in ways:
                step = Step(NamedNode(str(predicate)), inverse)
                reached.setdefault(end, []).extend((*way, step) for way in ways[begin])
        ways |= reached
        edge = set(reached)
    return ways
