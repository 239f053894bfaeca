"""What is counted elsewhere and looked at now and then: readers, releases, memory, disk."""

from __future__ import annotations

import os
import resource
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from api.metrics import Metrics
from api.services import Services
from graph.errors import VerreError

PAGE = os.sysconf("SC_PAGE_SIZE")
KINDS = ("disk", "warming", "memory", "remote")
"""Where readers may have the release; `warming` is on disk until it is in memory."""
LOW = 2**30
"""Bytes of room below which the disk is told to be low."""


@dataclass
class Figures:
    """What files say.

    Attributes:
        kept: releases.
        made: when the current one was made, in Unix time; 0: nobody knows.
        free: bytes of room on the disk; None: nobody knows.
        own, readers: bytes of memory of this process, and of its readers together.
        cpu: seconds of processor time of this process.
    """

    kept: int = 0
    made: float = 0.0
    free: int | None = None
    own: int = 0
    readers: int = 0
    cpu: float = 0.0


def look(services: Services, processes: Iterable[int]) -> Figures:
    """Reads them; blocks for about a millisecond."""
    found = Figures(own=resident(os.getpid()), readers=sum(resident(number) for number in processes))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    found.cpu = usage.ru_utime + usage.ru_stime
    found.free = room(services.settings.home)
    with suppress(VerreError, OSError):
        found.kept = len(services.releases.pointer().published)
        current = services.indexes.current
        if current is not None:
            found.made = (services.releases.layout.releases / current / "manifest.json").stat().st_mtime
    return found


def resident(number: int) -> int:
    """Bytes of memory of a process; 0 where it is gone or the system does not tell."""
    try:
        return int(Path(f"/proc/{number}/statm").read_text("ascii").split()[1]) * PAGE
    except (OSError, ValueError, IndexError):
        return 0


def room(home: Path) -> int | None:
    """Bytes that may still be written below a folder; None where nobody knows."""
    try:
        return shutil.disk_usage(home).free
    except OSError:
        return None


def kind_of(pool: object) -> str:
    """Which kind of reader answers: one of `KINDS`."""
    told = getattr(pool, "kind", None)
    return str(told()) if callable(told) else KINDS[0]


def disk_state(home: Path) -> str:
    """`enough`, `low` or `readOnly`; blocks."""
    if not os.access(home, os.W_OK):
        return "readOnly"
    free = room(home)
    return "low" if free is not None and free < LOW else "enough"


class Gauges:
    """Sets the gauges of an application.

    Args:
        metrics: where they are.
        services: what they are about.
    """

    def __init__(self, metrics: Metrics, services: Services) -> None:
        self.metrics = metrics
        self.services = services
        self.connections: Callable[[], int] = lambda: 0
        self.refused: Counter[str] = Counter()
        self._told: Counter[str] = Counter()
        self._cpu = 0.0

    async def refresh(self) -> None:
        """Looks, and sets them all."""
        pool = self.services.pool
        numbers = pool.processes()
        found = await self.services.in_thread(lambda: look(self.services, numbers))
        metrics = self.metrics
        metrics.kept.set(found.kept)
        metrics.memory.labels("web").set(found.own)
        metrics.memory.labels("readers").set(found.readers)
        metrics.cpu.inc(max(found.cpu - self._cpu, 0))
        self._cpu = found.cpu
        metrics.connections.set(self.connections())
        for reason, number in self.refused.items():
            metrics.refused.labels(reason).inc(number - self._told[reason])
            self._told[reason] = number
        metrics.indexes.set(len(self.services.indexes))
        running, waiting = pool.usage()
        metrics.queries.labels("running").set(running)
        metrics.queries.labels("waiting").set(waiting)
        now = kind_of(pool)
        asking = self.services.settings.store_connections if now == "remote" else len(numbers)
        for kind in KINDS:
            metrics.readers.labels(kind).set(asking if kind == now else 0)
        self._releases(found)

    def _releases(self, found: Figures) -> None:
        metrics, current = self.metrics, self.services.indexes.current
        if found.free is not None:
            metrics.room.set(found.free)
        if current is not None and current.isdigit():
            metrics.release.set(int(current))
        if found.made:
            metrics.made.set(found.made)
            metrics.age.set(max(time.time() - found.made, 0))
