"""Connections that cannot be held for nothing: a time for the head, for idleness, for taking the answer.

A slow client costs a connection and nothing else, and there is a number of those. Who has asked
nothing for longest makes room for who comes. One look a second goes over all connections, so that a
request costs no timer.
"""

from __future__ import annotations

import asyncio
import resource
from collections import Counter
from enum import Enum, auto
from typing import Any

import orjson
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.limits import network
from graph.settings import Settings

LOOK = 0.5
"""Seconds between two looks at all connections."""
LINGER = 2.0
"""Seconds in which the rest of a body that was refused is read and thrown away, so that the answer arrives."""
FILES = 256
"""Descriptors that a process needs beside its connections."""
ANSWER = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "connection": "close",
    "x-content-type-options": "nosniff",
}
"""Headers of what is answered without the application."""


class State(Enum):
    """What a connection waits for."""

    IDLE = auto()  # a request
    HEAD = auto()  # the rest of a request's head
    BUSY = auto()  # our answer
    DRAIN = auto()  # the rest of a body after our answer


class Room:
    """The connections of one process.

    Args:
        settings: how many, and how long they may take.

    Attributes:
        refused: how many were turned away or cut, by reason.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.refused: Counter[str] = Counter()
        self.held: set[Connection] = set()
        self._clients: Counter[str] = Counter()
        self._proxies = {network(host.strip()) for host in settings.proxies.split(",") if host.strip()}
        self._limits = {
            State.IDLE: settings.idle_timeout,
            State.HEAD: settings.head_timeout,
            State.DRAIN: LINGER,
        }

    def __len__(self) -> int:
        return len(self.held)

    def enter(self, connection: Connection) -> str:
        """Lets a connection in, if need be in place of an idle one; else the setting that it met."""
        client = connection.address
        own = client not in self._proxies
        if own and self._clients[client] >= self.settings.client_connections and not self._evict(client):
            return "client_connections"
        if len(self.held) >= self.settings.connections and not self._evict():
            return "connections"
        self.held.add(connection)
        self._clients[client] += 1
        return ""

    def leave(self, connection: Connection) -> None:
        """Forgets a connection that has ended."""
        if connection in self.held:
            self.held.discard(connection)
            self._clients[connection.address] -= 1
            if not self._clients[connection.address]:
                del self._clients[connection.address]

    def _evict(self, client: str | None = None) -> bool:
        """Ends the connection that has asked nothing for longest; whether there was one."""
        idle = (
            each
            for each in self.held
            if each.state in (State.IDLE, State.HEAD) and client in (None, each.address)
        )
        oldest = min(idle, key=lambda each: each.since, default=None)
        if oldest is not None:
            oldest.cut("evicted")
        return oldest is not None

    def look(self, now: float) -> None:
        """Ends every connection that has taken too long over something."""
        for each in list(self.held):
            limit = self._limits.get(each.state)
            if each.blocked and now - each.blocked > self.settings.send_timeout:
                each.cut("slow_reader")
            elif limit is not None and now - each.since > limit and not each.blocked:
                each.cut(f"slow_{each.state.name.lower()}" if each.state is not State.IDLE else "idle")

    async def watch(self) -> None:
        """Looks again and again."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(LOOK)
            self.look(loop.time())


class Connection(HttpToolsProtocol):
    """uvicorn's connection, which knows what it waits for and since when.

    Attributes:
        room: set by `connections_of`.
        blocked: since when the client takes nothing, or 0.
    """

    room: Room

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.state = State.IDLE
        self.since = self.loop.time()
        self.blocked = 0.0
        self.address = ""
        self._head = 0
        self._whole = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Lets it in, or tells at once why not."""
        super().connection_made(transport)
        self.address = network(self.client[0] if self.client else "local")
        met = self.room.enter(self)
        if met:
            self.room.refused[met] += 1
            self._refuse(503, met, getattr(self.room.settings, met), "connections at the same time")

    def connection_lost(self, exc: Exception | None) -> None:
        """Makes room."""
        self.room.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes what came; a head has its time from its first byte, and its size."""
        if self.parser is None or self.transport.is_closing():
            return
        if self.state is State.IDLE:
            self.state, self.since, self._head = State.HEAD, self.loop.time(), 0
        if self.state is State.HEAD:
            self._head += len(data)
        super().data_received(data)
        if self.state is State.HEAD and self._head > self.room.settings.head_bytes:
            self.room.refused["head_bytes"] += 1
            self._refuse(431, "head_bytes", self.room.settings.head_bytes, "bytes of a request's head")

    def on_message_begin(self) -> None:
        """A request begins."""
        self._whole = False
        super().on_message_begin()
        self.scope["state"]["drop"] = self.drop

    def on_headers_complete(self) -> None:
        """Its head is here."""
        self.state = State.BUSY
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of it is here."""
        self._whole = True
        super().on_message_complete()
        if self.state is State.DRAIN:
            self.state, self.since = State.IDLE, self.loop.time()

    def on_response_complete(self) -> None:
        """The answer was handed over; another request may be waiting already."""
        waiting = bool(self.pipeline)
        super().on_response_complete()
        if not waiting:
            self.state = State.IDLE if self._whole else State.DRAIN
            self.since = self.loop.time()

    def pause_writing(self) -> None:
        """The client is slower than we are."""
        self.blocked = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client has caught up."""
        self.blocked = 0.0
        super().resume_writing()

    def drop(self) -> None:
        """Breaks an answer off without a word in the log: who called has written one."""
        if self.cycle is not None:
            self.cycle.disconnected = True
        self.transport.close()
        self.blocked = self.blocked or self.loop.time()  # what is left to send has its time too

    def cut(self, why: str) -> None:
        """Ends it at once."""
        self.room.refused[why] += 1
        self.transport.abort()
        self.room.leave(self)

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP."""
        self.room.refused["invalid"] += 1
        self._answer(400, "belgif:badRequest", "Bad request", "This is no HTTP request.", "")

    def _unsupported_upgrade_warning(self) -> None:
        """No word: anybody could fill the log with them."""

    def _refuse(self, status: int, setting: str, most: int, what: str) -> None:
        title = "Busy" if status == 503 else "Request too large"
        name = "verre:busy" if status == 503 else "verre:payloadTooLarge"
        self._answer(status, name, title, f"At most {most} {what}.", f"VERRE_{setting.upper()}")

    def _answer(self, status: int, name: str, title: str, detail: str, setting: str) -> None:
        """Answers without the application, and ends the connection."""
        told = {"type": f"urn:problem-type:{name}", "title": title, "status": status, "detail": detail}
        body = orjson.dumps({**told, "setting": setting} if setting else told)
        headers = {**ANSWER, "content-length": len(body), **({"retry-after": 1} if status == 503 else {})}
        head = [f"HTTP/1.1 {status} {title}", *(f"{key}: {value}" for key, value in headers.items()), "", ""]
        self.transport.write("\r\n".join(head).encode() + body)
        self.transport.close()


def connections_of(room: Room) -> type[Connection]:
    """The class of the connections in one room, for `uvicorn.Config(http=...)`."""
    return type("RoomConnection", (Connection,), {"room": room})


def raise_file_limit(connections: int) -> None:
    """Asks for as many descriptors as so many connections need, as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
