"""A release built once from the curated tables, and the application on it.

The day is fixed, so that what has ended does not depend on when the tests run.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.app import create_app
from graph import resources
from graph.build import build_release
from graph.keys import Keys, Role
from graph.settings import Settings
from tests.stores import chosen, environment

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """asyncio: what uvicorn runs on."""
    return "asyncio"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Path]:
    """The folder of a store with one release, in the store that `--store` names."""
    folder = tmp_path_factory.mktemp("home")
    with environment(chosen(pytestconfig)):
        build_release(Settings(home=folder), [resources.data()])
        yield folder


@pytest.fixture(scope="session")
def settings(home: Path) -> Settings:
    """Small limits, so that they can be reached."""
    return Settings(
        home=home,
        export_rows=40,
        page_size_max=100,
        body_bytes=20_000,
        upload_bytes=100_000,
        query_length=8_000,
    )


@pytest.fixture(scope="session")
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The application, started."""
    made = create_app(settings)
    made.state.services.today = lambda: TODAY
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture(scope="session")
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client straight into the application."""
    transport = httpx.ASGITransport(app)
    headers = {"Accept-Language": "en"}
    async with httpx.AsyncClient(transport=transport, base_url="http://verre.test", headers=headers) as made:
        yield made


def _key(home: Path, role: Role) -> dict[str, str]:
    _, secret = Keys(home).create(role, "for tests")
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="session")
def steward(home: Path) -> dict[str, str]:
    """The headers of somebody who may write."""
    return _key(home, Role.STEWARD)


@pytest.fixture(scope="session")
def analyst(home: Path) -> dict[str, str]:
    """The headers of somebody who may see what is restricted, and not write."""
    return _key(home, Role.ANALYST)
