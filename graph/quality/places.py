"""Says of each finding which node it is about, in words, and which graphs say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.model.namespaces import ORG, RDFS, VERRE
from graph.model.terms import Literal, NamedNode, Term
from graph.quality.report import FALLBACK, Finding

if TYPE_CHECKING:
    from graph.store.view import GraphView

AT_ONCE = 500
"""Nodes in one query."""

DERIVED = "/graph/inferred"
"""Where a triple is derived and not said: no place to mend anything."""

PARTIES = (
    VERRE.exporter,
    VERRE.principal,
    VERRE.owner,
    VERRE.recipient,
    VERRE.participant,
    ORG.originalOrganization,
    ORG.member,
    ORG.organization,
    VERRE.partner,
    VERRE.owned,
    VERRE.award,
    VERRE.mission,
    VERRE.market,
)
"""A relation has no name of its own: it is called by its parties, in this order."""


def located(view: GraphView, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with the label of their node and the graphs that state it.

    Where a finding names a property and a value, the graphs are those that state just that; else
    those that say anything of the node, else those that refer to it.
    """
    waiting = list(findings)
    nodes = sorted({node for finding in waiting if (node := _iri(finding.focus))})
    names: dict[str, str] = {}
    stated: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for chunk in _chunks(nodes):
        names |= _names(view, chunk)
        for key, graph in _statements(view, chunk):
            stated[key].add(graph)
    for finding in waiting:
        graphs = finding.graphs or _graphs(finding, stated)
        yield replace(finding, label=names.get(finding.focus), graphs=graphs)


def _graphs(finding: Finding, stated: dict[tuple[str, str, str], set[str]]) -> tuple[str, ...]:
    exact = stated.get((finding.focus, finding.path or "", finding.value or ""))
    return tuple(sorted(exact or stated.get((finding.focus, "", ""), set())))


def _names(view: GraphView, nodes: Sequence[str]) -> dict[str, str]:
    own: dict[str, dict[str, str]] = defaultdict(dict)
    parties: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    values = " ".join(nodes)
    ranks = " ".join(f"({party} {rank})" for rank, party in enumerate(PARTIES))
    for node, label in view.select(
        f"SELECT ?node ?label WHERE {{ VALUES ?node {{ {values} }} ?node {RDFS.label} ?label }}"
    ):
        _keep(own[_value(node)], label)
    for node, rank, label in view.select(
        f"SELECT ?node ?rank ?label WHERE {{ VALUES ?node {{ {values} }} VALUES (?party ?rank) {{ {ranks} }}"
        f" ?node ?party ?other . ?other {RDFS.label} ?label }}"
    ):
        _keep(parties[_value(node)][int(_value(rank))], label)
    named = {
        node: " – ".join(_pick(texts[rank]) for rank in sorted(texts)) for node, texts in parties.items()
    }
    return named | {node: _pick(texts) for node, texts in own.items()}


def _keep(texts: dict[str, str], label: Term | None) -> None:
    """Of several labels in one language the first by alphabet, so that each run says the same."""
    if isinstance(label, Literal):
        language = label.language or ""
        texts[language] = min(texts.get(language, label.value), label.value)


def _pick(texts: dict[str, str]) -> str:
    """The untagged text (a proper name), else the one in the first language that there is."""
    return next(texts[tag] for tag in ("", *FALLBACK, *sorted(texts)) if tag in texts)


def _statements(view: GraphView, nodes: Sequence[str]) -> Iterator[tuple[tuple[str, str, str], str]]:
    values = " ".join(nodes)
    seen: set[str] = set()
    for node, path, value, graph in view.select(
        f"SELECT ?node ?path ?value ?graph WHERE {{ VALUES ?node {{ {values} }} GRAPH ?graph {{ ?node ?path ?value }} }}"
    ):
        if not _value(graph).endswith(DERIVED):
            seen.add(str(node))
            yield (_value(node), _value(path), _value(value)), _value(graph)
            yield (_value(node), "", ""), _value(graph)
    if rest := " ".join(node for node in nodes if node not in seen):
        for node, graph in view.select(
            f"SELECT DISTINCT ?node ?graph WHERE {{ VALUES ?node {{ {rest} }} GRAPH ?graph {{ ?other ?path ?node }} }}"
        ):
            if not _value(graph).endswith(DERIVED):
                yield (_value(node), "", ""), _value(graph)


def _value(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _iri(text: str) -> str | None:
    """As it is written in a query, or None where it is no IRI (a blank node, a literal)."""
    try:
        return str(NamedNode(text))
    except ValueError:
        return None


def _chunks(nodes: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(nodes), AT_ONCE):
        yield nodes[start : start + AT_ONCE]
