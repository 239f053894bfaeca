"""Reads what the API writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpx
import orjson
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from pyld import jsonld
from rdflib import Graph


def turtle(raw: bytes) -> Graph:
    """The triples of Turtle."""
    return Graph().parse(data=raw, format="turtle")


def from_jsonld(raw: bytes) -> Graph:
    """The triples of JSON-LD, expanded by PyLD; a remote context would fail."""
    return Graph().parse(
        data=jsonld.to_rdf(orjson.loads(raw), {"format": "application/n-quads"}), format="nt"
    )


class Waiting:
    """A client for tests that cannot wait themselves: its application runs on a thread of its own."""

    def __init__(self, portal: BlockingPortal, client: httpx.AsyncClient) -> None:
        self._portal = portal
        self._client = client

    def get(self, url: str, **more: Any) -> httpx.Response:
        """As httpx has it; `params` may be pairs."""
        return self._portal.call(partial(self._client.get, url, **more))

    def post(self, url: str, **more: Any) -> httpx.Response:
        """As httpx has it."""
        return self._portal.call(partial(self._client.post, url, **more))


@contextmanager
def waiting(app: FastAPI) -> Iterator[Waiting]:
    """The application, started, with a client straight into it."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(app.router.lifespan_context(app)),
    ):
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://verre.test")
        with portal.wrap_async_context_manager(client):
            yield Waiting(portal, client)
