"""The ontology and its code lists as graphs of the store: one named graph a file."""

from __future__ import annotations

from pathlib import Path

from graph.errors import InputError, Issue
from graph.model.iris import Minter
from graph.model.terms import BlankNode, NamedNode, Triple, parse_turtle

PARTS = (".", "modules", "codelists")
"""Folders below `ontologies/` that are loaded. Shapes, hygiene queries and alignments stay out:
shapes are applied, not asked, and an alignment must not turn up as a fact in somebody's answer."""

NOT_LOADED = frozenset({"alignments"})
"""Files beside `verre.ttl` that are no part of the vocabulary."""


def vocabulary_files(folder: Path) -> list[Path]:
    """The Turtle files of the vocabulary, in order of their paths."""
    files = (file for part in PARTS for file in sorted((folder / part).glob("*.ttl")))
    return [file for file in files if file.stem not in NOT_LOADED]


def vocabulary_graphs(folder: Path, minter: Minter) -> dict[NamedNode, set[Triple]]:
    """What the graph knows of its own words.

    Args:
        folder: the folder `ontologies`.
        minter: names the graphs, `{base}graph/vocabulary/{file stem}`.

    Returns:
        The triples of each file by the IRI of its graph.

    Raises:
        InputError: a file that is no Turtle, that has blank nodes, or whose name another one has.
    """
    graphs: dict[NamedNode, set[Triple]] = {}
    for file in vocabulary_files(folder):
        graph = minter.graph(f"vocabulary/{file.stem}")
        if graph in graphs:
            raise _refused(file, "another file has this name already: each needs its own graph")
        graphs[graph] = _read(file)
    return graphs


def _read(file: Path) -> set[Triple]:
    try:
        triples = set(parse_turtle(file.read_bytes()))
    except (SyntaxError, ValueError) as error:
        raise _refused(file, f"not readable as Turtle: {error}") from error
    if any(isinstance(term, BlankNode) for t in triples for term in (t.subject, t.object)):
        raise _refused(file, "blank nodes for things: give each an IRI")
    return triples


def _refused(file: Path, detail: str) -> InputError:
    return InputError(f"the vocabulary file {file.name} cannot be used", issues=(Issue(file.name, detail),))
