"""The shapes as values."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import resources
from graph.errors import InputError
from graph.model.namespaces import SH, VERRE
from graph.model.terms import Literal
from graph.quality.change import ChangeCheck
from graph.quality.change.evaluate import CHECKS
from graph.quality.change.shapes import KNOWN, Constraint, Shape, Step, read_shapes

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/verre/shapes#> .
@prefix ex: <http://example.org/> .
"""


def shapes_of(folder: Path, text: str) -> dict[str, Shape]:
    (folder / "some.ttl").write_text(PREFIXES + text, "utf-8")
    return {shape.name: shape for shape in read_shapes(folder)}


def test_all_of_ours_are_read() -> None:
    shapes = {shape.name: shape for shape in read_shapes(resources.ontologies() / "shapes")}
    engagement = shapes["engagement"]
    assert engagement.classes == (VERRE.ExportEngagement,)
    exporter = next(one for one in engagement.properties if one.name == "engagement-exporter")
    assert (exporter.path, exporter.severity) == (Step(VERRE.exporter), "violation")
    assert Constraint(SH.maxCount, Literal(1)) in exporter.constraints
    assert exporter.message["en"] == "An export engagement has one exporter."
    assert shapes["party-kind"].targets[0].inverse
    assert "$this" in shapes["share-sum"].queries[0].text
    assert "PREFIX verre: <https://w3id.org/verre/ns#>" in shapes["share-sum"].queries[0].text


def test_every_known_constraint_has_its_check() -> None:
    assert set(CHECKS) == KNOWN


def test_shapes_hold_shapes(tmp_path: Path) -> None:
    shapes = shapes_of(
        tmp_path,
        """shape:a a sh:NodeShape ; sh:targetSubjectsOf ex:p ;
             sh:or ( [ sh:path ex:q ; sh:minCount 1 ] shape:b ) ; sh:not [ sh:path [ sh:inversePath ex:r ] ] .
           shape:b a sh:NodeShape ; sh:severity sh:Info ; sh:message "none of its own" .""",
    )
    assert list(shapes) == ["a"]  # the other is used by it alone
    either, neither = sorted(shapes["a"].constraints, key=lambda one: -len(one.shapes))
    assert [shape.name for shape in either.shapes] == ["", "b"]
    assert either.shapes[1].severity == "info"
    assert neither.shapes[0].path is not None
    assert neither.shapes[0].path.inverse
    assert shapes["a"].severity == "violation"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("shape:a a sh:NodeShape ; sh:targetClass ex:A ; sh:xone ( ex:b ) .", "xone is not known"),
        ("shape:a a sh:NodeShape ; sh:targetNode ex:A .", "targetNode is not known"),
        (
            "shape:a a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ( ex:a ex:b ) ; sh:minCount 1 ] .",
            "only paths of one property",
        ),
        ("shape:a a", "some.ttl of the ontology cannot be read"),
    ],
)
def test_what_is_not_known_is_said_at_once(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        shapes_of(tmp_path, text)


def test_the_check_itself_takes_the_folder(tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "bad.ttl").write_text("not turtle", "utf-8")
    with pytest.raises(InputError, match=r"bad\.ttl"):
        ChangeCheck(tmp_path)
