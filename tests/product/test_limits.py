"""Limits and keys of a real server: 429 for one client, whatever it says of itself, and none for who has a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import derive, open_releases
from graph.keys import Keys, Role
from graph.model.namespaces import RDFS
from graph.model.terms import Literal, NamedNode, Quad
from graph.settings import Settings
from tests.product.conftest import Server, start


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A store with one statement."""
    settings = Settings(home=tmp_path)
    with open_releases(settings).write() as writer:
        graph, thing = (
            NamedNode(f"https://w3id.org/verre/{path}") for path in ("graph/edit/x", "id/person/x")
        )
        writer.add([Quad(thing, RDFS.label, Literal("x"), graph)])
        writer.commit("edit", derive(settings))
    return tmp_path


def test_one_client_is_limited_and_a_key_lifts_it(small: Path) -> None:
    text = Keys(small).create(Role.READER)[1]
    server: Server = start(
        small, readers="1", spare_readers="0", proxies="", anonymous_requests="5", anonymous_queries="60"
    )
    try:
        with server.client() as client:
            found = [
                client.get("/v1/companies", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
                for n in range(8)
            ]
            assert found == [200] * 5 + [429] * 3
            limited = client.get("/sparql", params={"query": "ASK {}"})
            assert (limited.status_code, limited.json()["setting"]) == (429, "VERRE_ANONYMOUS_REQUESTS")
            assert 1 <= int(limited.headers["retry-after"]) <= 12
            assert client.get("/healthz").status_code == 200
            key = {"Authorization": f"Bearer {text}"}
            assert [client.get("/v1/companies", headers=key).status_code for _ in range(9)] == [200] * 9
            assert client.get("/v1/companies", auth=("any", text)).status_code == 200
            assert client.get("/v1/companies", auth=("any", "wrong")).status_code == 401
    finally:
        server.process.terminate()
        server.process.wait(30)
