"""Our end of the process that sets documents: one process a document, killed at its deadline."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import orjson

from graph.documents import fonts
from graph.errors import Busy, InputError, QueryFailed, QueryTimeout, QueryTooLarge, VerreError
from graph.settings import Settings

_TEMPLATES = Path(__file__).parent / "templates"
PRINT = 300.0
"""Dots an inch of a picture that is printed."""


@dataclass(frozen=True)
class Job:
    """A document to set.

    Attributes:
        template: file of `templates/`, without its ending.
        data: what it tells; a template reads it as JSON, so that no text of it is ever markup.
        pictures: SVG by the name under which the template reads it.
        moment: seconds since 1970 that the document says it was made at.
    """

    template: str
    data: Mapping[str, Any]
    pictures: Mapping[str, str] = field(default_factory=dict)
    format: Literal["pdf", "png"] = "pdf"
    ppi: float = PRINT
    moment: int = 0


@cache
def _template(name: str) -> str:
    return (_TEMPLATES / f"{name}.typ").read_text("utf-8")


class Press:
    """Sets documents, for one event loop.

    Args:
        settings: the limits.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._gate = asyncio.Semaphore(settings.document_processes)
        self._asked = 0
        self._children: set[asyncio.subprocess.Process] = set()

    async def make(self, job: Job) -> bytes:
        """The document, or the first of its pages as a picture.

        Raises:
            Unsupported: the letters that documents are set in are not installed.
            Busy: too many wait already.
            QueryTimeout: it took longer than the setting allows.
            InputError: it has more pages than the setting allows.
            QueryTooLarge: it took more memory than the setting allows.
            QueryFailed: the typesetter failed.
        """
        if self._asked >= self._settings.document_processes + self._settings.document_queue:
            raise Busy("Too many documents are being made already.", setting="document_queue")
        self._asked += 1
        try:
            async with self._gate:
                return await self._made(job)
        finally:
            self._asked -= 1

    async def _made(self, job: Job) -> bytes:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "graph.documents.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        self._children.add(child)
        try:
            async with asyncio.timeout(self._settings.document_timeout):
                said, _ = await child.communicate(self._told(job))
        except TimeoutError:
            seconds = self._settings.document_timeout
            raise QueryTimeout(
                f"Making the document was stopped after {seconds:g} seconds: ask for less.",
                setting="document_timeout",
            ) from None
        finally:
            await _end(child)
            self._children.discard(child)
        answer, made = _heard(said, child.returncode or 0)
        if made is None:
            raise self._failure(answer)
        return made

    def _told(self, job: Job) -> bytes:
        scripts = {"ja": fonts.JAPANESE, "ko": fonts.KOREAN}
        data = {**job.data, "pages": self._settings.document_pages, "scripts": scripts}
        files = {
            "main.typ": _template(job.template),
            "common.typ": _template("common"),
            "data.json": orjson.dumps(data).decode(),
            **{f"{name}.svg": text for name, text in job.pictures.items()},
        }
        return orjson.dumps(
            {
                "files": files,
                "fonts": str(fonts.folder()),
                "format": job.format,
                "ppi": job.ppi,
                "timestamp": job.moment,
                "memory": self._settings.document_memory,
            }
        )

    def _failure(self, answer: Mapping[str, Any]) -> VerreError:
        if answer["error"] == "pages":
            most = self._settings.document_pages
            return InputError(
                f"The document would have more than {most} pages: ask for fewer companies.",
                setting="document_pages",
            )
        if answer["error"] == "memory":
            return QueryTooLarge(
                "Making the document took more memory than it may.", setting="document_memory"
            )
        return QueryFailed(f"The document could not be set: {answer.get('detail', '')}")

    async def close(self) -> None:
        """Ends what is being made."""
        for child in list(self._children):
            await _end(child)


_KILLED = frozenset({-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV})
"""How a process ends that got no more memory."""


def _heard(said: bytes, code: int) -> tuple[dict[str, Any], bytes | None]:
    """What a process said before it ended: why nothing came of it, or the first document, whole."""
    head, _, rest = said.partition(b"\n")
    try:
        answer: dict[str, Any] = orjson.loads(head)
        length = int(answer.get("lengths", [0])[0])
        if "error" in answer or 0 < length <= len(rest):
            return answer, None if "error" in answer else rest[:length]
    except orjson.JSONDecodeError:
        pass
    if code in _KILLED:
        return {"error": "memory"}, None
    return {"error": "failed", "detail": f"the process ended with {code} before it was done"}, None


async def _end(child: asyncio.subprocess.Process) -> None:
    if child.returncode is None:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
