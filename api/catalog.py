"""What there is to be had: the catalogue as triples, and the file that holds everything public."""

from __future__ import annotations

import asyncio
import gzip
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import orjson

from api import streams
from api.deps import Context
from api.exports import describe
from api.services import Services
from graph import catalogue
from graph.catalogue import Listed, Served
from graph.errors import StoreError
from graph.model.iris import Minter
from graph.store.rdf import written

FOLDER = "downloads"
PIECE = 2**20
_making = asyncio.Lock()
"""One file at a time: making it takes a core for as long as a dump takes."""


async def triples(ctx: Context) -> bytes:
    """The catalogue of the part of the release that this client may see, in the form that was negotiated."""
    answer = await ctx.query(catalogue.QUERY, "text/turtle")
    rows = orjson.loads(await streams.whole(answer))["results"]["bindings"]
    listed = [Listed(**{name: term["value"] for name, term in row.items()}) for row in rows]
    return await ctx.in_thread(lambda: _written(ctx, listed))


def _written(ctx: Context, listed: Iterable[Listed]) -> bytes:
    manifest = ctx.services.releases.get(ctx.release).manifest
    size = manifest.whole if ctx.part == "whole" and manifest.whole else manifest
    served = Served(ctx.origin, ctx.release, manifest.created, size.graphs)
    found = catalogue.describe(listed, served, Minter(ctx.base))
    if ctx.format.media_type in {"text/turtle", describe.ENGINE}:
        return describe.written(written(found, describe.ENGINE), ctx.format)
    return written(found, ctx.format.media_type)


async def dump(services: Services, release: str) -> Path:
    """The public sources and edits of a release as one file, which is kept for as long as the release is current.

    Raises:
        StoreError: it could not be made.
    """
    folder = services.settings.home / FOLDER
    path = folder / f"{release}.nq.gz"
    async with _making:
        if not await services.in_thread(path.is_file):
            await services.in_thread(lambda: _make(services, release, path))
    return path


def _make(services: Services, release: str, path: Path) -> None:
    """In a process of its own, for it takes as long as the graph is large; what is older goes."""
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_suffix(".part")
    command = [sys.executable, "-m", "graph.cli", "dump", "--release", release]
    environment = os.environ | {
        "VERRE_HOME": str(services.settings.home),
        "VERRE_BASE_IRI": services.settings.base_iri,
    }
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:  # noqa: S603
        assert process.stdout is not None  # noqa: S101
        with gzip.GzipFile(unfinished, "wb", mtime=0) as packed:
            while piece := process.stdout.read(PIECE):
                packed.write(piece)
    if process.returncode:
        unfinished.unlink(missing_ok=True)
        raise StoreError(f"the dump of release {release} ended with {process.returncode}")
    unfinished.replace(path)
    for other in path.parent.glob("*.nq.gz"):
        if other != path:
            with suppress(OSError):
                other.unlink()
