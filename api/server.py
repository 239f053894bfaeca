"""Runs the application under uvicorn, and says on one line where to look once it is ready."""

from __future__ import annotations

import sys
from socket import socket

import uvicorn

from api.app import create_app
from graph.settings import Settings


class _Server(uvicorn.Server):
    """A uvicorn server that tells when it is ready, with the port that it really got."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            where = f"http://{shown}:{port}/"
            print(f"Verre is ready: {where} (stop it with Ctrl+C)", file=sys.stderr, flush=True)  # noqa: T201


def serve(settings: Settings) -> None:
    """Serves until it is told to stop.

    Args:
        settings: where to listen, and every limit.
    """
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    _Server(config).run()
