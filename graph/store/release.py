"""One release: an immutable folder with a store, a list index and a manifest; twice where something is restricted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError
from graph.store.locks import Lease
from graph.store.manifest import Manifest, Size
from graph.store.parts import Part, ReleasePart, part_in
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
        """The engine's folder of the public part. Only ever opened read-only."""
        return self.part("public").store_path

    @property
    def index_path(self) -> Path:
        """The list index of the public part."""
        return self.part("public").index_path

    @property
    def has_whole(self) -> bool:
        """Whether something in it is restricted, so that there is a second part with everything."""
        return self.manifest.whole is not None

    def part(self, part: Part) -> ReleasePart:
        """Where a part of it is; the whole of a release without restricted graphs is the public part."""
        return part_in(self.path, part if self.has_whole else "public")

    def size(self, part: Part) -> Size:
        """How much a part of it holds; the whole of a release without restricted graphs is the public part."""
        return self.manifest.whole if part == "whole" and self.manifest.whole else self.manifest

    def lease(self) -> Lease:
        """Keeps the release from being pruned while the lease is held; a context manager.

        Raises:
            NotFound: it is no longer kept.
        """
        return Lease(self.path / "lease")

    def open(self, part: Part = "public") -> GraphView:
        """A view that reads it in this process, with a lease of its own for as long as the view lives.

        Args:
            part: what everybody may see, or everything.

        Raises:
            NotFound: it is no longer kept.
        """
        return _LeasedView(self.lease(), self.part(part).store_path)


class _LeasedView(StoreView):
    def __init__(self, lease: Lease, store_path: Path) -> None:
        try:
            super().__init__(open_read_only(store_path))
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
