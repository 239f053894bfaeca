from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Verre

Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]


def test_dump_and_load_into_an_empty_store_and_dump_again_gives_the_same_bytes(
    shell: Shell, built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = shell("dump").stdout
    whole = shell("dump", "--all").stdout
    assert b"Acme" in first
    assert b"inferred" not in first
    assert len(whole) > len(first)
    (tmp_path / "home").rename(tmp_path / "old")
    loaded = shell("load", "-", "--format", "nquads", stdin=first)
    assert loaded.returncode == 0, loaded.stderr
    assert shell("dump").stdout == first
    assert shell("dump", "--all").stdout == whole


def test_an_edit_survives_a_build(verre: Verre, built: Path, sheets: Path, tmp_path: Path) -> None:
    edit = tmp_path / "edit.ttl"
    edit.write_text(
        "<https://w3id.org/verre/id/organization/x/beta> "
        '<https://w3id.org/verre/ns#note> "Seen at a fair"@en .',
        "utf-8",
    )
    result = verre("load", edit, "--graph", "steward")
    assert result.exit_code == 0, result.stderr
    (sheets / "markets.csv").write_text("org_id,market,status,product,source_id\n", "utf-8")
    verre("build", sheets)
    text = verre("dump").stdout
    assert "<https://w3id.org/verre/graph/edit/steward>" in text
    assert "ExportEngagement" not in text


def test_a_file_that_is_no_rdf_changes_nothing(verre: Verre, built: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b>", "utf-8")
    result = verre("load", broken, "--graph", "x")
    assert result.exit_code == 3
    assert "broken.ttl" in result.stderr
    assert len(verre("releases").stdout.splitlines()) == 1


def test_triples_without_a_graph_need_one(verre: Verre, built: Path, tmp_path: Path) -> None:
    turtle = tmp_path / "one.ttl"
    turtle.write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    result = verre("load", turtle)
    assert result.exit_code == 3
    assert "--graph" in result.stderr


def test_a_dump_goes_into_a_file_by_its_ending(verre: Verre, built: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.trig"
    assert verre("dump", "--output", path).exit_code == 0
    assert "{" in path.read_text("utf-8")


def test_there_is_nothing_to_dump_before_a_build(verre: Verre) -> None:
    result = verre("dump")
    assert result.exit_code == 4
    assert "verre build" in result.stderr
