"""Questions of strangers to the endpoint: what `graph.store.pool.ReaderPool` is for our own store.

The deadline, the bytes and the queue are kept here. A query that is given up loses its connection;
whether it ends at the endpoint too is the endpoint's affair.
"""

from __future__ import annotations

import asyncio
import math
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import cast
from urllib.parse import urlencode

import httpx

from graph.errors import Busy, InputError, Issue, QueryRefused, StoreError, VerreError
from graph.model.terms import NamedNode
from graph.settings import Settings
from graph.store import nesting
from graph.store.lanes import Lanes, Turn
from graph.store.pool import Answer, QueryJob
from graph.store.reader import Reader
from graph.store.remote.asking import Asking
from graph.store.remote.dataset import Asked, over_merge, over_protocol, over_text
from graph.store.remote.endpoint import Endpoint
from graph.store.remote.releases import RemoteReleases
from graph.store.remote.text import Shape, rows_of, shape
from graph.store.remote.threads import in_thread
from graph.store.remote.view import RemoteView
from graph.store.run import Chunks, Deadline, Run

POLL = 0.25
"""Seconds between two looks at which release is current."""
STALE = 5.0
"""Seconds after which the list of graphs is asked for again: others may write there too."""
LATE = 60.0
"""Seconds for which a request may go on with the release that it began with."""
INLINE = 20_000
"""Characters of a query that are looked at without a thread."""


class RemotePool:
    """Asks the endpoint.

    Args:
        releases: of the endpoint: which one is current.
        settings: how many questions at a time, and every limit.
    """

    def __init__(self, releases: RemoteReleases, settings: Settings) -> None:
        self.settings = settings
        self.releases = releases
        self.endpoint: Endpoint = releases.endpoint
        self.lanes = Lanes(settings.store_connections, 0, settings.queue)
        self._current: str | None = None
        self._before: dict[str, float] = {}
        self._graphs: tuple[str, ...] = ()
        self._listed = float("-inf")
        self._client: httpx.AsyncClient | None = None
        self._executor: ThreadPoolExecutor | None = None
        self._task: asyncio.Task[None] | None = None
        self._asking: set[Asking] = set()

    async def start(self) -> None:
        """Finds out what the endpoint is, and follows the release from now on.

        Raises:
            StoreError: it does not answer.
        """
        self._executor = ThreadPoolExecutor(self.settings.store_connections, "verre-store")
        try:
            await in_thread(lambda: self.endpoint.dialect)
            await self.refresh()
        except BaseException:
            self._executor.shutdown()
            raise
        self._client = self.endpoint.async_client()
        self._task = asyncio.create_task(self._poll())

    async def close(self) -> None:
        """Ends; queries under way break off."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        under_way = list(self._asking)
        for asking in under_way:
            asking.kill("the store is closing")
        for asking in under_way:
            await asking.gone()
        if self._client is not None:
            await self._client.aclose()
        if self._executor is not None:
            self._executor.shutdown()

    async def __aenter__(self) -> RemotePool:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def refresh(self) -> None:
        """Looks at once which release is current."""
        name = await in_thread(self.releases.current_name)
        if name == self._current:
            return
        now = time.monotonic()
        if self._current is not None:
            self._before[self._current] = now
        self._before = {before: since for before, since in self._before.items() if now - since < LATE}
        self._current, self._listed = name, float("-inf")

    def usage(self) -> tuple[int, int]:
        """How many queries run, and how many wait for a place."""
        return self.lanes.short + self.lanes.long, self.lanes.waiting

    def kind(self) -> str:
        """What reads: see `/health` and the metrics."""
        return "remote"

    def processes(self) -> list[int]:
        """None: what reads is elsewhere."""
        return []

    async def query(self, job: QueryJob) -> Answer:
        """Answers a query; see `ReaderPool.query`.

        Raises:
            QueryError: QuerySyntaxError, QueryRefused, QueryTimeout, QueryTooLarge, QueryFailed.
            InputError: a media type, graph or timeout that cannot be used.
            Unsupported: a release that is not the current one.
            Busy: too many ask already.
            StoreError: the endpoint does not answer, or nothing was put there yet.
        """
        limit = self._limit(job)
        release = self._release(job)
        found = (
            shape(self._checked(job))
            if len(job.text) < INLINE
            else await in_thread(lambda: shape(self._checked(job)))
        )
        self.endpoint.dialect.check(found)
        turn = await self._turn(job, limit)
        try:
            asked = await self._asked(found, job)
            assert self._client is not None  # noqa: S101 - made by start
            assert self._executor is not None  # noqa: S101 - made by start
            asking = Asking(self._client, self.endpoint.dialect, self._executor, release)
        except BaseException:
            self.lanes.leave(turn)
            raise
        self._asking.add(asking)
        reader = cast(Reader, asking)
        run = Run(reader, partial(self._give_back, turn), self.settings, Deadline(job.timeout, limit))
        self.lanes.began(turn, reader)
        dialect = self.endpoint.dialect
        beside = [*asked.parameters, *dialect.limits(limit)]
        companion = found.form == "CONSTRUCT" and dialect.cuts_graphs
        first = await run.begin(
            kind=found.kind,
            url=self.endpoint.query,
            content=urlencode([("query", asked.text), *beside]).encode(),
            companion=urlencode([("query", rows_of(asked.text)), *beside]).encode() if companion else b"",
            solutions_type=job.solutions_type,
            graph_type=job.graph_type,
            bytes=self.settings.query_bytes,
        )
        whole = b"".join(first) if run.over else None
        return Answer(run.kind, run.media_type, release, whole, None if run.over else Chunks(run, first))

    def _checked(self, job: QueryJob) -> str:
        if len(job.text) > self.settings.query_length:
            raise QueryRefused(
                f"a query may have {self.settings.query_length} characters, this one has {len(job.text)}",
                setting="VERRE_QUERY_LENGTH",
            )
        nesting.check(job.text, self.settings.query_nesting)
        return f"BASE {NamedNode(job.base_iri)} {job.text}" if job.base_iri else job.text

    def _limit(self, job: QueryJob) -> float:
        if job.timeout is None:
            return min(self.settings.query_timeout, self.settings.query_timeout_max)
        if not (math.isfinite(job.timeout) and job.timeout > 0):
            issue = Issue("timeout", "a number of seconds above 0", str(job.timeout))
            raise InputError("the timeout cannot be used", issues=(issue,))
        return min(job.timeout, self.settings.query_timeout_max)

    def _release(self, job: QueryJob) -> str:
        if self._current is None:
            raise StoreError("nothing is known of the endpoint yet: run `verre index`")
        if job.release not in (None, self._current) and job.release not in self._before:
            self.endpoint.capabilities.need("releases")
        return self._current

    async def _turn(self, job: QueryJob, limit: float) -> Turn:
        try:
            async with asyncio.timeout(limit):
                return self.lanes.enter_now(job.client) or await self.lanes.enter(job.client)
        except TimeoutError:
            raise Busy(
                f"no place within {limit:g} s: every connection is taken", setting="VERRE_STORE_CONNECTIONS"
            ) from None

    async def _asked(self, found: Shape, job: QueryJob) -> Asked:
        if job.default_graphs is not None or job.named_graphs is not None:
            asked = over_protocol(found, job.default_graphs, job.named_graphs)
        elif found.clauses:
            asked = over_text(found)
        else:
            merge = self.endpoint.merge
            named = await self._named() if merge and found.graphs else ()
            asked = over_merge(found, merge, named)
        return Asked(self.endpoint.dialect.prepared(asked.text, found.form), asked.parameters)

    async def _named(self) -> tuple[str, ...]:
        if time.monotonic() - self._listed > STALE:
            listed = time.monotonic()
            view = RemoteView(self.endpoint, self.settings.query_timeout_max)
            self._graphs = tuple(name.value for name in await in_thread(view.graphs))
            self._listed = listed
        return self._graphs

    def _give_back(self, turn: Turn, reader: Reader) -> None:
        self._asking.discard(cast(Asking, reader))
        self.lanes.leave(turn)

    async def _poll(self) -> None:
        while True:
            await asyncio.sleep(POLL)
            with suppress(VerreError, OSError):
                await self.refresh()
