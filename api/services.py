"""What one running application holds: settings, releases, the list index, the reader pool, threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from api.caching import ReadyAnswers
from api.holder import IndexHolder
from graph.index import Index, Resolved
from graph.settings import Settings
from graph.store.pool import ReaderPool
from graph.store.releases import Releases

T = TypeVar("T")
THREADS = 8
"""Threads for index look-ups, workbooks and files: their work is short or waits for the disk."""
READY_BYTES = 32 * 2**20
"""Bytes of ready answers that a process keeps."""

REFERENCES = 10_000
"""References to organizations that a process remembers."""


def today() -> date:
    """The day that decides what has ended."""
    return datetime.now(UTC).date()


@dataclass
class Services:
    """Made once an application, handed to every request.

    Attributes:
        today: the day that decides what has ended; tests put a day of their own here.
    """

    settings: Settings
    releases: Releases
    pool: ReaderPool
    executor: ThreadPoolExecutor
    indexes: IndexHolder = field(init=False)
    ready: ReadyAnswers = field(default_factory=lambda: ReadyAnswers(READY_BYTES))
    today: Callable[[], date] = today
    references: dict[tuple[str, str], Resolved] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.indexes = IndexHolder(self.releases, Index, self.in_thread)

    @classmethod
    def of(cls, settings: Settings) -> Services:
        """The services of one installation; nothing is started yet."""
        releases = Releases(settings.home, settings.keep_releases, settings.base_iri)
        pool = ReaderPool(releases, settings)
        return cls(settings, releases, pool, ThreadPoolExecutor(THREADS, thread_name_prefix="verre-api"))

    async def start(self) -> None:
        """Opens the current release and starts the readers."""
        await self.indexes.start()
        try:
            await self.pool.start()
        except BaseException:
            await self.indexes.close()
            raise

    async def close(self) -> None:
        """Stops everything that `start` began."""
        await self.pool.close()
        await self.indexes.close()
        self.executor.shutdown(wait=True)

    async def in_thread(self, function: Callable[[], T]) -> T:
        """Runs blocking work off the event loop, on one of a bounded number of threads."""
        return await asyncio.get_running_loop().run_in_executor(self.executor, function)

    async def ask(self, release: str, question: Callable[[Index], T]) -> T:
        """Asks the list index of a release, in a thread."""
        async with self.indexes.reading(release) as index:
            return await self.in_thread(lambda: question(index))

    async def resolve(self, release: str, ref: str) -> Resolved:
        """What a reference to an organization means; remembered, for a release never changes.

        Raises:
            NotFound: there is no such organization.
        """
        known = self.references.get((release, ref))
        if known is None:
            known = await self.ask(release, lambda index: index.resolve(ref))
            if len(self.references) >= REFERENCES:
                self.references.clear()
            self.references[release, ref] = known
        return known


def services_of(app: Any) -> Services:
    """The services that `create_app` put on an application."""
    found: Services = app.state.services
    return found
