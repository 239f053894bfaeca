"""`/v1/network` over HTTP: every form of Luminex's network, limits that name their setting, days, releases."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import networkx as nx
import orjson
import pytest
from defusedxml.ElementTree import fromstring
from fastapi import FastAPI

from graph.network.formats.flat import flat
from tests.network.formats.test_formats import READERS, edges, nodes

pytestmark = pytest.mark.anyio

LUMINEX = "https://w3id.org/verre/id/organization/x/luminex"
AROUND = "/v1/network/neighbourhood?of=luminex"

MEDIA = {
    "json": "application/json",
    "cyjs": "application/vnd.cytoscape+json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
}


async def told(client: httpx.AsyncClient, url: str) -> dict[str, Any]:
    response = await client.get(url)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def node_link(body: bytes) -> Any:
    return nx.node_link_graph(orjson.loads(body), edges="edges")


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("depth", [1, 2])
async def test_each_form_of_luminex_reads_back_as_its_node_link_json(
    client: httpx.AsyncClient, form: str, depth: int
) -> None:
    url = f"{AROUND}&depth={depth}&includeEnded=true"
    whole = node_link((await client.get(url)).content)
    found = READERS[form]((await client.get(f"{url}&format={form}")).content)
    assert LUMINEX in whole
    assert len(whole) >= 14
    assert nodes(found) == nodes(flat(whole))
    assert edges(found) == edges(flat(whole))


@pytest.mark.parametrize("form", MEDIA)
async def test_accept_and_format_give_the_same(client: httpx.AsyncClient, form: str) -> None:
    by_name = await client.get(f"{AROUND}&format={form}")
    by_type = await client.get(AROUND, headers={"Accept": MEDIA[form].partition(";")[0]})
    assert by_name.headers["content-type"] == by_type.headers["content-type"] == MEDIA[form]
    assert by_name.content == by_type.content
    saved = by_name.headers.get("content-disposition", "")
    assert saved == ("" if form in {"json", "svg"} else f'attachment; filename="verre-neighbourhood.{form}"')


async def test_the_older_gexf_is_saved_under_the_ending_that_gephi_knows(client: httpx.AsyncClient) -> None:
    response = await client.get(f"{AROUND}&format=gexf12")
    assert response.headers["content-type"] == MEDIA["gexf"]
    assert 'filename="verre-neighbourhood.gexf"' in response.headers["content-disposition"]
    assert b'version="1.2"' in response.content


async def test_a_form_that_there_is_not_is_refused(client: httpx.AsyncClient) -> None:
    wrong = await client.get(f"{AROUND}&format=gefx")
    assert wrong.status_code == 400
    assert "did you mean gexf" in wrong.json()["issues"][0]["detail"]
    assert (await client.get(AROUND, headers={"Accept": "text/turtle"})).status_code == 406


async def test_the_answer_has_a_tag_and_is_not_sent_twice(client: httpx.AsyncClient) -> None:
    first = await client.get(f"{AROUND}&format=svg")
    assert first.headers["etag"]
    again = await client.get(f"{AROUND}&format=svg", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


async def test_the_csv_has_a_row_an_edge(client: httpx.AsyncClient) -> None:
    whole = await told(client, AROUND)
    text = (await client.get(f"{AROUND}&format=csv")).text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["source"], row["target"]) for row in rows] == [
        (edge["source"], edge["target"]) for edge in whole["edges"]
    ]
    assert all(row["sources"] for row in rows)


async def test_the_drawing_speaks_the_language_of_the_request(client: httpx.AsyncClient) -> None:
    titles = {}
    for lang in ("nl", "en", "fr"):
        root = fromstring((await client.get(f"{AROUND}&format=svg&lang={lang}")).content)
        titles[lang] = root[0].text
    assert titles == {
        "nl": "Netwerk van Luminex Network Intelligence",
        "en": "Network of Luminex Network Intelligence",
        "fr": "Réseau de Luminex Network Intelligence",
    }


@pytest.mark.parametrize(
    ("url", "name", "setting"),
    [
        (f"{AROUND}&depth=5", "depth", "NETWORK_DEPTH"),
        (f"{AROUND}&nodes=100000", "nodes", "NETWORK_NODES"),
        (f"{AROUND}&perRelation=100000", "perRelation", "NETWORK_RELATIONS"),
        (f"/v1/network/neighbourhood?{'&'.join(f'of=x{n}' for n in range(21))}", "of", "NETWORK_STARTS"),
        (f"/v1/network/relations?{'&'.join(f'of=x{n}' for n in range(21))}", "of", "NETWORK_STARTS"),
        ("/v1/network/neighbourhood?of=CN&depth=2&format=svg&nodes=150", "nodes", "NETWORK_DRAWN"),
        ("/v1/network/paths?from=luminex&to=JP&paths=100", "paths", "NETWORK_PATHS"),
        ("/v1/network/paths?from=luminex&to=JP&length=99", "length", "NETWORK_PATH_LENGTH"),
        ("/v1/network/centrality?market=CN&nodes=999999", "nodes", "NETWORK_ANALYSED"),
        ("/v1/network/communities?market=CN&depth=9", "depth", "NETWORK_DEPTH"),
    ],
)
async def test_what_is_too_much_names_the_parameter_and_the_setting(
    client: httpx.AsyncClient, url: str, name: str, setting: str
) -> None:
    response = await client.get(url)
    assert response.status_code == 400, response.text
    problem = response.json()
    assert problem["issues"][0]["name"] == name
    assert f"VERRE_{setting}" in response.text


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"{AROUND}&relation=friendship", "relation"),
        (f"{AROUND}&through=walls", "through"),
        (f"{AROUND}&depth=-1", "depth"),
        (f"{AROUND}&nodes=0", "nodes"),
        (f"{AROUND}&asOf=2018", "asOf"),
        ("/v1/network/neighbourhood", "of"),
        ("/v1/network/neighbourhood?of=", "of"),
        ("/v1/network/neighbourhood?of=a%00b", "of"),
        (f"/v1/network/neighbourhood?of={'x' * 300}", "of"),
        ("/v1/network/paths?from=luminex", "to"),
        ("/v1/network/paths?from=luminex&to=luminex", "to"),
        ("/v1/network/centrality", "of"),
        ("/v1/network/centrality?of=luminex&market=CN", "of"),
        ("/v1/network/centrality?market=CN&measure=fame", "measure"),
        ("/v1/network/brokers", "market"),
    ],
)
async def test_what_cannot_be_used_is_named(client: httpx.AsyncClient, url: str, name: str) -> None:
    response = await client.get(url)
    assert response.status_code == 400, response.text
    assert response.json()["issues"][0]["name"] == name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/v1/network/neighbourhood?of=nobody-at-all", "of"),
        ("/v1/network/relations?of=nobody-at-all", "of"),
        ("/v1/network/paths?from=nobody-at-all&to=luminex", "from"),
        ("/v1/network/paths?from=luminex&to=nobody-at-all", "to"),
        ("/v1/network/centrality?market=nowhere-at-all", "market"),
        ("/v1/network/brokers?market=nowhere-at-all", "market"),
    ],
)
async def test_an_unknown_reference_is_not_found_and_named(
    client: httpx.AsyncClient, url: str, name: str
) -> None:
    response = await client.get(url)
    assert response.status_code == 404, response.text
    assert response.json()["issues"][0]["name"] == name


async def test_as_of_asks_for_what_held_then(client: httpx.AsyncClient) -> None:
    def years(found: dict[str, Any]) -> set[str]:
        return {edge["since"] for edge in found["edges"] if "since" in edge}

    now = await told(client, AROUND)
    before = await told(client, f"{AROUND}&asOf=2010-01-01")
    assert before["graph"]["day"] == "2010-01-01"
    assert max(years(now)) >= "2018"
    assert not any(since > "2010" for since in years(before))
    assert len(before["edges"]) < len(now["edges"])


async def test_the_release_that_answered_is_named(client: httpx.AsyncClient) -> None:
    now = await told(client, AROUND)
    release = now["graph"]["release"]
    assert (await told(client, f"{AROUND}&release={release}"))["nodes"] == now["nodes"]
    assert (await client.get(f"{AROUND}&release=999999")).status_code == 404


async def test_a_node_tells_how_much_more_there_is(client: httpx.AsyncClient) -> None:
    few = await told(client, f"{AROUND}&relation=branch&relation=engagement&perRelation=1")
    counted = await told(client, "/v1/network/relations?of=luminex")
    has = {item["relation"]: item["count"] for item in counted["items"]}
    assert counted["total"] == len(has)
    assert has["branch"] == 2
    more = next(node for node in few["nodes"] if node["id"] == LUMINEX)["more"]
    assert more == {"branch": has["branch"] - 1, "engagement": has["engagement"] - 1}
    assert few["graph"]["truncated"] is True
    all_of = await told(client, AROUND)
    assert "more" not in next(node for node in all_of["nodes"] if node["id"] == LUMINEX)


async def test_paths_are_told_with_their_relations_and_sources(client: httpx.AsyncClient) -> None:
    found = await told(client, "/v1/network/paths?from=luminex&to=belorta&through=market&paths=2")
    paths = found["graph"]["paths"]
    assert [path["length"] for path in paths] == [2, 2]
    assert all(path["nodes"][0] == LUMINEX and path["nodes"][-1].endswith("/belorta") for path in paths)
    for path in paths:
        for one, other in zip(path["nodes"], path["nodes"][1:], strict=False):
            tied = [edge for edge in found["edges"] if {edge["source"], edge["target"]} == {one, other}]
            assert tied
            assert all(edge["sources"] for edge in tied)
    assert (await told(client, "/v1/network/paths?from=luminex&to=belorta"))["graph"]["paths"] == []


async def test_the_middle_of_a_market_is_ranked_by_what_was_asked(client: httpx.AsyncClient) -> None:
    for measure in ("degree", "betweenness", "pagerank"):
        found = await told(client, f"/v1/network/centrality?market=CN&measure={measure}&top=3")
        figures = {node["id"]: node[measure] for node in found["nodes"]}
        ranked = found["graph"]["ranking"]
        assert [each["value"] for each in ranked] == sorted(figures.values(), reverse=True)[:3]
        assert all(figures[each["iri"]] == each["value"] for each in ranked)


async def test_communities_hold_every_node_once(client: httpx.AsyncClient) -> None:
    found = await told(client, "/v1/network/communities?of=bosal&of=belorta&depth=2")
    sizes = {each["community"]: each["size"] for each in found["graph"]["communities"]}
    counted = [node["community"] for node in found["nodes"]]
    assert {number: counted.count(number) for number in set(counted)} == sizes
    assert list(sizes.values()) == sorted(sizes.values(), reverse=True)


async def test_luminex_branch_is_a_broker_for_japan_and_names_its_source(client: httpx.AsyncClient) -> None:
    found = await told(client, "/v1/network/brokers?market=Japan")
    brokers = {each["ref"]: each for each in found["graph"]["brokers"]}
    branch = brokers["luminex-japan"]
    assert branch["reach"] == 1
    assert branch["ways"] == [
        {
            "way": "branch",
            "text": "Luminex branch in Tokyo is the branch of Luminex Network Intelligence in Japan.",
            "organizations": [LUMINEX],
        }
    ]
    (edge,) = [edge for edge in found["edges"] if edge["target"] == branch["iri"]]
    assert [source["id"] for source in edge["sources"]] == ["s001"]


@pytest.mark.parametrize(
    "path", ["paths?from=luminex&to=JP", "centrality?market=CN", "communities?market=CN", "brokers?market=CN"]
)
@pytest.mark.parametrize("form", ["graphml", "gexf", "cyjs"])
async def test_analyses_come_in_every_form_too(client: httpx.AsyncClient, path: str, form: str) -> None:
    whole = node_link((await client.get(f"/v1/network/{path}")).content)
    response = await client.get(f"/v1/network/{path}&format={form}")
    assert nodes(READERS[form](response.content)) == nodes(flat(whole))
    drawn = await client.get(f"/v1/network/{path}&format=svg")
    assert drawn.status_code == 200
    assert fromstring(drawn.content).tag.endswith("svg")


async def test_a_drawing_has_as_many_nodes_as_can_be_read_unless_more_are_asked(
    client: httpx.AsyncClient, app: FastAPI
) -> None:
    async def things(url: str) -> int:
        root = fromstring((await client.get(url)).content)
        return sum(element.get("class") == "thing" for element in root.iter())

    assert await things("/v1/network/neighbourhood?of=CN&depth=2&format=svg") == 40
    assert await things("/v1/network/neighbourhood?of=CN&depth=2&nodes=60&format=svg") == 60
