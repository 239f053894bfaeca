"""Screenings over HTTP: names, organizations with owners, who may, what is logged, what is kept and shown."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from referencing import Registry, Resource

from api import openapi
from api.app import create_app
from graph.keys import Keys, Role
from graph.screening import loading
from graph.settings import Settings
from tests.screening.conftest import LISTS

pytestmark = pytest.mark.anyio

STEEL = {"name": "Vymyshlennaja Stal", "kind": "organization", "country": "RU"}


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        headers = {"Accept-Language": "en"}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://verre.test", headers=headers, follow_redirects=True
        ) as made:
            yield made


def key(settings: Settings, role: Role) -> dict[str, str]:
    return {"Authorization": f"Bearer {Keys(settings.home).create(role)[1]}"}


def audited(settings: Settings) -> list[dict[str, Any]]:
    lines = (settings.home / "logs" / "audit.log").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


async def asked(client: httpx.AsyncClient, **queries: Any) -> dict[str, Any]:
    got = await client.post("/v1/screenings", json={"queries": queries})
    assert got.status_code == 200, got.text
    told: dict[str, Any] = got.json()
    return told


async def test_without_a_list_nothing_is_screened_and_nobody_is_clear(bare: Settings) -> None:
    async with running(bare) as client:
        told = await asked(client, a=STEEL, b={"organization": "verzonnen"})
        assert (await client.get("/v1/screenings/lists")).json() == {"items": [], "total": 0}
        kept = (await client.get("/v1/companies/verzonnen/screening")).json()
    for response in told["responses"].values():
        assert response["status"] == "notScreened"
        assert response["statement"] == "not screened: no sanctions list is loaded"
    assert told["lists"] == []
    assert kept["screening"] is None
    assert "clear" not in json.dumps(told).lower()
    assert not (bare.home / "screening").exists()


async def test_names_and_owners_are_screened_kept_and_shown(listed: Settings) -> None:
    async with running(listed) as client:
        told = await asked(
            client,
            steel=STEEL,
            turned={"name": "Stal Vymyshlennaya OOO"},
            arabic={"name": "شركة الوهم الخيالي"},
            bank={"name": "Bank"},
            trading={"name": "Trading Co"},
            nobody={"name": "Zuiderlicht Hazelwood"},
            person={"name": "Vydumov, Ivan", "kind": "person", "date": "1961"},
            ours={"organization": "verzonnen"},
            circle={"organization": "cirkel-a"},
            branch={"organization": "filiaal"},
            past={"organization": "vroeger"},
        )
        await _checks_documents(client, told)
        await _checks_hostile_names(client)
        page = await client.get("/companies/verzonnen?lang=nl")
        before = await client.get("/companies/cirkel-b?lang=en")
        kept = (await client.get("/v1/companies/verzonnen/screening?purpose=test")).json()
    said = {name: response["status"] for name, response in told["responses"].items()}
    assert said == {
        "steel": "match",
        "turned": "match",
        "arabic": "match",
        "bank": "notScreened",
        "trading": "notScreened",
        "nobody": "noMatch",
        "person": "match",
        "ours": "ownerMatch",
        "circle": "noMatch",
        "branch": "ownerMatch",
        "past": "noMatch",
    }
    _checks_path(told["responses"]["ours"], ["Tussenholding Fictie", "Vymyshlennaya Stal"], ["s1", "s2"])
    _checks_path(
        told["responses"]["branch"],
        ["Werkhuis Verzonnen", "Tussenholding Fictie", "Vymyshlennaya Stal"],
        ["s1", "s1", "s2"],
    )
    assert told["responses"]["circle"]["ownersScreened"] == 1
    assert "list eu of 2026-04-29" in told["responses"]["nobody"]["statement"]
    assert "at threshold 0.7" in told["responses"]["nobody"]["statement"]
    _checks_page(page, before, kept)
    line = next(
        line for line in audited(listed) if line["operation"] == "screening" and line["screened"] == 11
    )
    assert line["screened"] == 11
    assert line["matches"] == 6
    assert len(line["organizations"]) == 4
    assert line["time"]
    assert "Vymyshlennaja" not in json.dumps(line)
    assert len(line["sha256"]) == 64


def _checks_path(response: dict[str, Any], names: list[str], sources: list[str]) -> None:
    (owner,) = response["owners"]
    assert [step["owner"]["name"] for step in owner["path"]] == names
    assert [step["sources"][0]["id"] for step in owner["path"]] == sources
    assert owner["results"][0]["id"] == "fict-steel"
    assert owner["results"][0]["source"] == "https://lists.example/fict-steel"
    assert owner["steps"] == len(names)


def _checks_page(page: httpx.Response, before: httpx.Response, kept: dict[str, Any]) -> None:
    assert "een eigenaar lijkt op een vermelding" in page.text
    assert "Tussenholding Fictie" in page.text
    assert "https://lists.example/fict-steel" in page.text
    assert 'href="https://lists.example' not in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert "has never been held against a sanctions list" in before.text
    assert before.headers["cache-control"].startswith("public")
    assert kept["screening"]["status"] == "ownerMatch"
    assert kept["screening"]["old"] is False
    assert [each["name"] for each in kept["screening"]["lists"]] == [
        "eu",
        "eu-csv",
        "fict",
        "ofac",
        "simple",
        "un",
    ]


async def _checks_documents(client: httpx.AsyncClient, told: dict[str, Any]) -> None:
    """Real answers fit the schemas of the OpenAPI document."""
    document = (await client.get("/openapi.json")).json()
    registry: Registry[Any] = Registry().with_resource("urn:doc", Resource.opaque(document))
    kept = (await client.get("/v1/companies/verzonnen/screening")).json()
    lists = (await client.get("/v1/screenings/lists")).json()
    for name, value in (("Screening", told), ("LastScreening", kept), ("ScreeningLists", lists)):
        local = {"$ref": f"urn:doc#/components/schemas/{name}"}
        jsonschema.Draft202012Validator(local, registry=registry).validate(value)
    assert openapi.ERRORS[501]


async def test_once_there_are_keys_screening_needs_one(listed: Settings) -> None:
    reader = key(listed, Role.READER)
    async with running(listed) as client:
        denied = await client.post("/v1/screenings", json={"queries": {"a": STEEL}})
        unseen = await client.get("/v1/companies/verzonnen/screening")
        page = await client.get("/companies/verzonnen")
        lists = await client.get("/v1/screenings/lists", headers=reader)
        shown = await client.get("/companies/verzonnen", headers=reader)
    assert denied.status_code == unseen.status_code == 401
    assert lists.json()["total"] == 6
    assert 'id="screening"' not in page.text
    assert 'id="screening"' in shown.text


async def test_a_screening_says_when_it_should_be_done_again(bare: Settings, tmp_path: Path) -> None:
    order = loading.Order(LISTS / "eu.xml", "eu")
    loading.load(bare, order)
    async with running(bare) as client:
        await asked(client, ours={"organization": "verzonnen"})
        newer = tmp_path / "newer.xml"
        newer.write_text((LISTS / "eu.xml").read_text("utf-8").replace("2026-04-29", "2026-05-29"), "utf-8")
        loading.load(bare, loading.Order(newer, "eu"))
        loading.load(bare, loading.Order(LISTS / "un.xml", "un"))
        kept = (await client.get("/v1/companies/verzonnen/screening")).json()
        page = await client.get("/companies/verzonnen?lang=fr")
        again = await asked(client, a={"name": "Phantasie Werft", "kind": "organization"})
    assert [each["code"] for each in kept["screening"]["reasons"]] == ["newer", "added"]
    assert "list eu has been loaded again since: it is of 2026-05-29 now" in kept["statement"]
    assert "a été renouvelée depuis" in page.text
    assert again["responses"]["a"]["status"] == "match"
    assert {each["name"]: each["date"] for each in again["lists"]} == {"eu": "2026-05-29", "un": "2026-04-27"}


async def test_an_old_list_is_called_old(listed: Settings) -> None:
    settings = listed.model_copy(update={"screening_list_age": 1})
    async with running(settings) as client:
        told = (await client.get("/v1/screenings/lists")).json()
    assert all(each["old"] for each in told["items"])
    assert "VERRE_SCREENING_LIST_AGE" in told["items"][0]["warnings"][0]


HOSTILE: list[tuple[Any, str]] = [
    ({}, "queries"),
    ({"queries": {}}, "queries"),
    ([], "body"),
    ({"queries": {"a": {}}}, "queries.a"),
    ({"queries": {"a": 1}}, "queries.a"),
    ({"queries": {"a": {"nam": "x"}}}, "queries.a.nam"),
    ({"queries": {"a": {"name": "x" * 100_000}}}, "queries.a.name"),
    ({"queries": {"a": {"name": "\u202e\u200f"}}}, "queries.a.name"),
    ({"queries": {"a": {"name": "a\u0000b"}}}, "queries.a.name"),
    ({"queries": {"a": {"name": ["x"] * 1000}}}, "queries.a.name"),
    ({"queries": {"a": {"name": "x", "country": "Belgium"}}}, "queries.a.country"),
    ({"queries": {"a": {"name": "x", "date": "yesterday"}}}, "queries.a.date"),
    ({"queries": {"a": {"name": "x", "kind": "ship"}}}, "queries.a.kind"),
    ({"queries": {"a": {"organization": "no-such-thing"}}}, "queries.a.organization"),
    ({"queries": {"a": {"organization": "verzonnen", "name": "x"}}}, "queries.a.organization"),
    ({"queries": {"a": STEEL}, "threshold": 0}, "threshold"),
    ({"queries": {"a": STEEL}, "limit": 1000}, "limit"),
    ({"queries": {"a": STEEL}, "lists": ["../../etc/passwd"]}, "lists"),
    ({"queries": {f"q{n}": STEEL for n in range(10_000)}}, "queries"),
]


async def test_what_is_wrong_is_named(listed: Settings) -> None:
    async with running(listed) as client:
        for body, name in HOSTILE:
            got = await client.post("/v1/screenings", json=body)
            assert got.status_code == 400, (body, got.text)
            assert got.json()["issues"][0]["name"] == name
        plain = await client.post("/v1/screenings", content=b"{}", headers={"Content-Type": "text/plain"})
        broken = await client.post(
            "/v1/screenings", content=b"{", headers={"Content-Type": "application/json"}
        )
        many = await client.post("/v1/screenings", json={"queries": {f"q{n}": STEEL for n in range(10_000)}})
    assert plain.status_code == 415
    assert broken.status_code == 400
    assert many.json()["setting"] == "VERRE_SCREENING_NAMES"


async def _checks_hostile_names(client: httpx.AsyncClient) -> None:
    names = {
        "sparql": "SELECT * WHERE { ?s ?p ?o }",
        "sql": "'; DROP TABLE entry; --",
        "fts": 'name:* OR "a" NEAR b -c ^',
        "script": "<script>alert(1)</script>",
        "template": "{{ 7 * 7 }} ${x} %s \\0",
        "marks": "\u202eVymyshlennaya\u200f \u2066Stal\u2069",
        "long": "Imaginair " * 49,
        "symbols": "¿? 1 /\\",
    }
    told = await asked(client, **{key: {"name": name} for key, name in names.items()})
    found = {name for name, response in told["responses"].items() if response["status"] == "match"}
    assert found == {"marks"}


async def test_lookups_of_people_are_logged_with_their_purpose(bare: Settings) -> None:
    reader = key(bare, Role.READER)
    async with running(bare) as client:
        await client.get("/v1/people?purpose=invitation", headers=reader)
        await client.get("/v1/people/nobody", headers={"Processing-Purpose": "research"})
        await client.get("/people")
    lines = [line for line in audited(bare) if line["operation"] == "lookup"]
    assert [line.get("purpose") for line in lines] == ["invitation", "research", None]
    assert lines[0]["key"] == reader["Authorization"].split("_")[1]
    assert lines[1]["person"] == "nobody"
    assert lines[1]["outcome"] == "refused"


async def test_a_purpose_may_be_asked_for(bare: Settings) -> None:
    settings = bare.model_copy(update={"screening_purpose": True})
    async with running(settings) as client:
        for path in ("/v1/people", "/v1/people/x"):
            got = await client.get(path)
            assert got.status_code == 400
            assert got.json()["setting"] == "VERRE_SCREENING_PURPOSE"
        assert (await client.get("/v1/people?purpose=invitation")).status_code == 200
        refused = await client.post("/v1/screenings", json={"queries": {"a": STEEL}})
        odd = await client.get("/v1/people", headers={"Processing-Purpose": "x" * 300})
    assert refused.status_code == 400
    assert odd.json()["issues"][0]["name"] == "Processing-Purpose"


async def test_a_screening_that_takes_too_long_is_stopped(listed: Settings) -> None:
    settings = listed.model_copy(update={"screening_timeout": 0.01})
    async with running(settings) as client:
        got = await client.post("/v1/screenings", json={"queries": {"a": STEEL}})
    assert got.status_code == 504
    assert got.json()["setting"] == "VERRE_SCREENING_TIMEOUT"
