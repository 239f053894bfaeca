"""Where a finding is: the name of its node, and the graphs that state it."""

from collections.abc import Callable

import pytest

from graph.model.iris import Minter
from graph.model.namespaces import RDF, RDFS, VERRE
from graph.model.terms import Literal, NamedNode, Triple
from graph.quality import places
from graph.quality.places import located
from graph.quality.report import Finding
from graph.store.view import Graphs, GraphView, memory_view

ID = "https://example.org/id/"
LABEL = RDFS.label.value
ENGAGEMENT = """
@prefix verre: <https://w3id.org/verre/ns#> . @prefix id: <https://example.org/id/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
id:x a verre:ExportEngagement ; verre:exporter id:alpha ; verre:market country:JPN .
"""


def one(view: GraphView, focus: str, path: str | None = None, value: str | None = None) -> Finding:
    (finding,) = located(view, [Finding("info", "check", focus, {}, path=path, value=value)])
    return finding


def test_a_relation_is_called_by_its_parties(view_with: Callable[[str], GraphView]) -> None:
    assert one(view_with(ENGAGEMENT), f"{ID}x").label == "Alpha – Japan"


def test_a_thing_is_called_by_its_own_name(view_with: Callable[[str], GraphView]) -> None:
    assert one(view_with(ENGAGEMENT), f"{ID}chamber").label == "Kamer"


@pytest.mark.parametrize("focus", ["_:b1", "no iri", f"{ID}nobody"])
def test_what_has_no_name_gets_none(view_with: Callable[[str], GraphView], focus: str) -> None:
    finding = one(view_with(""), focus)
    assert (finding.label, finding.graphs) == (None, ())


def two_sources() -> GraphView:
    minter = Minter("https://example.org/")
    alpha, beta = NamedNode(f"{ID}alpha"), NamedNode(f"{ID}beta")
    graphs: Graphs = {
        minter.source_graph("s1"): {
            Triple(alpha, RDFS.label, Literal("Beth", language="en")),
            Triple(alpha, RDFS.label, Literal("Aleph", language="en")),
            Triple(alpha, RDFS.label, Literal("Alef", language="nl")),
        },
        minter.source_graph("s2"): {Triple(alpha, RDF.type, VERRE.Company), Triple(alpha, VERRE.owner, beta)},
        minter.inferred: {Triple(alpha, VERRE.parentOf, beta), Triple(beta, RDF.type, VERRE.Subsidiary)},
    }
    return memory_view(graphs)


def test_of_several_names_the_choice_is_always_the_same() -> None:
    assert one(two_sources(), f"{ID}alpha").label == "Aleph"


@pytest.mark.parametrize(
    ("focus", "path", "value", "sources"),
    [
        ("alpha", LABEL, "Beth", ["s1"]),
        ("alpha", LABEL, "Gimel", ["s1", "s2"]),
        ("alpha", None, None, ["s1", "s2"]),
        ("beta", None, None, ["s2"]),
    ],
)
def test_graphs_are_those_that_state_it_and_never_what_is_derived(
    focus: str, path: str | None, value: str | None, sources: list[str]
) -> None:
    found = one(two_sources(), f"{ID}{focus}", path, value)
    assert list(found.graphs) == [f"https://example.org/graph/source/{source}" for source in sources]


def test_graphs_that_a_query_gave_are_kept() -> None:
    given = Finding("info", "check", f"{ID}alpha", {}, graphs=("https://example.org/g",))
    (found,) = located(two_sources(), [given])
    assert found.graphs == ("https://example.org/g",)


def test_many_nodes_are_asked_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "AT_ONCE", 1)
    wanted = [Finding("info", "check", f"{ID}{name}", {}) for name in ("alpha", "beta")]
    assert [len(finding.graphs) for finding in located(two_sources(), wanted)] == [2, 1]
