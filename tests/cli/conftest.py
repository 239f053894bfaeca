"""A home folder of its own for each test, and the command as a person runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graph.cli import app

Verre = Callable[..., Result]

SOURCES = """source_id,url,publisher,date,language,title
s1,https://example.org/1,A Paper,2018-02-19,nl,Een bericht
s2,https://example.org/2,Another Paper,2020,en,A report
"""
ORGANIZATIONS = """org_id,name,kind,country,municipality,postcode,enterprise_number,source_id
acme,Acme,company,BE,Genk,3600,0403.170.701,s1
beta,Beta,company,BE,Hasselt,3500,,s2
"""
MARKETS = """org_id,market,status,product,source_id
acme,VN,targets,lamps,s1
beta,VN,active,lamps,s2
"""


def write_sheets(folder: Path) -> Path:
    """Three small tables of invented companies."""
    folder.mkdir()
    for name, text in (("sources", SOURCES), ("organizations", ORGANIZATIONS), ("markets", MARKETS)):
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    """A folder with them."""
    return write_sheets(tmp_path / "synthetic")


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with one release of them; to be copied, not written to."""
    folder = tmp_path_factory.mktemp("ready")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VERRE_HOME", str(folder / "home"))
        result = CliRunner().invoke(app, ["build", str(write_sheets(folder / "synthetic"))])
    assert result.exit_code == 0, result.output
    return folder / "home"


@pytest.fixture
def built(ready: Path, home: Path) -> Path:
    """A home folder of this test's own, with one release of the small tables."""
    shutil.copytree(ready, home, symlinks=True)
    return home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, set for this process and its children."""
    folder = tmp_path / "home"
    monkeypatch.setenv("VERRE_HOME", str(folder))
    return folder


@pytest.fixture
def verre(home: Path) -> Verre:
    """Runs the command in this process."""
    runner = CliRunner()

    def run(*words: str | Path, input: str | bytes | None = None) -> Result:  # noqa: A002
        return runner.invoke(app, [str(word) for word in words], input=input)

    return run


@pytest.fixture
def shell(home: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs the command as a process of its own, as in a pipe."""

    def run(*words: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "graph.cli", *(str(word) for word in words)]
        environment = os.environ | {"VERRE_HOME": str(home)}
        return subprocess.run(
            command, input=stdin, env=environment, capture_output=True, timeout=120, check=False
        )

    return run
