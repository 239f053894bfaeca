"""`/v1/exporters` on the curated facts: wanting is not selling, and a region never stands in for a country."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.anyio

FOUR = "market=CN&market=TH&market=VN&market=KR"


async def ask(client: httpx.AsyncClient, query: str) -> dict[str, dict[str, Any]]:
    response = await client.get(f"/v1/exporters?{query}")
    assert response.status_code == 200, response.text
    told = response.json()
    assert len(told["items"]) == len({item["iri"] for item in told["items"]})
    return {item["id"]: item for item in told["items"]}


def standing(item: dict[str, Any]) -> dict[str, str]:
    return {market["market"]["code"]: market["status"] for market in item["markets"]}


async def test_luminex_wants_to_export_to_all_four(client: httpx.AsyncClient) -> None:
    luminex = (await ask(client, FOUR))["luminex"]
    assert standing(luminex) == dict.fromkeys(("CN", "TH", "VN", "KR"), "targets")
    for market in luminex["markets"]:
        (source,) = {(s["publisher"], s["date"]) for e in market["engagements"] for s in e["sources"]}
        assert source == ("Het Belang van Limburg", "2018-02-19")


async def test_each_engagement_has_its_sources(client: httpx.AsyncClient) -> None:
    found = await ask(client, FOUR)
    assert standing(found["punch-powertrain"])["CN"] == "active"
    assert all(e["sources"] for item in found.values() for m in item["markets"] for e in m["engagements"])


async def test_twelve_have_a_fact_of_their_own_and_two_are_known_for_asia_only(
    client: httpx.AsyncClient,
) -> None:
    found = await ask(client, FOUR)
    region_only = {name for name, item in found.items() if all(m["regionLevel"] for m in item["markets"])}
    assert (len(found) - len(region_only), len(region_only)) == (12, 2)
    assert list(found)[-2:] == [name for name in found if name in region_only]


async def test_what_has_ended_shows_only_when_asked_and_marked(client: httpx.AsyncClient) -> None:
    assert "punch-powertrain" not in await ask(client, "market=KR")
    (korea,) = (await ask(client, "market=KR&includeEnded=true"))["punch-powertrain"]["markets"]
    assert korea["ended"] is True
    assert {(e["since"], e["until"]) for e in korea["engagements"]} == {("2006", "2008")}
    assert "punch-powertrain" in await ask(client, "market=KR&asOf=2007-06-01")


async def test_area_says_what_the_graph_knows(client: httpx.AsyncClient) -> None:
    found = await ask(client, "pageSize=100&includeEnded=true")
    assert found["luminex"]["area"] == {"id": "limburg", "member": "yes", "seat": "yes", "site": "yes"}
    area = found["belorta"]["area"]
    assert (area["seat"], area["site"]) == ("no", "yes")
    assert found["tessenderlo-group"]["area"]["member"] == "unknown"


async def test_a_region_never_stands_in_for_a_country(client: httpx.AsyncClient) -> None:
    assert "luminex" not in await ask(client, f"{FOUR}&status=active&status=leading")
    assert "luminex" in await ask(client, "market=ASIA&status=active&status=leading")


@pytest.mark.parametrize(
    "name",
    ["Japan", "Japon", "JP", "JPN", "japan", "http://publications.europa.eu/resource/authority/country/JPN"],
)
async def test_japan_by_any_name(client: httpx.AsyncClient, name: str) -> None:
    (japan,) = (await ask(client, f"market={name}"))["luminex"]["markets"]
    assert japan["status"] == "leading"
    branch = next(p for p in japan["presence"] if p["kind"] == "branch")
    assert branch["place"] == "Tokyo"


@pytest.mark.parametrize("name", ["Zuid-Korea", "South Korea", "Corée du Sud", "KR", "KOR"])
async def test_korea_by_any_name(client: httpx.AsyncClient, name: str) -> None:
    response = await client.get("/v1/exporters", params={"market": name})
    assert {m["market"]["code"] for item in response.json()["items"] for m in item["markets"]} == {"KR"}


async def test_a_region_asked_finds_its_countries_and_nobody_upwards(client: httpx.AsyncClient) -> None:
    asean = await ask(client, "market=ASEAN")
    stated = {
        e["market"]["code"] for item in asean.values() for m in item["markets"] for e in m["engagements"]
    }
    assert {"TH", "VN"} <= stated
    assert not stated & {"ASIA", "WORLD", "CN"}


@pytest.mark.parametrize("code", ["SG", "CN"])
async def test_a_country_asked_finds_region_level_ones_below(client: httpx.AsyncClient, code: str) -> None:
    found = await ask(client, f"market={code}&pageSize=100")
    levels = [item["markets"][0]["regionLevel"] for item in found.values()]
    assert levels == sorted(levels)
    assert True in levels


async def test_an_unknown_market_is_told_the_nearest(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/exporters?market=Thialand")
    assert response.status_code == 400
    (issue,) = response.json()["issues"]
    assert (issue["in"], issue["name"], issue["value"]) == ("query", "market", "Thialand")
    assert "Thailand" in issue["detail"]


async def test_pages_follow_each_other_to_the_end(client: httpx.AsyncClient) -> None:
    seen: list[str] = []
    url: str | None = "/v1/exporters?pageSize=7&sort=-name"
    while url:
        told = (await client.get(url)).json()
        assert (told["pageSize"], told["page"]) == (7, len(seen) // 7 + 1)
        seen += [item["id"] for item in told["items"]]
        url = told["next"]
    assert len(seen) == len(set(seen)) == told["total"]


async def test_facets_count_what_each_value_would_find(client: httpx.AsyncClient) -> None:
    told = (await client.get("/v1/exporters?market=CN&facets=true")).json()
    for facet in told["facets"]["status"]:
        found = (await client.get(f"/v1/exporters?market=CN&status={facet['value']}")).json()
        assert found["total"] == facet["count"]
    assert "facets" not in (await client.get("/v1/exporters?market=CN")).json()


async def test_an_unknown_order_is_refused_with_those_there_are(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/exporters?sort=colour")
    assert response.status_code == 400
    assert response.json()["issues"][0]["name"] == "sort"


@pytest.mark.parametrize(("area", "period"), [("Limburg", "2017"), ("limburg", "2017")])
async def test_the_statistics_of_the_article(client: httpx.AsyncClient, area: str, period: str) -> None:
    told = (await client.get(f"/v1/statistics?area={area}&period={period}")).json()["items"]
    figures = {(i["indicator"]["code"], i["market"]["code"]): i for i in told}
    certificates = next(i for i in told if i["value"] == 22816)
    assert certificates["changePercent"] == 13.43
    value = next(i for i in told if i["value"] == 865000000)
    assert (value["changePercent"], value["unit"], value["precision"]) == (6.73, "EUR", "just-over")
    share = next(i for i in told if i["value"] == 12)
    assert (share["market"]["code"], share["unit"], share["precision"]) == ("CN", "percent", "almost")
    assert len(figures) == 3
    assert {s["date"] for i in told for s in i["sources"]} == {"2018-02-19"}
