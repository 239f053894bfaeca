"""Engine answers over HTTP: whole ones as they are, long ones piece by piece, broken ones visibly broken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import TypeVar

from anyio import SpooledTemporaryFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.operations import operations_of
from api.services import services_of
from api.spool import SpooledResponse
from graph.store.pool import Answer

T = TypeVar("T")
SPOOL = 2**20
"""Bytes that an answer to an HTTP/1.0 client may take in memory before it goes to a file."""
PIECE = 2**16
QUICK = 0.05
"""Seconds that a query may take before somebody looks whether its client is still there."""


async def unless_gone(request: Request, work: Callable[[], Awaitable[T]]) -> T | None:
    """The outcome of `work`; None, and `work` given up, once the client has hung up.

    Without this a query whose client went away would keep its reader busy until its deadline.
    """
    await request.body()
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    if task is None:
        raise AssertionError("a request is served by a task")
    watches: list[asyncio.Task[None]] = []
    # Most answers are here before a watch would be worth its cost
    timer = loop.call_later(QUICK, lambda: watches.append(loop.create_task(_give_up(request, task))))
    try:
        return await work()
    except asyncio.CancelledError:
        if not any(watch.done() for watch in watches):
            raise
        task.uncancel()
        return None
    finally:
        timer.cancel()
        for watch in watches:
            watch.cancel()


async def _give_up(request: Request, task: asyncio.Task[object]) -> None:
    """Cancels who works for a client once that has hung up."""
    await _hung_up(request)
    task.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def respond(
    request: Request, answer: Answer, content_type: str, headers: Mapping[str, str]
) -> Response:
    """The answer of a reader.

    A stream that fails raises while it is sent, and the server then drops the connection: with
    chunked coding (HTTP/1.1) the client sees that the end is missing. HTTP/1.0 has no such sign,
    so there the answer is collected first and sent with its length.
    """
    if answer.body is not None:
        return Response(answer.body, 200, dict(headers), content_type)
    if answer.chunks is None:
        raise AssertionError("an answer has a body or chunks")
    if request.scope.get("http_version") == "1.0":
        return await _collected(answer.chunks, content_type, headers)
    room = operations_of(request.app).spools
    return SpooledResponse(answer.chunks, room, services_of(request.app).in_thread, headers, content_type)


async def whole(answer: Answer) -> bytes:
    """An answer of ours, which is never long, in one piece."""
    if answer.body is not None:
        return answer.body
    if answer.chunks is None:
        raise AssertionError("an answer has a body or chunks")
    return b"".join([chunk async for chunk in answer.chunks])


async def _collected(chunks: AsyncIterator[bytes], content_type: str, headers: Mapping[str, str]) -> Response:
    spool = SpooledTemporaryFile(SPOOL)
    length = 0
    try:
        async for chunk in chunks:
            length += await spool.write(chunk)
        await spool.seek(0)
    except BaseException:
        await spool.aclose()
        raise

    async def pieces() -> AsyncIterator[bytes]:
        async with spool:
            while piece := await spool.read(PIECE):
                yield piece

    return StreamingResponse(pieces(), 200, {**headers, "Content-Length": str(length)}, content_type)
