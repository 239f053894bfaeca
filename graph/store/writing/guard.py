"""Which graphs may be written by hand: all but those that the store or a build makes."""

from __future__ import annotations

from collections.abc import Collection

from graph.errors import InputError, Issue
from graph.model.terms import NamedNode
from graph.store.dump import DERIVED


class GraphGuard:
    """Knows the graphs that are not for writing.

    Args:
        base_iri: the base of the installation's IRIs.
        built: the graphs that the last build gave; the next one would overwrite what is written there.
    """

    def __init__(self, base_iri: str, built: Collection[str]) -> None:
        self._base = base_iri
        self._derived = tuple(base_iri + path for path in DERIVED)
        self._built = frozenset(built)

    def __call__(self, graph: NamedNode) -> None:
        """Lets a graph pass.

        Raises:
            InputError: it is made by a build or by the store itself; says where to write instead.
        """
        if graph.value.startswith(self._derived):
            raise self._refused(graph, "the store makes it by itself")
        if graph.value in self._built:
            raise self._refused(graph, "a build makes it, and the next one would overwrite this")

    def _refused(self, graph: NamedNode, why: str) -> InputError:
        detail = f"{why}; any other graph may be written, such as <{self._base}graph/edit/…>"
        return InputError(
            f"the graph <{graph.value}> may not be written: {detail}",
            issues=(Issue("graph", detail, graph.value),),
        )
