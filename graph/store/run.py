"""One query on one reader, from the job to the last byte."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from graph.errors import Busy, QueryTimeout
from graph.settings import Settings
from graph.store import protocol
from graph.store.lanes import CLOSING
from graph.store.reader import Reader, ReaderDied

TOO_SLOW = "the client was too slow"


@dataclass(frozen=True)
class Deadline:
    """How long a query may run.

    Attributes:
        asked: seconds that the client asked for, if it did.
        seconds: what it gets.
    """

    asked: float | None
    seconds: float

    def passed(self) -> QueryTimeout:
        """The error for a query that was stopped."""
        cut = self.asked is not None and self.asked > self.seconds
        setting = "VERRE_QUERY_TIMEOUT_MAX" if cut else "VERRE_QUERY_TIMEOUT"
        return QueryTimeout(f"stopped after {self.seconds:g} s", setting=setting)


class Run:
    """A query under way. Its reader is given back, or killed, exactly once: when it is over.

    Args:
        reader: a free reader.
        give_back: called with it when this is over.
        settings: the limits.
        deadline: when it is stopped.

    Attributes:
        over: whether the answer has ended, well or badly.
    """

    def __init__(
        self, reader: Reader, give_back: Callable[[Reader], None], settings: Settings, deadline: Deadline
    ) -> None:
        self.reader = reader
        self.over = False
        self.kind: Literal["solutions", "boolean", "graph"] = "solutions"
        self.media_type = ""
        self._give_back = give_back
        self._spool = settings.query_spool
        self._patience = settings.query_timeout_max
        self._limit = deadline
        self.loop = asyncio.get_running_loop()
        self._deadline = self.loop.time() + deadline.seconds
        self._paused_at = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def begin(self, **job: Any) -> deque[bytes]:
        """Sends the job and collects the answer until it ends or the spool is full.

        Raises:
            QueryError: it failed before that.
            ReaderDied: the reader had ended before it read the job; another may do it.
        """
        pieces: deque[bytes] = deque()
        held = 0
        try:
            async with asyncio.timeout_at(self._deadline):
                await self.reader.send(**job)
                while held <= self._spool and (piece := await self._receive()) is not None:
                    pieces.append(piece)
                    held += len(piece)
        except ReaderDied:
            if not (self.reader.took_its_job or self.reader.killed):
                self.end("it was found dead")
                raise
            raise await self._died() from None
        except BaseException as error:
            raise self._given_up(error) from None
        return pieces

    async def next(self) -> bytes | None:
        """The next piece, or `None` at the end.

        Raises:
            QueryError: the answer breaks off here.
        """
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._receive()
        except ReaderDied:
            raise await self._died() from None
        except BaseException as error:
            raise self._given_up(error) from None

    def pause(self) -> None:
        """The client has a piece and does not ask for another: its own time begins to run."""
        if not self.over:
            self._paused_at = self.loop.time()
            self._timer = self.loop.call_later(self._patience, self.reader.kill, TOO_SLOW)

    def resume(self) -> None:
        """The client asks for more: what it took does not count as running."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            paused = self.loop.time() - self._paused_at
            self._patience = max(self._patience - paused, 0)
            self._deadline += paused

    def end(self, kill: str = "") -> None:
        """Gives the reader back, alive or killed, and its turn with it."""
        if self.over:
            return
        self.over = True
        if self._timer is not None:
            self._timer.cancel()
        if kill:
            self.reader.kill(kill)
        self._give_back(self.reader)

    async def _receive(self) -> bytes | None:
        """The next piece of the answer; `None` at its end."""
        while True:
            kind, payload = await self.reader.receive()
            if kind == protocol.DATA:
                return payload
            if kind == protocol.HEAD:
                head = orjson.loads(payload)
                self.kind, self.media_type = head["kind"], head["media_type"]
            elif kind == protocol.END:
                self.end("it had grown" if orjson.loads(payload)["spent"] else "")
                return None
            else:
                self.end()
                raise protocol.raised(payload)

    def _given_up(self, error: BaseException) -> BaseException:
        """Ends a query that is not read any further; the error to raise for it."""
        self.end("its query was given up")
        return self._limit.passed() if isinstance(error, TimeoutError) else error

    async def _died(self) -> Exception:
        """The error for a reader that is gone in the middle of the answer."""
        try:
            if self.reader.killed == TOO_SLOW:
                detail = "the rest of the answer was not fetched in time"
                return QueryTimeout(detail, setting="VERRE_QUERY_TIMEOUT_MAX")
            if self.reader.killed:
                return Busy(CLOSING)
            return await self.reader.cause_of_death()
        finally:
            self.end("it died")


class Chunks:
    """The pieces of a long answer, as they come. An asynchronous iterator that can be closed."""

    def __init__(self, run: Run, first: deque[bytes]) -> None:
        self._run = run
        self._first = first
        run.pause()

    def __aiter__(self) -> Chunks:
        return self

    async def __anext__(self) -> bytes:
        if self._first:
            return self._first.popleft()
        run = self._run
        if run.over:
            raise StopAsyncIteration
        run.resume()
        piece = await run.next()
        if piece is None:
            raise StopAsyncIteration
        run.pause()
        return piece

    async def aclose(self) -> None:
        """Gives the rest of the answer up."""
        self._first.clear()
        self._run.end("its client went away")

    def __del__(self) -> None:  # nobody will fetch the rest
        with suppress(RuntimeError):  # the loop is closed, and its readers with it
            if not self._run.over:
                self._run.loop.call_soon_threadsafe(self._run.end, "its client went away")
