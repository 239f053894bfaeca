"""The two parts of a release."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.model.iris import Minter
from graph.model.terms import NamedNode
from graph.store.manifest import Manifest, Size
from graph.store.parts import PARTS, is_restricted, part_in
from graph.store.release import Release
from graph.store.releases import Releases
from tests.store.test_manifest import FIRST

BASE = "https://graph.example/"


@pytest.mark.parametrize(
    ("graph", "restricted"),
    [
        (f"{BASE}graph/restricted/edit/ann", True),
        (f"{BASE}graph/restricted/", True),
        (f"{BASE}graph/restricted", False),
        (f"{BASE}graph/source/restricted/x", False),
        ("https://other.example/graph/restricted/x", False),
        (f"{BASE}graph/Restricted/x", False),
    ],
)
def test_the_name_of_a_graph_says_whether_it_is_restricted(graph: str, restricted: bool) -> None:
    assert is_restricted(graph, BASE) is restricted


def test_what_is_minted_as_restricted_is_restricted() -> None:
    mint = Minter(BASE)
    assert mint.source_graph("s 1", restricted=True) == NamedNode(f"{BASE}graph/restricted/source/s%201")
    assert is_restricted(mint.restricted_meta.value, BASE)
    assert not any(is_restricted(g.value, BASE) for g in (mint.meta, mint.inferred, mint.source_graph("s1")))


def test_both_parts_of_a_release_without_anything_restricted_are_the_same(tmp_path: Path) -> None:
    release = Release(tmp_path, FIRST)
    assert not release.has_whole
    assert release.part("whole") == release.part("public") == part_in(tmp_path, "public")
    assert release.size("whole") is release.size("public") is FIRST
    assert (release.store_path, release.index_path) == (tmp_path / "store", tmp_path / "index.sqlite")


def test_the_whole_part_is_a_folder_of_its_own(tmp_path: Path) -> None:
    whole = Size(quads=5, triples=4, graphs={"http://example.org/g": 3, f"{BASE}graph/restricted/x": 2})
    release = Release(tmp_path, FIRST.model_copy(update={"whole": whole}))
    assert release.has_whole
    assert release.part("whole").store_path == tmp_path / "whole" / "store"
    assert release.part("whole").index_path == tmp_path / "whole" / "index.sqlite"
    assert release.store_path == tmp_path / "store"
    assert [release.size(part).quads for part in PARTS] == [3, 5]


def test_a_manifest_from_before_there_were_parts_is_read(tmp_path: Path, first: Release) -> None:
    content = json.loads(first.path.joinpath("manifest.json").read_text())
    for name in ("whole", "restricted_graphs"):
        content.pop(name)
    (tmp_path / "manifest.json").write_text(json.dumps(content))
    old = Manifest.read(tmp_path / "manifest.json")
    assert old == first.manifest
    assert (old.whole, old.restricted_graphs) == (None, [])


def test_either_part_of_a_public_release_is_opened(releases: Releases, first: Release) -> None:
    assert set(first.open("whole").triples()) == set(first.open().triples())
