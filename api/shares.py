"""What each of several worker processes gets of what the settings give the service."""

from __future__ import annotations

from graph.settings import Settings

AT_LEAST_ONE = ("readers", "connections", "client_connections", "store_connections")
"""Without one of them a worker cannot work."""
DIVIDED = (*AT_LEAST_ONE, "spare_readers", "long_readers", "queue", "write_queue", "spool_bytes")
"""Settings that are of the service. All others are of a query, a request or a process; what is held in memory
(`VERRE_MEMORY`) is held once, for all workers."""


def share(settings: Settings, place: int) -> Settings:
    """The settings of one worker.

    Args:
        settings: of the service.
        place: of the worker, from 0; the first ones get what cannot be divided evenly.
    """
    told = {name: _part(getattr(settings, name), place, settings.workers) for name in DIVIDED}
    for name in AT_LEAST_ONE:
        told[name] = max(told[name], 1)
    return settings.model_copy(update=told)


def _part(whole: int, place: int, count: int) -> int:
    return whole // count + (place < whole % count)
