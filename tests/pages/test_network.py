"""Neighbourhoods as drawings: no label on another, the same picture every time, what is over looks over."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pages import lettering, network
from tests.pages.samples import HOSTILE, RTL, Json

KINDS = (
    "company",
    "foreign-partner",
    "branch",
    "subsidiary",
    "person",
    "market",
    "mission",
    "award",
    "chamber",
)
TIES = {
    "market": "engagement",
    "person": "membership",
    "branch": "branch",
    "mission": "mission",
    "award": "award",
}


def star(count: int, label: str = "Een naam van gewone lengte") -> Json:
    nodes = [{"iri": "urn:0", "id": "0", "label": "Midden", "kind": "company"}]
    edges = []
    for n in range(1, count):
        kind = KINDS[n % len(KINDS)]
        nodes.append({"iri": f"urn:{n}", "id": str(n), "label": f"{label} {n}", "kind": kind})
        edge = {
            "source": "urn:0",
            "target": f"urn:{n}",
            "kind": TIES.get(kind, "partnership"),
            "label": "partner",
        }
        edges.append(edge | ({"status": "targets"} if kind == "market" else {}))
    return {"nodes": nodes, "edges": edges}


def chain(count: int) -> Json:
    found = star(count)
    for n, edge in enumerate(found["edges"], 1):
        edge["source"] = f"urn:{n - 1}"
    return found


def boxes(drawing: network.Drawing) -> list[tuple[float, float, float, float]]:
    """The room that each node and its words really take."""
    found = []
    for node in drawing.nodes:
        lines = 0 if node.shape == "hexagon" else len(node.lines) + bool(node.word)
        words = [lettering.width(line, network.SIZE) for line in node.lines]
        half = max([node.half[0], *(w / 2 for w in words)])
        up, down = (lines, 0) if node.above else (0, lines)
        top = node.y - node.half[1] - up * network.LEADING
        found.append((node.x - half, top, node.x + half, node.y + node.half[1] + down * network.LEADING))
    return found


def apart(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@pytest.mark.parametrize("label", ["Een naam van gewone lengte", HOSTILE, RTL, "株式会社東京"])
@pytest.mark.parametrize(
    "made", [star(2), star(12), star(60), chain(30)], ids=["pair", "ring", "many", "chain"]
)
def test_no_label_lies_on_another_or_outside(made: Json, label: str) -> None:
    for node in made["nodes"][1:]:
        node["label"] = label
    drawing = network.draw(made, "urn:0")
    for a, b in itertools.combinations(boxes(drawing), 2):
        assert apart(a, b)
    for left, top, right, bottom in boxes(drawing):
        assert left >= 0
        assert top >= 0
        assert right <= drawing.width
        assert bottom <= drawing.height


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-50, 50), st.floats(-50, 50), st.floats(5, 120), st.floats(5, 60)),
        min_size=2,
        max_size=25,
    )
)
def test_boxes_are_moved_apart(given_boxes: list[tuple[float, float, float, float]]) -> None:
    places = np.array([box[:2] for box in given_boxes])
    sizes = np.array([box[2:] for box in given_boxes])
    moved = network.separate(places, sizes)
    for a, b in itertools.combinations(range(len(moved)), 2):
        room = (sizes[a] + sizes[b]) / 2 - np.abs(moved[a] - moved[b])
        assert (room <= 1e-5).any()


def test_boxes_that_are_apart_stay_where_they_are() -> None:
    places = np.array([[0.0, 0.0], [100.0, 0.0]])
    assert (network.separate(places, np.array([[10.0, 10.0], [10.0, 10.0]])) == places).all()


def test_the_picture_is_the_same_in_whatever_order_facts_come() -> None:
    made = star(20)
    turned = {"nodes": made["nodes"][::-1], "edges": made["edges"][::-1]}
    assert network.draw(made, "urn:0") == network.draw(turned, "urn:0")


def test_a_node_alone_is_drawn() -> None:
    drawing = network.draw({"nodes": star(1)["nodes"], "edges": []}, "urn:0")
    assert [node.title for node in drawing.nodes] == ["Midden"]
    assert drawing.width > 0


def test_nodes_are_shaped_by_kind() -> None:
    shapes = {node.kind: node.shape for node in network.draw(star(10), "urn:0").nodes}
    assert shapes["market"] == "hexagon"
    assert shapes["person"] == "diamond"
    assert shapes["mission"] == "triangle"
    assert shapes["partner"] == "square"
    assert shapes["branch"] == "small"


def test_a_company_tied_by_partnership_is_a_partner() -> None:
    made = {
        "nodes": [
            {"iri": "urn:0", "id": "0", "label": "A", "kind": "company"},
            {"iri": "urn:1", "id": "1", "label": "B", "kind": "company"},
        ],
        "edges": [{"source": "urn:1", "target": "urn:0", "kind": "partnership", "label": "klant"}],
    }
    drawing = network.draw(made, "urn:0")
    assert [node.kind for node in drawing.nodes] == ["company", "partner"]
    assert drawing.nodes[1].word == "klant"


def two(*edges: Json) -> network.Drawing:
    nodes = [
        {"iri": "urn:0", "id": "0", "label": "A", "kind": "company"},
        {"iri": "urn:m", "id": "KR", "label": "Zuid-Korea", "kind": "market"},
    ]
    tied = [
        {"source": "urn:0", "target": "urn:m", "kind": "engagement", "label": "x", **edge} for edge in edges
    ]
    return network.draw(
        {"nodes": nodes, "edges": tied}, "urn:0", words={"active": "exporteert", "targets": "wil"}
    )


def test_what_goes_on_counts_before_what_is_over() -> None:
    drawing = two({"status": "leading", "ended": True}, {"status": "targets", "ended": False})
    (edge,) = drawing.edges
    assert (edge.mark, edge.ended) == ("targets", False)
    assert (drawing.nodes[1].word, drawing.nodes[1].over) == ("wil", False)


def test_what_is_over_is_marked() -> None:
    drawing = two({"status": "active", "ended": True})
    assert drawing.edges[0].ended
    assert drawing.nodes[1].over


def test_edges_of_unknown_nodes_and_to_itself_are_left_out() -> None:
    made = star(3)
    made["edges"] += [
        {"source": "urn:0", "target": "urn:gone", "kind": "partnership", "label": ""},
        {"source": "urn:0", "target": "urn:0", "kind": "partnership", "label": ""},
    ]
    assert len(network.draw(made, "urn:0").edges) == 2


def test_relations_are_told_apart_by_line() -> None:
    made = star(10)
    made["edges"].append({"source": "urn:1", "target": "urn:2", "kind": "ownership", "label": "dochter"})
    styles = {edge.title.split(" – ")[1]: edge.style for edge in network.draw(made, "urn:0").edges}
    assert styles["dochter"] == "double"
    assert {edge.style for edge in network.draw(made, "urn:0").edges} == {"double", "solid", "dotted"}
