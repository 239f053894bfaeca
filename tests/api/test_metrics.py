"""Numbers for Prometheus: what they count, who may read them, and that nobody can make labels up."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request

from api.app import create_app
from api.figures import Figures, kind_of, look, resident, room
from api.metrics import Metrics, forget
from api.routers.metrics import check, is_local
from graph.errors import Forbidden, Unauthorized
from graph.keys import Keys, Role
from graph.settings import Settings
from tests.api.fake_writes import FakeWrites

pytestmark = pytest.mark.anyio

Sample = tuple[str, frozenset[tuple[str, str]]]


@pytest.fixture(scope="module")
async def own(home: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FastAPI]:
    """An application that nobody else uses."""
    folder = tmp_path_factory.mktemp("metrics")
    for name in ("releases", "current", "remote"):
        (folder / name).symlink_to(home / name)
    app = create_app(Settings(home=folder, readers=1, spare_readers=0, body_bytes=1000, anonymous_requests=0))
    app.state.services.writes = FakeWrites()
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def http(own: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(own, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as made:
        yield made


async def numbers(http: httpx.AsyncClient) -> dict[Sample, float]:
    got = await http.get("/metrics")
    assert got.status_code == 200
    assert got.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(got.text)
        for sample in family.samples
    }


def of(found: dict[Sample, float], name: str, **labels: str) -> float:
    return found.get((f"verre_{name}", frozenset(labels.items())), 0.0)


async def test_requests_are_counted_by_route_method_and_status(http: httpx.AsyncClient) -> None:
    before = await numbers(http)
    for path in ("/v1/companies/luminex", "/v1/companies/europower", "/v1/companies/nobody"):
        await http.get(path)
    after = await numbers(http)
    route = "/v1/companies/{ref:path}"

    def more(name: str, **labels: str) -> float:
        return of(after, name, **labels) - of(before, name, **labels)

    assert more("http_requests_total", route=route, method="GET", status="404") == 1
    assert (
        sum(
            more("http_requests_total", route=route, method="GET", status=status) for status in ("200", "308")
        )
        == 2
    )
    assert more("http_request_seconds_count", route=route, method="GET") == 3
    assert more("http_request_seconds_bucket", route=route, method="GET", le="60.0") == 3
    assert more("http_sent_bytes_total") > 1000
    assert more("problems_total", type="belgif:resourceNotFound") == 1


async def test_no_label_can_be_made_up(http: httpx.AsyncClient) -> None:
    await numbers(http)
    before = len(await numbers(http))
    for number in range(50):
        await http.get(f"/no/such/{number}")
        await http.get(f"/v1/companies/nobody-{number}")
        await http.request(f"METHOD{number}", "/v1/companies")
    assert len(await numbers(http)) - before < 100  # not one for each of them


async def test_errors_are_counted_by_their_type(http: httpx.AsyncClient) -> None:
    before = await numbers(http)
    await http.post("/sparql", content=b"x" * 2000)
    await http.get("/sparql", params={"query": "nonsense"})
    await http.get("/sparql", params={"query": "ASK {}", "timeout": "0.000001"})
    await http.get("/v1/companies", headers={"Authorization": "Bearer wrong"})
    after = await numbers(http)
    for kind in ("verre:payloadTooLarge", "verre:querySyntax", "verre:unauthorized"):
        assert of(after, "problems_total", type=kind) - of(before, "problems_total", type=kind) == 1, kind


async def test_queries_and_writes_are_counted_by_outcome(own: FastAPI, http: httpx.AsyncClient) -> None:
    _, key = Keys(own.state.services.settings.home).create(Role.STEWARD)
    before = await numbers(http)
    await http.get("/sparql", params={"query": "ASK {}"})
    update = {"update": "INSERT DATA { GRAPH <http://e/g> { <http://e/a> <http://e/b> 1 } }"}
    got = await http.post("/update", data=update, headers={"Authorization": f"Bearer {key}"})
    assert got.status_code == 200
    after = await numbers(http)
    for operation in ("query", "update"):
        labels = {"operation": operation, "outcome": "done"}
        assert of(after, "operations_total", **labels) - of(before, "operations_total", **labels) == 1
    change = of(after, "statements_written_total", change="added") - of(
        before, "statements_written_total", change="added"
    )
    assert change == 1


async def test_lines_that_are_lost_are_counted(own: FastAPI, http: httpx.AsyncClient) -> None:
    before = of(await numbers(http), "log_lines_lost_total", log="audit")
    own.state.operations.audit.lost += 3
    assert of(await numbers(http), "log_lines_lost_total", log="audit") == before + 3
    assert of(await numbers(http), "log_lines_lost_total", log="audit") == before + 3


async def test_gauges_tell_the_state(own: FastAPI, http: httpx.AsyncClient) -> None:
    await http.get("/sparql", params={"query": "ASK {}"})
    found = await numbers(http)
    services = own.state.services
    assert of(found, "release") == int(services.indexes.current)
    assert of(found, "releases_kept") == len(services.releases.pointer().published) > 0
    assert 0 <= of(found, "release_age_seconds") < time.time()
    assert of(found, "indexes_open") >= 1
    assert of(found, "workers") == 1
    assert sum(of(found, "readers", kind=kind) for kind in ("disk", "memory", "remote")) >= 1
    assert of(found, "queries", state="waiting") == 0
    assert of(found, "process_resident_bytes", process="web") > 2**20
    assert of(found, "process_cpu_seconds_total") > 0
    assert of(found, "disk_free_bytes") > 0


async def test_others_need_the_key_of_an_admin(own: FastAPI) -> None:
    home = own.state.services.settings.home
    _, reader = Keys(home).create(Role.READER)
    _, admin = Keys(home).create(Role.ADMIN)
    transport = httpx.ASGITransport(own, client=("198.51.100.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        assert (await http.get("/metrics")).status_code == 401
        assert (await http.get("/metrics", headers={"Authorization": f"Bearer {reader}"})).status_code == 403
        assert (await http.get("/metrics", headers={"Authorization": f"Bearer {admin}"})).status_code == 200


def request(client: str = "127.0.0.1", host: str = "localhost:8000", **headers: str) -> Request:
    raw = [(b"host", host.encode())]
    raw += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "path": "/metrics",
            "query_string": b"",
            "headers": raw,
            "client": (client, 1),
            "server": ("127.0.0.1", 8000),
        }
    )


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "127.9.9.9"])
def test_the_machine_itself_may_ask(host: str) -> None:
    assert is_local(request(host=host))
    assert is_local(request(client="::1", host=host))


@pytest.mark.parametrize(
    "asked",
    [
        request(client="198.51.100.7"),
        request(host="verre.example"),
        request(host="localhost.evil.example"),
        request(x_forwarded_for="198.51.100.7"),
        request(forwarded="for=198.51.100.7"),
        request(via="1.1 proxy"),
        request(x_real_ip="198.51.100.7"),
        request(client="testclient"),
    ],
)
def test_who_may_speak_for_somebody_else_is_not_local(asked: Request) -> None:
    assert not is_local(asked)
    with pytest.raises((Unauthorized, Forbidden)):
        check(asked, Settings())


def test_a_setting_opens_or_closes_them() -> None:
    check(request(client="198.51.100.7"), Settings(metrics_role="anonymous"))
    with pytest.raises((Unauthorized, Forbidden)):
        check(request(), Settings(metrics_local=False))


def test_figures_of_what_is_not_there() -> None:
    assert resident(2**22 + 1) == 0
    assert room(Path("/no/such/folder")) is None
    assert kind_of(object()) == "disk"
    assert resident(os.getpid()) > 2**20


async def test_figures_without_a_release(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path))
    found = look(app.state.services, [])
    assert isinstance(found, Figures)
    assert (found.kept, found.made) == (0, 0.0)


def test_what_a_worker_that_is_gone_said_is_forgotten(tmp_path: Path) -> None:
    for name in ("gauge_livesum_12.db", "gauge_livesum_123.db", "counter_12.db", "gauge_mostrecent_12.db"):
        (tmp_path / name).touch()
    forget(tmp_path, 12)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"gauge_livesum_123.db", "counter_12.db", "gauge_mostrecent_12.db"}


def test_two_applications_count_for_themselves() -> None:
    one, other = Metrics(), Metrics()
    one.exchange("/a", "GET", 200, 0.1, 5)
    assert b'route="/a"' in one.text()
    assert b'route="/a"' not in other.text()
