"""The body of a request: no longer than it may be, and no slower."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from starlette.types import Message, Receive, Scope

from api.errors import PayloadTooLarge, RequestTimeout
from graph.errors import Issue, VerreError
from graph.settings import Settings

RATE = 2**16
"""Bytes of a body that earn it a second more."""
DIGITS = 18
"""Of a length that are read; one with more is too long in any case."""
UPLOADS = "/store"
"""Beginning of the paths that take whole graphs."""


class BodyRefused(Exception):
    """The rest of the body is not read.

    Attributes:
        told: the error for who sends it.
    """

    def __init__(self, told: VerreError) -> None:
        super().__init__(told.detail)
        self.told = told


@dataclass(slots=True)
class Body:
    """What may come in as the body of one request, and what has.

    Attributes:
        announced: its length by `Content-Length`.
        most: bytes that it may have.
        setting: where `most` comes from.
        patience: seconds that it may take, and one more for every `RATE` bytes.
    """

    announced: int | None
    most: int
    setting: str
    patience: float
    read: int = 0
    over: bool = False
    _asked: float = field(default=0.0)

    @classmethod
    def of(cls, scope: Scope, settings: Settings) -> Body:
        """The body of a request."""
        length = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        announced = int(length[:DIGITS]) if length.isdigit() else None
        if scope["method"] in ("PUT", "POST") and scope["path"].startswith(UPLOADS):
            most, setting = max(settings.upload_bytes, settings.body_bytes), "upload_bytes"
        else:
            most, setting = settings.body_bytes, "body_bytes"
        return cls(announced, most, setting, settings.body_timeout)

    def check_announced(self) -> None:
        """Refuses a body that says itself that it is too long.

        Raises:
            BodyRefused: it does.
        """
        if self.announced is not None and self.announced > self.most:
            raise BodyRefused(self._too_large(self.announced))

    async def receive(self, receive: Receive) -> Message:
        """The next message.

        Raises:
            BodyRefused: too long, or too slow.
        """
        if self.over:
            return await receive()
        message = await self._in_time(receive)
        if message["type"] == "http.request":
            self.read += len(message.get("body", b""))
            self.over = not message.get("more_body", False)
            if self.read > self.most:
                raise BodyRefused(self._too_large(None))
        return message

    async def _in_time(self, receive: Receive) -> Message:
        now = asyncio.get_running_loop().time()
        self._asked = self._asked or now
        deadline = self._asked + self.patience + self.read / RATE
        try:
            async with asyncio.timeout_at(max(deadline, now + 0.1)):  # what is here already counts
                return await receive()
        except TimeoutError:
            raise BodyRefused(self._too_slow()) from None

    def _too_large(self, given: int | None) -> PayloadTooLarge:
        issue = Issue("Content-Length", f"at most {self.most} bytes", None if given is None else str(given))
        return PayloadTooLarge(
            f"The body may have at most {self.most} bytes.", issues=(issue,), setting=self.setting
        )

    def _too_slow(self) -> RequestTimeout:
        return RequestTimeout(f"The body did not come within {self.patience:g} s.", setting="body_timeout")
