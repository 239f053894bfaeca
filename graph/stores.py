"""Which store answers: our own in `VERRE_HOME`, or the endpoint that `VERRE_STORE` names."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from graph.settings import Settings
from graph.store.derive import Derive
from graph.store.pool import ReaderPool
from graph.store.releases import Releases
from graph.store.remote.pool import RemotePool
from graph.store.remote.releases import RemoteReleases
from graph.store.remote.writes import RemoteWrites
from graph.store.writes import Writes
from graph.store.writing import WriteService


def open_releases(settings: Settings) -> Releases:
    """The states that can be read and written.

    Raises:
        Unsupported: the bare profile on an endpoint.
    """
    bare = settings.profile == "bare"
    if settings.store is None:
        return Releases(settings.home, settings.keep_releases, settings.base_iri, bare=bare)
    releases = RemoteReleases(settings)
    if bare:
        releases.capabilities.need("bare")
    return releases


def open_pool(releases: Releases, settings: Settings) -> ReaderPool:
    """What answers queries of strangers."""
    if isinstance(releases, RemoteReleases):
        return cast(ReaderPool, RemotePool(releases, settings))
    return ReaderPool(releases, settings)


def open_writes(releases: Releases, settings: Settings, derive: Callable[[], Derive]) -> Writes:
    """What takes writes of strangers.

    Args:
        releases: where they go.
        settings: the limits.
        derive: what an endpoint's states have beside their sources; our own store knows by itself.
    """
    if isinstance(releases, RemoteReleases):
        return RemoteWrites(releases, settings, derive)
    return WriteService(releases, settings)
