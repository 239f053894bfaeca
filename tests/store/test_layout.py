"""The folder of a store."""

from __future__ import annotations

import errno
import shutil
import threading
from pathlib import Path

import pytest

from graph.errors import NoRoom
from graph.store import layout
from graph.store.layout import Layout, remove_tree, sync_tree, write_durably


@pytest.fixture
def made(tmp_path: Path) -> Layout:
    found = Layout(tmp_path / "deep" / "home")
    found.make()
    return found


def test_making_it_twice_changes_nothing(made: Layout) -> None:
    made.make()
    assert sorted(path.name for path in made.home.iterdir()) == ["releases", "staging"]
    assert list(made.releases.iterdir()) == list(made.staging.iterdir()) == []


def test_each_staging_folder_is_a_new_one(made: Layout) -> None:
    assert len({made.stage() for _ in range(3)}) == 3
    assert all(path.is_dir() for path in made.staging.iterdir())


def test_a_release_disappears_from_its_place_in_one_step(
    made: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = made.releases / "000001"
    (release / "store").mkdir(parents=True)
    there: list[bool] = []
    real = shutil.rmtree

    def watch(folder: Path, *, ignore_errors: bool) -> None:
        there.append(release.exists())
        real(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", watch)
    made.discard(release)
    assert there == [False]
    assert list(made.staging.iterdir()) == []
    made.discard(release)  # gone already


def test_staging_folders_are_deleted_where_they_are(made: Layout) -> None:
    folder = made.stage()
    (folder / "file").touch()
    made.discard(folder)
    assert not folder.exists()


def test_a_folder_that_is_still_written_to_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "busy"
    folder.mkdir()
    tries = []
    real = shutil.rmtree

    def half(path: Path, *, ignore_errors: bool) -> None:
        tries.append(path)
        if len(tries) == 3:
            real(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", half)
    remove_tree(folder)
    assert (len(tries), folder.exists()) == (3, False)
    monkeypatch.setattr(shutil, "rmtree", lambda *_, **__: tries.append(folder))
    monkeypatch.setattr(layout, "PAUSE", 0)
    folder.mkdir()
    remove_tree(folder)
    assert len(tries) == 3 + layout.TRIES


def test_durable_writing_shows_old_or_new_never_a_mix(tmp_path: Path) -> None:
    path = tmp_path / "file"
    contents = [bytes([65 + number]) * 100_000 for number in range(2)]
    write_durably(path, contents[0])
    stop = threading.Event()
    seen: set[bytes] = set()

    def read() -> None:
        while not stop.is_set():
            seen.add(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(40):
        write_durably(path, contents[number % 2])
    stop.set()
    reader.join()
    assert seen
    assert seen <= set(contents)
    assert list(tmp_path.iterdir()) == [path]


def test_syncing_needs_every_folder_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_text("x")
    sync_tree(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_tree(tmp_path / "absent")


def test_a_home_that_only_reads_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Layout(tmp_path).make()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "touch", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(NoRoom, match="mounted read-only") as caught:
        Layout(tmp_path).make()
    assert caught.value.setting == "VERRE_HOME"
