"""What one running application holds: settings, releases, the list index, the reader pool, threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from api.caching import ReadyAnswers
from api.holder import IndexHolder, NoIndex
from graph.build import derive
from graph.documents import Press
from graph.errors import StoreError
from graph.index import Index, Resolved
from graph.index.warming import warm
from graph.keys import Keys
from graph.screening.process import ScreenerProcess
from graph.settings import Settings
from graph.store.derive import Derive
from graph.store.parts import Part
from graph.store.pool import ReaderPool
from graph.store.releases import Releases
from graph.store.writes import Writes
from graph.stores import open_pool, open_releases, open_writes

T = TypeVar("T")
THREADS = 8
"""Threads for index look-ups, workbooks and files: their work is short or waits for the disk."""
SEARCHERS = 2
"""Threads that find things by name: work of Python for milliseconds, which many threads at once make slower for all."""
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
    writes: Writes
    executor: ThreadPoolExecutor
    indexes: IndexHolder = field(init=False)
    screening: ScreenerProcess = field(init=False)
    press: Press = field(init=False)
    ready: ReadyAnswers = field(default_factory=lambda: ReadyAnswers(READY_BYTES))
    today: Callable[[], date] = today
    references: dict[tuple[str, Part, str], Resolved] = field(default_factory=dict)
    searchers: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(SEARCHERS, thread_name_prefix="verre-search")
    )

    def __post_init__(self) -> None:
        opened = NoIndex if self.settings.profile == "bare" else Index
        warmed = None if self.settings.profile == "bare" else lambda index: warm(index, self.today())
        self.indexes = IndexHolder(self.releases, opened, self.in_thread, warmed)
        self.screening = ScreenerProcess(self.settings, self.in_thread)
        self.press = Press(self.settings)

    @classmethod
    def of(cls, settings: Settings) -> Services:
        """The services of one installation; nothing is started yet."""
        releases = open_releases(settings)
        pool = open_pool(releases, settings)
        writes = open_writes(releases, settings, lambda: derive(settings))
        executor = ThreadPoolExecutor(THREADS, thread_name_prefix="verre-api")
        return cls(settings, releases, pool, writes, executor)

    async def start(self) -> None:
        """Opens the current release and starts the readers; and the writer, where somebody has its key."""
        if self.settings.profile == "bare":
            await self.in_thread(self._begin)
        await self.indexes.start()
        try:
            await self.pool.start()
            if await self.in_thread(self._writable):
                await self.writes.start()
        except BaseException:
            await self.indexes.close()
            raise

    async def close(self) -> None:
        """Stops everything that `start` began."""
        await self.press.close()
        await self.screening.close()
        await self.writes.close()
        await self.pool.close()
        await self.indexes.close()
        self.executor.shutdown(wait=True)
        self.searchers.shutdown(wait=True)

    def _begin(self) -> None:
        """A plain SPARQL server begins empty: nobody builds anything for it."""
        if self.releases.current() is None:
            with self.releases.write(wait=10) as writer:
                if writer.base is None:
                    writer.commit("begin", Derive())

    def _writable(self) -> bool:
        try:
            return Keys(self.settings.home).ring().any_writer()
        except StoreError:  # whoever comes with a key is told; reading needs none
            return False

    async def in_thread(self, function: Callable[[], T]) -> T:
        """Runs blocking work off the event loop, on one of a bounded number of threads."""
        return await asyncio.get_running_loop().run_in_executor(self.executor, function)

    async def ask(self, release: str, question: Callable[[Index], T], part: Part = "public") -> T:
        """Asks the list index of a part of a release, in a thread."""
        return await self._ask(self.executor, release, question, part)

    async def find(self, release: str, question: Callable[[Index], T], part: Part = "public") -> T:
        """Asks the list index by name: the same as `ask`, with few at a time, first come, first served."""
        return await self._ask(self.searchers, release, question, part)

    async def _ask(
        self, threads: ThreadPoolExecutor, release: str, question: Callable[[Index], T], part: Part
    ) -> T:
        async with self.indexes.reading(release, part) as index:
            return await asyncio.get_running_loop().run_in_executor(threads, question, index)

    async def resolve(self, release: str, ref: str, part: Part = "public") -> Resolved:
        """What a reference to an organization means; remembered, for a release never changes.

        Raises:
            NotFound: there is no such organization.
        """
        known = self.references.get((release, part, ref))
        if known is None:
            known = await self.ask(release, lambda index: index.resolve(ref), part)
            if len(self.references) >= REFERENCES:
                self.references.clear()
            self.references[release, part, ref] = known
        return known


def services_of(app: Any) -> Services:
    """The services that `create_app` put on an application."""
    found: Services = app.state.services
    return found
