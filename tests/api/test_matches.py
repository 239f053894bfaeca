"""Matches over HTTP: one company, a batch, the algorithms, and what is refused."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema
import pytest
from fastapi import FastAPI

from api import openapi
from api.match_parameters import read
from graph.errors import InputError
from graph.settings import Settings
from tests.api.test_openapi import validate

pytestmark = pytest.mark.anyio

LUMINEX = "/v1/companies/luminex/matches"


def named(items: list[dict[str, Any]], kind: str) -> list[str]:
    """What was found of a kind."""
    found = [item for item in items if item["kind"] == kind]
    return [
        (item["mission"] or item["market"] or item["organization"])["iri"].rpartition("/")[2]
        for item in found
    ]


async def test_luminex_for_vietnam(client: httpx.AsyncClient) -> None:
    told = (await client.get(f"{LUMINEX}?market=VN")).json()
    assert told["market"]["code"] == "VN"
    assert named(told["items"], "partners") == []  # nobody knows one, so none is named
    assert set(named(told["items"], "peers")) == {"bfv", "belorta"}
    gateways = named(told["items"], "gateways")
    assert gateways[0] == "luminex-japan"
    assert {"m-inbound-2022", "m-vietnam-2018", "m-vietnam-2023"} == set(gateways[1:])
    visit = next(i for i in told["items"] if i["mission"] and i["mission"]["id"] == "m-inbound-2022")
    assert visit["organization"]["id"] == "voka-limburg"
    for item in told["items"]:
        assert 0 < item["score"] <= 1
        for reason in (*item["reasons"], *item["counterReasons"]):
            assert reason["text"]
            assert reason["sources"], reason
            for source in reason["sources"]:
                assert (await client.get(f"/v1/sources/{source['id']}")).status_code == 200


async def test_peers_that_only_want_to_go_say_so(client: httpx.AsyncClient) -> None:
    (first, *_) = (await client.get(f"{LUMINEX}?market=VN&kind=peers")).json()["items"]
    assert [r["feature"] for r in first["counterReasons"]] == ["wants"]
    assert "wants to export there" in first["reasons"][0]["text"]


async def test_a_statement_of_a_part_is_in_the_graph(client: httpx.AsyncClient) -> None:
    (item,) = (await client.get(f"{LUMINEX}?market=JP&kind=gateways&limit=1")).json()["items"]
    bond = next(part for part in item["parts"] if part["feature"] == "bond")
    (statement,) = bond["statements"]
    assert statement["kind"] == "branch"
    ask = {"query": f"ASK {{ <{statement['iri']}> ?p ?o }}"}
    answer = await client.get("/sparql", params=ask, headers={"Accept": "application/sparql-results+json"})
    assert answer.json()["boolean"]


async def test_reasons_come_in_the_language_of_the_reader(client: httpx.AsyncClient) -> None:
    texts = {}
    for lang in ("nl", "en", "fr"):
        response = await client.get(
            f"{LUMINEX}?market=VN&kind=peers&limit=1", headers={"Accept-Language": lang}
        )
        assert response.headers["content-language"] == lang
        texts[lang] = response.json()["items"][0]["reasons"][0]["text"]
    assert "wil erheen exporteren" in texts["nl"]
    assert "wants to export" in texts["en"]
    assert "souhaite y exporter" in texts["fr"]


async def test_the_share_of_each_step_is_told_once_it_was_made(client: httpx.AsyncClient) -> None:
    url = f"{LUMINEX}?market=TH&kind=peers&limit=3"
    made, kept = await client.get(url), await client.get(url)
    steps = [each.partition(";dur=")[0] for each in made.headers["server-timing"].split(", ")]
    assert steps == ["resolve", "scene", "candidates", "score", "tell"]
    assert "server-timing" not in kept.headers
    assert made.headers["etag"] == kept.headers["etag"]
    again = await client.get(url, headers={"If-None-Match": made.headers["etag"]})
    assert again.status_code == 304


async def test_as_of_asks_what_held_then(client: httpx.AsyncClient) -> None:
    now, then = [
        (await client.get(f"{LUMINEX}?market=VN&kind=gateways{more}")).json()["items"]
        for more in ("", "&asOf=2019-01-01")
    ]
    assert "m-vietnam-2023" in named(now, "gateways")
    assert "m-vietnam-2023" not in named(then, "gateways")
    assert "m-vietnam-2018" in named(then, "gateways")


async def test_weights_are_the_clients_to_change(client: httpx.AsyncClient) -> None:
    url = f"{LUMINEX}?market=VN&kind=gateways&limit=1"
    plain, other = [(await client.get(url + more)).json()["items"][0] for more in ("", "&weight=there:0")]
    assert other["score"] > plain["score"]
    assert {p["feature"]: p["weight"] for p in other["parts"]}["there"] == 0


async def test_answers_fit_their_schemas(client: httpx.AsyncClient, app: FastAPI) -> None:
    document = openapi.document(app)
    for path, url in (
        ("/v1/companies/{ref}/matches", f"{LUMINEX}?market=VN"),
        ("/v1/companies/{ref}/matches", "/v1/companies/bfv/matches?lang=fr"),
        ("/v1/companies/{ref}/matches", "/v1/companies/dole/matches?kind=suppliers&product=pears"),
        ("/v1/match/algorithms", "/v1/match/algorithms?lang=nl"),
    ):
        response = await client.get(url)
        assert response.status_code == 200, response.text
        schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validate(document, schema, response.json())
    body = document["paths"]["/v1/match"]["post"]["requestBody"]["content"]["application/json"]
    jsonschema.Draft202012Validator(body["schema"]).validate(body["example"])
    response = await client.post("/v1/match", json=body["example"])
    schema = document["paths"]["/v1/match"]["post"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    validate(document, schema, response.json())


async def test_a_batch_answers_under_its_own_names(client: httpx.AsyncClient) -> None:
    queries = {
        "by id": {"kind": "peers", "company": "luminex", "market": "VN"},
        "by name": {"kind": "peers", "company": "Luminex Network Inteligence", "market": "VN"},
        "buyer": {"kind": "suppliers", "country": ["KR"], "product": ["pears"], "limit": 1},
        "unknown": {"kind": "peers", "company": "No Such Company Anywhere"},
        "no market": {"kind": "gateways", "company": "luminex"},
        "wrong": {"kind": "peers", "company": "luminex", "market": "Vietnm"},
        "weights": {"kind": "peers", "company": "luminex", "market": "VN", "weights": {"size": 1}},
    }
    response = await client.post("/v1/match", json={"queries": queries, "weights": {"sector": 0.5}})
    assert response.status_code == 200, response.text
    told = response.json()["responses"]
    assert list(told) == list(queries)
    assert {name: each["status"] for name, each in told.items()} == {
        "by id": 200, "by name": 200, "buyer": 200, "unknown": 404, "no market": 400, "wrong": 400, "weights": 400,
    }  # fmt: skip
    assert told["by id"]["results"] == told["by name"]["results"]
    assert told["by id"]["total"] == {"value": 2, "relation": "eq"}
    assert told["buyer"]["results"][0]["organization"]["id"] == "belorta"
    assert "Vietnam" in told["wrong"]["detail"]
    assert told["by id"]["query"] == queries["by id"]
    parts = told["by id"]["results"][0]["parts"]
    assert next(p for p in parts if p["feature"] == "sector")["weight"] == 0.5
    assert "resolve;dur=" in response.headers["server-timing"]


@pytest.mark.parametrize(
    "name",
    [
        "'; DROP TABLE organization; --",
        "ASK { ?s ?p ?o }",
        "{{7*7}}",
        "\u202eLuminex",
        "../../etc/passwd",
        "Luminex\u200f",
    ],
)
async def test_a_company_that_is_called_like_a_query_is_only_a_name(
    client: httpx.AsyncClient, name: str
) -> None:
    response = await client.post("/v1/match", json={"queries": {name: {"kind": "peers", "company": name}}})
    assert response.status_code == 200, response.text
    assert response.json()["responses"][name]["status"] in (200, 404)


@pytest.mark.parametrize(
    ("body", "setting"),
    [
        (
            {"queries": {str(n): {"kind": "peers", "company": "luminex"} for n in range(200)}},
            "VERRE_MATCH_BATCH",
        ),
        ({"queries": {"a": {"kind": "peers", "company": "x" * 10_000}}}, "VERRE_MATCH_TEXT"),
        ({"queries": {"n" * 400: {"kind": "peers", "company": "luminex"}}}, "VERRE_MATCH_TEXT"),
        ({"queries": {"a": {"kind": "suppliers", "product": ["x" * 400]}}}, "VERRE_MATCH_TEXT"),
        ({"queries": {"a": {"kind": "suppliers", "keyword": ["x"] * 30}}}, "VERRE_MATCH_WORDS"),
        ({"queries": {"a": {"kind": "peers", "company": "luminex", "limit": 1_000}}}, "VERRE_MATCH_RESULTS"),
        ({"queries": {"a": {"kind": "peers", "company": "luminex"}}, "limit": 1_000}, "VERRE_MATCH_RESULTS"),
    ],
)
async def test_what_is_too_large_is_refused_by_the_name_of_its_setting(
    client: httpx.AsyncClient, body: dict[str, Any], setting: str
) -> None:
    response = await client.post("/v1/match", json=body)
    assert response.status_code == 400, response.text
    assert response.json()["setting"] == setting


async def test_a_body_longer_than_the_server_takes_is_413(client: httpx.AsyncClient) -> None:
    response = await client.post(
        "/v1/match", content=b'{"queries":{"a":{"company":"' + b"x" * 100_000 + b'"}}}'
    )
    assert response.status_code == 413
    assert response.json()["setting"] == "VERRE_BODY_BYTES"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"", "body"),
        (b"[", "body"),
        (b"[]", "body"),
        (b'{"queries": {}}', "queries"),
        (b'{"queries": []}', "queries"),
        (b'{"queries": {"a": 1}}', "queries"),
        (b'{"queries": {"a": {"kind": "peers", "compny": "x"}}}', "queries"),
        (b'{"queries": {"a": {"kind": "peers", "company": " "}}}', "queries"),
        (b'{"queries": {"a": {"kind": "peers", "company": "\\u0000"}}}', "queries"),
        (b'{"queries": {"a": {"kind": "peers"}}, "asOf": 5}', "asOf"),
        (b'{"queries": {"a": {"kind": "peers"}}, "weights": {"size": 1}}', "weight"),
    ],
)
def test_a_body_that_is_no_batch_is_refused(body: bytes, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read(body, Settings())
    assert caught.value.issues[0].name == name


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("kind=friends", "kind"),
        ("kind=gateways", "market"),
        ("weight=sector", "weight"),
        ("weight=sector:x", "weight"),
        ("weight=size:1", "weight"),
        ("weight=sector:-1", "weight"),
        ("market=Atlantis", "market"),
        ("limit=101", "limit"),
        ("asOf=yesterday", "asOf"),
        ("kind=suppliers&keyword=" + "&keyword=".join("abcdefghijklmnopqrstuvwxyz"), "keyword"),
    ],
)
async def test_a_parameter_that_cannot_be_used_is_named(
    client: httpx.AsyncClient, query: str, name: str
) -> None:
    response = await client.get(f"{LUMINEX}?{query}")
    assert response.status_code == 400
    assert name in {issue["name"] for issue in response.json()["issues"]}


async def test_another_name_of_a_company_works_and_none_is_404(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/companies/x/luminex/matches?kind=peers")).json()["company"][
        "id"
    ] == "luminex"
    assert (await client.get("/v1/companies/nosuch/matches")).status_code == 404


async def test_the_algorithms_tell_weights_and_formula(client: httpx.AsyncClient) -> None:
    told = (await client.get("/v1/match/algorithms?lang=en")).json()["algorithms"]
    assert [each["name"] for each in told] == ["partners", "peers", "gateways", "markets", "suppliers"]
    assert all(
        sum(f["weight"] for f in each["features"] if not f["counter"]) == pytest.approx(1) for each in told
    )
    assert "product" in told[0]["formula"]
