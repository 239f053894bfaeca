"""Caching, languages and headers of real answers."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from api.middleware import SECURITY

pytestmark = pytest.mark.anyio

CACHED = [
    "/v1/exporters?market=CN",
    "/v1/companies/luminex",
    "/v1/companies/luminex?format=ttl",
    "/v1/companies?format=csv",
    "/v1/companies?format=xlsx",
    "/v1/queries/exporters",
    "/v1/queries/exporters?market=CN",
    "/v1/search?q=lum",
    "/v1/companies/luminex/network",
    "/doc/organization/x/luminex",
    "/doc/organization/x/luminex?format=nt",
    "/graph/meta",
    "/sparql",
]


@pytest.mark.parametrize("url", CACHED)
async def test_what_the_client_has_is_not_sent_again(client: httpx.AsyncClient, url: str) -> None:
    first = await client.get(url)
    assert first.headers["cache-control"] == "public, no-cache"
    assert "Accept-Language" in first.headers["vary"]
    again = await client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "vary", "cache-control", "content-language"):
        assert again.headers[name] == first.headers[name]
    other = await client.get(url, headers={"If-None-Match": '"other"'})
    assert other.status_code == 200
    if not first.headers["etag"].startswith("W/"):
        assert other.content == first.content


async def test_the_tag_changes_with_language_format_url_and_day(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    url = "/v1/exporters?market=CN"
    tags = {
        (await client.get(url)).headers["etag"],
        (await client.get(url, headers={"Accept-Language": "fr"})).headers["etag"],
        (await client.get(url, headers={"Accept": "text/csv"})).headers["etag"],
        (await client.get(f"{url}&page=2")).headers["etag"],
        (await client.get(url, headers={"Host": "other.test"})).headers["etag"],
    }
    services = app.state.services
    day = services.today
    services.today = lambda: day().replace(day=2)
    try:
        tags.add((await client.get(url)).headers["etag"])
    finally:
        services.today = day
    assert len(tags) == 6


async def test_a_second_asking_is_answered_without_the_index(
    client: httpx.AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await client.get("/v1/companies/luminex?lang=fr")

    async def never(*_: object) -> None:
        raise AssertionError("asked again")

    found = await app.state.services.ask("000001", lambda index: index.resolve("luminex"))

    async def resolved(*_: object) -> object:
        return found

    monkeypatch.setattr(app.state.services, "ask", resolved)
    monkeypatch.setattr("api.single._made", never)
    assert (await client.get("/v1/companies/luminex?lang=fr")).content == first.content


async def test_answers_of_a_named_release_are_not_kept(client: httpx.AsyncClient, app: FastAPI) -> None:
    held = app.state.services.ready.held
    for _ in range(2):
        assert (await client.get("/v1/companies?release=000001&q=never-kept")).status_code == 200
    assert app.state.services.ready.held == held


@pytest.mark.parametrize(
    ("header", "lang", "label"),
    [("fr-BE", "fr", "Chine"), ("de", "nl", "China"), ("en-GB,nl;q=0.5", "en", "China")],
)
async def test_labels_are_in_the_language_asked(
    client: httpx.AsyncClient, header: str, lang: str, label: str
) -> None:
    response = await client.get("/v1/markets/CN", headers={"Accept-Language": header})
    assert (response.headers["content-language"], response.json()["label"]) == (lang, label)
    assert (await client.get("/v1/markets/CN?lang=fr")).json()["label"] == "Chine"


async def test_every_answer_has_the_security_headers(client: httpx.AsyncClient) -> None:
    for url in ("/v1/companies", "/sparql", "/docs", "/doc/organization/x/luminex", "/nosuch", "/healthz"):
        headers = (await client.get(url)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "unsafe" not in headers["content-security-policy"]
        assert {name.lower() for name in SECURITY} <= set(headers)


async def test_head_answers_like_get(client: httpx.AsyncClient) -> None:
    got = await client.get("/v1/exporters?market=TH")
    head = await client.head("/v1/exporters?market=TH")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize("host", ["evil.test/x?", "a b", "x" * 300, "<script>", ""])
async def test_a_host_that_can_be_none_is_not_repeated(client: httpx.AsyncClient, host: str) -> None:
    response = await client.get("/v1/companies?pageSize=2", headers={"Host": host})
    assert response.json()["next"] == "/v1/companies?pageSize=2&page=2"
    description = await client.get("/sparql", headers={"Host": host})
    assert "<https://w3id.org/verre/sparql>" in description.text
