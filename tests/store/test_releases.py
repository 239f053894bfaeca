"""Releases: the pointer, leases, pruning, going back, repair."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import Locked, NoRoom, NotFound, StoreError
from graph.store.layout import Layout
from graph.store.locks import Lease, WriterLock
from graph.store.releases import Release, Releases
from tests.store.small import EDIT, NO_DERIVE, contents, named, quad


def edit(releases: Releases, key: str) -> Release:
    with releases.write() as writer:
        writer.add([quad(named(key), EDIT)])
        return writer.commit("edit", NO_DERIVE)


def names(releases: Releases) -> list[str]:
    return [release.name for release in releases.list()]


def test_an_empty_home_has_no_release(releases: Releases) -> None:
    assert releases.current() is None
    assert releases.list() == []
    assert releases.history() == ()
    with pytest.raises(NotFound, match="none"):
        releases.get("000001")


def test_get_takes_names_that_were_published_only(releases: Releases, first: Release) -> None:
    assert releases.get("000001") == first
    for name in ("000002", "../releases/000001", ""):
        with pytest.raises(NotFound, match="000001"):
            releases.get(name)


def test_going_back_and_writing_on(releases: Releases, first: Release) -> None:
    second = edit(releases, "second")
    third = edit(releases, "third")
    assert releases.rollback() == second
    assert releases.rollback("000001") == first
    assert releases.current() == first
    assert names(releases) == ["000001", "000002", "000003"]
    fourth = edit(releases, "fourth")
    assert (fourth.number, fourth.manifest.parent) == (4, "000001")
    assert contents(fourth.open())[EDIT] == {named("fourth")}
    assert releases.rollback("000003") == third
    assert [(event.action, event.release) for event in releases.history()] == [
        ("publish", "000001"),
        ("publish", "000002"),
        ("publish", "000003"),
        ("rollback", "000002"),
        ("rollback", "000001"),
        ("publish", "000004"),
        ("rollback", "000003"),
    ]


def test_going_back_needs_somewhere_to_go(releases: Releases, first: Release) -> None:
    with pytest.raises(NotFound, match="earlier"):
        releases.rollback()
    with pytest.raises(NotFound, match="000001"):
        releases.rollback("000009")
    assert releases.rollback("000001") == first
    assert len(releases.history()) == 1


def test_pruning_keeps_the_newest_the_current_and_the_leased(releases: Releases, first: Release) -> None:
    for key in "abcd":
        edit(releases, key)
    releases.rollback("000002")
    releases.keep = 2
    with first.lease():
        assert releases.prune() == ["000003", "000004"]
        assert names(releases) == ["000001", "000002", "000005"]
    assert releases.prune() == ["000001"]
    assert not first.path.exists()
    with pytest.raises(NotFound):
        first.lease()
    with pytest.raises(NotFound):
        first.open()


def test_a_commit_prunes_and_numbers_are_not_used_twice(releases: Releases, first: Release) -> None:
    releases.keep = 1
    edit(releases, "a")
    edit(releases, "b")
    assert names(releases) == ["000003"]
    releases.rollback("000003")
    assert edit(releases, "c").number == 4


def test_an_open_view_is_a_lease_and_goes_on_answering(releases: Releases, first: Release) -> None:
    releases.keep = 1
    view = first.open()
    edit(releases, "a")
    assert names(releases) == ["000001", "000002"]
    assert view.ask("ASK { ?s ?p ?o }")
    del view
    assert releases.prune() == ["000001"]


def test_a_lease_dies_with_its_process(releases: Releases, first: Release) -> None:
    releases.keep = 1
    code = (
        "import sys\nfrom pathlib import Path\nfrom graph.store.locks import Lease\n"
        "lease = Lease(Path(sys.argv[1]))\nprint('held', flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(first.path / "lease")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        edit(releases, "a")
        assert names(releases) == ["000001", "000002"]
        holder.kill()
        holder.wait()
    assert releases.prune() == ["000001"]


def test_one_writer_at_a_time(releases: Releases, first: Release) -> None:
    with releases.write() as writer:
        for attempt in (releases.prune, releases.rollback):
            with pytest.raises(Locked, match=str(os.getpid())):
                attempt()
        with pytest.raises(Locked, match=str(os.getpid())), releases.write(wait=0.12):
            raise AssertionError
        writer.add([quad(named("x"), EDIT)])
    assert edit(releases, "y").number == 2


def test_a_writer_may_wait_for_another_and_the_lock_dies_with_its_process(releases: Releases) -> None:
    releases.layout.make()
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom graph.store.locks import WriterLock\n"
        "with WriterLock(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(releases.layout.lock)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Locked, match=f"process {holder.pid} "), releases.write():
            raise AssertionError
        holder.kill()
        with releases.write(wait=10):
            pass
        holder.wait()


def test_the_next_writer_clears_what_a_killed_one_left(releases: Releases, first: Release) -> None:
    orphan = releases.layout.releases / "000002"
    (orphan / "store").mkdir(parents=True)
    staged = releases.layout.staging / "half"
    staged.mkdir()
    (releases.layout.staging / "file").touch()
    assert names(releases) == ["000001"]
    with pytest.raises(NotFound):
        releases.get("000002")
    assert edit(releases, "a").number == 2
    assert not (orphan / "store" / "LOCK").exists()
    assert list(releases.layout.staging.iterdir()) == []
    assert names(releases) == ["000001", "000002"]


def test_no_hard_links_is_said_clearly(releases: Releases, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(StoreError, match="one file system that has hard links") as caught, releases.write():
        raise AssertionError
    assert caught.value.setting == "VERRE_HOME"
    assert list(releases.layout.staging.iterdir()) == []


def test_a_home_that_cannot_be_made_is_said_clearly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot hold a store"):
        Layout(tmp_path / "file" / "home").make()


def test_damage_is_said_clearly(releases: Releases, first: Release) -> None:
    (first.path / "manifest.json").write_text("{}")
    with pytest.raises(StoreError, match="damaged"):
        releases.current()
    (first.path / "manifest.json").unlink()
    with pytest.raises(StoreError, match="its folder is gone"):
        releases.current()
    assert releases.list() == []
    for path in first.store_path.iterdir():
        path.unlink()
    with pytest.raises(StoreError, match="cannot be opened"):
        first.open()
    with WriterLock(releases.layout.lock):
        assert releases.delete(first.name)  # the lease of the failed opening is not left behind
    releases.layout.current.write_text("nonsense")
    with pytest.raises(StoreError, match="damaged"):
        releases.current()


def test_a_pointer_that_cannot_be_written_leaves_the_old_one(
    releases: Releases, first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(NoRoom, match="the disk is full"):
        edit(releases, "a")
    monkeypatch.undo()
    assert releases.current() == first
    assert [path.name for path in releases.layout.releases.iterdir()] == [first.name]
    assert [path.name for path in releases.layout.home.iterdir() if path.name.startswith(".")] == []
    assert edit(releases, "a").number == 2


def test_a_lease_notices_that_its_release_was_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "000001" / "lease"
    path.parent.mkdir()
    path.touch()
    real = os.open

    def pruned_meanwhile(name: Path, flags: int) -> int:
        descriptor = real(name, flags)
        path.unlink()
        return descriptor

    monkeypatch.setattr(os, "open", pruned_meanwhile)
    with pytest.raises(NotFound, match="000001"):
        Lease(path)
