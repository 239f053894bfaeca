"""Disks that are full, read-only or not ours: a clear error, the graph as it was, readers unharmed."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from graph.errors import NoRoom
from graph.store.releases import Release, Releases
from graph.store.room import needs_room, no_room
from graph.store.session import WriterSession
from graph.store.writer import Derive
from tests.store.small import EDIT, NO_DERIVE, ONE, SECRET, contents, named, quad

ROOT = Path(__file__).parents[2]
MUCH = [quad(named(f"n{number}"), EDIT) for number in range(3000)]


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    """A disk in memory, mounted where we may; in CI that must work."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        reason = f"no disk can be mounted here: {made.stderr.decode().strip()}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 MB."""
    with mounted(tmp_path / "disk", "size=16m") as folder:
        yield folder


def begun(releases: Releases) -> Release:
    with releases.write() as writer:
        writer.replace({ONE: {named("a")}, SECRET: {named("s")}}, built=True)
        return writer.commit("build", NO_DERIVE)


def leave(disk: Path, kilobytes: int) -> None:
    """Fills a disk but for this."""
    state = os.statvfs(disk)
    free = state.f_bavail * state.f_frsize - kilobytes * 1024
    (disk / "ballast").write_bytes(b"x" * max(free, 0))


def state(releases: Releases) -> tuple[object, list[str], list[str]]:
    """The pointer, and what is in the folders."""
    layout = releases.layout
    return (
        releases.pointer(),
        sorted(path.name for path in layout.releases.iterdir()),
        sorted(path.name for path in layout.staging.iterdir()),
    )


def edit(releases: Releases, made: Derive = NO_DERIVE) -> Release:
    with releases.write() as writer:
        writer.add(MUCH)
        return writer.commit("edit", made)


def test_a_full_disk_is_told_wherever_it_fills_up(disk: Path) -> None:
    releases = Releases(disk / "home")
    first = begun(releases)
    reading, before = first.open("whole"), state(releases)
    told: list[str] = []
    for kilobytes in (0, 4, 12, 24, 60, 100, 160, 240, 360, 700, 1400):
        leave(disk, kilobytes)
        try:
            edit(releases)
        except NoRoom as error:
            told.append(error.detail)
        else:
            break
        assert state(releases) == before
        assert set(reading.triples(ONE)) == set(first.open().triples(ONE)) == {named("a")}
        (disk / "ballast").unlink()
    assert len(told) > 3
    assert all("the disk is full" in detail and str(disk) not in detail for detail in told)
    (disk / "ballast").unlink(missing_ok=True)
    assert len(set(edit(releases).open().triples(EDIT))) == len(MUCH)


def test_an_index_that_does_not_fit_is_told(disk: Path, tmp_path: Path) -> None:
    releases = Releases(disk / "home")
    begun(releases)
    before = state(releases)

    def index(_: object, path: Path, __: str) -> None:
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE much (text)")
            db.executemany("INSERT INTO much VALUES (?)", [("x" * 1000,)] * 17000)

    with pytest.raises(NoRoom, match="the disk is full"):
        edit(releases, Derive(index=index))
    assert state(releases) == before


def test_a_session_goes_on_once_there_is_room(disk: Path) -> None:
    releases = Releases(disk / "home")
    begun(releases)
    session = WriterSession(releases)

    def write(key: str) -> Release:
        with session.write() as writer:
            writer.add([quad(named(key), EDIT)] if key != "much" else MUCH)
            return writer.commit("edit", NO_DERIVE)

    second = write("a")
    leave(disk, 40)
    with pytest.raises(NoRoom):
        write("much")
    assert releases.current() == second
    (disk / "ballast").unlink()
    assert set(write("b").open().triples(EDIT)) == {named("a"), named("b")}
    session.close()


def test_a_disk_that_is_mounted_read_only_is_told(disk: Path) -> None:
    releases = Releases(disk / "home")
    first = begun(releases)
    with releases.write() as writer:
        writer.add([quad(named("b"), EDIT)])
        writer.commit("edit", NO_DERIVE)
    session, before = WriterSession(releases), state(releases)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    attempts: list[Callable[[], object]] = [
        lambda: edit(releases),
        releases.rollback,
        releases.prune,
        lambda: session.write().__enter__(),
    ]
    for attempt in attempts:
        with pytest.raises(NoRoom, match="read-only"):
            attempt()
        assert state(releases) == before
    assert set(first.open().triples()) == {named("a")}
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert releases.rollback() == first


def test_a_disk_that_becomes_read_only_in_the_middle_of_a_write_is_told(disk: Path) -> None:
    """A disk with faults does that; here a view of the folder is bound over it that only reads."""
    releases = Releases(disk / "home")
    first = begun(releases)
    home = str(releases.layout.home)

    def index(_: object, path: Path, __: str) -> None:
        subprocess.run(["mount", "--bind", home, home], check=True)
        # The engine flushes at the same time: while it has a file open there, the mount is busy
        until = time.monotonic() + 30
        while subprocess.run(["mount", "-o", "remount,ro,bind", home], check=False).returncode:
            assert time.monotonic() < until
            time.sleep(0.02)
        path.write_text("index")

    try:
        with pytest.raises(NoRoom, match="read-only"):
            edit(releases, Derive(index=index))
        assert releases.current() == first
        assert set(first.open().triples()) == {named("a")}
    finally:
        subprocess.run(["umount", "-l", home], check=True)
    assert edit(releases).number == 2
    assert list(releases.layout.staging.iterdir()) == []


LIMITED = """
import resource, sys
from pathlib import Path
from graph.errors import NoRoom
from graph.store.releases import Releases
from tests.store.small import EDIT, NO_DERIVE, named, quad

releases = Releases(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    with releases.write() as writer:
        writer.add([quad(named(f"n{number}"), EDIT) for number in range(3000)])
        writer.commit("edit", NO_DERIVE)
except NoRoom as error:
    print("refused:", error.detail)
"""


@pytest.mark.parametrize("most", [0, 2_000, 20_000, 120_000])
def test_a_limit_on_files_is_told_wherever_it_is_met(releases: Releases, first: Release, most: int) -> None:
    before = state(releases)
    script = textwrap.dedent(LIMITED)
    command = [sys.executable, "-c", script, str(releases.layout.home), str(most)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert "refused: nothing was written" in done.stdout, done.stderr
    assert "a file may not grow" in done.stdout
    assert state(releases) == before
    assert contents(first.open())[ONE]
    assert edit(releases).number == 2


def test_a_folder_of_somebody_else_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    releases = Releases(tmp_path / "home")
    first = begun(releases)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(releases.layout.staging / "x"))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(NoRoom, match="may not write"):
        edit(releases)
    assert releases.current() == first


def test_the_last_step_that_fails_leaves_the_old_release(
    releases: Releases, first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def refuse(descriptor: int) -> None:
        if Path(f"/proc/self/fd/{descriptor}").readlink() == releases.layout.releases:
            raise OSError(errno.EDQUOT, "Disk quota exceeded")
        real(descriptor)

    before = state(releases)
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NoRoom, match="quota"):
        edit(releases)
    monkeypatch.undo()
    assert state(releases)[0] == before[0]
    assert edit(releases).number == 2


HOME = Path("/srv/verre")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "x"), "full"),
        (OSError(errno.EDQUOT, "x"), "quota"),
        (OSError(errno.EROFS, "x", "/srv/verre/current"), "read-only"),
        (PermissionError(errno.EPERM, "x", "/srv/verre/releases"), "may not write"),
        (OSError("IO error: No space left on device: While appending"), "full"),
        (OSError("IO error: Read-only file system: x"), "read-only"),
        (OSError(errno.ENOSPC, "x", "/home/ann/file"), None),
        (PermissionError(errno.EACCES, "x", "/srv/verre-data/sheet.csv"), None),
        (OSError(errno.ENOENT, "x"), None),
        (OSError("IO error: corrupted"), None),
        (ValueError("no space left"), None),
        (apsw.FullError("database or disk is full"), None),
    ],
)
def test_what_a_disk_refuses_is_told_from_other_faults(error: Exception, told: str | None) -> None:
    found = no_room(error, HOME)
    assert (found is not None) is (told is not None)
    assert found is None or told is None or told in found.detail
    assert found is None or found.setting == "VERRE_HOME"


def test_databases_say_it_by_a_number(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match="may not write"), needs_room(tmp_path):
        sqlite3.connect(tmp_path / "absent" / "index").execute("SELECT 1")
    with pytest.raises(NoRoom, match="may not write"), needs_room(tmp_path):
        apsw.Connection(str(tmp_path / "absent" / "index")).execute("SELECT 1")
    path = tmp_path / "index"
    sqlite3.connect(path).execute("CREATE TABLE t (x)")
    with pytest.raises(NoRoom, match="read-only"), needs_room(tmp_path):
        sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("INSERT INTO t VALUES (1)")
    with pytest.raises(sqlite3.OperationalError, match="syntax"), needs_room(tmp_path):
        sqlite3.connect(path).execute("SELEKT")
