"""Writes to the endpoint (`graph.store.writes.Writes`), one after the other, each a state of its own.

The list index follows after a moment without writes, off the event loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, cast

from graph import resources
from graph.errors import Busy, QueryError, QueryTimeout, StoreError, VerreError, WriteTimeout
from graph.quality.change import ChangeCheck
from graph.settings import Settings
from graph.store import gate
from graph.store.derive import Derive
from graph.store.remote.copy import Copy
from graph.store.remote.indexing import reindex
from graph.store.remote.releases import RemoteReleases
from graph.store.remote.threads import in_thread
from graph.store.remote.writer import RemoteWriter
from graph.store.writer import Savepoint, Writer
from graph.store.writes import Write, Written
from graph.store.writing.apply import Applier
from graph.store.writing.shapes import ShapeGate

EDIT = "edit"
"""The kind of a state whose list index is still that of the state before."""
log = logging.getLogger("verre.store")


class RemoteWrites:
    """Writes.

    Args:
        releases: of the endpoint.
        settings: the limits.
        derive: makes what every state has beside its sources.
    """

    def __init__(self, releases: RemoteReleases, settings: Settings, derive: Callable[[], Derive]) -> None:
        self._releases = releases
        self._settings = settings
        self._derive = derive
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._closed = False
        self._refresh: asyncio.Task[None] | None = None
        self._indexing = asyncio.Lock()
        self._owed = False
        self._gate: ShapeGate | None = None

    async def start(self) -> None:
        """Makes the list index that an earlier process may have owed."""
        self._closed = False
        current = await in_thread(self._releases.current)
        if current is not None and current.manifest.kind == EDIT:
            self._index_later()

    async def close(self) -> None:
        """Ends; a write under way is finished, and the list index that is owed is made."""
        self._closed = True
        async with self._turn:
            task, self._refresh = self._refresh, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._owed:
            await self._index()

    async def write(self, write: Write) -> Written:
        """See `Writes.write`."""
        if self._closed:
            raise Busy("the service is closing; nothing was written")
        if self._waiting > self._settings.write_queue:
            raise Busy("too many writes wait already; nothing was written", setting="VERRE_WRITE_QUEUE")
        self._waiting += 1
        try:
            async with self._turn:
                # a thread cannot be stopped: whoever hangs up still gets the write done whole
                done = await asyncio.shield(in_thread(lambda: self._write(write)))
        finally:
            self._waiting -= 1
        if done.changed:
            self._index_later()
        return done

    def _write(self, write: Write) -> Written:
        if write.kind == "update":
            gate.check_update(write.text)
        try:
            with self._releases.writing(self._settings.write_lock_wait) as writer:
                if writer.base is None:
                    raise StoreError("nothing is known of the endpoint yet: run `verre index`")
                writer.index_now = False
                brackets = self._settings.query_nesting
                applier = Applier(cast(Writer, writer), self._releases.base_iri, brackets=brackets)
                applied = applier.apply(write)
                report = self._passes(writer, lenient=write.lenient)
                change = writer.change()
                release = writer.commit(EDIT, self._derive())
        except QueryTimeout as error:
            raise WriteTimeout(f"the write was stopped: {error.detail}", setting=error.setting) from error
        return replace(
            applied,
            release=release.name,
            changed=bool(change),
            added=len(change.added),
            removed=len(change.removed),
            report=report,
        )

    def _passes(self, writer: RemoteWriter, *, lenient: bool) -> tuple[dict[str, Any], ...]:
        """What the shapes find; asked of the endpoint, and of a copy where its engine cannot answer."""
        if self._gate is None:
            self._gate = ShapeGate(ChangeCheck(resources.ontologies()))
        ours, begin = cast(Writer, writer), cast(Savepoint, writer.savepoint())
        try:
            return self._gate.passes(ours, begin, lenient=lenient)
        except QueryError:
            with Copy(self._releases) as copy:
                writer.look_at(copy)
                return self._gate.passes(ours, begin, lenient=lenient)

    def _index_later(self) -> None:
        """Begins to wait anew after each write."""
        self._owed = True
        if self._refresh is not None and not self._refresh.done():
            self._refresh.cancel()
        self._refresh = asyncio.get_running_loop().create_task(self._index_soon())

    async def _index_soon(self) -> None:
        await asyncio.sleep(self._settings.store_refresh)
        await asyncio.shield(self._index())

    async def _index(self) -> None:
        async with self._indexing:
            if not self._owed:
                return
            self._owed = False
            try:
                await in_thread(lambda: reindex(self._releases, self._derive()))
            except VerreError as error:
                self._owed = True
                log.error("the list index could not be made from the endpoint: %s", error)
