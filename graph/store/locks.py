"""Locks that die with the process that holds them.

Both are `flock`s: the kernel drops them when the last descriptor closes, also after `kill -9`.
A forked child would share them, so nothing here forks; a spawned one does not inherit them.
"""

from __future__ import annotations

import fcntl
import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from graph.errors import Locked, NotFound

RETRY = 0.05
"""Seconds between two tries at a lock that another process holds."""


class Lease:
    """Keeps a release from being pruned for as long as it is held.

    A shared lock on the release's `lease` file. Closed by `close`, by leaving a `with`, or when
    nobody refers to it any more.

    Raises:
        NotFound: the release is gone.
    """

    def __init__(self, path: Path) -> None:
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError as error:
            raise NotFound(f"release {path.parent.name} is no longer kept") from error
        self.close = weakref.finalize(self, os.close, descriptor)
        self.close.atexit = False  # the kernel does it
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not _same_file(descriptor, path):  # pruned between the two lines above
            self.close()
            raise NotFound(f"release {path.parent.name} is no longer kept")

    def __enter__(self) -> Lease:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def claim(path: Path) -> Iterator[bool]:
    """Whether nobody holds a lease on the release with this `lease` file; nobody gets one meanwhile."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        yield True
        return
    try:
        yield _try_lock(descriptor)
    finally:
        os.close(descriptor)


def in_use(folder: Path) -> bool:
    """Whether somebody holds a lease on this folder; a file is nobody's."""
    if not folder.is_dir():
        return False
    with claim(folder / "lease") as free:
        return not free


class WriterLock:
    """The right to write: one process at a time.

    Args:
        path: the lock file; holds the process number of who has it.
        wait: seconds to wait for another process to finish.

    Raises:
        Locked: another process is still writing; names it.
    """

    def __init__(self, path: Path, wait: float = 0) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        end = time.monotonic() + wait
        while not _try_lock(self._descriptor):
            if time.monotonic() >= end:
                holder = os.pread(self._descriptor, 20, 0).decode("ascii", "replace").strip()
                os.close(self._descriptor)
                raise Locked(f"process {holder or 'unknown'} is writing; try again later")
            time.sleep(RETRY)
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, b"%d\n" % os.getpid(), 0)

    def __enter__(self) -> WriterLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _same_file(descriptor: int, path: Path) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    here = os.fstat(descriptor)
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)
