"""One release: an immutable folder with a store, a list index and a manifest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError
from graph.store.locks import Lease
from graph.store.manifest import Manifest
from graph.store.view import GraphView, StoreView


@dataclass(frozen=True)
class Release:
    """An immutable state of the graph.

    Attributes:
        path: its folder.
        manifest: what it says of itself.
    """

    path: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """Six digits; what `release=` takes."""
        return self.manifest.name

    @property
    def number(self) -> int:
        """Counts up from 1."""
        return self.manifest.number

    @property
    def store_path(self) -> Path:
        """The engine's folder. Only ever opened read-only."""
        return self.path / "store"

    @property
    def index_path(self) -> Path:
        """The list index."""
        return self.path / "index.sqlite"

    def lease(self) -> Lease:
        """Keeps the release from being pruned while the lease is held; a context manager.

        Raises:
            NotFound: it is no longer kept.
        """
        return Lease(self.path / "lease")

    def open(self) -> GraphView:
        """A view that reads it in this process, with a lease of its own for as long as the view lives.

        Raises:
            NotFound: it is no longer kept.
        """
        return _LeasedView(self.lease(), self)


class _LeasedView(StoreView):
    def __init__(self, lease: Lease, release: Release) -> None:
        try:
            super().__init__(open_read_only(release.store_path))
        except BaseException:
            lease.close()
            raise
        self._lease = lease


def open_read_only(path: Path) -> Store:
    """Opens a release's store for reading.

    Raises:
        StoreError: it is damaged.
    """
    try:
        return Store.read_only(str(path))
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error}") from error
