"""The floor under an HTTP answer: the same framework and server, with bytes that lie ready."""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.responses import Response


def application(body: bytes) -> FastAPI:
    """An application whose every path answers these bytes."""
    app = FastAPI()

    @app.get("/{path:path}")
    async def ready(path: str) -> Response:
        return Response(body, media_type="application/json")

    return app


if __name__ == "__main__":
    uvicorn.run(
        application(Path(sys.argv[2]).read_bytes()),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="warning",
    )
