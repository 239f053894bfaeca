"""The extra `screening`: installed under CI, asked for by name where it is not."""

from __future__ import annotations

import os

import httpx
import pytest

from api.app import create_app
from graph import screening
from graph.errors import MissingExtra
from graph.screening import available, loading, require
from graph.settings import Settings
from tests.screening.conftest import LISTS


def test_the_extra_is_here_or_its_tests_are_left_out() -> None:
    if not available():
        reason = "tests/screening/extra was left out: the extra `screening` is not installed (make screening)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    require()


def test_without_it_the_error_names_it_and_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "available", lambda: False)
    with pytest.raises(MissingExtra, match="`screening`") as caught:
        require()
    assert "libicu-dev" in caught.value.issues[0].detail
    assert "make screening" in caught.value.issues[0].detail


def test_no_list_is_loaded_without_it(bare: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "available", lambda: False)
    with pytest.raises(MissingExtra):
        loading.load(bare, loading.Order(LISTS / "eu.xml", "eu"))
    assert not (bare.home / "screening").exists()


@pytest.mark.anyio
async def test_the_api_answers_501_without_it(bare: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "available", lambda: False)
    app = create_app(bare)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://verre.test") as client:
            got = await client.post("/v1/screenings", json={"queries": {"a": {"name": "Verzonnen"}}})
            last = await client.get("/v1/companies/verzonnen/screening")
    assert got.status_code == 501
    told = got.json()
    assert told["type"] == "urn:problem-type:verre:missingExtra"
    assert "libicu-dev, pkg-config and g++" in told["issues"][0]["detail"]
    assert last.status_code == 200
    assert last.json()["screening"] is None
    assert last.json()["statement"].startswith("not screened")
