"""OpenAPI says what is true: real answers fit the schemas, and everything has an example."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema
import pytest
from fastapi import FastAPI
from referencing import Registry, Resource

from api import openapi
from api.schemas import company, facts, problems, service, things
from api.schemas.shape import Shape, example

pytestmark = pytest.mark.anyio

ANSWERS = [
    ("/v1/exporters", "/v1/exporters?pageSize=100&includeEnded=true&facets=true"),
    ("/v1/exporters", "/v1/exporters?market=CN&market=ASEAN&market=WORLD&asOf=2018-02-19&lang=fr"),
    ("/v1/companies", "/v1/companies?pageSize=100&facets=true"),
    ("/v1/markets", "/v1/markets?pageSize=100&facets=true&known=true"),
    ("/v1/partners", "/v1/partners?pageSize=100&facets=true&includeEnded=true"),
    ("/v1/people", "/v1/people?pageSize=100&facets=true"),
    ("/v1/awards", "/v1/awards?pageSize=100&facets=true"),
    ("/v1/missions", "/v1/missions?pageSize=100&facets=true"),
    ("/v1/sources", "/v1/sources?pageSize=100&facets=true"),
    ("/v1/statistics", "/v1/statistics?pageSize=100&facets=true"),
    ("/v1/search", "/v1/search?q=e&limit=100"),
    ("/v1/queries", "/v1/queries"),
    ("/v1/queries/{name}", "/v1/queries/exporters"),
    ("/v1/markets/{ref}", "/v1/markets/JP"),
    ("/v1/markets/{ref}", "/v1/markets/ASIA?lang=nl"),
    ("/v1/missions/{ref}", "/v1/missions/m-japan"),
    ("/v1/sources/{ref}", "/v1/sources/s001"),
    ("/v1/companies/{ref}/network", "/v1/companies/luminex/network?depth=2"),
    ("/reconcile", "/reconcile"),
    ("/reconcile/suggest/entity", "/reconcile/suggest/entity?prefix=lum"),
    ("/reconcile/suggest/type", "/reconcile/suggest/type"),
    ("/reconcile/suggest/property", "/reconcile/suggest/property"),
    ("/reconcile/properties", "/reconcile/properties?type=Company"),
    ("/reconcile/flyout/{kind}", "/reconcile/flyout/type?id=Company"),
    ("/v1/network/neighbourhood", "/v1/network/neighbourhood?of=luminex&of=CN&depth=2&includeEnded=true"),
    ("/v1/network/view", "/v1/network/view?of=luminex&expand=luminex-japan&to=CN&hide=market:KR"),
    ("/v1/network/relations", "/v1/network/relations?of=luminex&of=JP"),
    ("/v1/network/paths", "/v1/network/paths?from=luminex&to=belorta&through=market"),
    ("/v1/network/centrality", "/v1/network/centrality?market=CN"),
    ("/v1/network/communities", "/v1/network/communities?market=ASEAN&asOf=2020-01-01"),
    ("/v1/network/brokers", "/v1/network/brokers?market=CN&lang=fr"),
    ("/healthz", "/healthz"),
    ("/readyz", "/readyz"),
    ("/health", "/health"),
]


LISTS = [
    "exporters",
    "companies",
    "markets",
    "partners",
    "people",
    "awards",
    "missions",
    "sources",
    "statistics",
    "queries",
    "search",
]
PATHS = {f"/v1/{name}" for name in LISTS} | {
    "/v1/companies/{ref}",
    "/v1/companies/{ref}/matches",
    "/v1/match",
    "/v1/match/algorithms",
    "/v1/companies/{ref}/screening",
    "/v1/screenings",
    "/v1/screenings/lists",
    "/v1/companies/{ref}/network",
    "/v1/network/neighbourhood",
    "/v1/network/view",
    "/v1/network/relations",
    "/v1/network/paths",
    "/v1/network/centrality",
    "/v1/network/communities",
    "/v1/network/brokers",
    "/v1/markets/{ref}",
    "/v1/people/{ref}",
    "/v1/missions/{ref}",
    "/v1/sources/{ref}",
    "/v1/queries/{name}",
    "/v1/spreadsheets",
    "/reconcile",
    "/reconcile/suggest/entity",
    "/reconcile/suggest/type",
    "/reconcile/suggest/property",
    "/reconcile/properties",
    "/reconcile/flyout/{kind}",
    "/reconcile/preview",
    "/reconcile/view",
    "/sparql",
    "/update",
    "/store",
    "/store/{path}",
    "/.well-known/void",
    "/catalog",
    "/catalog/verre.nq.gz",
    "/id/{kind}/{ref}",
    "/doc/{kind}/{ref}",
    "/ns",
    "/code/{path}",
    "/graph/{path}",
    "/healthz",
    "/metrics",
    "/readyz",
    "/health",
}


@pytest.fixture(scope="module")
def document(app: FastAPI) -> dict[str, Any]:
    return openapi.document(app)


def validate(document: dict[str, Any], schema: dict[str, Any], told: Any) -> None:
    registry: Registry[Any] = Registry().with_resource("urn:doc", Resource.opaque(document))
    local = {"$ref": f"urn:doc{schema['$ref']}"} if "$ref" in schema else schema
    jsonschema.Draft202012Validator(local, registry=registry).validate(told)


def schema_of(document: dict[str, Any], path: str) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    return found


@pytest.mark.parametrize(("path", "url"), ANSWERS)
async def test_real_answers_fit(
    client: httpx.AsyncClient, document: dict[str, Any], path: str, url: str
) -> None:
    response = await client.get(url)
    assert response.status_code == 200, response.text
    validate(document, schema_of(document, path), response.json())


async def test_every_company_and_person_fits(client: httpx.AsyncClient, document: dict[str, Any]) -> None:
    for kind in ("companies", "people"):
        url: str | None = f"/v1/{kind}?pageSize=100"
        while url:
            page = (await client.get(url)).json()
            for item in page["items"]:
                told = (await client.get(f"/v1/{kind}/{item['id']}")).json()
                validate(document, schema_of(document, f"/v1/{kind}/{{ref}}"), told)
            url = page["next"]


def shapes() -> list[type[Shape]]:
    found = [
        each
        for module in (company, facts, problems, service, things)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Shape) and each is not Shape
    ]
    return sorted(set(found), key=lambda each: each.__name__)


@pytest.mark.parametrize("shape", shapes())
def test_every_schema_has_an_example_that_fits_it(shape: type[Shape]) -> None:
    assert shape.__doc__
    schema = shape.model_json_schema()
    (told,) = schema["examples"]
    shape.model_validate(told)
    jsonschema.Draft202012Validator(schema).validate(told)


def test_a_field_without_an_example_is_refused() -> None:
    class Bare(Shape):
        """Has none."""

        name: str

    with pytest.raises(TypeError, match=r"Bare\.name has no example"):
        example(Bare)


async def test_every_response_has_an_example(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert operation["description"], path
            for status, response in operation["responses"].items():
                for kind, content in response.get("content", {}).items():
                    binary = content.get("schema", {}).get("format") == "binary"
                    assert binary or "example" in content, (path, method, status, kind)
                    if kind == "application/problem+json":
                        validate(document, content["schema"], content["example"])
                        assert content["example"]["status"] == int(status)
            for parameter in operation.get("parameters", []):
                assert parameter.get("description") or parameter["in"] == "path", (path, parameter)


async def test_examples_of_json_answers_fit_their_schemas(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
            if "example" in content and "schema" in content:
                validate(document, content["schema"], content["example"])
                assert path


async def test_what_a_body_may_meet_is_documented(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert ("408" in operation["responses"]) == ("requestBody" in operation), (path, method)
    assert "422" in document["paths"]["/update"]["post"]["responses"]
    assert "422" not in document["paths"]["/v1/companies"]["get"]["responses"]


async def test_no_reference_leads_nowhere(document: dict[str, Any]) -> None:
    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [each for value in part.values() for each in references(value)]
        return [each for value in part for each in references(value)] if isinstance(part, list) else []

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known
    assert "#/components/schemas/HTTPValidationError" not in known


async def test_every_error_of_the_table_is_documented() -> None:
    from api.errors import FAILURE, KINDS, MethodNotAllowed
    from graph.errors import ImportRefused, SheetRefused

    told = {
        kind.status
        for cls, kind in KINDS.items()
        if cls not in (SheetRefused, ImportRefused, MethodNotAllowed)
    }
    assert told | {FAILURE.status} == set(openapi.ERRORS)


async def test_the_document_and_its_page_are_served_from_here(
    client: httpx.AsyncClient, document: dict[str, Any]
) -> None:
    assert (await client.get("/openapi.json")).json() == document
    page = await client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    for path in document["paths"]:
        assert path in page.text
    assert "<script" not in page.text
    assert "http://" not in page.text.split("<body>")[0]
    assert 'src="http' not in page.text
    assert 'href="/docs/style.css"' in page.text
    assert (await client.get("/docs/style.css")).headers["content-type"].startswith("text/css")


async def test_routes_and_documents_agree_on_what_is_answered(app: FastAPI, document: dict[str, Any]) -> None:
    assert set(openapi.paths(app)) == {path for path in document["paths"] if "{" not in path}
    assert set(document["paths"]) == PATHS
