"""What the documents say is checked against the code, and the pins against the house rules."""

from __future__ import annotations

import json
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
NPM = json.loads((ROOT / "web" / "package.json").read_text("utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def _package(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return name.group().lower()


def _direct() -> list[str]:
    groups = PROJECT["dependency-groups"]
    extras = [item for extra in PROJECT["project"]["optional-dependencies"].values() for item in extra]
    listed = [*PROJECT["project"]["dependencies"], *extras, *groups["build"], *groups["web"], *groups["dev"]]
    ours = {_package(item) for item in listed if isinstance(item, str)}
    return sorted(ours | set(NPM["dependencies"]) | set(NPM["devDependencies"]))


@pytest.mark.parametrize("package", _direct())
def test_each_dependency_has_its_reason(package: str) -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    assert f"| {package} |" in reasons


def test_the_page_of_dependencies_names_nothing_that_is_gone() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8").lower()
    named = set(re.findall(r"^\| ([a-z0-9._@/-]+) \|", page, re.MULTILINE)) - {"package", "---"}
    assert named == set(_direct())


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "screening.txt", "web.txt"])
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    pins = [block for block in re.split(r"\n(?=\S)", text) if block.strip()]
    assert len(pins) > (0 if name == "web.txt" else 20)
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
    assert "://" not in text


def test_every_npm_package_has_its_hash_and_no_address() -> None:
    text = (ROOT / "web" / "package-lock.json").read_text("utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert len(packages) > 20
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert '"resolved"' not in text
    assert "ignore-scripts=true" in (ROOT / "web" / ".npmrc").read_text("utf-8")


def test_npm_packages_that_browsers_get_have_a_licence_that_goes_with_ours() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))["packages"]
    shipped = {entry["license"] for name, entry in packages.items() if name and not entry.get("dev")}
    ours = {
        "MIT",
        "ISC",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "Apache-2.0",
        "(MPL-2.0 OR Apache-2.0)",
        "OFL-1.1",
        "MIT AND OFL-1.1",
    }
    assert shipped <= ours


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
