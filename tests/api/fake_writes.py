"""Those who write, played: what they are given is kept, and what they answer is set by the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from api.services import services_of
from graph.store.writes import Write, Written


class FakeWrites:
    """A `graph.store.writes.Writes` that writes nothing.

    Attributes:
        seen: the writes that came.
        bodies: the bytes of their files, read while they are there.
        answer: what a write gives.
        error: what it raises instead.
    """

    def __init__(self) -> None:
        self.seen: list[Write] = []
        self.bodies: list[bytes] = []
        self.answer = Written("000002", added=1)
        self.error: Exception | None = None

    async def start(self) -> None:
        """Nothing to make ready."""

    async def close(self) -> None:
        """Nothing to end."""

    async def write(self, write: Write) -> Written:
        """Keeps it."""
        self.seen.append(write)
        self.bodies.append(write.body.read_bytes() if write.body else b"")
        if self.error:
            raise self.error
        return self.answer


@contextmanager
def writing(app: FastAPI) -> Iterator[FakeWrites]:
    """The application with such writers, for as long as the `with` lasts."""
    services = services_of(app)
    before = services.writes
    made = FakeWrites()
    services.writes = made
    try:
        yield made
    finally:
        services.writes = before
