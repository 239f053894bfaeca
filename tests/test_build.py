"""The build as a function: what it derives with, and when the same facts make another release."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import graph.inference
from graph import build
from graph.errors import InputError, NotFound
from graph.model.iris import Minter
from graph.model.namespaces import RDFS
from graph.model.terms import Literal, NamedNode, Triple
from graph.settings import Settings

MINT = Minter()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def named(iri: str, name: str) -> Triple:
    return Triple(NamedNode(iri), RDFS.label, Literal(name))


def test_nothing_is_current_before_a_build(settings: Settings) -> None:
    with pytest.raises(NotFound, match="verre build"):
        build.current_release(settings)


def test_other_rules_make_another_release_of_the_same_facts(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = {MINT.graph("edit/a"): {named("urn:a", "A")}}
    first = build.load_graphs(settings, [edit])
    assert build.load_graphs(settings, [edit]).name == first.name
    monkeypatch.setattr(build, "_rules", lambda: "other rules")
    again = build.load_graphs(settings, [edit])
    assert again.name != first.name
    assert again.manifest.quads == first.manifest.quads


def test_the_rules_are_the_code_that_derives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build._rules.cache_clear()
    before = build._rules()
    (tmp_path / "changed.py").write_text("x = 1\n", "utf-8")
    monkeypatch.setattr(graph.inference, "__path__", [str(tmp_path)])
    build._rules.cache_clear()
    assert build._rules() != before
    build._rules.cache_clear()


def test_what_is_derived_cannot_be_loaded(settings: Settings) -> None:
    with pytest.raises(InputError, match="derived"):
        build.load_graphs(settings, [{MINT.inferred: {named("urn:a", "A")}}])
    with pytest.raises(NotFound):
        build.current_release(settings)


def test_a_load_into_nothing_brings_the_vocabulary_and_the_reference_tables(settings: Settings) -> None:
    release = build.load_graphs(settings, [{MINT.graph("edit/a"): {named("urn:a", "A")}}])
    names = set(release.manifest.graphs)
    assert f"{MINT.base}graph/reference/countries" in names
    assert any(name.startswith(f"{MINT.base}graph/vocabulary/") for name in names)
    assert release.index_path.is_file()


def test_the_day_of_the_build_is_in_the_manifest(settings: Settings) -> None:
    assert build.derive(settings, date(2020, 5, 1)).today == date(2020, 5, 1)
    assert build.derive(settings).today == build.today()


def test_progress_is_told(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "synthetic"
    folder.mkdir()
    (folder / "sources.csv").write_text("source_id,publisher,title\ns1,A Paper,A report\n", "utf-8")
    told: list[str] = []
    built = build.build_release(settings, [folder], progress=lambda what, _, __: told.append(what))
    assert built.changed
    assert "writing the release" in told
    assert not build.build_release(settings, [folder]).changed
