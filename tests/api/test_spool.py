"""Answers between a fast reader and a slow client: whole, in order, bounded, and gone when given up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Message

from api.spool import IN_MEMORY, PIECE, Room, Spool, SpooledResponse
from tests.api.serving import until

pytestmark = pytest.mark.anyio

THREADS = asyncio.to_thread


class Engine:
    """Pieces of an answer, as fast as they are fetched."""

    def __init__(self, pieces: list[bytes], error: Exception | None = None) -> None:
        self.pieces = pieces
        self.error = error
        self.fetched = 0
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            await asyncio.sleep(0)
            self.fetched += 1
            yield piece
        if self.error is not None:
            raise self.error

    async def aclose(self) -> None:
        self.closed = True


def pieces(count: int, size: int = PIECE) -> list[bytes]:
    return [bytes([number % 251]) * size for number in range(count)]


def spooled(engine: Engine, folder: Path, most: int = 2**30) -> tuple[Spool, Room]:
    room = Room(folder / "spool", most)
    return Spool(engine, room, THREADS), room


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def collected(spool: Spool) -> bytes:
    return b"".join([piece async for piece in spool])


async def test_a_reader_is_done_though_the_client_takes_nothing(tmp_path: Path) -> None:
    engine = Engine(pieces(40))
    spool, room = spooled(engine, tmp_path)
    await until(lambda: engine.fetched == 40)
    await until(lambda: room.held > 30 * PIECE)
    assert list((tmp_path / "spool").iterdir()) == []  # the file has no name
    assert await collected(spool) == b"".join(pieces(40))
    assert room.held == 0
    await spool.aclose()


async def test_a_client_that_keeps_up_needs_no_file(tmp_path: Path) -> None:
    spool, room = spooled(Engine(pieces(40)), tmp_path)
    assert await collected(spool) == b"".join(pieces(40))
    await spool.aclose()
    assert not room.folder.exists() or room.held == 0


async def test_what_breaks_the_answer_off_is_raised(tmp_path: Path) -> None:
    spool, _ = spooled(Engine(pieces(3), OSError("gone")), tmp_path)
    with pytest.raises(OSError, match="gone"):
        await collected(spool)
    await spool.aclose()


async def test_an_answer_given_up_leaves_nothing(tmp_path: Path) -> None:
    before = open_files()
    engine = Engine(pieces(100))
    spool, room = spooled(engine, tmp_path)
    await until(lambda: room.held > 0)
    await spool.aclose()
    assert engine.closed
    assert room.held == 0
    assert open_files() == before


async def test_where_there_is_no_room_the_reader_waits_for_its_client(tmp_path: Path) -> None:
    engine = Engine(pieces(40))
    spool, room = spooled(engine, tmp_path, most=4 * PIECE)
    await asyncio.sleep(0.3)
    assert engine.fetched < 20
    assert room.held <= 4 * PIECE
    assert await collected(spool) == b"".join(pieces(40))
    await spool.aclose()
    assert room.held == 0


async def test_all_answers_share_the_room(tmp_path: Path) -> None:
    room = Room(tmp_path / "spool", 8 * PIECE)
    engines = [Engine(pieces(40)) for _ in range(3)]
    spools = [Spool(engine, room, THREADS) for engine in engines]
    await asyncio.sleep(0.3)
    assert 0 < room.held <= 8 * PIECE
    assert set(await asyncio.gather(*map(collected, spools))) == {b"".join(pieces(40))}
    for spool in spools:
        await spool.aclose()
    assert room.held == 0


async def test_a_disk_that_takes_nothing_costs_speed_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "spool").write_text("no folder")
    engine = Engine(pieces(40))
    spool, _ = spooled(engine, tmp_path)
    with caplog.at_level(logging.WARNING, "verre.api"):
        await asyncio.sleep(0.2)
        assert engine.fetched < 20
        assert await collected(spool) == b"".join(pieces(40))
    assert len(caplog.records) == 1
    await spool.aclose()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 3 * PIECE), max_size=20), st.integers(0, 20), st.integers(0, 6))
def test_whatever_the_pace_the_bytes_are_the_same(sizes: list[int], pause_every: int, room: int) -> None:
    async def run() -> None:
        import tempfile

        whole = [bytes([number]) * size for number, size in enumerate(sizes)]
        with tempfile.TemporaryDirectory() as folder:
            spool = Spool(Engine(whole), Room(Path(folder), room * PIECE), THREADS)
            found = []
            async for piece in spool:
                found.append(piece)
                if pause_every and len(found) % pause_every == 0:
                    await asyncio.sleep(0.001)
            await spool.aclose()
            assert b"".join(found) == b"".join(whole)

    asyncio.run(run())


async def test_a_response_gives_its_source_up_when_the_client_goes(tmp_path: Path) -> None:
    engine = Engine(pieces(60))
    room = Room(tmp_path / "spool", 2**30)
    response = SpooledResponse(engine, room, THREADS, {"Some": "header"}, "text/csv")
    sent: list[Message] = []
    gone = asyncio.Event()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)
        if len(sent) == 3:
            gone.set()
            await asyncio.sleep(60)

    await response({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)
    assert (b"some", b"header") in sent[0]["headers"]
    assert engine.closed
    assert room.held == 0


async def test_a_response_is_sent_whole(tmp_path: Path) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)
        await asyncio.sleep(0.001)

    engine = Engine([*pieces(IN_MEMORY // PIECE + 8), b"end"])
    response = SpooledResponse(engine, Room(tmp_path, 2**30), THREADS, {}, "text/csv")
    await response({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)
    assert b"".join(message["body"] for message in sent[1:]) == b"".join(engine.pieces)
    assert sent[-1]["more_body"] is False
