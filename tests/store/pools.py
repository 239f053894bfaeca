"""What tests of the reader pool share."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from graph.settings import Settings
from graph.store.pool import Answer, QueryJob, ReaderPool
from graph.store.releases import Release, Releases
from tests.store.small import EDIT, NO_DERIVE, named, quad

CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SORT = CROSS + " ORDER BY ?c ?f ?i"
SMALL = QueryJob("SELECT ?name { ?s ?p ?name } LIMIT 1", "text/csv")
MEGABYTE = 2**20


def make_settings(**changed: Any) -> Settings:
    given: dict[str, Any] = {"readers": 2, "spare_readers": 1, "query_memory": 400 * MEGABYTE}
    return Settings(**(given | changed))


@contextlib.asynccontextmanager
async def pool_of(releases: Releases, **changed: Any) -> AsyncIterator[ReaderPool]:
    async with ReaderPool(releases, make_settings(**changed)) as pool:
        yield pool


def add(releases: Releases, key: str) -> Release:
    with releases.write() as writer:
        writer.add([quad(named(key), EDIT)])
        return writer.commit("edit", NO_DERIVE)


async def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def read(answer: Answer) -> bytes:
    if answer.body is not None:
        return answer.body
    assert answer.chunks is not None
    return b"".join([chunk async for chunk in answer.chunks])


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def children() -> set[int]:
    """Processes of ours and of theirs that exist, dead ones that nobody waited for among them."""
    found: set[int] = set()
    left = [os.getpid()]
    while left:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            pid = left.pop()
            below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            found.update(map(int, below))
            left.extend(map(int, below))
    return found
