"""The curated facts with some hostile ones beside them, served by the application itself.

The day is fixed, so that what has ended does not depend on when the tests run.
"""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from graph import resources
from graph.build import build_release
from graph.settings import Settings
from tests.pages.samples import HOSTILE, RTL

TODAY = date(2026, 6, 1)

SHEETS: Mapping[str, Sequence[Mapping[str, str]]] = {
    "sources": [
        {"source_id": "s900", "url": "https://example.org/%22%3E", "publisher": HOSTILE, "date": "2020-01"}
        | {"language": "en", "title": HOSTILE},
        {
            "source_id": "s901",
            "publisher": "Het Andere Blad",
            "date": "2021",
            "title": "Anders",
            "language": "nl",
        },
    ],
    "organizations": [
        {"org_id": "evil", "name": HOSTILE, "kind": "company", "country": "BE", "municipality": "Genk"}
        | {
            "founded": "1990",
            "activity_en": HOSTILE,
            "sector": HOSTILE[:120],
            "source_id": "s900",
            "note": HOSTILE,
        },
        {"org_id": "evil", "name": HOSTILE, "kind": "company", "founded": "1991", "source_id": "s901"},
        {"org_id": "rtl", "name": RTL, "kind": "foreign-partner", "source_id": "s900"},
    ],
    "markets": [
        {"org_id": "evil", "market": "JP", "status": "targets", "source_id": "s900"},
        {"org_id": "evil", "market": "JP", "status": "active", "source_id": "s901"},
        {
            "org_id": "evil",
            "market": "SG",
            "status": "active",
            "since": "2001",
            "until": "2003",
            "source_id": "s901",
        },
        {"org_id": "evil", "market": "MX", "status": "withdrawn", "source_id": "s901"},
    ],
    "relations": [
        {
            "from_org": "rtl",
            "relation": "distributor_of",
            "to_org": "evil",
            "country": "JP",
            "source_id": "s900",
        },
        {
            "from_org": "rtl",
            "relation": "customer_of",
            "to_org": "evil",
            "until": "2004",
            "source_id": "s901",
        },
    ],
    "figures": [
        {
            "subject": "evil",
            "measure": "employees",
            "value": "20",
            "unit": "number",
            "period": "2019",
            "source_id": s,
        }
        | {"value": value}
        for s, value in (("s900", "20"), ("s901", "25"))
    ],
    "people": [{"name": HOSTILE[:60], "org_id": "evil", "role_en": HOSTILE[:60], "source_id": "s900"}],
}


def _write(folder: Path) -> Path:
    for name, rows in SHEETS.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """asyncio: what uvicorn runs on."""
    return "asyncio"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store with one release."""
    made = Settings(home=tmp_path_factory.mktemp("home"), page_size_max=200)
    built = build_release(made, [resources.data(), _write(tmp_path_factory.mktemp("sheets"))])
    assert not built.result.problems, built.result.problems
    return made


@pytest.fixture(scope="session")
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A browser, as far as its headers go."""
    app = create_app(settings)
    app.state.services.today = lambda: TODAY
    headers = {"Accept": "text/html", "Accept-Language": "nl"}
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://verre.test", headers=headers
        ) as made:
            yield made
