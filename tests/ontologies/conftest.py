"""The vocabulary as one rdflib graph, read once."""

import pytest
from rdflib import Graph

from graph import resources
from graph.sources.vocabulary import vocabulary_files


@pytest.fixture(scope="session")
def vocabulary() -> Graph:
    """Every file of the vocabulary, merged."""
    graph = Graph()
    for file in vocabulary_files(resources.ontologies()):
        graph.parse(file, format="turtle")
    return graph
