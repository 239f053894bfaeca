"""`verre backup`, `restore` and `verify`, as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Verre

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <http://www.w3.org/ns/org#Organization> }"


def test_a_backup_comes_back_on_another_machine(
    built: Path, verre: Verre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = verre("query", "-", input=COUNT).stdout
    made = verre("backup", tmp_path)
    assert made.exit_code == 0, made.output
    path = Path(made.stdout.strip())
    assert path.is_file()
    monkeypatch.setenv("VERRE_HOME", str(tmp_path / "other"))
    restored = verre("restore", path)
    assert restored.exit_code == 0, restored.output
    assert "release 000001 is current" in restored.output
    assert verre("query", "-", input=COUNT).stdout == before
    assert before.split()[1] == "2"


def test_a_flipped_byte_is_told_with_its_file(built: Path, verre: Verre) -> None:
    assert verre("verify").exit_code == 0
    path = built / "releases" / "000001" / "index.sqlite"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    told = verre("verify")
    assert told.exit_code == 1
    assert str(path) in told.stdout
    assert verre("verify", "000001").exit_code == 1
    refused = verre("backup", built.parent)
    assert refused.exit_code != 0
    assert "damaged" in refused.output


def test_a_damaged_backup_is_refused_and_leaves_the_graph(built: Path, verre: Verre, tmp_path: Path) -> None:
    path = tmp_path / "synthetic.tar"
    assert verre("backup", path).exit_code == 0
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    told = verre("restore", path)
    assert told.exit_code != 0
    assert "damaged" in told.output
    assert "000001" in verre("releases").stdout
    assert "000002" not in verre("releases").stdout


def test_a_release_that_is_not_kept_is_told(built: Path, verre: Verre) -> None:
    assert verre("verify", "000009").exit_code != 0
    assert verre("backup", built.parent, "--release", "000009").exit_code != 0
