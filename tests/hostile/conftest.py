"""A server of the project's own data with small limits, which is written to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.keys import Keys, Role
from tests.product.conftest import Server, build, start, stop

LIMITS = {
    "query_timeout": "1",
    "query_timeout_max": "2",
    "update_timeout": "1",
    "query_memory": str(512 * 2**20),
    "write_memory": str(512 * 2**20),
    "queue": "8",
    "write_queue": "8",
    "long_readers": "4",
    "body_bytes": str(2 * 2**20),
    "upload_bytes": str(4 * 2**20),
    "anonymous_requests": "0",
    "anonymous_queries": "0",
    "wrong_keys": "0",
    "body_timeout": "5",
    "keep_releases": "3",
}
"""No client is turned away for asking much, as all are one here; all else is small, so that it is reached."""


@dataclass(frozen=True)
class Target:
    """What is asked, and the key of a steward of it."""

    server: Server
    key: str


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Target]:
    """A server for one test."""
    build(tmp_path)
    key = Keys(tmp_path).create(Role.STEWARD)[1]
    running = start(tmp_path, **LIMITS)
    yield Target(running, key)
    stop(running)
