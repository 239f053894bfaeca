"""What a release says of itself, and the pointer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.store import manifest
from graph.store.manifest import Manifest, Pointer

FIRST = Manifest(
    number=1,
    name="000001",
    created="2018-02-19T08:00:00Z",
    kind="build",
    parent=None,
    quads=3,
    triples=2,
    graphs={"http://example.org/g": 3},
    built_graphs=["http://example.org/g"],
    inputs={"companies.csv": "ab" * 32},
    base_iri="https://w3id.org/verre/",
    today=date(2018, 2, 19),
    versions={"verre": "0"},
)


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    FIRST.write(path)
    assert Manifest.read(path) == FIRST


def test_a_manifest_of_a_later_version_is_read(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(FIRST.model_dump_json()[:-1] + ', "news": 1}')
    assert Manifest.read(path) == FIRST


def test_no_manifest_and_a_damaged_one_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    with pytest.raises(FileNotFoundError):
        Manifest.read(path)
    path.write_text(FIRST.model_dump_json()[:-20])
    with pytest.raises(StoreError, match=r"manifest\.json is damaged"):
        Manifest.read(path)


def test_the_pointer_before_the_first_release_is_empty(tmp_path: Path) -> None:
    assert Pointer.read(tmp_path / "current") == Pointer(current=None, published=(), last=0, history=())


def test_the_pointer_remembers_what_happened(tmp_path: Path) -> None:
    path = tmp_path / "current"
    pointer = (
        Pointer().publish(1, "000001").publish(2, "000002").roll_back("000001").publish(3, "000003", "erase")
    )
    pointer.write(path)
    read = Pointer.read(path)
    assert read == pointer
    assert (read.current, read.last, read.published) == ("000003", 3, ("000001", "000002", "000003"))
    assert [event.action for event in read.history] == ["publish", "publish", "rollback", "erase"]
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


def test_deleted_releases_leave_the_pointer_but_not_the_history() -> None:
    pointer = Pointer().publish(1, "000001").publish(2, "000002").without({"000001"})
    assert (pointer.current, pointer.last, pointer.published) == ("000002", 2, ("000002",))
    assert len(pointer.history) == 2


def test_the_history_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "HISTORY", 3)
    pointer = Pointer()
    for number in range(1, 6):
        pointer = pointer.publish(number, f"{number:06}")
    assert [event.release for event in pointer.history] == ["000003", "000004", "000005"]


def test_moments_are_in_universal_time_to_the_second() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", manifest.now())
