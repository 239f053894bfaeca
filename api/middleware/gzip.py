"""Compresses answers for who accepts it (RFC 9110, 12.5.3): whole ones, and streams piece by piece.

A stream that breaks off gets no end of gzip either, so it is broken twice over. Compressed forms of
answers with a strong tag are kept for a while: the same tag always means the same bytes.
"""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections import OrderedDict

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.cors import add_vary
from api.middleware.headers import Raw
from graph.settings import Settings

LEVEL = 5
"""Level 9 takes three times as long for 3 % less."""
STREAM_LEVEL = 1
"""For long answers: about as fast as the engine writes them."""
IN_LOOP = 2**15
"""Bytes up to which compressing (about half a millisecond) is not worth a thread."""
KEPT_BYTES = 16 * 2**20
GZIP = 31
"""zlib's word for gzip with its header and checksum."""
TYPES = (b"text/", b"application/json", b"application/problem+json", b"application/ld+json", b"image/svg+xml")
SUFFIXES = (b"+json", b"+xml", b"/xml", b"/n-triples", b"/n-quads", b"/trig", b"/javascript")


class Gzip:
    """The layer that compresses.

    Args:
        app: what it wraps.
        settings: `VERRE_GZIP_BYTES`.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.least = settings.gzip_bytes
        self._kept: OrderedDict[tuple[bytes, bytes], bytes] = OrderedDict()
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection."""
        if scope["type"] != "http" or not self.least:
            await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, _Answer(self, scope, send).send)

    def kept(self, key: tuple[bytes, bytes]) -> bytes | None:
        """What was compressed before."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: tuple[bytes, bytes], packed: bytes) -> None:
        """Keeps what was compressed; the oldest go first."""
        if key in self._kept or len(packed) * 16 > KEPT_BYTES:
            return
        self._kept[key] = packed
        self._held += len(packed)
        while self._held > KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._held -= len(oldest)


class _Answer:
    """One answer on its way."""

    def __init__(self, layer: Gzip, scope: Scope, send: Send) -> None:
        self.layer = layer
        self.scope = scope
        self.inner = send
        self.start: Message | None = None
        self.engine: zlib._Compress | None = None

    async def send(self, message: Message) -> None:
        """Holds the head back until the first piece of the body says which way to go."""
        if message["type"] == "http.response.start":
            message = {**message, "headers": self._tagged(message)}
            if _compressible(message):
                self.start = message
            else:
                await self.inner(message)
        elif message["type"] == "http.response.body":
            await self._body(message)
        else:
            await self.inner(message)

    async def _body(self, message: Message) -> None:
        body, more = message.get("body", b""), message.get("more_body", False)
        if self.engine is not None:
            await self.inner({**message, "body": await self._packed(body, more)})
        elif self.start is None:
            await self.inner(message)
        else:
            start, self.start = self.start, None
            headers = add_vary(list(start["headers"]), b"Accept-Encoding")
            if not accepts_gzip(self.scope) or not self._worthwhile(body, more):
                await self.inner({**start, "headers": headers})
                await self.inner(message)
            elif more:
                self.engine = zlib.compressobj(STREAM_LEVEL, zlib.DEFLATED, GZIP)
                await self.inner({**start, "headers": _encoded(headers, None)})
                await self.inner({**message, "body": await self._packed(body, more)})
            else:
                packed = await self._whole(body, headers)
                await self.inner({**start, "headers": _encoded(headers, len(packed))})
                await self.inner({**message, "body": packed})

    def _tagged(self, start: Message) -> list[Raw]:
        """The headers: what has a tag varies; and a 304 tells the tag of the form that the client has."""
        headers = list(start.get("headers", ()))
        place = next((place for place, (name, _) in enumerate(headers) if name.lower() == b"etag"), None)
        if place is None:
            return headers
        if start["status"] == 304:
            weak = b"W/" + headers[place][1]
            held = b",".join(value for name, value in self.scope["headers"] if name == b"if-none-match")
            if weak in held:
                headers[place] = (b"etag", weak)
        return add_vary(headers, b"Accept-Encoding")

    def _worthwhile(self, body: bytes, more: bool) -> bool:
        """HTTP/1.0 tells the end of an answer by its length alone, and that of a stream is not known."""
        return self.scope.get("http_version") != "1.0" if more else len(body) >= self.layer.least

    async def _packed(self, body: bytes, more: bool) -> bytes:
        """A piece of a stream; the end of gzip comes only with the end of the answer."""
        engine = self.engine
        if engine is None:
            raise AssertionError("a stream has its engine")
        if len(body) > IN_LOOP:
            packed = await asyncio.to_thread(engine.compress, body)
        else:
            packed = engine.compress(body)
        return packed + engine.flush(zlib.Z_SYNC_FLUSH if more else zlib.Z_FINISH)

    async def _whole(self, body: bytes, headers: list[Raw]) -> bytes:
        tag = next((value for name, value in headers if name.lower() == b"etag"), b"")
        key = (tag, b"%d" % len(body)) if tag.startswith(b'"') else None
        packed = self.layer.kept(key) if key else None
        if packed is None:
            if len(body) > IN_LOOP:
                packed = await asyncio.to_thread(gzip.compress, body, LEVEL, mtime=0)
            else:
                packed = gzip.compress(body, LEVEL, mtime=0)
            if key:
                self.layer.keep(key, packed)
        return packed


def _compressible(start: Message) -> bool:
    if start["status"] in (204, 206, 304) or start["status"] < 200:
        return False
    named = {name.lower(): value for name, value in start.get("headers", ())}
    kind = named.get(b"content-type", b"").partition(b";")[0].strip().lower()
    return b"content-encoding" not in named and (kind.startswith(TYPES) or kind.endswith(SUFFIXES))


def _encoded(headers: list[Raw], length: int | None) -> list[Raw]:
    """The headers of the compressed form: another length, and a tag that is weak, for the bytes differ."""
    told: list[Raw] = [(b"content-encoding", b"gzip")]
    for name, value in headers:
        low = name.lower()
        if low == b"content-length":
            continue
        told.append((name, b"W/" + value) if low == b"etag" and value.startswith(b'"') else (name, value))
    if length is not None:
        told.append((b"content-length", b"%d" % length))
    return told


def accepts_gzip(scope: Scope) -> bool:
    """Whether `Accept-Encoding` admits gzip, and prefers it to the plain form or does not care."""
    given = b",".join(value for name, value in scope["headers"] if name == b"accept-encoding")
    if not given:
        return False
    weights: dict[bytes, float] = {}
    for part in given.lower().split(b",")[:32]:
        coding, *parameters = (piece.strip() for piece in part.split(b";"))
        weights[coding] = _weight(parameters)
    packed = max(weights.get(b"gzip", -1.0), weights.get(b"x-gzip", -1.0))
    if packed < 0:
        packed = weights.get(b"*", 0.0)
    return packed > 0 and packed >= weights.get(b"identity", 0.0)


def _weight(parameters: list[bytes]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition(b"=")
        if name.strip() == b"q":
            try:
                number = float(value)
            except ValueError:
                return 0.0
            return number if 0 <= number <= 1 else 0.0
    return 1.0
