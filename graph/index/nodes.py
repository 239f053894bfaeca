"""Reading a view node by node, a fixed number of queries however many nodes there are."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graph.errors import QueryFailed
from graph.model.namespaces import ORG, SKOS, VERRE
from graph.model.terms import NamedNode, Term
from graph.store.view import GraphView, StoreView

LANGUAGES = ("nl", "en", "fr")
"""The languages of every text, the first one first."""

SHORTCUTS = (
    VERRE.exportsTo,
    VERRE.entersMarket,
    VERRE.targets,
    VERRE.partnerOf,
    VERRE.parentOf,
    VERRE.notBefore,
    VERRE.notAfter,
    VERRE.attestedFrom,
    VERRE.attestedTo,
)
"""Predicates that no list reads: shortcuts for those who write SPARQL."""

UNREAD = (
    *SHORTCUTS,
    ORG.hasSite,
    ORG.hasPrimarySite,
    ORG.hasRegisteredSite,
    SKOS.broaderTransitive,
)
"""Predicates that no list reads of a node: the shortcuts, and ways back."""

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""The lexical forms of `xsd:decimal` and, but for INF and NaN, `xsd:double`."""


class Text(NamedTuple):
    """A literal: its text, and its language where it has one."""

    value: str
    language: str | None


class Node:
    """One node and its values by predicate IRI, as N-Triples or SPARQL's TSV write them."""

    __slots__ = ("_values", "iri")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._values: dict[str, list[str]] = {}

    def add(self, predicate: str, value: Term) -> None:
        """Takes one value."""
        self.take(predicate, str(value))

    def take(self, predicate: str, written: str) -> None:
        """Takes one value as it is written."""
        values = self._values.get(predicate)
        if values is None:
            self._values[predicate] = [written]
        else:
            values.append(written)

    def iris(self, predicate: NamedNode) -> list[str]:
        """The IRIs that a predicate leads to, sorted."""
        found = self._values.get(predicate.value)
        if found is None:
            return []
        if len(found) == 1:
            iri = iri_of(found[0])
            return [] if iri is None else [iri]
        return sorted(iri for iri in map(iri_of, found) if iri is not None)

    def iri_of(self, predicate: NamedNode) -> str | None:
        """The first of them."""
        return next(iter(self.iris(predicate)), None)

    def literals(self, predicate: NamedNode) -> list[Text]:
        """The literals of a predicate, sorted by text and language."""
        found = self._values.get(predicate.value)
        if found is None:
            return []
        texts = [text for text in map(text_of, found) if text is not None]
        if len(texts) > 1:
            texts.sort(key=lambda text: (text.value, text.language or ""))
        return texts

    def texts(self, predicate: NamedNode) -> list[str]:
        """Their texts, whatever their language or type."""
        return [text.value for text in self.literals(predicate)]

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
            for text, language in self.literals(predicate):
                found.setdefault(language or "", text)
        plain = found.get("")
        nl, en, fr = (found.get(lang, plain) for lang in LANGUAGES)
        return nl, en, fr


def nodes(view: GraphView, cls: NamedNode) -> Iterator[Node]:
    """Every node of a class with its triples, one node at a time; `UNREAD` ones are left out.

    Raises:
        QueryFailed: the engine gave the triples of one node apart; ours never does, as it walks
            its index in the order of subjects.
    """
    left_out = ", ".join(map(str, UNREAD))
    query = f"SELECT ?s ?p ?o WHERE {{ ?s a {cls} . ?s ?p ?o FILTER(?p NOT IN ({left_out})) }}"
    done: set[str] = set()
    node, name = None, ""
    for subject, predicate, value in written(view, query):
        if subject != name or node is None:
            iri = iri_of(subject)
            if iri is None:
                continue
            if node is not None:
                yield node
            if subject in done:
                raise QueryFailed(f"the triples of {subject} came apart")
            done.add(subject)
            node, name = Node(iri), subject
        node.take(predicate[1:-1], value)
    if node is not None:
        yield node


def written(view: GraphView, query: str) -> Iterator[Sequence[str]]:
    """The solutions of a SELECT as text; a store of ours writes them while they are read."""
    if isinstance(view, StoreView):
        yield from view.written(query)
    else:
        for row in view.select(query):
            yield ["" if term is None else str(term) for term in row]


def iri_of(written: str) -> str | None:
    """The IRI of a term; None for anything else."""
    return written[1:-1] if written[:1] == "<" and written[1:2] != "<" else None


def text_of(written: str) -> Text | None:
    """The text of a literal; None for anything else."""
    first = written[:1]
    if first == '"':
        end = written.rindex('"')
        text, tail = written[1:end], written[end + 1 :]
        if "\\" in text:
            text = _ESCAPE.sub(_unescaped, text)
        return Text(text, tail[1:] if tail[:1] == "@" else None)
    return None if first in {"<", "_", ""} else Text(written, None)


_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def _unescaped(match: re.Match[str]) -> str:
    found = match[1]
    return chr(int(found[1:], 16)) if len(found) > 1 else _ESCAPED.get(found, found)
