"""What becomes of an endpoint's good and bad answers."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.errors import (
    Busy,
    InputError,
    QueryError,
    QueryFailed,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooLarge,
    StoreError,
    Unsupported,
    VerreError,
)
from graph.store.pool import Answer, QueryJob
from graph.store.remote.pool import RemotePool
from tests.store.remote.fake import JSON, ROW, ROWS, Asked, Fake, Reply, endpoint, known

SELECT = "SELECT ?x { ?x ?y ?z }"
MANY = [ROWS[: ROWS.index("%s")] + ROW, *[("," + ROW) * 500] * 40, "]}}"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


pytestmark = pytest.mark.anyio


@pytest.fixture
def fake() -> Iterator[Fake]:
    with endpoint() as made:
        yield made


@asynccontextmanager
async def asking(home: Path, fake: Fake, **more: Any) -> AsyncIterator[RemotePool]:
    releases, settings = known(home, fake, **more)
    async with RemotePool(releases, settings) as pool:
        yield pool


async def whole(answer: Answer) -> bytes:
    if answer.body is not None:
        return answer.body
    assert answer.chunks is not None
    return b"".join([chunk async for chunk in answer.chunks])


async def test_what_comes_is_written_as_it_is_wanted(fake: Fake, tmp_path: Path) -> None:
    async with asking(tmp_path, fake) as pool:
        answer = await pool.query(QueryJob(SELECT, solutions_type="text/csv"))
    assert answer.body == b"x\r\n1\r\n"
    assert (answer.kind, answer.release) == ("solutions", "000001")
    (asked,) = fake.asked
    assert asked.parameters["query"] == [SELECT]
    assert asked.headers["Accept"] == JSON


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(ROWS[: ROWS.index("%s")] + ROW), QueryFailed),
        (Reply(ROWS[: ROWS.index("%s")] + ROW, cut=True), QueryFailed),
        (Reply(ROWS % ROW, cut=True), QueryFailed),
        (Reply(ROWS[: ROWS.index("%s")] + "The SPARQL operation has been cancelled"), QueryTimeout),
        (Reply("<html>all is well</html>", headers={"Content-Type": "text/html"}), QueryFailed),
        (Reply(""), QueryFailed),
        (Reply("no", status=400), QuerySyntaxError),
        (Reply("/var/lib/secret.db is broken", status=500), QueryFailed),
        (Reply("no", status=504), QueryTimeout),
        (Reply("", status=302, headers={"Location": "http://127.0.0.1:9/"}), QueryFailed),
        (Reply("", status=204), QueryFailed),
    ],
)
async def test_half_an_answer_and_none_are_errors(
    fake: Fake, tmp_path: Path, reply: Reply, error: type[QueryError]
) -> None:
    fake.reply = reply
    async with asking(tmp_path, fake) as pool:
        with pytest.raises(error) as raised:
            await pool.query(QueryJob(SELECT))
        assert "secret" not in raised.value.detail
        fake.reply = Reply()
        assert (await pool.query(QueryJob(SELECT))).body


@pytest.mark.parametrize(
    "body",
    ["<a:a> <a:b> <a:c> .\nThe SPARQL operation has been cancelled\n", "<a:a> <a:b> <a:c> .\n<a:a> <a:b"],
)
async def test_triples_that_break_off(fake: Fake, tmp_path: Path, body: str) -> None:
    fake.reply = Reply(body)
    async with asking(tmp_path, fake) as pool:
        with pytest.raises(QueryError):
            await pool.query(QueryJob("CONSTRUCT WHERE { ?s ?p ?o }"))


@pytest.mark.parametrize(
    ("header", "error"), [("X-SPARQL-MaxRows", QueryTooLarge), ("X-SQL-State", QueryTimeout)]
)
async def test_virtuosos_partial_answers_are_errors(
    fake: Fake, tmp_path: Path, header: str, error: type[QueryError]
) -> None:
    fake.reply = Reply(headers={"Content-Type": JSON, header: "100"})
    async with asking(tmp_path, fake, store_kind="virtuoso") as pool:
        with pytest.raises(error):
            await pool.query(QueryJob(SELECT))


async def test_triples_that_virtuoso_would_cut_without_a_word_are_an_error(
    fake: Fake, tmp_path: Path
) -> None:
    def reply(asked: Asked) -> Reply:
        if "(1 AS ?one)" in asked.parameters["query"][0]:
            return Reply(headers={"Content-Type": JSON, "X-SPARQL-MaxRows": "1"})
        return Reply("<a:a> <a:b> <a:c> .\n")

    fake.reply = reply
    async with asking(tmp_path, fake, store_kind="virtuoso") as pool:
        with pytest.raises(QueryTooLarge):
            await pool.query(QueryJob("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))
        fake.reply = Reply("<a:a> <a:b> <a:c> .\n")
        asked = await pool.query(QueryJob("CONSTRUCT WHERE { ?s ?p ?o }", graph_type="application/n-triples"))
        assert asked.body == b"<a:a> <a:b> <a:c> .\n"


async def test_virtuosos_answer_to_an_ask_is_a_boolean(fake: Fake, tmp_path: Path) -> None:
    async with asking(tmp_path, fake, store_kind="virtuoso") as pool:
        for said, meant in (("1", b"true"), ("0", b"false")):
            fake.reply = Reply(ROWS % ROW.replace("1", said))
            answer = await pool.query(QueryJob("ASK { ?s ?p ?o }"))
            assert answer.kind == "boolean"
            assert answer.body == b'{"head":{},"boolean":%s}' % meant


async def test_a_long_answer_that_breaks_off_does_so_visibly(fake: Fake, tmp_path: Path) -> None:
    fake.reply = Reply(MANY[:-1])
    async with asking(tmp_path, fake, query_spool=1000) as pool:
        answer = await pool.query(QueryJob(SELECT))
        assert answer.body is None
        with pytest.raises(QueryFailed):
            await whole(answer)
        fake.reply = Reply(MANY)
        assert (await whole(await pool.query(QueryJob(SELECT, solutions_type="text/csv")))).count(
            b"\n"
        ) == 20_002


async def test_more_bytes_than_allowed(fake: Fake, tmp_path: Path) -> None:
    fake.reply = Reply(MANY)
    async with asking(tmp_path, fake, query_bytes=5000) as pool:
        with pytest.raises(QueryTooLarge) as raised:
            await pool.query(QueryJob(SELECT))
    assert raised.value.setting == "VERRE_QUERY_BYTES"


@pytest.mark.parametrize("reply", [Reply(before=5), Reply(MANY, pause=0.2)])
async def test_a_slow_endpoint_is_given_up_at_the_deadline(fake: Fake, tmp_path: Path, reply: Reply) -> None:
    fake.reply = reply
    async with asking(tmp_path, fake) as pool:
        began = time.monotonic()
        with pytest.raises(QueryTimeout) as raised:
            await whole(await pool.query(QueryJob(SELECT, timeout=0.3)))
        assert time.monotonic() - began < 3
        assert raised.value.setting == "VERRE_QUERY_TIMEOUT"
        assert pool.usage() == (0, 0)


async def test_a_client_that_goes_away_drops_the_connection(fake: Fake, tmp_path: Path) -> None:
    fake.reply = Reply([*MANY[:-1]] * 50, pause=0.01)
    async with asking(tmp_path, fake, query_spool=0) as pool:
        answer = await pool.query(QueryJob(SELECT))
        assert answer.chunks is not None
        await answer.chunks.aclose()
        assert await asyncio.to_thread(fake.broken.wait, 10)
        assert pool.usage() == (0, 0)


async def test_no_more_are_asked_at_a_time_than_allowed(fake: Fake, tmp_path: Path) -> None:
    fake.reply = Reply(before=2)
    async with asking(tmp_path, fake, store_connections=1, queue=0) as pool:
        first = asyncio.create_task(pool.query(QueryJob(SELECT)))
        await asyncio.sleep(0.5)
        assert pool.usage() == (1, 0)
        with pytest.raises(Busy):
            await pool.query(QueryJob(SELECT))
        assert (await first).body


async def test_what_is_wrong_with_a_question_is_not_sent(fake: Fake, tmp_path: Path) -> None:
    async with asking(tmp_path, fake, query_length=200, query_nesting=10) as pool:
        for job, error in (
            (QueryJob("INSERT DATA { <a:a> <a:b> 1 }"), QueryRefused),
            (QueryJob("SELECT * { SERVICE <http://e/> {} }"), QueryRefused),
            (QueryJob(SELECT + " " * 300), QueryRefused),
            (QueryJob("SELECT * " + "{" * 20 + "}" * 20), QueryRefused),
            (QueryJob(SELECT, timeout=-1), InputError),
            (QueryJob(SELECT, solutions_type="image/png"), InputError),
            (QueryJob(SELECT, default_graphs=("no iri",)), InputError),
            (QueryJob(SELECT, release="000000"), Unsupported),
        ):
            with pytest.raises(error):
                await pool.query(job)
        assert not fake.asked
        assert pool.usage() == (0, 0)


async def test_relative_iris_are_resolved_there(fake: Fake, tmp_path: Path) -> None:
    async with asking(tmp_path, fake) as pool:
        await pool.query(QueryJob("SELECT * { <a> ?y ?z }", base_iri="http://e/"))
    assert fake.asked[-1].parameters["query"] == ["BASE <http://e/> SELECT * { <a> ?y ?z }"]


async def test_the_graphs_are_listed_where_the_merge_has_to_be_hidden(fake: Fake, tmp_path: Path) -> None:
    named = [f"http://e/{number}" for number in range(3)]
    rows = [{"g": {"type": "uri", "value": name}} for name in named]
    listed = json.dumps({"head": {"vars": ["g"]}, "results": {"bindings": rows}})

    def reply(asked: Asked) -> Reply:
        listing = "DISTINCT ?g" in asked.parameters["query"][0]
        return Reply(listed) if listing else Reply()

    fake.reply = reply
    async with asking(tmp_path, fake, store_kind="generic") as pool:
        await pool.query(QueryJob("SELECT * { GRAPH ?g { ?s ?p ?o } }"))
        sent = fake.asked[-1].parameters
        assert sent["default-graph-uri"] == ["https://w3id.org/verre/graph/merge"]
        assert sent["named-graph-uri"] == named
        await pool.query(QueryJob("SELECT * { GRAPH ?g { ?s ?p ?o } }"))
        assert len(fake.asked) == 3  # the list is kept for a while


async def test_an_endpoint_that_is_gone_is_said_without_its_address(fake: Fake, tmp_path: Path) -> None:
    async with asking(tmp_path, fake) as pool:
        fake.server.shutdown()
        fake.server.server_close()
        with pytest.raises(StoreError) as raised:
            await pool.query(QueryJob(SELECT))
    assert "127.0.0.1" not in raised.value.detail
    assert raised.value.setting == "VERRE_STORE"


async def test_one_that_does_not_answer_lets_nothing_start(tmp_path: Path, fake: Fake) -> None:
    fake.server.shutdown()
    fake.server.server_close()
    releases, settings = known(tmp_path, fake, store_kind="auto")
    with pytest.raises(StoreError):
        await RemotePool(releases, settings).start()


async def test_closing_breaks_off_what_is_under_way(fake: Fake, tmp_path: Path) -> None:
    fake.reply = Reply([*MANY[:-1]] * 50, pause=0.05)
    async with asking(tmp_path, fake, query_spool=0) as pool:
        answer = await pool.query(QueryJob(SELECT))
    with pytest.raises(VerreError):
        await whole(answer)


async def test_a_request_goes_on_with_the_state_that_it_began_with(fake: Fake, tmp_path: Path) -> None:
    releases, settings = known(tmp_path, fake)
    async with RemotePool(releases, settings) as pool:
        current = releases.current()
        assert current is not None
        releases.publish(current.manifest.model_copy(update={"number": 2, "name": "000002"}), None)
        await pool.refresh()
        assert (await pool.query(QueryJob(SELECT, release="000001"))).release == "000002"


async def test_nothing_is_known_before_the_first_index(fake: Fake, tmp_path: Path) -> None:
    releases, settings = known(tmp_path / "other", fake)
    releases.layout.current.unlink()
    async with RemotePool(releases, settings) as pool:
        with pytest.raises(StoreError, match="verre index"):
            await pool.query(QueryJob(SELECT))
