"""Every form reads back as the same network: nodes, edges, attributes, with hostile names too."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import networkx as nx
import orjson
import pytest

from graph.index import Index
from graph.network import Limits, Network, fetch
from graph.network.formats import WRITERS
from graph.network.formats.flat import flat, for_xml
from tests.graphs import World
from tests.index.conftest import Made

NASTY = (
    "<script>alert('x')</script>",
    "quotes \" and ' and & and ]]> and <!-- -->",
    "\u202eright to left\u202c \u200fשלום\u200f",
    "株式会社ベル กรุงเทพ Чёрное море",
    "=HYPERLINK(1)",
    "emoji 👩‍👩‍👧 \U00010000",
)
BEYOND_XML = ("bell \x07 null-like \x01 escape \x1b[31m", "line\r\nfeed and \x7f", "\ufffe not a character")


@pytest.fixture(scope="module")
def luminex(real: Index) -> Network:
    return fetch(real, ["luminex"], Limits(depth=2), lang="en")


@pytest.fixture(scope="module")
def nasty(indexed: Made) -> Network:
    world = World()
    hub = world.org("hub", "Hub")
    for number, name in enumerate((*NASTY, *BEYOND_XML)):
        world.partnership(hub, world.org(f"n{number}", name), "distributor")
    world.partnership(hub, world.org("n0"), "customer")  # two relations of the same two
    return fetch(indexed(world), ["hub"], lang="en")


def read_graphml(body: bytes) -> Any:
    return nx.read_graphml(io.BytesIO(body), force_multigraph=True)


def read_gexf(body: bytes) -> Any:
    return nx.MultiDiGraph(nx.read_gexf(io.BytesIO(body)))


def read_cytoscape(body: bytes) -> Any:
    return nx.cytoscape_graph(orjson.loads(body))


READERS: dict[str, Callable[[bytes], Any]] = {
    "graphml": read_graphml,
    "gexf": read_gexf,
    "gexf12": read_gexf,
    "cyjs": read_cytoscape,
}
OWN = {"id", "viz", "key", "value", "name", "interaction", "source", "target", "networkx_key"}
"""What a form adds to the attributes, or its reader does."""


def nodes(graph: Any) -> dict[str, dict[str, Any]]:
    return {iri: {k: v for k, v in facts.items() if k not in OWN} for iri, facts in graph.nodes(data=True)}


def edges(graph: Any) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    return sorted(
        (a, b, sorted((k, v) for k, v in facts.items() if k not in OWN))
        for a, b, facts in graph.edges(data=True)
    )


@pytest.mark.parametrize("form", READERS)
def test_networkx_reads_back_the_same_nodes_edges_and_attributes(luminex: Network, form: str) -> None:
    found, told = READERS[form](WRITERS[form](luminex)), flat(luminex)
    assert len(told) > 10
    assert nodes(found) == nodes(told)
    assert edges(found) == edges(told)


@pytest.mark.parametrize("form", READERS)
def test_hostile_names_survive_as_text(nasty: Network, form: str) -> None:
    found = READERS[form](WRITERS[form](nasty))
    told = flat(nasty) if form == "cyjs" else for_xml(flat(nasty))
    assert set(NASTY) < {facts["label"] for facts in nodes(found).values()}
    assert nodes(found) == nodes(told)
    assert edges(found) == edges(told)


@pytest.mark.parametrize("form", ["graphml", "gexf", "gexf12"])
def test_what_xml_cannot_hold_is_shown_as_a_picture_of_it(nasty: Network, form: str) -> None:
    labels = {facts["label"] for facts in nodes(READERS[form](WRITERS[form](nasty))).values()}
    assert "bell ␇ null-like ␁ escape ␛[31m" in labels
    assert "line␍\nfeed and ␡" in labels
    assert "\ufffd not a character" in labels


def test_node_link_json_is_networkx_own_form_with_everything_as_it_was(nasty: Network) -> None:
    found = nx.node_link_graph(orjson.loads(WRITERS["json"](nasty)), edges="edges")
    assert isinstance(found, nx.MultiDiGraph)
    assert list(found.nodes(data=True)) == list(nasty.nodes(data=True))
    assert list(found.edges(keys=True, data=True)) == list(nasty.edges(keys=True, data=True))
    assert found.graph == nasty.graph


@pytest.mark.parametrize("form", ["graphml", "cyjs"])
def test_the_keys_of_edges_are_kept(luminex: Network, form: str) -> None:
    found = READERS[form](WRITERS[form](luminex))
    assert {key for *_, key in found.edges(keys=True)} == {key for *_, key in luminex.edges(keys=True)}


@pytest.mark.parametrize(
    ("form", "space"), [("gexf", "http://gexf.net/1.3"), ("gexf12", "http://www.gexf.net/1.2draft")]
)
def test_gexf_names_its_version_and_shows_kinds_by_colour_and_size(
    luminex: Network, form: str, space: str
) -> None:
    text = WRITERS[form](luminex).decode()
    assert f'xmlns="{space}"' in text
    assert f'xmlns:viz="{space}/viz"' in text
    found = nx.read_gexf(io.BytesIO(WRITERS[form](luminex)))
    looks = {facts["ref"]: facts["viz"] for _, facts in found.nodes(data=True)}
    assert looks["luminex"]["size"] == 2 * looks["VN"]["size"]
    assert looks["VN"]["color"] == {"r": 0, "g": 0x73, "b": 0x5A, "a": 1.0}
    assert (' kind="partnership"' in text or ' kind="branch"' in text) is (form == "gexf")


def rows(network: Network) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(WRITERS["csv"](network).decode(), newline="")))


def test_the_edge_list_has_a_row_an_edge_with_its_ends_and_sources(luminex: Network) -> None:
    found = rows(luminex)
    assert len(found) == luminex.number_of_edges()
    (row,) = [row for row in found if row["toLabel"] == "Vietnam"]
    assert {k: row[k] for k in ("fromLabel", "type", "kind", "status", "toKind", "toCountry", "sources")} == {
        "fromLabel": "Luminex Network Intelligence",
        "type": "Directed",
        "kind": "engagement",
        "status": "targets",
        "toKind": "market",
        "toCountry": "VN",
        "sources": "s001",
    }
    assert row["ended"] == "false"
    assert row["sourceUrls"].startswith("http")


def test_no_cell_of_the_edge_list_starts_a_formula(nasty: Network) -> None:
    labels = {row["toLabel"] for row in rows(nasty)}
    assert "'=HYPERLINK(1)" in labels
    assert set(NASTY) - {"=HYPERLINK(1)"} < labels


def test_many_sources_are_told_in_one_order() -> None:
    network: Network = nx.MultiDiGraph()
    sources = [{"id": key, "title": f"Title {key}", "url": f"http://x/{key}"} for key in ("s2", "s1")]
    network.add_edge("a", "b", key="k", kind="mission", label="mission", weight=1, sources=sources)
    ((_, _, facts),) = flat(network).edges(data=True)
    assert facts == {
        "kind": "mission",
        "label": "mission",
        "weight": 1.0,
        "sources": "s2 s1",
        "sourceTitles": "Title s2 | Title s1",
        "sourceUrls": "http://x/s2 | http://x/s1",
    }


@pytest.mark.parametrize("form", WRITERS)
def test_an_empty_network_can_be_written(form: str) -> None:
    network: Network = nx.MultiDiGraph()
    assert WRITERS[form](network)
