"""Writes to our own releases: one process that writes, a queue in front of it, one release a group.

::

    writes = WriteService(releases, settings)
    await writes.start()
    written = await writes.write(Write("update", "INSERT DATA { GRAPH <…> { … } }"))
"""

from __future__ import annotations

from graph.store.writing.service import WriteService

__all__ = ["WriteService"]
