"""Which state of the endpoint answers: a counter that our own writes and `verre index` move on.

The endpoint has one state, the present one. Beside it, below `VERRE_HOME/remote`, stands what is ours:
for each state that we know of a folder like that of an embedded release, without a store. After a
write it holds the list index of the state before (a hard link) until a new one is made.
"""

from __future__ import annotations

import builtins
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from graph.errors import NotFound, VerreError
from graph.settings import Settings
from graph.store.capabilities import Capabilities
from graph.store.layout import remove_tree, sync_folder, sync_tree
from graph.store.locks import WriterLock
from graph.store.manifest import Manifest
from graph.store.parts import Part
from graph.store.release import Release
from graph.store.releases import Releases
from graph.store.remote.endpoint import Endpoint
from graph.store.remote.view import RemoteView
from graph.store.view import GraphView
from graph.store.writer import Writer

if TYPE_CHECKING:
    from graph.store.remote.writer import RemoteWriter


class RemoteRelease(Release):
    """A state of the endpoint; its `open` reads the present one."""

    endpoint: Endpoint

    def open(self, part: Part = "public") -> GraphView:
        """A view of the endpoint."""
        return RemoteView(self.endpoint)


class RemoteReleases(Releases):
    """The states of one endpoint.

    Args:
        settings: with the address of the endpoint.
    """

    def __init__(self, settings: Settings) -> None:
        self.endpoint = Endpoint(settings)
        name = hashlib.sha256(self.endpoint.query.encode()).hexdigest()[:12]
        super().__init__(settings.home / "remote" / name, settings.keep_releases, settings.base_iri)
        self.settings = settings

    @property
    def capabilities(self) -> Capabilities:
        """What the endpoint can do."""
        return self.endpoint.capabilities

    def get(self, name: str) -> Release:
        """The current release by its name.

        Raises:
            NotFound: there never was one of that name.
            Unsupported: it was another state, which is gone.
        """
        pointer = self.pointer()
        if not name.isdecimal() or int(name) > pointer.last:
            raise NotFound(f"there is no release {name[:40]!r}")
        if name != pointer.current:
            self.capabilities.need("releases")
        return self._read(name)

    def list(self) -> builtins.list[Release]:
        """The one that answers."""
        current = self.current()
        return [current] if current else []

    def rollback(self, to: str | None = None) -> Release:
        """Not here.

        Raises:
            Unsupported: always.
        """
        self.capabilities.need("rollback")
        raise AssertionError

    @contextmanager
    def write(self, wait: float = 0) -> Iterator[Writer]:
        """The right to write to the endpoint; other installations of Verre know nothing of it.

        Raises:
            Unsupported: it has no update address.
            Locked: another process of this home is writing.
        """
        with self.writing(wait) as writer:
            yield cast(Writer, writer)

    @contextmanager
    def writing(self, wait: float = 0) -> Iterator[RemoteWriter]:
        """The same, by its own name."""
        from graph.store.remote.writer import RemoteWriter

        self.capabilities.need("updates")
        self.layout.make()
        with WriterLock(self.layout.lock, wait):
            self.repair()
            writer = RemoteWriter(self)
            try:
                yield writer
            except VerreError:
                writer.undo_all()
                raise

    def publish(self, manifest: Manifest, index: Path | None) -> Release:
        """Makes a state current, for who holds the lock.

        Args:
            manifest: what is known of it.
            index: its list index; `None`: that of the state before goes on.
        """
        folder = self.layout.stage()
        try:
            staged = folder / "release"
            staged.mkdir()
            before = self.current()
            old = before.index_path if before and index is None else index
            if old is not None:
                for path in old.parent.glob(f"{old.name}*"):
                    (staged / path.name.replace(old.name, "index.sqlite")).hardlink_to(path)
            else:
                (staged / "index.sqlite").touch()
            manifest.write(staged / "manifest.json")
            (staged / "lease").touch()
            sync_tree(staged)
            target = self.layout.releases / manifest.name
            staged.rename(target)
        finally:
            remove_tree(folder)
        sync_folder(self.layout.releases)
        self.pointer().publish(manifest.number, manifest.name).write(self.layout.current)
        self.prune_locked()
        return self._read(manifest.name)

    def _read(self, name: str) -> Release:
        found = super()._read(name)
        made = RemoteRelease(found.path, found.manifest)
        object.__setattr__(made, "endpoint", self.endpoint)
        return made
