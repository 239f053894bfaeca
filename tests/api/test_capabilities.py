"""What an endpoint in place of our own store cannot do: a 501 that names the capability, on every route."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.services import Services
from graph.build import build_release, derive
from graph.cli import app as command
from graph.errors import Unsupported
from graph.keys import Keys, Role
from graph.model.iris import Minter
from graph.settings import Settings
from graph.store.derive import Derive
from graph.store.remote.indexing import reindex
from graph.store.remote.releases import RemoteReleases
from tests.servers import oxigraph

pytestmark = pytest.mark.anyio
SOURCE = Minter().source_graph("s1")
RESTRICTED = Minter().graph("restricted/members")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    server = oxigraph()
    given: dict[str, Any] = {
        "home": tmp_path_factory.mktemp("home"),
        "store_refresh": 0.05,
        **server.settings,
    }
    made = Settings(**given)
    sheets = tmp_path_factory.mktemp("sheets")
    (sheets / "organizations.csv").write_text("key,name,country\nacme,Acme,BE\n", "utf-8")
    build_release(made, [sheets])
    reindex(RemoteReleases(made), derive(made))
    yield made
    server.stop()


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def http(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    made = create_app(settings)
    _, secret = Keys(settings.home).create(Role.ADMIN, "for tests")
    headers = {"Authorization": f"Bearer {secret}"}
    async with made.router.lifespan_context(made):
        transport = httpx.ASGITransport(made)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://verre.test", headers=headers
        ) as client:
            yield client


def named(answer: httpx.Response, capability: str) -> bool:
    return answer.status_code == 501 and f"`{capability}`" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/companies",
        "/v1/exporters?market=CN",
        "/v1/companies/acme",
        "/v1/search?q=acme",
        "/sparql?query=ASK%20%7B%7D",
        "/store?default",
        f"/store?graph={SOURCE.value}",
        "/doc/organization/x/acme",
        "/v1/queries/counts?run=true",
    ],
)
async def test_no_earlier_release_is_read(http: httpx.AsyncClient, path: str) -> None:
    mark = "&" if "?" in path else "?"
    assert named(await http.get(f"{path}{mark}release=000001"), "releases")
    assert (await http.get(f"{path}{mark}release=000099")).status_code == 404
    assert (await http.get(path)).status_code in (200, 404)


async def test_nothing_restricted_is_taken(http: httpx.AsyncClient) -> None:
    turtle = {"Content-Type": "text/turtle"}
    answer = await http.put(
        "/store", params={"graph": RESTRICTED.value}, content="<a:a> <a:b> <a:c> .", headers=turtle
    )
    assert named(answer, "restricted")
    text = f"INSERT DATA {{ GRAPH {RESTRICTED} {{ <a:a> <a:b> <a:c> }} }}"
    assert named(await http.post("/update", data={"update": text}), "restricted")
    told = await http.get("/sparql", params={"query": "ASK { <a:a> ?p ?o }"})
    assert told.json()["boolean"] is False


async def test_a_store_without_update_address_is_not_written(settings: Settings, fake_home: Path) -> None:
    given = settings.model_copy(update={"store_kind": "generic", "home": fake_home})
    releases = RemoteReleases(given)
    assert "updates" in releases.capabilities.missing()
    with pytest.raises(Unsupported, match="`updates`"), releases.write() as writer:
        writer.commit("edit", Derive())


@pytest.fixture
def fake_home(tmp_path: Path) -> Path:
    return tmp_path


def test_there_is_no_bare_profile_on_it(settings: Settings) -> None:
    with pytest.raises(Unsupported, match="`bare`"):
        Services.of(settings.model_copy(update={"profile": "bare"}))


@pytest.mark.parametrize(
    ("arguments", "capability"),
    [
        (["backup", "nowhere.tar"], "backup"),
        (["restore", "nowhere.tar"], "backup"),
        (["verify"], "backup"),
        (["rollback"], "rollback"),
        (["erase", "http://e/x", "--yes"], "erase"),
        (["dump", "--release", "000001"], "releases"),
    ],
)
def test_the_command_says_so_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, arguments: list[str], capability: str
) -> None:
    for name in ("home", "store", "store_kind"):
        monkeypatch.setenv(f"VERRE_{name.upper()}", str(getattr(settings, name)))
    found = CliRunner().invoke(command, arguments)
    assert found.exit_code == 7
    assert f"`{capability}`" in found.stderr
