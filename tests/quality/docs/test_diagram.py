"""The class diagram: every class is in it, its lines follow the ontology, and nothing lies on another."""

from pathlib import Path

import pytest
from defusedxml import ElementTree
from rdflib import Graph

from graph import resources
from graph.quality.docs.diagram import WIDTH, Box, boxes, draw, missing, shown
from graph.quality.docs.model import SCHEMA, VERRE, read

SVG = "{http://www.w3.org/2000/svg}"
FOLDER = resources.ontologies()


@pytest.fixture(scope="module")
def placed() -> list[Box]:
    return shown(FOLDER)


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def test_no_class_is_left_out() -> None:
    assert missing(FOLDER) == set()


def test_a_class_without_a_box_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.quality.docs.diagram.boxes", lambda: boxes()[1:])
    assert missing(FOLDER) == {"Partnership"}


def test_every_property_of_a_class_is_a_row_of_its_box(placed: list[Box]) -> None:
    graph = read(FOLDER)
    drawn = {(row.name, name) for box in placed for row in box.rows for name in (box.name, *box.kinds)}
    for term, domain in graph.subject_objects(SCHEMA.domainIncludes):
        if str(domain).startswith(VERRE):
            pair = (str(term).removeprefix(VERRE), str(domain).removeprefix(VERRE))
            assert pair in drawn, pair


def test_boxes_do_not_overlap(placed: list[Box]) -> None:
    for one in placed:
        for other in placed:
            if one is not other and one.column == other.column:
                assert one.y + one.height < other.y or other.y + other.height < one.y


def test_rows_lie_inside_their_box(placed: list[Box]) -> None:
    for box in placed:
        for index in range(-len(box.kinds), len(box.rows)):
            assert box.y < box.row_y(index) < box.y + box.height


def test_names_fit_beside_what_their_values_are(placed: list[Box]) -> None:
    for box in placed:
        for row in box.rows:
            values = ", ".join(value.rpartition(":")[2] for value in row.ranges[:2])
            assert len(row.name) * 7.6 + len(values) * 5 < WIDTH, row.name


def test_the_text_is_text_and_derived_terms_stand_in_italics() -> None:
    svg = draw(FOLDER)
    shown_texts = texts(svg)
    assert any(text.endswith("ExportEngagement") for text in shown_texts)
    root = ElementTree.fromstring(svg)
    italic = {"".join(n.itertext()) for n in root.iter(f"{SVG}text") if n.get("font-style") == "italic"}
    assert any(text.endswith("exportsTo") for text in italic)
    assert not any(text.endswith("exporter") for text in italic)


def test_a_line_leads_from_each_property_to_the_box_of_its_values() -> None:
    graph = read(FOLDER)
    named = {name for box in boxes() for name in (box.name, *box.kinds)}
    lines = draw(FOLDER).count('fill="none"')
    assert 30 < lines < 60
    assert {"Market", "org:Organization"} <= named
    assert (VERRE.exporter, SCHEMA.domainIncludes, VERRE.ExportEngagement) in graph


def test_a_new_property_appears_by_itself(tmp_path: Path) -> None:
    for file in FOLDER.rglob("*.ttl"):
        copy = tmp_path / file.relative_to(FOLDER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    module = tmp_path / "modules" / "relations.ttl"
    graph = Graph().parse(module, format="turtle")
    text = module.read_text(encoding="utf-8") + (
        "\nverre:viaPartner a owl:ObjectProperty ; rdfs:isDefinedBy <https://w3id.org/verre/ns> ;"
        " schema:domainIncludes verre:ExportEngagement ; schema:rangeIncludes verre:Partnership .\n"
    )
    assert len(graph.parse(data=text, format="turtle")) > 0
    module.write_text(text, encoding="utf-8")
    before, after = draw(FOLDER), draw(tmp_path)
    assert not any(line.endswith("viaPartner") for line in texts(before))
    assert any(line.endswith("viaPartner") for line in texts(after))
    assert after.count('fill="none"') == before.count('fill="none"') + 1
