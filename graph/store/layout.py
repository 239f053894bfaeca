"""The folder of a store, and how something in it becomes durable.

::

    $home/
    ├── current          which release answers, which are published, what happened (JSON, switched by rename)
    ├── erased           SHA-256 of the IRIs that were erased for good, one a line
    ├── writer.lock      held by the one process that writes; dies with it
    ├── releases/000001/ {store/, index.sqlite, manifest.json, lease}: never changed once there
    └── staging/         releases being made; emptied by the next writer if one was killed
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreError
from graph.store.room import needs_room, no_room

Inode = tuple[int, int]
"""Device and number of a file: the same for all its hard links."""
SYNCS = 8
"""Files that are made durable at the same time."""
TRIES, PAUSE = 20, 0.05
"""How often, and after how many seconds, a folder is tried again that could not be deleted whole."""


@dataclass(frozen=True)
class Layout:
    """Paths below a home folder."""

    home: Path

    @property
    def releases(self) -> Path:
        """Holds one folder a published release."""
        return self.home / "releases"

    @property
    def staging(self) -> Path:
        """Holds what is being made."""
        return self.home / "staging"

    @property
    def current(self) -> Path:
        """The pointer file."""
        return self.home / "current"

    @property
    def lock(self) -> Path:
        """The file that the one writer holds locked."""
        return self.home / "writer.lock"

    @property
    def erased(self) -> Path:
        """Hashes of erased IRIs."""
        return self.home / "erased"

    def make(self) -> None:
        """Makes the folders.

        Raises:
            NoRoom: the disk takes no more.
            StoreError: they cannot be made, or no hard links go from staging to releases.
        """
        try:
            self.releases.mkdir(parents=True, exist_ok=True)
            self.staging.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise no_room(error, self.home) or StoreError(
                f"{self.home} cannot hold a store: {error}", setting="VERRE_HOME"
            ) from error
        self._check_links()

    def _check_links(self) -> None:
        name = f"link-{uuid.uuid4().hex}"
        probe, link = self.staging / name, self.releases / name
        try:
            with needs_room(self.home):
                probe.touch()
            os.link(probe, link)
        except OSError as error:
            raise StoreError(
                f"{self.staging} and {self.releases} must be on one file system that has hard links, "
                f"because releases share files by them: {error}",
                setting="VERRE_HOME",
            ) from error
        finally:
            with suppress(OSError):  # a disk that only reads, as the error says
                probe.unlink(missing_ok=True)
                link.unlink(missing_ok=True)

    def stage(self) -> Path:
        """A new folder for a release in the making."""
        folder = self.staging / uuid.uuid4().hex
        folder.mkdir()
        return folder

    def discard(self, folder: Path) -> None:
        """Deletes a release or a staging folder; what is under `releases` disappears in one step first."""
        remove_tree(self.hide(folder) if folder.parent == self.releases else folder)

    def hide(self, folder: Path) -> Path:
        """Takes a release away in one step; gives the folder in `staging` that is left to be deleted."""
        hidden = self.staging / f"gone-{uuid.uuid4().hex}"
        with suppress(FileNotFoundError):
            folder.rename(hidden)
            sync_folder(self.releases)
        return hidden


def remove_tree(folder: Path) -> None:
    """Deletes a folder, also where an engine that nobody uses any more still writes to it for a moment."""
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(PAUSE)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path, synced: AbstractSet[Inode] = frozenset()) -> None:
    """Makes all files below a folder durable, and their names.

    Several at a time, which a journal writes down together.

    Args:
        folder: with everything in it.
        synced: files that are durable already, by `inodes`.
    """
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    files = (path for place in folders for path in place.iterdir() if not path.is_dir())
    with ThreadPoolExecutor(SYNCS) as pool:
        list(pool.map(_sync_file, (path for path in files if _inode(path) not in synced)))
        list(pool.map(sync_folder, folders))


def inodes(folder: Path) -> set[Inode]:
    """The files right in a folder, whatever else they are called."""
    return {_inode(path) for path in folder.iterdir()}


def _inode(path: Path) -> Inode:
    found = path.stat()
    return found.st_dev, found.st_ino


def _sync_file(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def write_durably(path: Path, content: bytes) -> None:
    """Replaces a file in one step: after a crash there is the old content or the new, never a mix."""
    draft = path.with_name(f".{path.name}-{uuid.uuid4().hex}")
    try:
        with draft.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
