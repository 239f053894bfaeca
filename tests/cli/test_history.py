from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Verre


def _without_markets(sheets: Path) -> None:
    (sheets / "markets.csv").write_text("org_id,market,status,product,source_id\n", "utf-8")


def test_rollback_brings_the_previous_answers_back(verre: Verre, built: Path, sheets: Path) -> None:
    before = verre("query", "exporters", "--param", "market=VN").stdout
    assert "Acme" in before
    _without_markets(sheets)
    verre("build", sheets)
    assert "Acme" not in verre("query", "exporters", "--param", "market=VN").stdout
    assert verre("rollback").exit_code == 0
    assert verre("query", "exporters", "--param", "market=VN").stdout == before
    lines = verre("releases").stdout.splitlines()
    assert [line.startswith("*") for line in lines].count(True) == 1
    assert len(lines) == 2


def test_there_is_nothing_before_the_first(verre: Verre, built: Path) -> None:
    result = verre("rollback")
    assert result.exit_code in {4, 7}
    assert result.stderr


def test_an_unknown_release_is_told(verre: Verre, built: Path) -> None:
    assert verre("rollback", "000099").exit_code == 4


def test_what_is_erased_is_gone_from_every_release(verre: Verre, sheets: Path, home: Path) -> None:
    people = "name,org_id,role_en,source_id\nJane Invented,acme,CEO,s1\n"
    (sheets / "people.csv").write_text(people, "utf-8")
    verre("build", sheets)
    (iri,) = {line.split()[0][1:-1] for line in verre("dump").stdout.splitlines() if "Jane Invented" in line}
    refused = verre("erase", iri, input="n\n")
    assert refused.exit_code == 1
    assert "Jane Invented" in verre("dump").stdout
    result = verre("erase", iri, "--yes")
    assert result.exit_code == 0, result.stderr
    assert "Jane Invented" not in verre("dump", "--all").stdout
    assert len(verre("releases").stdout.splitlines()) == 1
    held = [path for path in home.rglob("*") if path.is_file() and "rejects" not in path.parts]
    assert held
    assert not [path for path in held if b"Jane Invented" in path.read_bytes()]
    verre("build", sheets)
    assert "Jane Invented" not in verre("dump").stdout
