"""Every list: its facets count what its filters find, its orders order, its filters hold for each item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from api.lists import RESOURCES
from api.parameters import many, names

pytestmark = pytest.mark.anyio

Item = dict[str, Any]


async def items(client: httpx.AsyncClient, name: str, **query: str) -> list[Item]:
    """All items of a list, page by page."""
    found: list[Item] = []
    page = 1
    while True:
        told = (
            await client.get(f"/v1/{name}", params={**query, "pageSize": "100", "page": str(page)})
        ).json()
        assert "items" in told, told
        found += told["items"]
        if told["next"] is None:
            assert len(found) == told["total"]
            return found
        page += 1


@pytest.mark.parametrize(
    ("name", "base"),
    [(name, {}) for name in RESOURCES]
    + [(name, {"market": "CN"}) for name in RESOURCES if "market" in names(RESOURCES[name].query)],
)
async def test_facets_are_named_by_parameters_and_count_what_they_find(
    client: httpx.AsyncClient, name: str, base: dict[str, str]
) -> None:
    told = (await client.get(f"/v1/{name}", params={**base, "facets": "true", "pageSize": "1"})).json()
    known = names(RESOURCES[name].query)
    for facet, values in told["facets"].items():
        assert facet in known, facet
        counts = [value["count"] for value in values]
        assert (
            counts == sorted(counts, reverse=True) or facet == "status"
        )  # statuses have an order of their own
        for value in [*values[:4], *values[-1:]]:
            extra = {"area": "limburg"} if facet == "areaMembership" else {}
            query = {**base, **extra, facet: value["value"], "pageSize": "1"}
            found = (await client.get(f"/v1/{name}", params=query)).json()
            if (name, facet) == (
                "exporters",
                "market",
            ):  # asked, a country also finds what is known of its region
                assert found["total"] >= value["count"]
            else:
                assert found.get("total") == value["count"], (facet, value, found)


async def whole(client: httpx.AsyncClient, name: str, query: list[tuple[str, str]]) -> set[str] | None:
    """The IRIs of a list that fits on one page; None where it does not."""
    told = (await client.get(f"/v1/{name}", params=[*query, ("pageSize", "100")])).json()
    return {item["iri"] for item in told["items"]} if told["next"] is None else None


@pytest.mark.parametrize("name", list(RESOURCES))
async def test_values_of_one_filter_mean_or(client: httpx.AsyncClient, name: str) -> None:
    told = (await client.get(f"/v1/{name}?facets=true&pageSize=1")).json()
    repeatable = many(RESOURCES[name].query)
    for facet, values in told["facets"].items():
        if facet not in repeatable or len(values) < 2:
            continue
        extra = [("area", "limburg")] if facet == "areaMembership" else []
        one, two = (value["value"] for value in values[:2])
        found = [
            await whole(client, name, [*extra, *((facet, value) for value in asked)])
            for asked in ((one, two), (one,), (two,))
        ]
        if None not in found:
            assert found[0] == (found[1] or set()) | (found[2] or set())


ORDERS: list[tuple[str, str, Callable[[Item], Any]]] = [
    ("exporters", "name", lambda item: item["name"].casefold()),
    ("companies", "name", lambda item: item["name"].casefold()),
    ("partners", "partner", lambda item: item["partner"]["name"].casefold()),
    ("people", "name", lambda item: item["name"].casefold()),
    ("awards", "year", lambda item: item["award"]["edition"] or ""),
    ("sources", "id", lambda item: item["id"]),
    ("statistics", "value", lambda item: item["value"] or 0),
    ("markets", "code", lambda item: item["code"]),
]


@pytest.mark.parametrize(("name", "key", "value"), ORDERS)
async def test_an_order_orders_both_ways(
    client: httpx.AsyncClient, name: str, key: str, value: Callable[[Item], Any]
) -> None:
    up = await items(client, name, sort=key)
    down = await items(client, name, sort=f"-{key}")
    assert {item["iri"] for item in up} == {item["iri"] for item in down}
    assert value(up[0]) <= value(up[-1])
    assert value(down[0]) >= value(down[-1])
    assert value(up[0]) == value(down[-1]) or key == "name"


@pytest.mark.parametrize("name", list(RESOURCES))
async def test_an_unknown_order_is_refused(client: httpx.AsyncClient, name: str) -> None:
    response = await client.get(f"/v1/{name}?sort=nosuch")
    assert response.status_code == 400
    assert response.json()["issues"][0]["name"] == "sort"


FILTERS: list[tuple[str, dict[str, str], Callable[[Item], bool]]] = [
    ("exporters", {"area": "limburg"}, lambda i: i["area"]["member"] == "yes"),
    (
        "exporters",
        {"area": "limburg", "areaMembership": "unknown"},
        lambda i: i["area"]["member"] == "unknown",
    ),
    ("exporters", {"municipality": "Genk"}, lambda i: i["municipality"]["label"] == "Genk"),
    ("exporters", {"q": "lumin"}, lambda i: "lumin" in i["name"].casefold()),
    ("exporters", {"market": "CN", "status": "active"}, lambda i: i["markets"][0]["status"] == "active"),
    (
        "exporters",
        {"market": "CN", "status": "withdrawn"},
        lambda i: i["markets"][0]["status"] == "withdrawn",
    ),
    ("exporters", {"market": "JP", "hasPresenceIn": "JP"}, lambda i: bool(i["markets"][0]["presence"])),
    ("companies", {"kind": "branch"}, lambda i: i["kind"] == "branch"),
    ("companies", {"country": "JP"}, lambda i: i["country"]["code"] == "JP"),
    ("companies", {"country": "Nederland"}, lambda i: i["country"]["code"] == "NL"),
    ("companies", {"q": "power"}, lambda i: True),
    ("markets", {"kind": "region"}, lambda i: i["kind"] == "region"),
    ("markets", {"q": "corée"}, lambda i: "Korea" in i["label"]),
    ("partners", {"role": "distributor"}, lambda i: i["role"] == "distributor"),
    (
        "partners",
        {"organization": "martens"},
        lambda i: "martens" in (i["principal"]["id"], i["partner"]["id"]),
    ),
    ("partners", {}, lambda i: not i["ended"]),
    (
        "people",
        {"organization": "luminex"},
        lambda i: "luminex" in {r["organization"]["id"] for r in i["roles"]},
    ),
    ("awards", {"year": "2019"}, lambda i: i["award"]["edition"].startswith("2019")),
    ("awards", {"result": "winner"}, lambda i: i["result"] == "winner"),
    ("awards", {"organization": "luminex"}, lambda i: i["recipient"]["id"] == "luminex"),
    ("missions", {"missionType": "outbound"}, lambda i: i["missionType"] == "outbound"),
    ("missions", {"market": "JP"}, lambda i: "JP" in {m["code"] for m in i["destinations"]}),
    ("sources", {"year": "2018"}, lambda i: i["date"].startswith("2018")),
    ("sources", {"language": "nl"}, lambda i: i["language"] == "nl"),
    (
        "sources",
        {"publisher": "Het Belang van Limburg"},
        lambda i: i["publisher"] == "Het Belang van Limburg",
    ),
    ("statistics", {"area": "Limburg"}, lambda i: i["area"]["label"] == "Limburg"),
    ("statistics", {"period": "2017"}, lambda i: i["period"] == "2017"),
    ("statistics", {"market": "CN"}, lambda i: i["market"]["code"] == "CN"),
]


@pytest.mark.parametrize(("name", "query", "holds"), FILTERS)
async def test_a_filter_holds_for_each_item_and_leaves_some_out(
    client: httpx.AsyncClient, name: str, query: dict[str, str], holds: Callable[[Item], bool]
) -> None:
    found = await items(client, name, **query)
    everything = await items(client, name)
    if query.get("status") != "withdrawn":
        assert found, "the filter finds nothing, so it proves nothing"
    assert all(holds(item) for item in found)
    assert len(found) < len(everything) or not query or name == "exporters"


WRONG = [
    ("exporters", "market"), ("exporters", "partnerCountry"), ("exporters", "hasPresenceIn"), ("exporters", "sector"),
    ("exporters", "product"), ("exporters", "municipality"), ("exporters", "area"), ("exporters", "status"),
    ("companies", "kind"), ("companies", "country"), ("companies", "sector"), ("companies", "municipality"), ("companies", "area"),
    ("partners", "role"), ("partners", "market"), ("partners", "organization"), ("people", "organization"),
    ("awards", "organization"), ("awards", "result"), ("missions", "market"), ("missions", "missionType"),
    ("missions", "organization"), ("sources", "organization"), ("statistics", "area"), ("statistics", "indicator"),
    ("statistics", "period"), ("statistics", "market"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameter"), WRONG)
async def test_a_value_that_means_nothing_is_refused_by_the_name_of_its_parameter(
    client: httpx.AsyncClient, name: str, parameter: str
) -> None:
    """A filter that matches nothing by mistake would look like an answer."""
    response = await client.get(f"/v1/{name}", params={parameter: "nosuchvalue"})
    assert response.status_code == 400, response.text[:200]
    issue = response.json()["issues"][0]
    assert (issue["name"], issue["value"], issue["in"]) == (parameter, "nosuchvalue", "query")
    with_wildcard = await client.get(f"/v1/{name}", params={parameter: "%_"})
    assert with_wildcard.status_code == 400


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", '"', "Ü", "crème", "Ｌｕｍ"])
@pytest.mark.parametrize(
    "name", ["exporters", "companies", "people", "missions", "sources", "partners", "awards", "markets"]
)
async def test_a_part_of_a_name_is_no_pattern(client: httpx.AsyncClient, name: str, text: str) -> None:
    everything = (await client.get(f"/v1/{name}")).json()["total"]
    found = (await client.get(f"/v1/{name}", params={"q": text})).json()["total"]
    assert found < everything
