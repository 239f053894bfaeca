"""`/reconcile` as a client sees it: every answer fits its published schema, every example is taken or refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from fastapi import FastAPI

from api import reconciling
from api.app import create_app
from graph.errors import InputError
from graph.settings import Settings
from tests.reconciliation.schemas import examples, validate

pytestmark = pytest.mark.anyio

PAGE = (Path(__file__).parents[2] / "docs" / "reconciliation.md").read_text("utf-8")
EXAMPLES = re.findall(r"```\n(GET|POST) (\S+)(?: (\w+)=(.*))?\n# (\d+) (\S+) \"(.+)\"\n```", PAGE)
REFINE = "http://127.0.0.1:3333"
LUMINEX = "organization/x/luminex"


async def ask(client: httpx.AsyncClient, batch: object, **more: str) -> httpx.Response:
    text = batch if isinstance(batch, str) else json.dumps(batch)
    return await client.post("/reconcile", data={"queries": text, **more})


async def results(client: httpx.AsyncClient, shared: Path, batch: dict[str, Any]) -> dict[str, Any]:
    response = await ask(client, batch)
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    validate(shared, "reconciliation-result-batch", told)
    return told


def test_the_schemas_tell_their_own_examples_apart(shared: Path) -> None:
    for name in ("manifest", "reconciliation-result-batch", "data-extension-response"):
        for text in examples(shared, name, "valid").values():
            validate(shared, name, json.loads(text))
        wrong = examples(shared, name, "invalid")
        assert wrong
        for text in wrong.values():
            with pytest.raises(jsonschema.ValidationError):
                validate(shared, name, json.loads(text))


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_without_a_question_the_manifest_comes(
    client: httpx.AsyncClient, shared: Path, method: str
) -> None:
    response = await client.request(method, "/reconcile")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    told = response.json()
    validate(shared, "manifest", told)
    assert told["versions"] == ["0.2"]
    assert told["identifierSpace"] == "https://w3id.org/verre/id/"
    assert told["schemaSpace"] == "https://w3id.org/verre/ns#"
    assert {"view", "preview", "suggest", "extend", "defaultTypes", "batchSize"} <= set(told)
    assert set(told["suggest"]) == {"entity", "property", "type"}


async def test_a_language_in_the_address_of_the_service_stays_in_all_addresses(
    client: httpx.AsyncClient,
) -> None:
    told = (await client.get("/reconcile?lang=fr")).json()
    assert told["name"].endswith("partenaires")
    addresses = [told["preview"]["url"], *(each["service_path"] for each in told["suggest"].values())]
    assert all("lang=fr" in address for address in addresses)
    plain = (await client.get("/reconcile", headers={"Accept-Language": "fr"})).json()
    assert "lang=" not in json.dumps(plain)


async def test_every_valid_query_of_the_specification_is_taken(
    client: httpx.AsyncClient, shared: Path
) -> None:
    given = examples(shared, "reconciliation-query-batch", "valid")
    assert len(given) == 4
    for text in given.values():
        for response in (await ask(client, text), await client.get("/reconcile", params={"queries": text})):
            assert response.status_code == 200, response.text
            told = response.json()
            validate(shared, "reconciliation-result-batch", told)
            assert list(told) == list(json.loads(text))


async def test_every_invalid_query_of_the_specification_is_refused_by_name(
    client: httpx.AsyncClient, shared: Path
) -> None:
    given = examples(shared, "reconciliation-query-batch", "invalid")
    named = {"empty-properties": "queries.q1.query", "empty-query": "queries.q1.query"}
    named["misnamed-property"] = "queries.q0.props"
    assert set(given) == set(named)
    for name, text in given.items():
        response = await ask(client, text)
        assert response.status_code == 400, name
        assert response.headers["content-type"] == "application/problem+json"
        issue = response.json()["issues"][0]
        assert (issue["name"], issue["in"]) == (named[name], "body")


async def test_every_valid_extension_query_is_taken(client: httpx.AsyncClient, shared: Path) -> None:
    given = examples(shared, "data-extension-query", "valid")
    assert given
    for text in given.values():
        response = await client.post("/reconcile", data={"extend": text})
        assert response.status_code == 200
        told = response.json()
        validate(shared, "data-extension-response", told)
        asked = json.loads(text)
        assert [each["id"] for each in told["meta"]] == [each["id"] for each in asked["properties"]]
        assert set(told["rows"]) == set(asked["ids"])


async def test_fifty_names_in_one_request(client: httpx.AsyncClient, shared: Path) -> None:
    page = (await client.get("/v1/companies?pageSize=50&sort=-name")).json()["items"]
    batch = {f"q{place}": {"query": item["name"], "limit": 3} for place, item in enumerate(page)}
    assert len(batch) == 50
    told = await results(client, shared, batch)
    first = [told[f"q{place}"]["result"][0]["name"] for place in range(50)]
    assert first == [item["name"] for item in page]


async def test_a_number_in_any_of_its_spellings_is_a_certain_match(
    client: httpx.AsyncClient, shared: Path
) -> None:
    spellings = ("0429.593.895", "0429593895", "BE 0429.593.895", "BE0429593895")
    batch = {
        text: {"query": "Europower", "properties": [{"pid": "enterpriseNumber", "v": text}]}
        for text in spellings
    }
    for own in (await results(client, shared, batch)).values():
        assert own["result"][0]["id"] == "organization/be/0429593895"
        assert own["result"][0]["match"] is True
        assert {"id": "enterpriseNumber", "value": True} in own["result"][0]["features"]


@pytest.mark.parametrize(
    ("pid", "value"),
    [
        ("enterpriseNumber", "BE 0429.593.895"),
        ("website", "http://e-powerinternational.com/en?x=1"),
        ("emailDomain", "sales@e-powerinternational.com"),
    ],
)
async def test_a_number_a_website_or_an_address_finds_without_a_name(
    client: httpx.AsyncClient, shared: Path, pid: str, value: str
) -> None:
    told = await results(client, shared, {"q0": {"properties": [{"pid": pid, "v": value}]}})
    [only] = told["q0"]["result"]
    assert (only["id"], only["score"]) == ("organization/be/0429593895", 100.0)
    assert only["match"] is (pid == "enterpriseNumber")
    other = await results(
        client, shared, {"q0": {"type": "Person", "properties": [{"pid": pid, "v": value}]}}
    )
    assert other["q0"]["result"] == []


async def test_a_number_finds_what_the_name_would_not_and_is_not_sure_of_it(
    client: httpx.AsyncClient, shared: Path
) -> None:
    query = {"query": "Wholly Different", "properties": [{"pid": "enterpriseNumber", "v": "0429593895"}]}
    found = (await results(client, shared, {"q0": query}))["q0"]["result"]
    own = next(each for each in found if each["id"] == "organization/be/0429593895")
    assert own["match"] is False
    assert {"id": "enterpriseNumber", "value": True} in own["features"]


async def test_properties_decide_between_things_of_like_names(
    client: httpx.AsyncClient, shared: Path
) -> None:
    china = {"query": "Punch Powertrain plant", "properties": [{"pid": "country", "v": "China"}]}
    holland = {
        "query": "Punch Powertrain plant",
        "properties": [{"pid": "country", "v": {"id": "market/NL"}}],
    }
    told = await results(client, shared, {"cn": china, "nl": holland})
    assert told["cn"]["result"][0]["description"].endswith("China")
    assert told["nl"]["result"][0]["description"].endswith("Netherlands")
    assert not any(each["match"] for own in told.values() for each in own["result"])


async def test_types_limit_what_is_found(client: httpx.AsyncClient, shared: Path) -> None:
    batch = {
        "market": {"query": "Japan", "type": "Market"},
        "mission": {"query": "Japan", "type": ["TradeMission"]},
        "soft": {"query": "Japan", "type": "TradeMission", "type_strict": "should"},
        "unknown": {"query": "Japan", "type": "Dragon"},
    }
    told = await results(client, shared, batch)
    assert told["market"]["result"][0]["id"] == "market/JP"
    assert {each["id"].partition("/")[0] for each in told["mission"]["result"]} == {"mission"}
    assert "market/JP" in [each["id"] for each in told["soft"]["result"]]
    assert not any(each["match"] for each in told["soft"]["result"] if each["id"] == "market/JP")
    assert told["unknown"]["result"] == []


async def test_wanting_is_not_doing_in_the_columns(client: httpx.AsyncClient, shared: Path) -> None:
    asked: dict[str, Any] = {
        "ids": [LUMINEX, "organization/x/nobody"],
        "properties": [
            {"id": "exportsTo"},
            {"id": "targets", "settings": {"limit": "2", "content": "label"}},
            {"id": "country", "settings": {"content": "iri"}},
            {"id": "source"},
        ],
    }
    response = await client.post("/reconcile", data={"extend": json.dumps(asked)})
    told = response.json()
    validate(shared, "data-extension-response", told)
    row = told["rows"][LUMINEX]
    assert {"id": "market/JP", "name": "Japan"} in row["exportsTo"]
    assert not {"market/VN", "market/CN"} & {each["id"] for each in row["exportsTo"]}
    assert len(row["targets"]) == 2
    assert all(set(each) == {"str"} for each in row["targets"])
    assert row["country"] == [{"str": "http://publications.europa.eu/resource/authority/country/BEL"}]
    assert len(row["source"]) >= 3
    assert told["rows"]["organization/x/nobody"] == {each["id"]: [] for each in asked["properties"]}
    assert told["meta"][0]["type"] == {"id": "Market", "name": "Market"}


async def test_suggestions_fit_their_schemas_and_turn_pages(client: httpx.AsyncClient, shared: Path) -> None:
    jquery = "&spell=always&exact=false&scoring=schema&prefixed=true&_=1597936961650"
    told = (await client.get(f"/reconcile/suggest/entity?prefix=punch{jquery}")).json()
    validate(shared, "suggest-entities-response", told)
    assert told["result"][0]["name"] == "Punch Powertrain"
    later = (await client.get("/reconcile/suggest/entity?prefix=punch&cursor=2")).json()
    assert later["result"][0] == told["result"][2]
    for kind in ("type", "property"):
        first = (await client.get(f"/reconcile/suggest/{kind}?prefix=")).json()
        validate(shared, f"suggest-{'types' if kind == 'type' else 'properties'}-response", first)
        assert len(first["result"]) == 10
        second = (await client.get(f"/reconcile/suggest/{kind}?cursor=10")).json()
        assert not {each["id"] for each in second["result"]} & {each["id"] for each in first["result"]}
    found = (await client.get("/reconcile/suggest/property?prefix=dest&type=TradeMission")).json()
    assert [each["id"] for each in found["result"]] == ["destination"]


async def test_an_entity_may_be_pasted_instead_of_typed(client: httpx.AsyncClient) -> None:
    told = (await client.get(f"/reconcile/suggest/entity?prefix=https://w3id.org/verre/id/{LUMINEX}")).json()
    assert told["result"][0]["id"] == LUMINEX


async def test_only_partners_are_suggested_where_partners_are_asked(client: httpx.AsyncClient) -> None:
    told = (await client.get("/reconcile/suggest/entity?prefix=airbus&type=Partner")).json()
    assert [each["name"] for each in told["result"]] == ["Airbus"]
    assert not (await client.get("/reconcile/suggest/entity?prefix=luminex&type=Partner")).json()["result"]
    assert not (await client.get("/reconcile/suggest/entity?prefix=luminex&type=Dragon")).json()["result"]


async def test_properties_are_proposed_for_a_type(client: httpx.AsyncClient, shared: Path) -> None:
    told = (await client.get("/reconcile/properties?type=Company&limit=4")).json()
    validate(shared, "data-extension-property-proposal", told)
    assert (told["type"], told["limit"], len(told["properties"])) == ("Company", 4, 4)
    people = {
        each["id"] for each in (await client.get("/reconcile/properties?type=Person")).json()["properties"]
    }
    assert people == {"organization", "iri", "name"}


@pytest.mark.parametrize(
    ("kind", "name", "word"),
    [("entity", LUMINEX, "Genk"), ("type", "Partner", "distributor"), ("property", "targets", "no sale")],
)
async def test_a_flyout_says_a_few_words(client: httpx.AsyncClient, kind: str, name: str, word: str) -> None:
    told = (await client.get(f"/reconcile/flyout/{kind}", params={"id": name})).json()
    assert told["id"] == name
    assert word in told["html"]


async def test_a_view_leads_to_the_page_of_each_kind_of_thing(client: httpx.AsyncClient) -> None:
    places = {
        LUMINEX: "/companies/x/luminex",
        "market/CN": "/markets/CN",
        "mission/m-japan": "/missions/m-japan",
        "product/wind-turbine-gearboxes": "/exporters?product=wind-turbine-gearboxes",
        "sector/food": "/exporters?sector=food",
    }
    for name, place in places.items():
        response = await client.get("/reconcile/view", params={"id": name})
        assert (response.status_code, response.headers["location"]) == (303, place)
        page = await client.get(place, headers={"Accept": "text/html"}, follow_redirects=True)
        assert page.status_code == 200, place


async def test_what_is_not_there_is_a_404(client: httpx.AsyncClient) -> None:
    for path in ("view", "preview", "flyout/entity", "flyout/type", "flyout/property"):
        response = await client.get(f"/reconcile/{path}", params={"id": "organization/x/nobody"})
        assert response.status_code == 404, path
        assert (await client.get(f"/reconcile/{path}")).status_code == 400, path


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("callback=jQuery1", "callback"),
        ("query=Luminex", "query"),
        ("queries=%7B", "queries"),
        ("queries=%5B%5D", "queries"),
        ("extend=%7B%7D", "extend.ids"),
        ("extend=%7B%22ids%22%3A%5B%5D%2C%22properties%22%3A1%7D", "extend.properties"),
        ("queries=%7B%7D&extend=%7B%7D", "extend"),
        ("queries=%7B%7D&queries=%7B%7D", "queries"),
    ],
)
async def test_what_cannot_be_used_is_refused_by_name(
    client: httpx.AsyncClient, query: str, name: str
) -> None:
    response = await client.get(f"/reconcile?{query}")
    assert response.status_code == 400
    assert response.json()["issues"][0]["name"] == name


@pytest.mark.parametrize("path", ["suggest/entity", "suggest/type", "suggest/property"])
async def test_a_cursor_or_a_prefix_that_cannot_be_is_refused(client: httpx.AsyncClient, path: str) -> None:
    for query in ("cursor=-1", "cursor=x", "cursor=1000000", f"prefix={'x' * 201}", "callback=x"):
        assert (await client.get(f"/reconcile/{path}?{query}")).status_code == 400, query


async def test_more_queries_or_longer_names_than_allowed_name_their_setting(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = app.state.services
    small = services.settings.model_copy(update={"reconcile_queries": 3, "reconcile_name": 50})
    monkeypatch.setattr(services, "settings", small)
    many = await ask(client, {f"q{n}": {"query": "x"} for n in range(4)})
    assert (many.status_code, many.json()["setting"]) == (413, "VERRE_RECONCILE_QUERIES")
    long = await ask(client, {"q0": {"query": "x" * 51}})
    assert (long.status_code, long.json()["setting"]) == (400, "VERRE_RECONCILE_NAME")
    assert "VERRE_RECONCILE_NAME" in long.json()["issues"][0]["detail"]


async def test_ten_thousand_names_and_a_hundred_kilobytes_are_refused_with_a_setting(
    client: httpx.AsyncClient,
) -> None:
    for batch in ({f"q{n}": {"query": "x"} for n in range(10_000)}, {"q0": {"query": "x" * 100_000}}):
        response = await ask(client, batch)
        assert response.status_code in (400, 413)
        assert response.json()["setting"].startswith("VERRE_")


@pytest.mark.parametrize(
    "name",
    [
        "'; DROP TABLE organization; --",
        '" OR folded MATCH "*',
        "SELECT * WHERE { ?s ?p ?o }",
        '=HYPERLINK("http://evil.example","x")',
        "\u202eecneg\u202c Luminex\u0000",
        "<script>alert(1)</script>",
        "*",
        "%",
        "\U0001f3ed",
    ],
)
async def test_a_hostile_name_is_a_name(client: httpx.AsyncClient, shared: Path, name: str) -> None:
    told = await results(client, shared, {"q0": {"query": name}})
    assert not any(each["match"] for each in told["q0"]["result"])


async def test_direction_marks_do_not_hide_a_name(client: httpx.AsyncClient, shared: Path) -> None:
    told = await results(client, shared, {"q0": {"query": "\u200fLuminex Network\u200e Intelligence\u202c"}})
    assert (told["q0"]["result"][0]["id"], told["q0"]["result"][0]["match"]) == (LUMINEX, True)


async def test_a_body_of_another_kind_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/reconcile", json={"q0": {"query": "x"}})
    assert response.status_code == 415


@pytest.mark.parametrize("lang", ["nl", "en", "fr"])
async def test_a_preview_is_a_page_of_our_own_and_framed_by_nobody_unless_allowed(
    client: httpx.AsyncClient, lang: str
) -> None:
    response = await client.get(f"/reconcile/preview?id={LUMINEX}", headers={"Accept-Language": lang})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    words = {"nl": "Wil uitvoeren naar", "en": "Wants to export to", "fr": "Veut exporter vers"}
    assert words[lang] in response.text
    assert f'<html lang="{lang}">' in response.text
    assert "Het Belang van Limburg" in response.text or "Het Laatste Nieuws" in response.text


def test_who_may_read_may_frame() -> None:
    policy = reconciling.frame_policy(Settings(cors_origins=f"{REFINE}/, https://refine.example"))
    assert policy.endswith(f"frame-ancestors {REFINE} https://refine.example")
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert reconciling.frame_policy(Settings(cors_origins="*")).endswith("frame-ancestors *")
    evil = Settings(cors_origins="http://a.example; script-src 'unsafe-inline'")
    assert reconciling.frame_policy(evil).endswith("frame-ancestors 'none'")


async def test_openrefine_finds_its_way(settings: Settings, shared: Path) -> None:
    """The calls of OpenRefine 3.8 in their order: by its page (with Origin), then by its server."""
    app = create_app(settings.model_copy(update={"cors_origins": REFINE}))
    page = {"Origin": REFINE, "Accept": "application/json, text/javascript, */*; q=0.01"}
    form = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "OpenRefine 3.8"}
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://verre.test") as refine:
            added = await refine.get("/reconcile", headers=page)
            assert added.headers["access-control-allow-origin"] == REFINE
            service = added.json()
            guess = {f"q{n}": {"query": name, "limit": 3} for n, name in enumerate(["Luminex", "Bosal"])}
            guessed = await refine.post("/reconcile", headers=form, data={"queries": json.dumps(guess)})
            types = [each["id"] for each in guessed.json()["q1"]["result"][0]["type"]]
            assert types[0] == "Company"
            query: dict[str, Any] = {
                "query": "Europower Generators",
                "type": "Company",
                "type_strict": "should",
                "properties": [{"pid": "municipality", "p": "municipality", "v": "Nieuwerkerken"}],
            }
            matched = await refine.post(
                "/reconcile", headers=form, data={"queries": json.dumps({"q0": query})}
            )
            best = matched.json()["q0"]["result"][0]
            assert best["match"] is True
            framed = await refine.get(
                service["preview"]["url"].replace("{{id}}", best["id"].replace("/", "%2F"))
            )
            assert f"frame-ancestors {REFINE}" in framed.headers["content-security-policy"]
            for kind in ("entity", "type", "property"):
                own = service["suggest"][kind]
                path = own["service_url"] + own["service_path"]
                found = await refine.get(path, headers=page, params={"prefix": "e", "type_strict": "should"})
                shown = own["flyout_service_path"].replace("${id}", found.json()["result"][0]["id"])
                fly = await refine.get(own["flyout_service_url"] + shown, headers=page)
                assert fly.headers["access-control-allow-origin"] == REFINE
                assert set(fly.json()) == {"id", "html"}
            proposed = service["extend"]["propose_properties"]
            more = await refine.get(
                proposed["service_url"] + proposed["service_path"], headers=page, params={"type": "Company"}
            )
            asked = {
                "ids": [best["id"]],
                "properties": [{"id": each["id"]} for each in more.json()["properties"][:20]],
            }
            extended = await refine.post("/reconcile", headers=form, data={"extend": json.dumps(asked)})
            validate(shared, "data-extension-response", extended.json())
            row = extended.json()["rows"][best["id"]]
            assert row["enterpriseNumber"] == [{"str": "0429.593.895"}]
            lead = await refine.get(service["view"]["url"].replace("{{id}}", best["id"].replace("/", "%2F")))
            assert lead.headers["location"] == "/companies/be/0429593895"


def test_jsonp_is_refused_with_the_setting_that_helps() -> None:
    with pytest.raises(InputError) as caught:
        reconciling.refuse_jsonp({"callback": ["x"]})
    assert caught.value.setting == "cors_origins"


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == len(re.findall(r"^(?:GET|POST) ", PAGE, re.MULTILINE)) == 6


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each[0]} {each[1][:40]}")
async def test_the_examples_of_the_page_run(client: httpx.AsyncClient, example: tuple[str, ...]) -> None:
    method, path, name, value, status, kind, said = example
    response = await client.request(method, path, data={name: value} if name else None)
    assert response.status_code == int(status), response.text
    assert response.headers["content-type"].split(";")[0] == kind
    assert said in response.text
