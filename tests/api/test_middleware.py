"""What every answer has, and what becomes of errors that nobody caught."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from api import errors

pytestmark = pytest.mark.anyio


async def hello(_: Request) -> Response:
    return PlainTextResponse("hello", headers={"Content-Security-Policy": "default-src 'none'"})


async def length(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def broken(_: Request) -> Response:
    raise KeyError("/secret/path")


async def breaks_off(_: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"one"
        raise OSError("gone")

    return StreamingResponse(pieces())


async def tell(request: Request, error: Exception) -> Response:
    return errors.respond(errors.problem_of(error, request))
