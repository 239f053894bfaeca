"""The lists against the sheets themselves: what a reader of the CSV would count by hand.

Nothing of the graph is used here but the rule of which status counts (`graph.model.statuses`, tested on its own).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from typing import Any

import httpx
import pytest

from graph import resources
from graph.model.dates import PartialDate
from graph.model.statuses import Stated, is_ended, strongest
from tests.api.conftest import TODAY

pytestmark = pytest.mark.anyio

Row = dict[str, str]


def sheet(name: str) -> list[Row]:
    with (resources.data() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def dates() -> dict[str, str]:
    return {row["source_id"]: row["date"] for row in sheet("sources")}


def partial(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def stated(row: Row, published: dict[str, str]) -> Stated:
    attested = row["as_of"] or published[row["source_id"]]
    return Stated(row["status"], partial(row["until"]), partial(attested))


def by_company(market: str) -> dict[str, list[Stated]]:
    """What is stated of each company in exactly this market."""
    published = dates()
    found: dict[str, list[Stated]] = defaultdict(list)
    for row in sheet("markets"):
        if row["market"] == market:
            found[row["org_id"]].append(stated(row, published))
    return found


def countries() -> list[str]:
    """The countries of which the sheet states something, by ISO code."""
    codes = {row["iso2"] for row in sheet("reference/countries")}
    return sorted({row["market"] for row in sheet("markets")} & codes)


async def keys(client: httpx.AsyncClient, query: str) -> dict[str, dict[str, Any]]:
    """Companies by the key of the sheet: an organization with a number has that in its id instead."""
    numbers = {
        row["enterprise_number"].replace(".", ""): row["org_id"]
        for row in sheet("organizations")
        if row["enterprise_number"]
    }
    leis = {row["lei"]: row["org_id"] for row in sheet("organizations") if row["lei"]}
    told = (await client.get(f"/v1/exporters?pageSize=100&{query}")).json()
    assert told["next"] is None
    return {(numbers | leis).get(item["id"], item["id"]): item for item in told["items"]}


@pytest.mark.parametrize("market", countries())
async def test_exporters_of_a_country_with_facts_of_their_own(client: httpx.AsyncClient, market: str) -> None:
    expected = {
        org: status
        for org, facts in by_company(market).items()
        if (status := strongest(facts, TODAY)) not in (None, "withdrawn")
    }
    found = {
        key: item["markets"][0]["status"]
        for key, item in (await keys(client, f"market={market}")).items()
        if not item["markets"][0]["regionLevel"]
    }
    assert found == expected


@pytest.mark.parametrize("market", countries())
async def test_with_everything_ended_and_withdrawn(client: httpx.AsyncClient, market: str) -> None:
    facts = by_company(market)
    found = await keys(client, f"market={market}&includeEnded=true")
    own = {key: item["markets"][0] for key, item in found.items() if not item["markets"][0]["regionLevel"]}
    assert set(own) == set(facts)
    for key, told in own.items():
        assert told["ended"] is all(is_ended(fact.end, TODAY) for fact in facts[key]), key
        assert len(told["engagements"]) >= 1


@pytest.mark.parametrize("market", countries())
async def test_nobody_is_region_level_where_it_has_a_fact_of_its_own(
    client: httpx.AsyncClient, market: str
) -> None:
    own = set(by_company(market))
    found = await keys(client, f"market={market}&includeEnded=true")
    assert not own & {key for key, item in found.items() if item["markets"][0]["regionLevel"]}


@pytest.mark.parametrize("status", ["targets", "entering", "active", "leading", "withdrawn"])
async def test_a_status_asked_is_the_strongest_of_the_market(client: httpx.AsyncClient, status: str) -> None:
    expected = {
        (org, market)
        for market in countries()
        for org, facts in by_company(market).items()
        if strongest(facts, TODAY) == status
    }
    found = set()
    for market in countries():
        for key, item in (await keys(client, f"market={market}&status={status}")).items():
            if not item["markets"][0]["regionLevel"]:
                found.add((key, market))
    assert found == expected


@pytest.mark.parametrize(
    ("name", "path", "column"),
    [
        ("sources", "sources", "source_id"),
        ("missions", "missions", "mission_id"),
        ("organizations", "companies", "org_id"),
    ],
)
async def test_nothing_of_a_sheet_is_missing(
    client: httpx.AsyncClient, name: str, path: str, column: str
) -> None:
    expected = {row[column] for row in sheet(name)}
    total = (await client.get(f"/v1/{path}?pageSize=1")).json()["total"]
    assert total == len(expected)


async def test_every_statistic_of_the_sheet_is_in_its_period(client: httpx.AsyncClient) -> None:
    for period in {row["period"] for row in sheet("statistics") if row["area"] == "limburg"} - {""}:
        rows = [row for row in sheet("statistics") if row["area"] == "limburg" and row["period"] == period]
        told = (await client.get(f"/v1/statistics?area=limburg&period={period}&pageSize=100")).json()["items"]
        assert sorted(float(row["value"]) for row in rows if row["value"]) == sorted(
            item["value"] for item in told if item["value"] is not None
        )
        assert {row["source_id"] for row in rows} == {
            source["id"] for item in told for source in item["sources"]
        }


async def test_what_held_on_a_day(client: httpx.AsyncClient) -> None:
    """Korea: the stay of 2006 to 2008 is found on a day in it and on no day outside."""
    for day, there in (
        (date(2005, 12, 31), False),
        (date(2006, 1, 1), True),
        (date(2008, 12, 31), True),
        (date(2009, 1, 1), False),
    ):
        found = await keys(client, f"market=KR&asOf={day.isoformat()}")
        assert ("punch-powertrain" in found) is there, day
