"""One query at the endpoint, behind the same few functions as a reader process.

The bytes come in on the event loop; a thread reads and rewrites them, pulling each piece when it
needs one. Killing it drops the connection, and the thread ends at its next piece.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from typing import Any, TypeVar

import httpx

from graph.errors import QueryError, QueryFailed, QueryTooLarge, VerreError
from graph.store import protocol
from graph.store.reader import ReaderDied
from graph.store.remote.answers import ACCEPT, form_of, rewrite
from graph.store.remote.dialects import WORDS, Dialect
from graph.store.remote.endpoint import FORM, unreachable
from graph.store.remote.text import Kind
from graph.store.remote.threads import caught

T = TypeVar("T")
END = (protocol.END, b'{"spent":false}')
PIECES = 4
"""Pieces that are rewritten before the client has asked for them."""


class Asking:
    """A question under way; what `graph.store.run.Run` takes for a reader.

    Args:
        client: whose connections are used.
        dialect: what the endpoint is.
        executor: has the thread.
        release: the release that answers.

    Attributes:
        killed: why it was given up.
        took_its_job: always: no question is asked twice.
    """

    took_its_job = True

    def __init__(self, client: httpx.AsyncClient, dialect: Dialect, executor: Executor, release: str) -> None:
        self.release = release
        self.killed = ""
        self._client = client
        self._dialect = dialect
        self._executor = executor
        self._loop = asyncio.get_running_loop()
        self._frames: asyncio.Queue[tuple[bytes, bytes] | VerreError] = asyncio.Queue(PIECES)
        self._waiting: Future[Any] | None = None
        self._task: asyncio.Task[None] | None = None

    def stand_back(self) -> None:
        """Other processors are at work there."""

    async def send(self, **job: Any) -> None:
        """Asks.

        Args:
            job: `kind`, `url`, `content`, `solutions_type`, `graph_type`, `bytes`; `companion`, if given,
                is a question that tells by its headers whether the answer would be cut.

        Raises:
            InputError: a media type that cannot be written.
            QueryError: the endpoint refuses it, or answers with a part only.
            StoreError: it does not answer.
        """
        form = form_of(job["kind"], job["solutions_type"], job["graph_type"])
        if job.get("companion"):
            response = await self._asked(job["url"], job["companion"], ACCEPT["solutions"])
            await response.aclose()
        response = await self._asked(job["url"], job["content"], ACCEPT[job["kind"]])
        head = protocol.message(protocol.HEAD, kind=job["kind"], media_type=form.media_type)
        self._frames.put_nowait((protocol.HEAD, head[protocol.HEADER.size :]))
        self._task = self._loop.create_task(self._work(response, job["kind"], form, job["bytes"]))

    async def receive(self) -> tuple[bytes, bytes]:
        """The next frame.

        Raises:
            QueryError: the answer breaks off.
            ReaderDied: it was killed.
        """
        if self.killed:
            raise ReaderDied
        frame = await self._frames.get()
        if isinstance(frame, VerreError):
            raise frame
        return frame

    def kill(self, why: str) -> None:
        """Drops the connection; whoever waits for a frame is told."""
        if self.killed:
            return
        self.killed = why
        if self._waiting is not None:
            self._waiting.cancel()
        if self._task is not None:
            self._task.cancel()
        with suppress(asyncio.QueueFull):
            self._frames.put_nowait(QueryFailed("the answer broke off: the store is closing"))

    async def cause_of_death(self) -> QueryError:
        """Nobody but us ends it."""
        return QueryFailed("the answer broke off")

    async def gone(self) -> None:
        """Returns once nothing of it is left."""
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _asked(self, url: str, content: bytes, accept: str) -> httpx.Response:
        headers = {"Accept": accept, "Content-Type": FORM}
        response = await self._response(
            self._client.build_request("POST", url, content=content, headers=headers)
        )
        try:
            await self._look(response)
        except BaseException:
            await response.aclose()
            raise
        return response

    async def _response(self, request: httpx.Request) -> httpx.Response:
        """Asks again where a connection that was kept turns out to be closed."""
        for last in (False, True):
            try:
                return await self._client.send(request, stream=True)
            except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
                if last:
                    raise unreachable(error) from error
            except httpx.HTTPError as error:
                raise unreachable(error) from error
        raise AssertionError

    async def _look(self, response: httpx.Response) -> None:
        """Raises for an answer that is none, or a part."""
        if response.status_code != 200:
            words = bytearray()
            async for piece in response.aiter_bytes():
                words += piece
                if len(words) > WORDS * 4:
                    break
            raise self._dialect.refused(
                response.status_code, bytes(words[: WORDS * 4]).decode("utf-8", "replace")
            )
        cut = self._dialect.cut(response.headers)
        if cut is not None:
            raise cut

    async def _work(self, response: httpx.Response, kind: Kind, form: Any, most: int) -> None:
        source, sink = _Incoming(self, response), _Outgoing(self, most)

        def convert() -> tuple[bytes, bytes]:
            rewrite(kind, source, sink, form, self._dialect)
            sink.send()
            return END

        last: tuple[bytes, bytes] | VerreError
        try:
            last = await self._loop.run_in_executor(self._executor, caught, convert)
        except httpx.HTTPError:
            last = QueryFailed("the endpoint broke off in the middle of its answer")
        finally:
            await response.aclose()
        await self._frames.put(last)

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """For the thread: runs something on the event loop."""
        self._waiting = future = asyncio.run_coroutine_threadsafe(work, self._loop)
        if self.killed:
            future.cancel()
        try:
            return future.result()
        except CancelledError:
            raise QueryFailed("the answer broke off") from None

    async def put(self, piece: bytes) -> None:
        """A piece of the answer, once there is room for it."""
        await self._frames.put((protocol.DATA, piece))


class _Incoming:
    """The endpoint's bytes, for the thread."""

    def __init__(self, asking: Asking, response: httpx.Response) -> None:
        self._asking = asking
        self._pieces = response.aiter_bytes()
        self._held = memoryview(b"")
        self.tail = b""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes; none at the end."""
        if not self._held:
            piece = self._asking.wait(self._next())
            self._held = memoryview(piece)
            self.tail = (self.tail + piece[-WORDS:])[-WORDS:]
        size = len(self._held) if size < 0 else size
        piece, self._held = bytes(self._held[:size]), self._held[size:]
        return piece

    async def _next(self) -> bytes:
        async for piece in self._pieces:
            if piece:
                return piece
        return b""


class _Outgoing:
    """What is written, for the thread."""

    def __init__(self, asking: Asking, most: int) -> None:
        self._asking = asking
        self._left = most
        self._held = bytearray()

    def write(self, content: bytes, /) -> int:
        """Takes bytes; hands them on when there are enough."""
        self._left -= len(content)
        if self._left < 0:
            raise QueryTooLarge("the answer has more bytes than allowed", setting="VERRE_QUERY_BYTES")
        self._held += content
        if len(self._held) >= protocol.PIECE:
            self.send()
        return len(content)

    def flush(self) -> None:
        """The engine calls it at the end; `send` does what is needed."""

    def send(self) -> None:
        """Hands on what is there."""
        if self._held:
            self._asking.wait(self._asking.put(bytes(self._held)))
            self._held.clear()
