"""`/v1/search`: what it takes, what it answers, what it refuses."""

from __future__ import annotations

import threading
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from graph.index import Index

pytestmark = pytest.mark.anyio


async def hits(client: httpx.AsyncClient, query: str) -> list[dict[str, Any]]:
    answer = await client.get(f"/v1/search?{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_a_hit_says_what_it_is_how_well_it_fits_and_who_calls_it_so(client: httpx.AsyncClient) -> None:
    answer = (
        await client.get("/v1/search?q=Lumniex+Netwrok+Inteligence&kind=company&lang=en&limit=5")
    ).json()
    assert {"items", "total", "page", "pageSize", "next"} == set(answer)
    assert (answer["pageSize"], answer["page"], answer["next"]) == (5, 1, None)
    best = answer["items"][0]
    assert (best["kind"], best["id"], best["name"]) == ("company", "luminex", "Luminex Network Intelligence")
    assert best["label"] == best["name"] == best["matched"]
    assert 0.8 < best["score"] < 0.97
    assert best["exact"] is False
    assert all(source["iri"] for source in best["sources"])
    assert best["sources"]


@pytest.mark.parametrize(
    ("q", "kind", "ref"),
    [
        ("ルミネックス・ネットワーク・インテリジェンス株式会社", "company", "luminex"),
        ("Люминекс Нетворк Интеллидженс", "company", "luminex"),
        ("\u202eLuminex\u200f Network Intelligence NV", "company", "luminex"),
        ("Corée du Sud", "market", "KR"),
        ("zuidkorea", "market", "KR"),
    ],
)
async def test_names_are_found_across_scripts_and_languages(
    client: httpx.AsyncClient, q: str, kind: str, ref: str
) -> None:
    best = (await hits(client, f"q={quote(q)}"))[0]
    assert (best["kind"], best["id"]) == (kind, ref)


async def test_kinds_narrow_and_add_up(client: httpx.AsyncClient) -> None:
    assert {hit["kind"] for hit in await hits(client, "q=luminex&kind=source")} == {"source"}
    both = {hit["kind"] for hit in await hits(client, "q=luminex&kind=source&kind=company")}
    assert both == {"source", "company"}


async def test_a_country_narrows(client: httpx.AsyncClient) -> None:
    refs = {hit["id"] for hit in await hits(client, "q=luminex&country=JP")}
    assert "luminex" not in refs
    assert {hit["kind"] for hit in await hits(client, "q=luminex&country=Japan")} <= {"company"}


async def test_the_last_word_may_be_unfinished_unless_it_is_said_not_to(client: httpx.AsyncClient) -> None:
    assert (await hits(client, "q=lumi&kind=company"))[0]["id"] == "luminex"
    assert "luminex" not in {hit["id"] for hit in await hits(client, "q=lumi&kind=company&complete=false")}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=%20", "q"),
        ("q=x&kind=planet", "kind"),
        ("q=x&country=Nowhere", "country"),
        ("q=x&limit=0", "limit"),
        ("q=x&complete=perhaps", "complete"),
        ("q=x&q=y", "q"),
        ("q=x&unknown=1", "unknown"),
    ],
)
async def test_what_cannot_be_asked_is_told(client: httpx.AsyncClient, query: str, name: str) -> None:
    answer = await client.get(f"/v1/search?{query}")
    assert answer.status_code == 400
    assert name in {issue["name"] for issue in answer.json()["issues"]}


@pytest.mark.parametrize("length", [201, 60_000])
async def test_a_name_that_is_too_long_is_refused_by_a_setting(
    client: httpx.AsyncClient, length: int
) -> None:
    answer = await client.get(f"/v1/search?q={'x' * length}")
    problem = answer.json()
    assert (answer.status_code, problem["setting"]) == (400, "VERRE_SEARCH_LENGTH")
    assert len(answer.text) < 2_000


async def test_more_than_the_setting_allows_is_cut_and_said(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/v1/search?q=a&limit=100000")).json()
    assert answer["pageSize"] == 100


@pytest.mark.parametrize(
    "q", ["%", "'; DROP TABLE spelling; --", 'x" OR "y', "NEAR(a b)", "^lu*", "\0", "#company"]
)
async def test_a_name_written_as_a_query_is_a_name(client: httpx.AsyncClient, q: str) -> None:
    answer = await client.get(f"/v1/search?q={quote(q)}")
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["companies", "exporters"])
async def test_q_of_a_list_takes_a_typing_error(client: httpx.AsyncClient, path: str) -> None:
    answer = (await client.get(f"/v1/{path}?q=Lumniex+Network+Intelligence")).json()
    assert [item["id"] for item in answer["items"]] == ["luminex"]
    assert answer["total"] == 1


async def test_names_are_looked_for_by_few_threads_of_their_own(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()
    whole = Index.search_for

    def search_for(index: Index, *asked: Any) -> Any:
        threads.add(threading.current_thread().name.rpartition("_")[0])
        return whole(index, *asked)

    monkeypatch.setattr(Index, "search_for", search_for)
    assert await hits(client, "q=lumines+netwerk&limit=7")
    assert (await client.get("/search/suggestions?q=lumin")).json()[1]
    assert threads == {"verre-search"}
