"""The commands that know what not everyone may see."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph.build import open_releases
from graph.cli import app
from graph.model.iris import Minter
from graph.settings import Settings
from tests.cli.conftest import MARKETS, ORGANIZATIONS, SOURCES, Verre

HIDDEN = Minter().source_graph("s3", restricted=True).value


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a release of sheets with a restricted source; to be copied."""
    folder = tmp_path_factory.mktemp("members")
    header, rest = SOURCES.split("\n", 1)
    texts = {
        "sources": f"{header},access\n"
        + rest.replace("\n", ",\n")
        + "s3,,Us,2021,en,Our members,restricted\n",
        "organizations": ORGANIZATIONS + "gamma,Gamma,company,BE,Genk,3600,,s3\n",
        "markets": MARKETS + "acme,JP,active,lamps,s3\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERRE_HOME", str(folder / "home"))
        result = CliRunner().invoke(app, ["build", str(folder)])
    assert "3 of those taken in are of restricted sources" in result.stderr
    return folder / "home"


@pytest.fixture
def secret(made: Path, home: Path) -> Path:
    """A home of this test's own with such a release."""
    shutil.copytree(made, home)
    return home


def test_a_dump_is_public_unless_asked_for(verre: Verre, secret: Path, tmp_path: Path) -> None:
    public, whole = verre("dump").stdout, tmp_path / "whole.nq"
    verre("dump", "--restricted", "-o", str(whole))
    text = whole.read_text("utf-8")
    assert set(public.splitlines()) < set(text.splitlines())
    for word in ("Gamma", "Our members", "restricted/", "s3"):
        assert word not in public
        assert word in text
    assert stat.S_IMODE(whole.stat().st_mode) == 0o600


def test_a_dump_of_everything_derived_is_public_too(verre: Verre, secret: Path) -> None:
    text = verre("dump", "--all").stdout
    assert "graph/inferred" in text
    assert "Gamma" not in text
    assert "exportsTo> <http://publications.europa.eu/resource/authority/country/JPN>" not in text
    assert (
        "country/JPN> <https://w3id.org/verre/graph/inferred>"
        in verre("dump", "--all", "--restricted").stdout
    )


def test_what_was_restricted_is_so_where_a_dump_is_loaded(
    verre: Verre, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole.nq"
    verre("dump", "--restricted", "-o", str(whole))
    monkeypatch.setenv("VERRE_HOME", str(tmp_path / "other"))
    verre("load", str(whole))
    release = open_releases(Settings()).current()
    assert release is not None
    assert HIDDEN in release.manifest.restricted_graphs
    assert HIDDEN not in release.manifest.graphs
    assert "Gamma" not in verre("dump").stdout
    assert verre("dump", "--restricted").stdout == whole.read_text("utf-8")


def test_releases_say_how_much_more_there_is(verre: Verre, secret: Path) -> None:
    release = open_releases(Settings()).current()
    assert release is not None
    more = release.size("whole").quads - release.manifest.quads
    assert more > 10
    assert f"{release.manifest.quads} quads, {more} more restricted" in verre("releases").stdout


def test_check_looks_at_everything(verre: Verre, secret: Path, tmp_path: Path) -> None:
    before = verre("check", "--format", "json").stdout
    assert HIDDEN not in before
    broken = tmp_path / "broken.nq"
    broken.write_text(
        "<https://w3id.org/verre/id/need/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        f"<https://w3id.org/verre/ns#ExportEngagement> <{HIDDEN}> .\n"
    )
    verre("load", str(broken))
    found = verre("check")
    assert found.exit_code == 1
    assert "id/need/x" in found.stdout


def test_going_back_brings_a_restricted_part_back(verre: Verre, secret: Path, sheets: Path) -> None:
    verre("build", str(sheets))
    assert "Gamma" not in verre("dump", "--restricted").stdout
    assert "more restricted" in verre("releases").stdout.splitlines()[0]
    assert "more restricted" not in verre("releases").stdout.splitlines()[1]
    verre("rollback")
    assert "Gamma" in verre("dump", "--restricted").stdout


def test_erasing_reaches_both_parts(verre: Verre, secret: Path) -> None:
    acme = Minter().organization("acme", "0403170701").value
    verre("erase", acme, "--yes")
    left = verre("dump", "--restricted").stdout
    assert acme not in left
    assert acme not in verre("dump").stdout
    assert "Our members" in left
