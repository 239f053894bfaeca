"""A small world in which all is well, and views on it with something added."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from graph import resources
from graph.model.iris import Minter
from graph.model.terms import parse_turtle
from graph.sources.vocabulary import vocabulary_graphs
from graph.store.view import Graphs, GraphView, memory_view

SAMPLES = Path(__file__).parent / "samples"
MINTER = Minter("https://example.org/")


@pytest.fixture(scope="session")
def world() -> Graphs:
    """The vocabulary, and `samples/world.ttl` in the graph of the source that it describes."""
    graphs = vocabulary_graphs(resources.ontologies(), MINTER)
    graphs[MINTER.source_graph("s1")] = set(parse_turtle((SAMPLES / "world.ttl").read_bytes()))
    return graphs


@pytest.fixture(scope="session")
def view_with(world: Graphs) -> Callable[[str], GraphView]:
    """Makes a view on the world and the triples of a Turtle text.

    They stand in the graph of the world's source, or in the one that a first line `# graph: …` names.
    """

    def make(text: str) -> GraphView:
        named = re.match(r"# graph: (\S+)\n", text)
        graph = MINTER.graph(named.group(1) if named else "source/s1")
        graphs = dict(world)
        graphs[graph] = graphs.get(graph, set()) | set(parse_turtle(text.encode()))
        return memory_view(graphs)

    return make
