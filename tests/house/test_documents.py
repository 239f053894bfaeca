"""What the documents say is checked against the code, and the pins against the house rules."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from graph import __version__
from graph.cli.documents import PAGES, write
from graph.queries import load
from graph.settings import Settings
from tests.real import real_view

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def _package(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return name.group().lower()


def _direct() -> list[str]:
    groups = PROJECT["dependency-groups"]
    extras = [item for extra in PROJECT["project"]["optional-dependencies"].values() for item in extra]
    listed = [*PROJECT["project"]["dependencies"], *extras, *groups["build"], *groups["dev"]]
    return sorted({_package(item) for item in listed if isinstance(item, str)})


@pytest.mark.parametrize("package", _direct())
def test_each_dependency_has_its_reason(package: str) -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    assert f"| {package} |" in reasons


def test_the_page_of_dependencies_names_nothing_that_is_gone() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    named = set(re.findall(r"^\| ([a-z0-9._-]+) \|", page, re.MULTILINE)) - {"package", "---"}
    assert named == set(_direct())


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "screening.txt"])
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    pins = [block for block in re.split(r"\n(?=\S)", text) if block.strip()]
    assert len(pins) > 20
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
    assert "://" not in text


def test_the_readme_counts_companies_as_the_graph_does() -> None:
    counts = {row[0].value: row[1].value for row in real_view().select(load("counts").text)}  # type: ignore[union-attr]
    told = re.search(
        r"(\d+) companies, (\d+) of them with a place in Limburg", (ROOT / "README.md").read_text("utf-8")
    )
    assert told is not None
    assert told.groups() == (counts["companies"], counts["companiesOfArea"])


def test_one_command_makes_every_page_again(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    made = ["settings.md", "cli.md", "queries.md", "ontology/index.html"]
    for name in made:
        (tmp_path / "docs" / name).write_text("old", "utf-8")
    sheets = (ROOT / "docs" / "sheets.md").read_text("utf-8")
    (tmp_path / "docs" / "sheets.md").write_text(sheets.replace("| `unit` |", "| `old` |"), "utf-8")
    write(tmp_path / "docs")
    for name in [*made, "sheets.md"]:
        assert (tmp_path / "docs" / name).read_text("utf-8") == (ROOT / "docs" / name).read_text("utf-8"), (
            name
        )


def test_the_changelog_tells_of_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("page", sorted(PAGES))
def test_pages_made_from_code_are_up_to_date(page: str) -> None:
    assert (ROOT / "docs" / page).read_text("utf-8") == PAGES[page](), "run `make docs`"


def test_each_setting_says_what_it_is_for() -> None:
    page = PAGES["settings.md"]()
    for name, field in Settings.model_fields.items():
        assert field.description
        assert f"`VERRE_{name.upper()}`" in page


def test_the_commands_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.MULTILINE))
    assert {"run", "test"} <= targets
    assert targets <= set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def test_links_between_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_no_machine_and_no_registry_is_named() -> None:
    pattern = r"//(registry|files|deb|snapshot|pypi)\.[a-z]|(^|[^A-Za-z0-9._-])/(work|farm|root)/[A-Za-z.]"
    command = ["git", "grep", "-nIE", pattern, "--", ".", ":!tests/house/test_documents.py"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode > 1:
        pytest.skip("not a git checkout: nothing to search with git")
    assert found.stdout == ""
