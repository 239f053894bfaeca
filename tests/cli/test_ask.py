from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Verre

Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]

COUNT = "SELECT (COUNT(*) AS ?n) { ?e a <https://w3id.org/verre/ns#ExportEngagement> }"


def test_a_query_comes_from_a_file_or_from_standard_input(shell: Shell, built: Path, tmp_path: Path) -> None:
    path = tmp_path / "count.rq"
    path.write_text(COUNT, "utf-8")
    assert shell("query", path).stdout.split() == [b"n", b"2"]
    answer = json.loads(shell("query", "-", "--format", "json", stdin=COUNT.encode()).stdout)
    assert answer["results"]["bindings"][0]["n"]["value"] == "2"


def test_triples_come_as_turtle(shell: Shell, built: Path) -> None:
    text = "CONSTRUCT WHERE { ?o a <https://w3id.org/verre/ns#Company> }"
    done = shell("query", "-", stdin=text.encode())
    assert done.returncode == 0, done.stderr
    assert b"Company" in done.stdout


def test_what_may_not_run_is_refused_with_its_exit_code(shell: Shell, built: Path) -> None:
    done = shell("query", "-", stdin=b"SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert done.returncode == 5
    assert b"SERVICE" in done.stderr


def test_an_unknown_name_tells_the_stored_queries(verre: Verre, built: Path) -> None:
    result = verre("query", "exprters")
    assert result.exit_code == 3
    assert "exporters" in result.stderr


def test_a_parameter_is_name_and_value(verre: Verre, built: Path) -> None:
    assert "name=value" in verre("query", "exporters", "--param", "VN").stderr
    assert "one of" in verre("query", "exporters", "--format", "pdf").stderr


def test_a_hostile_parameter_stays_a_value(verre: Verre, built: Path) -> None:
    result = verre("query", "exporters", "--param", "market=VN} SELECT * { ?s ?p ?o")
    assert result.exit_code == 3


def test_check_finds_nothing_wrong_with_good_sheets(verre: Verre, built: Path) -> None:
    result = verre("check", "--format", "json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert isinstance(report, dict | list)


def test_check_finds_a_company_that_a_shape_does_not_accept(
    verre: Verre, built: Path, tmp_path: Path
) -> None:
    edit = tmp_path / "edit.ttl"
    edit.write_text("<urn:x:1> a <https://w3id.org/verre/ns#ExportEngagement> .", "utf-8")
    verre("load", edit, "--graph", "steward")
    result = verre("check")
    assert result.exit_code == 1, result.output
    assert "urn:x:1" in result.stdout


def test_serving_needs_a_release(verre: Verre) -> None:
    result = verre("serve")
    assert result.exit_code == 4
    assert "verre build" in result.stderr


def test_the_version_is_told(verre: Verre) -> None:
    assert "0.1.0" in verre("--version").output
