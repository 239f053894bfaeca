"""The data that comes with Verre, as one graph: the facts of the issue are tested on it."""

from __future__ import annotations

from datetime import date
from functools import cache

from graph.inference import infer
from graph.model.iris import Minter
from graph.resources import data, ontologies
from graph.sources.importer import ImportOptions, import_sheets
from graph.sources.reference import Reference
from graph.sources.vocabulary import vocabulary_graphs
from graph.store.view import Graphs, GraphView, memory_view

TODAY = date(2026, 1, 1)
"""A day after all that the sources tell of; tests name it, so that they go on to say the same."""


@cache
def real_graphs() -> Graphs:
    """Vocabulary, reference tables, sources and what follows from them on TODAY."""
    minter = Minter()
    reference = Reference.load(data() / "reference")
    result = import_sheets([data()], ImportOptions(minter=minter, reference=reference))
    graphs = vocabulary_graphs(ontologies(), minter) | reference.graphs(minter) | result.graphs
    return {**graphs, minter.inferred: infer(memory_view(graphs), minter, TODAY)}


@cache
def real_view() -> GraphView:
    """A view on them."""
    return memory_view(real_graphs())
