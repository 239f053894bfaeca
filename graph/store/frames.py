"""Our end of the socket to a reader: whole frames, in the order in which they came."""

from __future__ import annotations

import asyncio
import socket
from collections import deque

from graph.store.protocol import HEADER, PIECE

AHEAD = 4 * PIECE
"""Bytes that may lie here unread before a reader has to wait."""
_ROOM = bytearray(AHEAD)
"""Where every socket is read into; emptied at once, on the one thread of the event loop."""


class Frames:
    """Reads whenever there is something, so that one turn of the event loop brings a short answer whole.

    Args:
        connection: to the reader.

    Attributes:
        gone: whether the other end has closed.
        unread: whether it closed with something from us that it had not read.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.gone = False
        self.unread = False
        self._connection = connection
        self._frames: deque[tuple[bytes, bytes]] = deque()
        self._part = bytearray()
        self._lying = 0
        self._reading = True
        self._waiting: asyncio.Future[None] | None = None
        self._loop = asyncio.get_running_loop()
        connection.setblocking(False)
        self._loop.add_reader(connection, self._readable)

    async def next(self) -> tuple[bytes, bytes] | None:
        """The next frame, or `None` once the other end has gone and nothing is left."""
        while not self._frames:
            if self.gone:
                return None
            self._read_on()
            self._waiting = self._loop.create_future()
            await self._waiting
        frame = self._frames.popleft()
        self._lying -= len(frame[1])
        return frame

    async def send(self, frame: bytes) -> None:
        """Sends a frame; where the other end has gone, `gone` and `unread` say so afterwards."""
        try:
            sent = self._connection.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.unread = True
            self._lost()
            return
        if sent < len(frame):
            try:
                await self._loop.sock_sendall(self._connection, frame[sent:])
            except OSError:
                self.unread = True
                self._lost()

    def close(self) -> None:
        """Closes the socket."""
        self._lost()
        self._connection.close()

    def _readable(self) -> None:
        try:
            received = self._connection.recv_into(_ROOM)
        except BlockingIOError:
            return
        except OSError:  # reset: it closed with a job of ours unread
            self.unread, received = True, 0
        if not received:
            self._lost()
            return
        self._cut(received)
        if self._lying > AHEAD:
            self._loop.remove_reader(self._connection)
            self._reading = False
        self._wake()

    def _cut(self, received: int) -> None:
        with memoryview(_ROOM) as room:
            self._part += room[:received]
        begin, there = 0, len(self._part)
        with memoryview(self._part) as view:
            while there - begin >= HEADER.size:
                kind, length = HEADER.unpack_from(view, begin)
                end = begin + HEADER.size + length
                if end > there:
                    break
                self._frames.append((kind, bytes(view[begin + HEADER.size : end])))
                self._lying += length
                begin = end
        del self._part[:begin]

    def _read_on(self) -> None:
        if not self._reading:
            self._reading = True
            self._loop.add_reader(self._connection, self._readable)

    def _lost(self) -> None:
        if not self.gone:
            self.gone = True
            self._loop.remove_reader(self._connection)
            self._wake()

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result(None)
