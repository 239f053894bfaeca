"""What a shape says of one node, as SHACL Core has it (https://www.w3.org/TR/shacl/#core-components).

The same findings as pySHACL's, which a test compares node by node; without a copy of the graph and
some ten times faster, because nothing is put into words before something is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import rdflib

from graph.model.namespaces import SH
from graph.model.terms import Literal, NamedNode, Term
from graph.quality.change.facts import Facts
from graph.quality.change.shapes import Constraint, Shape, Step
from graph.quality.report import Finding

Broken = Iterator[Term | None]
"""A value at fault for each finding; None where it is about the values as a whole."""


def is_target(shape: Shape, node: Term, facts: Facts) -> bool:
    """Whether a shape is for a node."""
    if any(facts.is_a(node, kind) for kind in shape.classes):
        return True
    return any(facts.has(node, step) for step in shape.targets)


def findings(shape: Shape, node: Term, facts: Facts) -> Iterator[Finding]:
    """What a shape, and the property shapes of it, find on a node; its queries aside."""
    values = (node,) if shape.path is None else facts.values(node, shape.path)
    for constraint in shape.constraints:
        for value in CHECKS[constraint.kind](constraint, node, values, facts):
            yield _finding(shape, node, value)
    for value in values:
        for inner in shape.properties:
            yield from findings(inner, value, facts)


def conforms(shape: Shape, node: Term, facts: Facts) -> bool:
    """Whether a shape finds nothing on a node."""
    return next(findings(shape, node, facts), None) is None


def _finding(shape: Shape, node: Term, value: Term | None) -> Finding:
    path = shape.path
    return Finding(
        severity=shape.severity,
        check=shape.name,
        focus=text(node),
        message=shape.message,
        path=path.predicate.value if path is not None and not path.inverse else None,
        value=None if value is None or value == node else text(value),
    )


def text(term: Term) -> str:
    """A term in words: an IRI or a value as it is."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


Check = Callable[[Constraint, Term, Sequence[Term], Facts], Broken]


def _min_count(constraint: Constraint, _: Term, values: Sequence[Term], __: Facts) -> Broken:
    if len(values) < int(text(_value(constraint))):
        yield None


def _max_count(constraint: Constraint, _: Term, values: Sequence[Term], __: Facts) -> Broken:
    if len(values) > int(text(_value(constraint))):
        yield None


def _node_kind(constraint: Constraint, _: Term, values: Sequence[Term], __: Facts) -> Broken:
    kinds: dict[Term, type] = {SH.IRI: NamedNode, SH.Literal: Literal}
    for value in values:
        if not isinstance(value, kinds[_value(constraint)]):
            yield value


def _datatype(constraint: Constraint, _: Term, values: Sequence[Term], __: Facts) -> Broken:
    for value in values:
        if not isinstance(value, Literal) or value.datatype != constraint.value or _ill_typed(value):
            yield value


def _class(constraint: Constraint, _: Term, values: Sequence[Term], facts: Facts) -> Broken:
    for value in values:
        if not facts.is_a(value, _value(constraint)):
            yield value


def _has_value(constraint: Constraint, _: Term, values: Sequence[Term], __: Facts) -> Broken:
    if constraint.value not in values:
        yield None


def _pattern(constraint: Constraint, _: Term, values: Sequence[Term], __: Facts) -> Broken:
    for value in values:
        if not isinstance(value, NamedNode | Literal) or not re.search(text(_value(constraint)), value.value):
            yield value


def _unique_lang(_: Constraint, __: Term, values: Sequence[Term], ___: Facts) -> Broken:
    languages = Counter(v.language.lower() for v in values if isinstance(v, Literal) and v.language)
    for count in languages.values():
        if count > 1:
            yield None


def _min_inclusive(constraint: Constraint, _: Term, values: Sequence[Term], __: Facts) -> Broken:
    for value in values:
        if not _at_most(_value(constraint), value):
            yield value


def _max_inclusive(constraint: Constraint, _: Term, values: Sequence[Term], __: Facts) -> Broken:
    for value in values:
        if not _at_most(value, _value(constraint)):
            yield value


def _less_than_or_equals(constraint: Constraint, node: Term, values: Sequence[Term], facts: Facts) -> Broken:
    others = facts.values(node, _step(constraint))
    for value in values:
        for other in others:
            if not _at_most(value, other):
                yield value


def _disjoint(constraint: Constraint, node: Term, values: Sequence[Term], facts: Facts) -> Broken:
    others = facts.values(node, _step(constraint))
    for value in values:
        if value in others:
            yield value


def _node(constraint: Constraint, _: Term, values: Sequence[Term], facts: Facts) -> Broken:
    for value in values:
        if not conforms(constraint.shapes[0], value, facts):
            yield value


def _not(constraint: Constraint, _: Term, values: Sequence[Term], facts: Facts) -> Broken:
    for value in values:
        if conforms(constraint.shapes[0], value, facts):
            yield value


def _or(constraint: Constraint, _: Term, values: Sequence[Term], facts: Facts) -> Broken:
    for value in values:
        if not any(conforms(shape, value, facts) for shape in constraint.shapes):
            yield value


CHECKS: dict[NamedNode, Check] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.nodeKind: _node_kind,
    SH.datatype: _datatype,
    SH["class"]: _class,
    SH.hasValue: _has_value,
    SH.pattern: _pattern,
    SH.uniqueLang: _unique_lang,
    SH.minInclusive: _min_inclusive,
    SH.maxInclusive: _max_inclusive,
    SH.lessThanOrEquals: _less_than_or_equals,
    SH.disjoint: _disjoint,
    SH.node: _node,
    SH["not"]: _not,
    SH["or"]: _or,
}


def _value(constraint: Constraint) -> Term:
    assert constraint.value is not None  # noqa: S101 - only those with shapes have none
    return constraint.value


def _step(constraint: Constraint) -> Step:
    value = _value(constraint)
    assert isinstance(value, NamedNode)  # noqa: S101 - a property
    return Step(value)


def _at_most(less: Term, more: Term) -> bool:
    """Whether one value is at most as large as another; values of kinds apart are not."""
    if not isinstance(less, Literal) or not isinstance(more, Literal):
        return False
    one, other = _python(less), _python(more)
    if isinstance(one.value, str) != isinstance(other.value, str):
        return False
    try:
        return bool(one.eq(other) or one < other)
    except TypeError:  # a date and a number
        return False


@lru_cache(maxsize=2**14)
def _python(literal: Literal) -> rdflib.Literal:
    datatype = None if literal.language else rdflib.URIRef(literal.datatype.value)
    return rdflib.Literal(literal.value, lang=literal.language, datatype=datatype, normalize=False)


def _ill_typed(literal: Literal) -> bool:
    return bool(_python(literal).ill_typed)
