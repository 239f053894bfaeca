"""Readers: killable processes that answer what strangers ask.

Limits, each a setting that its error names:

* a query waits for a free reader at most as long as it may run, and no more than `VERRE_QUEUE` wait;
* from then on it may run for `timeout`; past that its reader is killed and a warm one takes over;
* up to `VERRE_QUERY_SPOOL` bytes are held back, so that most failures are still a proper error;
  after that the answer streams, and a failure raises in the middle of the iteration;
* what a slow client takes to fetch pieces does not count as running, but all its pauses together may
  not take longer than `VERRE_QUERY_TIMEOUT_MAX`: so a reader is never held longer than both together.
"""

from __future__ import annotations

import asyncio
import math
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Literal

from graph.errors import Busy, InputError, Issue, QueryRefused
from graph.settings import Settings
from graph.store.fleets import Fleets
from graph.store.lanes import Lanes, Turn
from graph.store.loader.link import Kind as ReaderKind
from graph.store.parts import Part
from graph.store.reader import Reader, ReaderDied
from graph.store.releases import Releases
from graph.store.run import Chunks, Deadline, Run

Kind = Literal["solutions", "boolean", "graph"]


@dataclass(frozen=True)
class QueryJob:
    """A query as it came.

    Attributes:
        text: SPARQL.
        solutions_type: media type for solutions and booleans.
        graph_type: media type for triples.
        timeout: seconds; `None`: the setting. More than the maximum is cut to it.
        default_graphs: the protocol's `default-graph-uri`, which replaces FROM.
        named_graphs: the protocol's `named-graph-uri`.
        release: ask an older release; `None`: the current one.
        part: ask what everybody may see, or everything; the latter only for who may.
        client: who asks, so that nobody takes the places of all; "": nobody in particular.
        base_iri: what relative IRIs of the text are resolved against; `None`: they are refused.
    """

    text: str
    solutions_type: str = "application/sparql-results+json"
    graph_type: str = "text/turtle"
    timeout: float | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    release: str | None = None
    part: Part = "public"
    base_iri: str | None = None
    client: str = ""


@dataclass(frozen=True)
class Answer:
    """What the engine wrote.

    Attributes:
        kind: what sort of query it was.
        media_type: what the bytes are.
        release: the release that answered.
        body: the whole answer, where it fitted the spool.
        chunks: else its pieces. Iterating raises QueryTimeout, QueryTooLarge or QueryFailed where it
            breaks off. Close it (`aclose`) when it is not read to its end.
    """

    kind: Kind
    media_type: str
    release: str
    body: bytes | None
    chunks: Chunks | None


class ReaderPool:
    """Readers of the newest release, and of older ones on demand.

    Args:
        releases: where releases are found.
        settings: how many readers, and every limit.
    """

    def __init__(self, releases: Releases, settings: Settings) -> None:
        self.settings = settings
        self.fleets = Fleets(releases, settings)
        self.lanes = Lanes(settings.readers, settings.long_readers, settings.queue)

    async def start(self) -> None:
        """Starts readers of the current release, if there is one, and follows it from now on.

        Raises:
            StoreError: the current release cannot be opened.
        """
        await self.fleets.start()

    async def close(self) -> None:
        """Ends every reader; queries under way break off, and those that wait are turned away."""
        self.lanes.close()
        await self.fleets.close()

    async def refresh(self) -> None:
        """Looks at once which release is current; returns when it answers. For who has just written one.

        Where it cannot be opened, the log has it, and the release before goes on answering.
        """
        await self.fleets.refresh()

    def kind(self) -> ReaderKind:
        """What answers: `disk`, `memory`, or `warming`, which is disk until the release is in memory."""
        return self.fleets.kind()

    def held_in_memory(self) -> int:
        """Bytes of the release that readers share; 0 where they read from disk."""
        return self.fleets.memory.held

    def usage(self) -> tuple[int, int]:
        """How many queries run, and how many wait for a reader."""
        return self.lanes.short + self.lanes.long, self.lanes.waiting

    def processes(self) -> list[int]:
        """The process numbers of all readers that are up."""
        return self.fleets.processes()

    async def __aenter__(self) -> ReaderPool:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def query(self, job: QueryJob) -> Answer:
        """Answers a query.

        Raises:
            QueryError: QuerySyntaxError, QueryRefused, QueryTimeout, QueryTooLarge, QueryFailed.
            InputError: a media type, graph or timeout that cannot be used.
            NotFound: there is no such release.
            Busy: no reader became free in time, or too many wait already.
        """
        limit = self._limit(job)
        if len(job.text) > self.settings.query_length:
            raise QueryRefused(
                f"a query may have {self.settings.query_length} characters, this one has {len(job.text)}",
                setting="VERRE_QUERY_LENGTH",
            )
        run, first = await self._begin(job, limit)
        whole = b"".join(first) if run.over else None
        chunks = None if run.over else Chunks(run, first)
        return Answer(run.kind, run.media_type, run.reader.release, whole, chunks)

    async def _begin(self, job: QueryJob, limit: float) -> tuple[Run, deque[bytes]]:
        """Gives the job to a reader; to the next where one had died while it stood idle."""
        while True:
            turn, reader = await self._take(job, limit)
            give_back = partial(self._give_back, turn)
            run = Run(reader, give_back, self.settings, Deadline(job.timeout, limit))
            self.lanes.began(turn, reader)
            with suppress(ReaderDied):
                return run, await run.begin(
                    text=job.text,
                    solutions_type=job.solutions_type,
                    graph_type=job.graph_type,
                    default_graphs=job.default_graphs,
                    named_graphs=job.named_graphs,
                    base_iri=job.base_iri,
                    bytes=self.settings.query_bytes,
                    nesting=self.settings.query_nesting,
                )

    def _limit(self, job: QueryJob) -> float:
        if job.timeout is None:
            return min(self.settings.query_timeout, self.settings.query_timeout_max)
        if not (math.isfinite(job.timeout) and job.timeout > 0):
            issue = Issue("timeout", "a number of seconds above 0", str(job.timeout))
            raise InputError("the timeout cannot be used", issues=(issue,))
        return min(job.timeout, self.settings.query_timeout_max)

    async def _take(self, job: QueryJob, limit: float) -> tuple[Turn, Reader]:
        """A turn, and with it a free reader of the right release."""
        turn = self.lanes.enter_now(job.client)
        reader = self.fleets.take_now(job.release, job.part) if turn else None
        if turn and reader:
            return turn, reader
        try:
            async with asyncio.timeout(limit):
                turn = turn or await self.lanes.enter(job.client)
                try:
                    return turn, await self.fleets.take(job.release, job.part)
                except BaseException:
                    self.lanes.leave(turn)
                    raise
        except TimeoutError:
            # what is wrong with them may name files of this machine: that is for the log, which has it
            why = "readers do not start" if self.fleets.trouble else "every reader is taken"
            raise Busy(f"no reader within {limit:g} s: {why}", setting="VERRE_READERS") from None

    def _give_back(self, turn: Turn, reader: Reader) -> None:
        self.lanes.leave(turn)
        self.fleets.give_back(reader)
