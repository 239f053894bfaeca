"""The drawing: readable, alike each time, with every name as text and none on another."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import networkx as nx
import pytest
from defusedxml.ElementTree import fromstring

from graph.network import Network
from graph.network.drawing import svg
from graph.network.drawing.lettering import ASCENT, DESCENT
from tests.network.drawing.conftest import HARD
from tests.product.test_browser import FLAGS

SPACE = "{http://www.w3.org/2000/svg}"
NAMES = ("luminex", "japan", "china", "asia", "hard")
Box = tuple[float, float, float, float]


def labels(root: Element) -> list[list[Element]]:
    """The lines of each label."""
    return [
        group.findall(f"{SPACE}text") for group in root.iter(f"{SPACE}g") if group.get("class") == "label"
    ]


def box(text: Element) -> Box:
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    half, size = float(text.attrib["textLength"]) / 2, float(text.attrib["font-size"])
    return x - half, y - ASCENT * size, x + half, y + DESCENT * size


def around(boxes: list[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def clashes(boxes: list[Box]) -> list[tuple[Box, Box]]:
    return [
        (a, b)
        for a, b in combinations(boxes, 2)
        if a[0] < b[2] - 0.01 and b[0] < a[2] - 0.01 and a[1] < b[3] - 0.01 and b[1] < a[3] - 0.01
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_label_lies_on_another_as_it_is_written(drawn: dict[str, Network], name: str) -> None:
    network = drawn[name]
    root = fromstring(svg(network))
    found = [around([box(line) for line in lines]) for lines in labels(root) if lines]
    assert len(found) >= len(network)
    assert clashes(found) == []


def test_the_drawings_are_as_large_as_the_issue_asks(drawn: dict[str, Network]) -> None:
    assert {name: len(network) for name, network in drawn.items() if len(network) == 40}.keys() >= {
        "asia",
        "hard",
    }


MEASURE = """
<script>
const told = [...document.querySelectorAll("svg")].map(svg => {
  const box = element => { const b = element.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
  return {
    labels: [...svg.querySelectorAll("g.label")].filter(g => g.childElementCount).map(box),
    heads: [...svg.querySelectorAll("g.head text, g.foot text")].map(box),
    things: [...svg.querySelectorAll("g.thing")].map(g => ({
      shape: box(g.children[1]), label: box(g.querySelector("g.label"))})),
    whole: box(svg),
    set: [...svg.querySelectorAll("text")].map(text => {
      const asked = parseFloat(text.getAttribute("textLength"));
      text.removeAttribute("textLength");
      return [text.textContent, asked, text.getComputedTextLength()];
    })
  };
});
document.body.textContent = JSON.stringify(told);
</script>
"""


@pytest.fixture(scope="module")
def measured(
    chromium: str, drawn: dict[str, Network], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What a browser says that everything covers: its own fonts, its own way to set them."""
    folder: Path = tmp_path_factory.mktemp("browser")
    page = folder / "page.html"
    pictures = [svg(drawn[name]).decode().partition("?>")[2] for name in NAMES]
    body = "".join(f"<div>{picture}</div>" for picture in pictures)
    page.write_text(f"<!doctype html><meta charset=utf-8><body>{body}{MEASURE}", "utf-8")
    done = subprocess.run(
        [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True,
        timeout=120,
        check=True,
    )
    found = re.search(r"<body>(.*)</body>", done.stdout.decode(), re.DOTALL)
    assert found is not None
    return dict(zip(NAMES, json.loads(found[1]), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_no_label_lies_on_another_in_a_browser(
    measured: dict[str, Any], drawn: dict[str, Network], name: str
) -> None:
    found = measured[name]
    boxes = [tuple(each) for each in found["labels"]]
    assert len(boxes) >= len(drawn[name])
    assert all(right > left and bottom > top for left, top, right, bottom in boxes)
    assert clashes(boxes) == []
    assert clashes([tuple(each) for each in found["heads"]]) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_label_lies_on_the_shape_of_another_or_leaves_the_picture(
    measured: dict[str, Any], name: str
) -> None:
    things, whole = measured[name]["things"], measured[name]["whole"]
    for one, other in combinations(things, 2):
        assert clashes([tuple(one["shape"]), tuple(other["label"])]) == []
        assert clashes([tuple(one["label"]), tuple(other["shape"])]) == []
        assert clashes([tuple(one["shape"]), tuple(other["shape"])]) == []
    for left, top, right, bottom in measured[name]["labels"] + measured[name]["heads"]:
        assert whole[0] <= left < right <= whole[2]
        assert whole[1] <= top < bottom <= whole[3]


def test_a_browser_sets_words_about_as_wide_as_they_were_measured(measured: dict[str, Any]) -> None:
    seen = 0
    for name in ("luminex", "japan", "china", "asia"):
        for text, asked, own in measured[name]["set"]:
            if text.isascii() and len(text) > 3:
                seen += 1
                assert 0.85 < own / asked < 1.25, (text, asked, own)  # other fonts may stand in
    assert seen > 100


def test_a_drawing_is_the_same_each_time_and_in_whatever_order_its_nodes_come(
    drawn: dict[str, Network],
) -> None:
    network = drawn["asia"]
    turned: Network = nx.MultiDiGraph()
    turned.graph.update(network.graph)
    turned.add_nodes_from(reversed(list(network.nodes(data=True))))
    for a, b, key, facts in reversed(list(network.edges(keys=True, data=True))):
        turned.add_edge(a, b, key, **facts)
    assert svg(network) == svg(network) == svg(turned)


def test_it_has_a_title_a_description_and_sources_for_who_cannot_see_it(drawn: dict[str, Network]) -> None:
    root = fromstring(svg(drawn["luminex"]))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "title desc"
    title, told = root.find(f"{SPACE}title"), root.find(f"{SPACE}desc")
    assert title is not None
    assert title.text == "Netwerk van Luminex Network Intelligence"
    assert told is not None
    assert "14 knopen, 15 relaties" in str(told.text)
    assert "Bronnen: Het Belang van Limburg (2018-02-19)" in str(told.text)


def test_every_name_is_text_and_nothing_else(drawn: dict[str, Network]) -> None:
    root = fromstring(svg(drawn["hard"]))
    titles = {str(title.text) for title in root.iter(f"{SPACE}title")}
    assert f"{HARD[6]} 6" in titles
    assert f"{HARD[0]} 10" in titles  # whole, though the label is cut
    assert {element.tag.removeprefix(SPACE) for element in root.iter()} <= {
        *("svg", "title", "desc", "rect", "g", "text", "line", "circle", "polygon"),
    }
    assert not any(
        name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib
    )


def test_kinds_differ_by_shape_and_colour_both(drawn: dict[str, Network]) -> None:
    seen = {}
    for name in NAMES:
        for group in fromstring(svg(drawn[name])).iter(f"{SPACE}g"):
            if group.get("class") == "thing" and group.get("data-kind") not in seen:
                shape = group[1]
                points = len(shape.get("points", "").split())
                seen[group.get("data-kind")] = (shape.tag, points, shape.get("stroke") or shape.get("fill"))
    assert {"company", "branch", "partner", "person", "market", "mission", "award", "organization"} == set(
        seen
    )
    assert len({each[:2] for each in seen.values()}) == len(seen) - 1  # a branch is a small circle
    assert len({each[2] for each in seen.values()}) == len(seen) - 1  # in the colour of its company


def test_who_wants_to_is_hollow_and_who_does_is_filled(drawn: dict[str, Network]) -> None:
    root = fromstring(svg(drawn["luminex"]))
    marks: dict[str, str] = {}
    for group in root.iter(f"{SPACE}g"):
        title = group.find(f"{SPACE}title")
        circles = group.findall(f"{SPACE}circle")
        if group.get("class") == "link" and circles and title is not None:
            marks[str(title.text).rpartition(" – ")[2]] = circles[-1].attrib["fill"]
    ground = root.find(f"{SPACE}rect")
    assert ground is not None
    assert marks["Vietnam"] == marks["China"] == ground.attrib["fill"]
    assert marks["India"] == "#2c8984"
    assert marks["Japan"] == "#08403f"
