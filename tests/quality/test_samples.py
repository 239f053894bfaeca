"""Every shape and every hygiene query against samples: the valid ones pass, each invalid one fails as told.

`samples/expected.csv` says what is found in each file of `samples/invalid`, and nothing else is.
"""

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, Graph
from rdflib.namespace import SH

from graph import resources
from graph.quality import check
from graph.store.view import GraphView
from tests.quality.conftest import SAMPLES

Expected = dict[str, set[tuple[str, str, str]]]
VALID = sorted((SAMPLES / "valid").glob("*.ttl"))
INVALID = sorted((SAMPLES / "invalid").glob("*.ttl"))


def expected() -> Expected:
    found: Expected = defaultdict(set)
    with (SAMPLES / "expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["file"]].add((row["check"], row["severity"], row["focus"]))
    return found


EXPECTED = expected()


def test_the_world_itself_is_well(view_with: Callable[[str], GraphView]) -> None:
    assert check(view_with(""), resources.ontologies()).findings == ()


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_a_valid_sample_passes(view_with: Callable[[str], GraphView], file: Path) -> None:
    report = check(view_with(file.read_text(encoding="utf-8")), resources.ontologies())
    assert report.findings == (), report.as_text()


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_an_invalid_sample_fails_as_expected(view_with: Callable[[str], GraphView], file: Path) -> None:
    report = check(view_with(file.read_text(encoding="utf-8")), resources.ontologies())
    found = {(f.check, f.severity, "_:" if f.focus.startswith("_:") else f.focus) for f in report.findings}
    assert found == EXPECTED[file.name], report.as_text()


def test_no_sample_and_no_expectation_is_an_orphan() -> None:
    assert {file.name for file in INVALID} == set(EXPECTED)
    known = {*VALID, *INVALID, SAMPLES / "world.ttl", SAMPLES / "expected.csv"}
    assert {path for path in SAMPLES.rglob("*") if path.is_file()} == known


def test_every_check_is_hit_by_a_sample() -> None:
    shapes = Graph()
    for file in (resources.ontologies() / "shapes").glob("*.ttl"):
        shapes.parse(file, format="turtle")
    reporting = set(shapes.subjects(SH.severity))
    names = {str(shape).rpartition("#")[2] for shape in reporting if (shape, RDF.type, None) in shapes}
    queries = {file.stem for file in (resources.ontologies() / "hygiene").glob("*.rq")}
    hit = {check for findings in EXPECTED.values() for check, _, _ in findings}
    assert hit == names | queries | {"lei-checksum"}
