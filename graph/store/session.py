"""One write after the other without opening the store anew each time.

A `Releases.write` begins with a checkpoint of the current release and opens it, which takes longer
than a small change itself. A session keeps what it has just published open: as long as that is still
the current release, the next write goes on with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from graph.errors import StoreError, VerreError
from graph.store.drafts import Drafts
from graph.store.layout import remove_tree
from graph.store.locks import Lease, WriterLock
from graph.store.releases import Release, Releases
from graph.store.room import needs_room
from graph.store.writer import Writer


@dataclass
class _Warm:
    """Stores that are open for writing.

    Attributes:
        folder: where they are; other writers leave it there as long as the lease is held.
        lease: dies with this process.
        drafts: None until the first write has opened them.
        release: what they hold; None where that is not certain.
    """

    folder: Path
    lease: Lease
    drafts: Drafts | None = None
    release: Release | None = None


class WriterSession:
    """Writes to the releases of a home, one at a time; for one thread of one process.

    The lock of the writer is held during each write only, so that others write in between: then, and
    after a rollback, an erasure or a failure, the next write begins with a fresh checkpoint.

    Args:
        releases: where it writes.
    """

    def __init__(self, releases: Releases) -> None:
        self._releases = releases
        self._warm: _Warm | None = None
        self._sweeper: Thread | None = None

    @property
    def warm(self) -> bool:
        """Whether the next write needs no checkpoint, if nobody else writes before."""
        return self._warm is not None and self._warm.release is not None

    @contextmanager
    def write(self, wait: float = 0) -> Iterator[Writer]:
        """The right to make one new release; what is not committed is as if it never was.

        Args:
            wait: seconds to wait for another writer to finish.

        Raises:
            Locked: another process is writing; the message names it.
            NoRoom: the disk does not take it.
            StoreError: the home folder cannot hold a store.
        """
        layout = self._releases.layout
        layout.make()
        with needs_room(layout.home), WriterLock(layout.lock, wait):
            warm = self._ready()
            writer: Writer | None = None
            try:
                writer = Writer(self._releases, warm.folder, warm.drafts)
                warm.release = None
                yield writer
            except BaseException as error:
                refused = isinstance(error, VerreError) and not isinstance(error, StoreError)
                self._keep(warm, writer if refused else None)
                raise
            self._keep(warm, writer)

    def close(self) -> None:
        """Lets go of everything, at once; the session may be used again."""
        self._sweep([])
        warm, self._warm = self._warm, None
        if warm is not None:
            warm.drafts = None
            remove_tree(warm.folder)
            warm.lease.close()

    def _ready(self) -> _Warm:
        """What the write begins with: the open stores, where they still hold the current release."""
        warm = self._warm
        if warm is not None and warm.release is not None:
            current = warm.release.name == self._releases.current_name()
            if current and (warm.folder / "lease").exists():
                return warm
        self.close()
        self._releases.repair()
        self._releases.check_profile()
        folder = self._releases.layout.stage()
        (folder / "lease").touch()
        self._warm = _Warm(folder, Lease(folder / "lease"))
        return self._warm

    def _keep(self, warm: _Warm, writer: Writer | None) -> None:
        """Keeps the stores for the next write if what they hold is certain; what was not committed is undone."""
        if writer is not None:
            warm.drafts, warm.release = writer.leave()
            self._sweep(writer.gone)
        if warm.release is None:
            self.close()
        else:
            remove_tree(warm.folder / "release")

    def _sweep(self, folders: list[Path]) -> None:
        """Deletes what was pruned while nobody waits for it, once the last sweep is done."""
        if self._sweeper is not None:
            self._sweeper.join()
        self._sweeper = None
        if folders:
            self._sweeper = Thread(target=_remove, args=(folders,))
            self._sweeper.start()


def _remove(folders: list[Path]) -> None:
    for folder in folders:
        remove_tree(folder)
