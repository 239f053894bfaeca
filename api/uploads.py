"""What is sent to `/store`: spooled to a file that those who write read, and gone when they are done."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from api import bodies, gsp, protocol
from api.negotiation import NTRIPLES
from api.services import Services
from graph.errors import InputError, Issue, NoRoom
from graph.store.rdf import join

FOLDER = "uploads"
FILES = 100
"""Most files of one multipart body."""


@dataclass(frozen=True)
class Upload:
    """The content of a graph.

    Attributes:
        path: the file.
        media_type: one of those of `gsp.FORMS`.
    """

    path: Path
    media_type: str


@asynccontextmanager
async def received(request: Request, services: Services, base_iri: str) -> AsyncIterator[Upload]:
    """The body of a request as a file, until the `async with` ends.

    Args:
        base_iri: what relative IRIs are resolved against, where several files become one.

    Raises:
        UnsupportedMediaType: neither a graph nor files of graphs.
        InputError: it cannot be unpacked, or it is no whole multipart body.
        PayloadTooLarge: longer than `VERRE_UPLOAD_BYTES`.
        NoRoom: the disk is full.
    """
    kind = protocol.kind_of(request)
    several = kind == gsp.PARTS
    media_type = "" if several else gsp.media_type(kind)
    request.state.body_names = ("body",)
    folder = await services.in_thread(lambda: folder_in(services.settings.home))
    try:
        if several:
            yield await _joined(request, services, folder, base_iri)
        else:
            path = folder / "body"
            await _spooled(request, services, path)
            yield Upload(path, media_type)
    finally:
        await services.in_thread(lambda: shutil.rmtree(folder, ignore_errors=True))


@contextmanager
def kept_on_disk() -> Iterator[None]:
    """A disk that is full, or takes no more, is an error with a name."""
    try:
        yield
    except OSError as error:
        raise NoRoom(f"an upload cannot be kept: {error}") from error


def folder_in(home: Path) -> Path:
    """A folder of our own for one upload, which only we can read; `clear` finds it when we are gone.

    Raises:
        NoRoom: the disk is full.
    """
    place = home / FOLDER
    with kept_on_disk():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=place, prefix=f"{os.getpid()}-"))


async def _spooled(request: Request, services: Services, path: Path) -> None:
    with kept_on_disk(), path.open("xb") as stream:
        async for piece in bodies.pieces(request, _most(services), services.in_thread):
            await services.in_thread(partial(stream.write, piece))


async def _joined(request: Request, services: Services, folder: Path, base_iri: str) -> Upload:
    """The files of a multipart body (section 5.5) as one graph."""
    with kept_on_disk():
        form = await _form(request, services)
        try:
            files = await services.in_thread(lambda: _files(form, folder))
        finally:
            await form.close()
        if len(files) == 1:
            return Upload(*files[0])
        joined = folder / "body"
        await services.in_thread(lambda: join(files, base_iri, joined))
        return Upload(joined, NTRIPLES.media_type)


async def _form(request: Request, services: Services) -> FormData:
    source = bodies.pieces(request, _most(services), services.in_thread)
    try:
        return await MultiPartParser(request.headers, source, max_files=FILES, max_fields=FILES).parse()
    except MultiPartException as error:
        issue = Issue("body", "what was sent is no whole multipart/form-data")
        raise InputError("The parts of the body cannot be read.", issues=(issue,)) from error


def _files(form: FormData, folder: Path) -> list[tuple[Path, str]]:
    """The files of a form, each with its form of RDF; fields that are no files are passed over."""
    found = []
    for place, (_, part) in enumerate(form.multi_items()):
        if isinstance(part, UploadFile):
            kind = gsp.media_type((part.content_type or "").partition(";")[0].strip().lower())
            path = folder / str(place)
            with path.open("xb") as stream:
                shutil.copyfileobj(part.file, stream)
            found.append((path, kind))
    if not found:
        issue = Issue("body", "send at least one file, with its Content-Type")
        raise InputError("The body holds no file.", issues=(issue,))
    return found


def _most(services: Services) -> bodies.Most:
    return bodies.Most(services.settings.upload_bytes, "upload_bytes")


def clear(home: Path) -> None:
    """Deletes what processes that are gone have left."""
    for left in (home / FOLDER).glob("*-*"):
        number = left.name.partition("-")[0]
        if number.isdecimal() and not Path("/proc", number).exists():
            shutil.rmtree(left, ignore_errors=True)
