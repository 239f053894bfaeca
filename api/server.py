"""Runs the application under uvicorn, in this process or in several, and says on one line when it is ready."""

from __future__ import annotations

import asyncio
import errno
import gc
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn

from api.app import create_app
from api.connections import Room, connections_of, raise_file_limit
from api.operations import operations_of
from graph.errors import InputError, Issue
from graph.settings import Settings

BACKLOG = 2048
"""Connections that the kernel holds until they are taken."""
PATIENCE = 2.0
"""Seconds that an address may still be taken."""
GOODBYE = 0.4
"""Seconds for telling those whose requests are given up."""


class Server(uvicorn.Server):
    """A uvicorn server with our connections, which stops within `VERRE_STOP_TIMEOUT` and a moment.

    Args:
        settings: every limit.
        ready: called once it takes requests.
    """

    def __init__(self, settings: Settings, ready: Callable[[], None]) -> None:
        app = create_app(settings)
        self.settings = settings
        self.operations = operations_of(app)
        self.room = Room(settings)
        self.operations.watch_connections(self.room)
        self._ready = ready
        self._watch: asyncio.Task[None] | None = None
        config = uvicorn.Config(
            app,
            http=connections_of(self.room),
            ws="none",
            log_level="critical",
            access_log=False,
            server_header=False,
            backlog=BACKLOG,
            timeout_keep_alive=int(settings.idle_timeout) + 60,  # ours ends it before
            forwarded_allow_ips=[host.strip() for host in settings.proxies.split(",") if host.strip()],
        )
        super().__init__(config)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to take requests."""
        raise_file_limit(self.settings.connections)
        await super().startup(sockets)
        if self.started:
            self._watch = asyncio.create_task(self.room.watch())
            # What is here now stays: no collection has to look at it again
            gc.collect()
            gc.freeze()
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends: requests under way get a while, then they are told, then connections are cut."""
        for server in self.servers:
            server.close()
        for each in list(self.server_state.connections):
            each.shutdown()
        await self._finished(self.settings.stop_timeout)
        self.operations.stopping = True
        for task in list(self.server_state.tasks):
            task.cancel()
        await self._finished(GOODBYE)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        await self.lifespan.shutdown()

    async def _finished(self, seconds: float) -> None:
        """Waits until nothing is under way, at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.server_state.tasks or self.server_state.connections:  # noqa: ASYNC110 - there is no event
                    await asyncio.sleep(0.02)


def listen(settings: Settings) -> socket.socket:
    """The socket that everybody calls.

    Raises:
        InputError: the address is no address of this machine, or somebody else has it.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = _bound(family, address[:2])
    except OSError as error:
        issue = Issue("VERRE_PORT", f"{error.strerror or error}", f"{settings.host}:{settings.port}")
        raise InputError(f"{settings.host}:{settings.port} cannot be listened on", issues=(issue,)) from error
    listening.setblocking(False)
    return listening


def _bound(family: socket.AddressFamily, address: tuple[Any, ...]) -> socket.socket:
    """A socket on an address; one that a service that was killed is about to free is waited for."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_server(address, family=family, backlog=BACKLOG)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def say_ready(listening: socket.socket) -> None:
    """The one line that says where to look."""
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    where = f"http://{shown}:{port}/"
    print(f"Verre is ready: {where} (stop it with Ctrl+C)", file=sys.stderr, flush=True)  # noqa: T201


def serve(settings: Settings) -> None:
    """Serves until it is told to stop.

    Args:
        settings: where to listen, how many processes, and every limit.
    """
    if settings.workers > 1:
        from api.supervisor import Supervisor

        Supervisor(settings).run()
        return
    with listen(settings) as listening:
        Server(settings, lambda: say_ready(listening)).run([listening])
