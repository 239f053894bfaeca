"""What a change makes worse."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

from graph.model.terms import NamedNode, Triple, parse_turtle
from graph.quality.change.evaluate import findings
from graph.quality.change.facts import Facts, Vocabulary
from graph.quality.change.queries import query_findings
from graph.quality.change.reach import Reach
from graph.quality.change.shapes import Shape, read_shapes
from graph.quality.report import Finding
from graph.sources.vocabulary import vocabulary_files
from graph.store.change import Change

if TYPE_CHECKING:
    from graph.store.view import GraphView

Concerned = Mapping[Shape, AbstractSet[NamedNode]]
"""Shapes, and the nodes that each is asked about."""


class ChangeCheck:
    """The shapes, asked about what a change concerns and nothing else.

    Args:
        folder: the folder `ontologies`: shapes/, and the vocabulary that they need.

    Raises:
        InputError: a file that cannot be read, or a part of SHACL that is not known here.
    """

    def __init__(self, folder: Path) -> None:
        triples: list[Triple] = []
        for file in vocabulary_files(folder):
            triples += parse_turtle(file.read_bytes())
        self._vocabulary = Vocabulary(triples)
        self._reach = Reach(read_shapes(folder / "shapes"))

    def concerned(self, view: GraphView, change: Change) -> dict[Shape, set[NamedNode]]:
        """The nodes on which a shape may find something else than before.

        Args:
            view: the state after the change.
            change: its difference to the one before.
        """
        return self._reach.concerned(change, Facts(view, self._vocabulary))

    def findings(self, view: GraphView, concerned: Concerned) -> set[Finding]:
        """What the shapes find on these nodes."""
        facts = Facts(view, self._vocabulary)
        found: set[Finding] = set()
        for shape, nodes in concerned.items():
            for node in nodes:
                found.update(findings(shape, node, facts))
            for query in shape.queries:
                found.update(query_findings(shape, query, nodes, view))
        return found
