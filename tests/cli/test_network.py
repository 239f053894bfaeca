"""`verre network`: files that other programs read, and errors with an exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path

import networkx as nx
import pytest

from tests.cli.conftest import Verre


def test_a_neighbourhood_is_written_as_the_ending_of_its_file_says(
    verre: Verre, built: Path, tmp_path: Path
) -> None:
    for ending in ("gexf", "graphml"):
        file = tmp_path / f"out.{ending}"
        done = verre("network", "--output", str(file), "neighbourhood", "acme")
        assert done.exit_code == 0, done.stderr
        assert "nodes" in done.stderr
        found = getattr(nx, f"read_{ending}")(io.BytesIO(file.read_bytes()))
        assert {facts["label"] for _, facts in found.nodes(data=True)} == {"Acme", "Vietnam"}
        assert found.number_of_edges() == 1


def test_standard_output_is_node_link_json(verre: Verre, built: Path) -> None:
    told = json.loads(verre("network", "--lang", "nl", "neighbourhood", "VN").stdout)
    assert {node["label"] for node in told["nodes"]} == {"Vietnam", "Acme", "Beta"}
    assert told["graph"]["truncated"] is False
    assert {edge["status"] for edge in told["edges"]} == {"targets", "active"}


def test_relations_are_counted_before_they_are_fetched(verre: Verre, built: Path) -> None:
    told = json.loads(verre("network", "relations", "VN").stdout)
    assert [(each["relation"], each["count"]) for each in told] == [("engagement", 2)]
    none = verre("network", "relations", "VN", "--relation", "award")
    assert json.loads(none.stdout) == []


def test_two_of_one_market_are_linked_by_it_where_that_is_asked(verre: Verre, built: Path) -> None:
    told = json.loads(verre("network", "paths", "acme", "beta").stdout)
    assert told["graph"]["paths"] == []
    told = json.loads(verre("network", "paths", "acme", "beta", "--through", "market").stdout)
    assert [path["length"] for path in told["graph"]["paths"]] == [2]


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (("centrality", "--market", "VN", "--measure", "degree"), "ranking"),
        (("communities", "--market", "VN"), "communities"),
        (("communities", "acme"), "communities"),
        (("brokers", "VN"), "brokers"),
    ],
)
def test_figures_of_a_part_of_the_graph(
    verre: Verre, built: Path, command: tuple[str, ...], key: str
) -> None:
    done = verre("network", *command)
    assert done.exit_code == 0, done.stderr
    assert key in json.loads(done.stdout)["graph"]


def test_a_day_is_asked_for(verre: Verre, built: Path) -> None:
    told = json.loads(verre("network", "--as-of", "2018-02-19", "neighbourhood", "acme").stdout)
    assert told["graph"]["day"] == "2018-02-19"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("neighbourhood", "nobody"), 4, "no organization, market, person or mission"),
        (("--format", "gefx", "neighbourhood", "acme"), 3, "one of json"),
        (("--output", "x.png", "neighbourhood", "acme"), 3, "one of json"),
        (("--lang", "de", "neighbourhood", "acme"), 3, "one of nl, en, fr"),
        (("--as-of", "soon", "neighbourhood", "acme"), 3, "write a day"),
        (("neighbourhood", "acme", "--relation", "friendship"), 3, "write one of branch"),
        (("centrality", "acme", "--measure", "fame"), 3, "one of degree"),
        (("centrality",), 3, "either `of` or `market`"),
        (("brokers", "acme"), 4, "no organization, market"),
    ],
)
def test_what_cannot_be_used_says_why(
    verre: Verre, built: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = verre("network", *arguments)
    assert done.exit_code == code
    assert said in done.stderr


def test_a_drawing_that_nobody_can_read_is_refused_with_its_setting(
    verre: Verre, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verre("network", "--format", "svg", "neighbourhood", "VN").stdout.startswith("<?xml")
    monkeypatch.setenv("VERRE_NETWORK_DRAWN", "2")
    done = verre("network", "--format", "svg", "neighbourhood", "VN")
    assert done.exit_code == 3
    assert "VERRE_NETWORK_DRAWN" in done.stderr
