"""Bodies of requests as they are meant: unpacked, and no longer than they may be."""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from starlette.requests import Request

from api.errors import PayloadTooLarge, UnsupportedMediaType
from graph.errors import InputError, Issue

Threads = Callable[[Callable[[], Any]], Awaitable[Any]]

PIECE = 2**18
"""Bytes that are unpacked, or handed on, at a time."""
_GZIP = 31
"""zlib's word for gzip with its header and checksum."""
_UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


@dataclass(frozen=True)
class Most:
    """How much a body may hold.

    Attributes:
        bytes: as unpacked.
        setting: where the limit comes from.
    """

    bytes: int
    setting: str

    def error(self) -> PayloadTooLarge:
        """The error that names it."""
        issue = Issue("Content-Length", f"at most {self.bytes} bytes")
        told = f"The body may have at most {self.bytes} bytes, unpacked."
        return PayloadTooLarge(told, issues=(issue,), setting=self.setting)


class Gunzip:
    """Unpacks gzip piece by piece, never more than a piece at a time; several members follow each other."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(_GZIP)
        self._begun = False

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """What `packed` adds.

        Raises:
            InputError: it is no gzip.
        """
        rest = packed
        try:
            while rest:
                if self._engine.eof:
                    self._engine = zlib.decompressobj(_GZIP)
                self._begun = True
                piece = self._engine.decompress(rest, PIECE)
                rest = self._engine.unused_data if self._engine.eof else self._engine.unconsumed_tail
                if piece:
                    yield piece
        except zlib.error:
            raise _broken() from None

    def finish(self) -> None:
        """Ends.

        Raises:
            InputError: the end is missing.
        """
        if self._begun and not self._engine.eof:
            raise _broken()


def _broken() -> InputError:
    issue = Issue("Content-Encoding", "what was sent is no whole gzip", "gzip")
    return InputError("The body cannot be unpacked.", issues=(issue,))


def packed(request: Request) -> bool:
    """Whether the body is gzip.

    Raises:
        UnsupportedMediaType: it is packed in another way.
    """
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        return False
    if encoding in ("gzip", "x-gzip"):
        return True
    issue = Issue("Content-Encoding", "send it as it is, or as gzip", encoding)
    raise UnsupportedMediaType("A body packed in this way is not read here.", issues=(issue,))


async def pieces(request: Request, most: Most, threads: Threads) -> AsyncGenerator[bytes, None]:
    """The body as it comes in, unpacked, in pieces of `PIECE` bytes at most.

    Args:
        request: whose body nobody has read.
        most: how much it may hold.
        threads: runs what takes long off the event loop.

    Raises:
        InputError: it is no whole gzip.
        UnsupportedMediaType: it is packed in another way.
        PayloadTooLarge: it holds more.
    """
    total = 0
    source = _gathered(request)
    async for piece in _unpacked(source, threads) if packed(request) else source:
        total += len(piece)
        if total > most.bytes:
            raise most.error()
        yield piece


async def _gathered(request: Request) -> AsyncGenerator[bytes, None]:
    held = bytearray()
    async for raw in request.stream():
        held += raw
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


async def _unpacked(source: AsyncGenerator[bytes, None], threads: Threads) -> AsyncGenerator[bytes, None]:
    gunzip = Gunzip()
    async for raw in source:
        found = gunzip.feed(raw)
        while piece := await threads(partial(next, found, b"")):
            yield piece
    gunzip.finish()


async def whole(request: Request, most: Most, threads: Threads) -> bytes:
    """The whole body, unpacked; it is kept for who asks again. Errors as in `pieces`."""
    raw = await request.body()  # its length is checked as it comes in
    if not packed(request):
        return raw
    return b"".join([piece async for piece in pieces(request, most, threads)])


def text(raw: bytes, request: Request, name: str) -> str:
    """A body that is SPARQL.

    Args:
        name: what it is: `query`, `update`.

    Raises:
        UnsupportedMediaType: `Content-Type` names a charset other than UTF-8.
        InputError: it is not UTF-8.
    """
    for parameter in request.headers.get("content-type", "").split(";")[1:]:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset" and value.strip().strip('"').lower() not in _UTF8:
            issue = Issue("Content-Type", "send it in UTF-8", value.strip())
            raise UnsupportedMediaType("SPARQL is UTF-8.", issues=(issue,))
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise InputError(f"The {name} is not UTF-8.", issues=(Issue(name, "send it in UTF-8"),)) from None
