"""docs/api.md says what is true: its examples run, and it names every path, parameter and status."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api import openapi
from api.errors import KINDS
from api.negotiation import DATA
from graph.errors import ImportRefused, SheetRefused

pytestmark = pytest.mark.anyio

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"```\n(GET|POST) (\S+)(?: (\w+)=(.*))?\n# (\d+)(?: (\S+) (.+))?\n```")
EXAMPLES = EXAMPLE.findall(PAGE)


def test_every_block_is_an_example() -> None:
    assert len(EXAMPLES) > 15
    assert len(EXAMPLES) == len(re.findall(r"^(?:GET|POST) ", PAGE, re.MULTILINE))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example[0]} {example[1][:60]}")
async def test_the_example_runs(client: httpx.AsyncClient, example: tuple[str, ...]) -> None:
    method, path, name, value, status, kind, said = example
    response = await client.request(method, path, data={name: value} if name else None)
    assert response.status_code == int(status), response.text[:300]
    if kind:
        assert response.headers["content-type"].split(";")[0] == kind
        assert said.strip('"') in response.text


def test_every_path_is_told(app: FastAPI) -> None:
    for path in openapi.document(app)["paths"]:
        told = (
            path.replace("{kind}", "{type}")
            .replace("/markets/{ref}", "/markets/{code}")
            .replace("{ref}", "{id}")
        )
        told = told.replace("/{type}/{id}", "/{type}/{ref}").replace("/code/{path}", "/code/{list}/{code}")
        assert f"`{told}`" in PAGE, path


def test_every_parameter_is_told(app: FastAPI) -> None:
    document: dict[str, Any] = openapi.document(app)
    for path, operations in document["paths"].items():
        for parameter in (each for method in operations.values() for each in method.get("parameters", [])):
            if parameter["in"] == "query" and parameter["name"] != "run":
                assert re.search(rf"`[^`]*\b{parameter['name']}\b[^`]*`", PAGE), (path, parameter["name"])


def test_every_form_is_told() -> None:
    for form in DATA:
        assert f"| `{form.name}` | `{form.media_type}` |" in PAGE


def test_every_status_is_told() -> None:
    table = PAGE[PAGE.index("| Status | When |") :]
    for cls, kind in KINDS.items():
        if cls not in (SheetRefused, ImportRefused):
            assert re.search(rf"^\|[^|]*\b{kind.status}\b", table, re.MULTILINE), cls


def test_every_setting_that_is_told_exists() -> None:
    from graph.settings import Settings

    for name in re.findall(r"VERRE_([A-Z_]+)", PAGE):
        assert name.lower() in Settings.model_fields
