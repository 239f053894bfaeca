"""The releases of a store: immutable folders, and a pointer that names the one that answers."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import NotFound, StoreError
from graph.model.iris import DEFAULT_BASE
from graph.store.capabilities import EMBEDDED, Capabilities
from graph.store.layout import Layout, remove_tree
from graph.store.locks import WriterLock, claim, in_use
from graph.store.manifest import Event, Manifest, Pointer
from graph.store.release import Release
from graph.store.room import needs_room
from graph.store.writer import Writer

__all__ = ["Release", "Releases"]


class Releases:
    """The releases below a home folder.

    Args:
        home: the folder (setting `VERRE_HOME`); made when first written to.
        keep: releases kept when pruning (setting `VERRE_KEEP_RELEASES`).
        base_iri: where this installation's things live (setting `VERRE_BASE_IRI`).
        bare: without a merge and without anything restricted: the default graph is a graph like any other
            (setting `VERRE_PROFILE`).
    """

    def __init__(
        self, home: Path, keep: int = 10, base_iri: str = DEFAULT_BASE, *, bare: bool = False
    ) -> None:
        self.layout = Layout(home)
        self.keep = max(keep, 1)
        self.base_iri = base_iri
        self.bare = bare

    @property
    def capabilities(self) -> Capabilities:
        """What this store can do: everything."""
        return EMBEDDED

    def current_name(self) -> str | None:
        """The name of the release that answers, or `None` before the first; one small file is read."""
        return self.pointer().current

    def current(self) -> Release | None:
        """The release that answers, or `None` before the first."""
        for _ in range(10):  # a release may be replaced and pruned while it is looked at
            name = self.current_name()
            if name is None:
                return None
            try:
                return self._read(name)
            except NotFound:
                if name == self.current_name():
                    raise StoreError(f"release {name} is current, but its folder is gone") from None
        raise StoreError("the current release changes faster than it can be read")

    def get(self, name: str) -> Release:
        """A release by name.

        Raises:
            NotFound: there is none, or it is no longer kept.
        """
        pointer = self.pointer()
        if name not in pointer.published:
            kept = ", ".join(pointer.published[-20:]) or "none"
            raise NotFound(f"there is no release {name[:40]!r}; kept are: {kept}")
        return self._read(name)

    def list(self) -> builtins.list[Release]:
        """All kept releases, oldest first."""
        found = []
        for name in self.pointer().published:
            try:
                found.append(self._read(name))
            except NotFound:
                continue
        return found

    def history(self) -> tuple[Event, ...]:
        """What was published and rolled back, oldest first."""
        return self.pointer().history

    def pointer(self) -> Pointer:
        """The pointer as it is now."""
        return Pointer.read(self.layout.current)

    def rollback(self, to: str | None = None) -> Release:
        """Makes an earlier release current again: `to`, or the kept one before the current.

        Raises:
            NotFound: there is no such release.
            Locked: another process is writing.
            NoRoom: the disk does not take it.
        """
        self.layout.make()
        with needs_room(self.layout.home), WriterLock(self.layout.lock):
            pointer = self.pointer()
            release = self.get(to or self._before(pointer))
            with release.lease():
                if release.name != pointer.current:
                    pointer.roll_back(release.name).write(self.layout.current)
            return release

    def prune(self) -> builtins.list[str]:
        """Deletes old releases beyond `keep`, never the current one nor one with a lease.

        Returns:
            The names of the deleted ones.

        Raises:
            Locked: another process is writing.
            NoRoom: the disk does not take it.
        """
        self.layout.make()
        with needs_room(self.layout.home), WriterLock(self.layout.lock):
            return self.prune_locked()

    def prune_locked(self) -> builtins.list[str]:
        """The same for who holds the writer's lock."""
        return [name for name in self.surplus(self.pointer()) if self.delete(name)]

    def surplus(self, pointer: Pointer) -> builtins.list[str]:
        """The releases beyond `keep`, oldest first, never the current one."""
        others = [name for name in pointer.published if name != pointer.current]
        return others[: max(len(others) - (self.keep - 1), 0)]

    def delete(self, name: str, *, though_leased: bool = False) -> bool:
        """Deletes a release for who holds the writer's lock; whether it did.

        The pointer forgets it first, so that nobody new comes while its folder disappears.
        """
        folder = self.layout.releases / name
        with claim(folder / "lease") as free:
            if free or though_leased:
                self.pointer().without({name}).write(self.layout.current)
                self.layout.discard(folder)
        return free or though_leased

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
        self.layout.make()
        with needs_room(self.layout.home), WriterLock(self.layout.lock, wait):
            self.repair()
            self.check_profile()
            folder = self.layout.stage()
            try:
                writer = Writer(self, folder)
                try:
                    yield writer
                finally:
                    writer.close()
                    for gone in writer.gone:
                        remove_tree(gone)
            finally:
                remove_tree(folder)

    def check_profile(self) -> None:
        """Refuses to go on with what the other profile has made: their default graphs are not the same thing.

        Raises:
            StoreError: the current release is of the other profile.
        """
        current = self.current()
        if current is not None and current.manifest.bare is not self.bare:
            made, now = ("bare", "full") if current.manifest.bare else ("full", "bare")
            raise StoreError(
                f"{self.layout.home} was made in profile {made} and cannot be written in profile {now}: "
                "use another folder",
                setting="VERRE_PROFILE",
            )

    def repair(self, *, though_in_use: bool = False) -> builtins.list[str]:
        """Deletes what a killed writer left, for who holds the writer's lock; the names of it.

        Args:
            though_in_use: also what a session of a living process keeps open.
        """
        published = set(self.pointer().published)
        left = [path for path in self.layout.releases.iterdir() if path.name not in published]
        left += [path for path in self.layout.staging.iterdir() if though_in_use or not in_use(path)]
        for path in left:
            if path.is_dir():
                self.layout.discard(path)
            else:
                path.unlink(missing_ok=True)
        return sorted(path.name for path in left)

    def _before(self, pointer: Pointer) -> str:
        earlier = [name for name in pointer.published if pointer.current and name < pointer.current]
        if not earlier:
            raise NotFound("there is no earlier release to go back to")
        return earlier[-1]

    def _read(self, name: str) -> Release:
        folder = self.layout.releases / name
        try:
            return Release(folder, Manifest.read(folder / "manifest.json"))
        except FileNotFoundError as error:
            raise NotFound(f"release {name} is no longer kept") from error
