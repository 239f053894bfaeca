"""The switch: what was staged becomes the current release by one rename of the pointer."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graph.store.layout import sync_folder
from graph.store.locks import claim
from graph.store.manifest import Manifest

if TYPE_CHECKING:
    from graph.store.releases import Releases


def publish(releases: Releases, staged: Path, manifest: Manifest) -> list[Path]:
    """Makes a staged release current, and takes old ones that nobody reads out of the list by the same rename.

    Args:
        releases: where; the caller holds the writer's lock.
        staged: the folder of the release, durable.
        manifest: of it.

    Returns:
        The folders of the old ones, hidden, for the caller to delete.

    Raises:
        OSError: the disk did not take it; then the release is gone again, unless the pointer names it already.
    """
    layout = releases.layout
    target = layout.releases / manifest.name
    staged.rename(target)
    try:
        sync_folder(layout.releases)
        action: Literal["publish", "erase"] = "erase" if manifest.kind == "erase" else "publish"
        pointer = releases.pointer().publish(manifest.number, manifest.name, action)
        hidden: list[Path] = []
        with ExitStack() as claims:  # nobody takes a lease on what is about to go
            surplus = [
                name
                for name in releases.surplus(pointer)
                if claims.enter_context(claim(layout.releases / name / "lease"))
            ]
            pointer.without(set(surplus)).write(layout.current)
            with suppress(OSError):  # the release is out; what cannot be deleted now is deleted next time
                hidden += [layout.hide(layout.releases / name) for name in surplus]
        return hidden
    except BaseException:
        if manifest.name not in releases.pointer().published:
            layout.discard(target)
        raise
