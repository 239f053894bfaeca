"""Who may come in: keys in every form, wrong ones on every path, limits, and nobody by accident."""

from __future__ import annotations

import asyncio
import base64
import re
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api import access, errors
from api.access import ANONYMOUS, Access, Principal, credentials, principal, require
from graph import keys as key_module
from graph.errors import Forbidden, Unauthorized, VerreError
from graph.keys import Keys, Ring, Role, Stamp
from graph.settings import Settings
from graph.settings_access import AccessSettings

pytestmark = pytest.mark.anyio


async def who(request: Request) -> Response:
    found = principal(request)
    return JSONResponse({"key": found.key, "role": found.role.word, "part": found.part})


async def write(request: Request) -> Response:
    return JSONResponse({"key": require(request, Role.STEWARD).key})


async def pause() -> None:
    await asyncio.sleep(0.05)


async def slow(request: Request) -> Response:
    await pause()
    return JSONResponse({})


async def tell(request: Request, error: Exception) -> Response:
    return errors.respond(errors.problem_of(error, request))


def door(home: Path, **limits: Any) -> Access:
    routes = [
        Route(path, who) for path in ("/who", "/healthz", "/readyz", "/health", "/metrics", "/v1/queries/x")
    ]
    app = Starlette(
        routes=[
            *routes,
            Route("/sparql", slow, methods=["GET", "POST"]),
            Route("/write", write, methods=["POST"]),
        ],
        exception_handlers={VerreError: tell},
    )
    return Access(app, Settings(home=home, **limits), tell)


def to(app: Any, address: str = "192.0.2.1") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, client=(address, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://verre.test")


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"}


async def test_nobody_is_anybody_without_a_key(tmp_path: Path) -> None:
    async with to(door(tmp_path)) as http:
        assert (await http.get("/who")).json() == {"key": None, "role": "anonymous", "part": "public"}


@pytest.mark.parametrize(
    ("role", "part"),
    [(Role.READER, "public"), (Role.ANALYST, "whole"), (Role.STEWARD, "whole"), (Role.ADMIN, "whole")],
)
async def test_a_key_opens_what_its_role_says(tmp_path: Path, role: Role, part: str) -> None:
    key, text = Keys(tmp_path).create(role)
    async with to(door(tmp_path)) as http:
        for headers in (bearer(text), basic("", text), basic("any", text)):
            told = (await http.get("/who", headers=headers)).json()
            assert told == {"key": key.id, "role": role.word, "part": part}


WRONG = [
    "Bearer nonsense", "Bearer", "Bearer ", "bearer verre_00000000_0", "Basic", "Basic !!!", "Basic OnBhc3M=", "Basic YWRtaW46",
    "Basic \xff", "Basic /w==", "Digest x", "Negotiate x", "", "verre_00000000_0", "Bearer verre_00000000_" + "0" * 64, "Bearer \xe9",
]  # fmt: skip


@pytest.mark.parametrize("header", WRONG)
@pytest.mark.parametrize("path", ["/who", "/healthz", "/nowhere", "/sparql"])
async def test_a_wrong_key_is_refused_on_every_path(tmp_path: Path, header: str, path: str) -> None:
    Keys(tmp_path).create(Role.ADMIN)
    async with to(door(tmp_path)) as http:
        response = await http.get(path, headers=[(b"Authorization", header.encode("latin-1"))])
        assert response.status_code == 401
        assert response.json()["type"] == "urn:problem-type:verre:unauthorized"
        assert response.headers["www-authenticate"].startswith("Bearer ")
        assert "Basic realm=" in response.headers["www-authenticate"]
        assert response.headers["cache-control"] == "no-store"


async def test_an_error_tells_of_no_key(tmp_path: Path) -> None:
    key, text = Keys(tmp_path).create(Role.ADMIN, "The Admin")
    async with to(door(tmp_path)) as http:
        response = await http.get("/who", headers=bearer(f"{text[:-1]}x"))
    assert response.status_code == 401
    assert not any(word in response.text for word in (key.id, "Admin", text, key.hash))


async def test_two_keys_are_none(tmp_path: Path) -> None:
    text = Keys(tmp_path).create(Role.ADMIN)[1]
    async with to(door(tmp_path)) as http:
        twice = [("Authorization", f"Bearer {text}"), ("Authorization", f"Bearer {text}")]
        assert (await http.get("/who", headers=twice)).status_code == 401


async def test_a_key_that_was_just_made_is_known_at_once_and_a_revoked_one_soon_is_not(
    tmp_path: Path,
) -> None:
    keys = Keys(tmp_path)
    async with to(door(tmp_path)) as http:
        for _ in range(2):
            key, text = keys.create(Role.READER)
            assert (await http.get("/who", headers=bearer(text))).status_code == 200
        keys.revoke(key.id)
        await asyncio.sleep(access.FRESH * 2)
        assert (await http.get("/who", headers=bearer(text))).status_code == 401


class Later(datetime):
    """A clock that is two hours ahead."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return datetime.now(tz) + timedelta(hours=2)


async def test_a_key_ends_without_anybody_doing_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Keys(tmp_path).create(Role.READER, expires=datetime.now(UTC) + timedelta(hours=1))[1]
    async with to(door(tmp_path)) as http:
        assert (await http.get("/who", headers=bearer(text))).status_code == 200
        monkeypatch.setattr(key_module, "datetime", Later)
        assert (await http.get("/who", headers=bearer(text))).status_code == 401


async def test_the_file_is_not_read_for_every_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Keys(tmp_path).create(Role.READER)[1]
    looked: list[object] = []
    stamp = Keys.stamp

    def counted(self: Keys) -> Stamp:
        looked.append(1)
        return stamp(self)

    monkeypatch.setattr(Keys, "stamp", counted)
    monkeypatch.setattr(access, "FRESH", 60)
    async with to(door(tmp_path)) as http:
        for _ in range(20):
            assert (await http.get("/who", headers=bearer(text))).status_code == 200
        assert len(looked) == 1
        await asyncio.gather(*(http.get("/who") for _ in range(5)))
    assert len(looked) == 1


async def test_a_damaged_file_lets_no_key_in_and_readers_go_on(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    text = keys.create(Role.ADMIN)[1]
    async with to(door(tmp_path)) as http:
        keys.path.write_text("{")
        refused = await http.get("/who", headers=bearer(text))
        assert refused.status_code == 503
        assert str(tmp_path) not in refused.text
        assert (await http.get("/who")).status_code == 200
        assert (await http.post("/sparql")).status_code == 200
        assert (await http.post("/write")).status_code == 401
        keys.path.unlink()
        assert (await http.get("/who", headers=bearer(text))).status_code == 401


async def test_writes_are_off_until_somebody_may_write(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    async with to(door(tmp_path)) as http:
        off = await http.post("/write")
        assert off.status_code == 403
        assert "verre keys create" in off.json()["detail"]
        analyst = keys.create(Role.ANALYST)[1]
        assert (await http.post("/write", headers=bearer(analyst))).status_code == 403
        key, steward = keys.create(Role.STEWARD)
        await asyncio.sleep(access.FRESH * 1.5)
        anonymous = await http.post("/write")
        assert (anonymous.status_code, "www-authenticate" in anonymous.headers) == (401, True)
        low = await http.post("/write", headers=bearer(analyst))
        assert (low.status_code, "steward" in low.json()["detail"]) == (403, True)
        assert (await http.post("/write", headers=bearer(steward))).json() == {"key": key.id}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://verre.test"}, 200),
        ({"Origin": "http://evil.test"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://verre.test"}, 403),
    ],
)
async def test_another_sites_page_changes_nothing_with_a_remembered_password(
    tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    text = Keys(tmp_path).create(Role.STEWARD)[1]
    async with to(door(tmp_path)) as http:
        assert (await http.post("/write", headers={**basic("me", text), **headers})).status_code == status
        assert (await http.post("/write", headers={**bearer(text), **headers})).status_code == 200


async def test_wrong_keys_are_counted_by_address_and_hinder_no_right_one(tmp_path: Path) -> None:
    text = Keys(tmp_path).create(Role.READER)[1]
    app = door(tmp_path, wrong_keys=3)
    async with to(app) as http, to(app, "192.0.2.2") as other:
        statuses = [(await http.get("/who", headers=bearer("x"))).status_code for _ in range(5)]
        assert statuses == [401, 401, 401, 429, 429]
        limited = await http.get("/who", headers=bearer("x"))
        assert limited.json()["setting"] == "VERRE_WRONG_KEYS"
        assert 1 <= int(limited.headers["retry-after"]) <= 20
        assert (await http.get("/who", headers=bearer(text))).status_code == 200
        assert (await other.get("/who", headers=bearer("x"))).status_code == 401


async def test_anonymous_requests_are_limited_by_address_and_those_with_keys_are_not(tmp_path: Path) -> None:
    text = Keys(tmp_path).create(Role.READER)[1]
    app = door(tmp_path, anonymous_requests=3)
    async with (
        to(app, "2001:db8::1") as http,
        to(app, "2001:db8::2") as near,
        to(app, "2001:db8:1::1") as far,
    ):
        assert [(await http.get("/who")).status_code for _ in range(4)] == [200, 200, 200, 429]
        limited = await http.get("/who")
        assert limited.json()["setting"] == "VERRE_ANONYMOUS_REQUESTS"
        assert limited.json()["type"] == "urn:problem-type:verre:tooManyRequests"
        assert 1 <= int(limited.headers["retry-after"]) <= 20
        assert (await near.get("/who")).status_code == 429
        assert (await far.get("/who")).status_code == 200
        assert [(await http.get("/who", headers=bearer(text))).status_code for _ in range(9)] == [200] * 9
        for path in ("/healthz", "/readyz", "/health", "/metrics"):
            assert (await http.get(path)).status_code == 200


async def test_queries_are_limited_by_the_time_that_they_take(tmp_path: Path) -> None:
    text = Keys(tmp_path).create(Role.READER)[1]
    app = door(tmp_path, anonymous_queries=0.1)
    async with to(app) as http:
        statuses = [(await http.get("/sparql")).status_code for _ in range(4)]
        assert statuses == [200, 429, 429, 429]
        limited = await http.get("/sparql")
        assert limited.json()["setting"] == "VERRE_ANONYMOUS_QUERIES"
        assert int(limited.headers["retry-after"]) >= 20
        assert (await http.get("/v1/queries/x")).status_code == 429
        assert (await http.get("/who")).status_code == 200
        assert (await http.get("/sparql", headers=bearer(text))).status_code == 200


async def test_many_queries_at_once_are_charged_before_they_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = asyncio.Event()
    monkeypatch.setattr(f"{__name__}.pause", over.wait)
    app = door(tmp_path, anonymous_queries=5)
    async with to(app) as http:
        asked = [asyncio.create_task(http.get("/sparql")) for _ in range(9)]
        for refused in islice(asyncio.as_completed(asked, timeout=30), 4):
            assert (await refused).status_code == 429
        over.set()
        assert sorted([(await task).status_code for task in asked]) == [200] * 5 + [429] * 4


async def test_other_scopes_pass_through(tmp_path: Path) -> None:
    seen = []

    async def app(scope: Any, _: object, __: object) -> None:
        seen.append(scope["type"])

    await Access(app, Settings(home=tmp_path), tell)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert seen == ["lifespan"]


async def test_a_client_without_an_address_is_one_client(tmp_path: Path) -> None:
    app = door(tmp_path, anonymous_requests=1)
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    for _ in range(2):
        scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": "/who",
            "headers": [],
            "query_string": b"",
            "client": None,
        }
        await app(scope, receive, send)
    assert [each["status"] for each in sent if "status" in each] == [200, 429]


def test_what_a_header_can_hold() -> None:
    assert credentials(b"Bearer  verre_a_b ") == ("bearer", "verre_a_b")
    assert credentials(b"bAsIc " + base64.b64encode(b"u:p:q")) == ("basic", "p:q")
    assert credentials(b"Basic " + base64.b64encode(b"verre_a_b")) == (None, "")


def asks(who: Principal, ring: Ring | None) -> Any:
    return SimpleNamespace(scope={"state": {"principal": who, "keys": ring}}, method="GET", headers={})


def test_reading_what_is_for_admins_asks_for_a_key_too() -> None:
    assert principal(SimpleNamespace(scope={})) is ANONYMOUS  # type: ignore[arg-type]
    with pytest.raises(Unauthorized, match="admin"):
        require(asks(ANONYMOUS, None), Role.ADMIN)
    with pytest.raises(Forbidden, match="analyst"):
        require(asks(Principal("a", Role.ANALYST, "bearer"), None), Role.ADMIN)
    found = Principal("a", Role.ADMIN, "basic")
    assert require(asks(found, None), Role.ADMIN) is found


def test_the_page_on_access_knows_every_role_and_limit() -> None:
    page = (Path(__file__).parents[2] / "docs" / "access.md").read_text("utf-8")
    told = re.findall(r"^\| `?(\w+)`?[^|]*\| [a-z[]", page.partition("## Keys")[0], re.MULTILINE)
    assert told == [role.word for role in Role]
    for name in AccessSettings.model_fields:
        assert f"| `VERRE_{name.upper()}` |" in page
