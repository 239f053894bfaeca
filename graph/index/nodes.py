"""Reading a view node by node, a fixed number of queries however many nodes there are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from graph.errors import QueryFailed
from graph.model.terms import Literal, NamedNode, Term
from graph.store.view import GraphView

LANGUAGES = ("nl", "en", "fr")
"""The languages of every text, the first one first."""

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""The lexical forms of `xsd:decimal` and, but for INF and NaN, `xsd:double`."""


class Node:
    """One node and its values by predicate IRI."""

    __slots__ = ("_values", "iri")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._values: dict[str, list[Term]] = {}

    def add(self, predicate: str, value: Term) -> None:
        """Takes one value."""
        self._values.setdefault(predicate, []).append(value)

    def iris(self, predicate: NamedNode) -> list[str]:
        """The IRIs that a predicate leads to, sorted."""
        found = self._values.get(predicate.value, ())
        return sorted(value.value for value in found if isinstance(value, NamedNode))

    def iri_of(self, predicate: NamedNode) -> str | None:
        """The first of them."""
        return next(iter(self.iris(predicate)), None)

    def literals(self, predicate: NamedNode) -> list[Literal]:
        """The literals of a predicate, sorted by text and language."""
        found = [value for value in self._values.get(predicate.value, ()) if isinstance(value, Literal)]
        return sorted(found, key=lambda value: (value.value, value.language or ""))

    def texts(self, predicate: NamedNode) -> list[str]:
        """Their texts, whatever their language or type."""
        return [value.value for value in self.literals(predicate)]

    def text(self, predicate: NamedNode) -> str | None:
        """The first text."""
        return next(iter(self.texts(predicate)), None)

    def number(self, predicate: NamedNode) -> float | None:
        """The first text as a number; None where it is none, or none that JSON can hold."""
        text = self.text(predicate)
        if text is None or not _NUMBER.fullmatch(text.strip()):
            return None
        value = float(text)
        return value if math.isfinite(value) else None

    def three(self, *predicates: NamedNode) -> tuple[str | None, str | None, str | None]:
        """A text in nl, en, fr, from the first predicate that has it; one without a tag is in all."""
        found: dict[str, str] = {}
        for predicate in predicates:
            for value in self.literals(predicate):
                found.setdefault(value.language or "", value.value)
        plain = found.get("")
        nl, en, fr = (found.get(lang, plain) for lang in LANGUAGES)
        return nl, en, fr


def nodes(view: GraphView, cls: NamedNode) -> Iterator[Node]:
    """Every node of a class with all its triples, one node at a time.

    Raises:
        QueryFailed: the engine gave the triples of one node apart; ours never does, as it walks
            its index in the order of subjects.
    """
    done: set[str] = set()
    node: Node | None = None
    for subject, predicate, value in view.select(f"SELECT ?s ?p ?o WHERE {{ ?s a {cls} . ?s ?p ?o }}"):
        if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or value is None:
            continue
        if node is None or node.iri != subject.value:
            if node is not None:
                yield node
            if subject.value in done:
                raise QueryFailed(f"the triples of {subject} came apart")
            done.add(subject.value)
            node = Node(subject.value)
        node.add(predicate.value, value)
    if node is not None:
        yield node
