"""The shapes of `ontologies/shapes` as values, read once: the parts of SHACL Core that they use, and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError, Issue
from graph.model.namespaces import RDF, SH
from graph.model.terms import Literal, NamedNode, Term, Triple, parse_turtle
from graph.quality.report import Severity

SEVERITY: dict[Term, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
NESTED = (SH.node, SH["or"], SH["not"])
KNOWN = frozenset(
    {
        *NESTED,
        *(
            SH.minCount,
            SH.maxCount,
            SH.nodeKind,
            SH.datatype,
            SH["class"],
            SH.hasValue,
            SH.pattern,
            SH.uniqueLang,
        ),
        *(SH.minInclusive, SH.maxInclusive, SH.lessThanOrEquals, SH.disjoint),
    }
)
"""Constraints that `graph.quality.change.evaluate` knows."""
_OTHERS = frozenset(
    {
        *(RDF.type, SH.path, SH.property, SH.sparql, SH.severity, SH.message),
        *(SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf),
    }
)


@dataclass(frozen=True)
class Step:
    """One step of a path: along a property, or against it."""

    predicate: NamedNode
    inverse: bool = False


@dataclass(frozen=True)
class Constraint:
    """One constraint of a shape.

    Attributes:
        kind: its parameter, as in `sh:minCount`.
        value: of the parameter; None where it is shapes.
        shapes: of `sh:node`, `sh:or` and `sh:not`.
    """

    kind: NamedNode
    value: Term | None = None
    shapes: tuple[Shape, ...] = ()


@dataclass(frozen=True)
class Query:
    """A constraint in SPARQL.

    Attributes:
        text: with its prefixes; selects $this, and ?path and ?value if it has them.
        message: what is wrong, by language.
    """

    text: str
    message: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Shape:
    """A node shape or property shape.

    Attributes:
        name: the last part of its IRI; empty for a shape inside another.
        path: of a property shape.
        severity: of what it finds.
        message: what is wrong, by language.
        classes: `sh:targetClass`.
        targets: `sh:targetSubjectsOf` as steps along the property, `sh:targetObjectsOf` as steps against it.
        constraints: what its value nodes are asked for.
        properties: further property shapes.
        queries: further constraints in SPARQL.
    """

    name: str
    path: Step | None
    severity: Severity
    message: Mapping[str, str]
    classes: tuple[Term, ...]
    targets: tuple[Step, ...]
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    queries: tuple[Query, ...]


def read_shapes(folder: Path) -> list[Shape]:
    """The shapes with targets of the folder `ontologies/shapes`.

    Raises:
        InputError: a file that is no Turtle, or a part of SHACL that is not known here.
    """
    triples: list[Triple] = []
    for file in sorted(folder.glob("*.ttl")):
        try:
            triples += parse_turtle(file.read_bytes())
        except SyntaxError as error:
            issue = Issue(file.name, f"not readable as Turtle: {error}")
            raise InputError(
                f"the file {file.name} of the ontology cannot be read", issues=(issue,)
            ) from error
    return _Reader(triples).targeted()


class _Reader:
    def __init__(self, triples: Iterable[Triple]) -> None:
        self._facts: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._read: dict[Term, Shape] = {}
        for triple in triples:
            self._facts[triple.subject][triple.predicate].append(triple.object)

    def targeted(self) -> list[Shape]:
        shapes = (node for node, facts in self._facts.items() if SH.NodeShape in facts.get(RDF.type, ()))
        found = [self._shape(node) for node in sorted(shapes, key=str)]
        return [shape for shape in found if shape.classes or shape.targets]

    def _shape(self, node: Term) -> Shape:
        if node not in self._read:
            self._read[node] = self._new(node)
        return self._read[node]

    def _new(self, node: Term) -> Shape:
        facts = self._facts[node]
        for predicate in facts:
            if predicate.value.startswith(SH) and predicate not in KNOWN | _OTHERS:
                raise InputError(f"{node}: {predicate.value} is not known to the check of writes")
        along = tuple(Step(p) for p in _iris(facts.get(SH.targetSubjectsOf, ())))
        against = tuple(Step(p, inverse=True) for p in _iris(facts.get(SH.targetObjectsOf, ())))
        return Shape(
            name=str(node.value).rpartition("#")[2] if isinstance(node, NamedNode) else "",
            path=self._path(facts[SH.path][0]) if SH.path in facts else None,
            severity=SEVERITY[facts.get(SH.severity, [SH.Violation])[0]],
            message=_message(facts.get(SH.message, ())),
            classes=tuple(facts.get(SH.targetClass, ())),
            targets=along + against,
            constraints=tuple(self._constraints(facts)),
            properties=tuple(self._shape(one) for one in facts.get(SH.property, ())),
            queries=tuple(self._query(one) for one in facts.get(SH.sparql, ())),
        )

    def _constraints(self, facts: Mapping[NamedNode, list[Term]]) -> Iterator[Constraint]:
        for kind, values in facts.items():
            if kind not in KNOWN:
                continue
            for value in values:
                if kind == SH["or"]:
                    yield Constraint(kind, shapes=tuple(self._shape(one) for one in self._list(value)))
                elif kind in NESTED:
                    yield Constraint(kind, shapes=(self._shape(value),))
                else:
                    yield Constraint(kind, value)

    def _path(self, node: Term) -> Step:
        if isinstance(node, NamedNode):
            return Step(node)
        inverse = self._facts[node].get(SH.inversePath, [])
        if len(inverse) != 1 or not isinstance(inverse[0], NamedNode):
            raise InputError(
                "only paths of one property, along or against it, are known to the check of writes"
            )
        return Step(inverse[0], inverse=True)

    def _list(self, node: Term) -> Iterator[Term]:
        while node != RDF.nil:
            yield self._facts[node][RDF.first][0]
            node = self._facts[node][RDF.rest][0]

    def _query(self, node: Term) -> Query:
        facts = self._facts[node]
        declared = (
            self._facts[one] for where in facts[SH.prefixes] for one in self._facts[where][SH.declare]
        )
        prefixes = "".join(
            f"PREFIX {_text(one[SH.prefix][0])}: <{_text(one[SH.namespace][0])}>\n" for one in declared
        )
        return Query(prefixes + _text(facts[SH.select][0]), _message(facts.get(SH.message, ())))


def _iris(terms: Iterable[Term]) -> Iterator[NamedNode]:
    return (term for term in terms if isinstance(term, NamedNode))


def _message(texts: Iterable[Term]) -> dict[str, str]:
    return {text.language or "": text.value for text in texts if isinstance(text, Literal)}


def _text(term: Term) -> str:
    assert isinstance(term, Literal)  # noqa: S101 - the shapes of SHACL say so
    return term.value
