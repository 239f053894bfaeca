"""Writes, as those see them who ask for them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from graph.errors import (
    Busy,
    InputError,
    Locked,
    NotFound,
    QueryRefused,
    QuerySyntaxError,
    VerreError,
    WriteTimeout,
)
from graph.settings import Settings
from graph.store.locks import WriterLock
from graph.store.releases import Releases
from graph.store.writes import Write, WriteKind, Writes, Written
from graph.store.writing import WriteService
from tests.store.small import ONE, contents, merge_is_right
from tests.store.writing.conftest import BASE, Desk, adding, notes, update, writing

JOIN = " ".join(f"?a{number} ?b{number} ?c{number} ." for number in range(20))
SLOW = f"INSERT {{ GRAPH g:slow {{ ex:a ex:b 1 }} }} WHERE {{ {JOIN} FILTER(CONCAT(STR(?a0), STR(?a19)) = 'never') }}"


async def tried(work: Awaitable[Written]) -> Written | VerreError:
    try:
        return await work
    except VerreError as error:
        return error


def test_writes_make_releases_and_say_what_they_changed(desk: Desk, graph: str) -> None:
    last = desk.releases.pointer().last
    first = desk.write(adding("one", graph))
    assert (first.release, first.changed, first.added, first.removed) == (f"{last + 1:06d}", True, 1, 0)
    assert desk.notes(graph) == {"one"}
    current = desk.releases.current()
    assert current is not None
    assert (current.manifest.kind, merge_is_right(current.open())) == ("edit", True)
    again = desk.write(adding("one", graph))
    assert (again.release, again.changed, again.added) == (first.release, False, 0)
    where = f"GRAPH <{graph}> {{ ?s ex:note ?n }}"
    others = where.replace("?n", "'two', 'three'")
    third = desk.write(update(f"DELETE {{ {where} }} INSERT {{ {others} }} WHERE {{ {where} }}"))
    assert (third.release, third.added, third.removed) == (f"{last + 2:06d}", 2, 1)
    assert desk.notes(graph) == {"two", "three"}
    gone = desk.write(update(f"DROP GRAPH <{graph}>"))
    assert (gone.added, gone.removed) == (0, 2)
    assert NamedNode(graph) not in contents(desk.releases.current().open())  # type: ignore[union-attr]


def test_what_waits_shares_a_release_and_each_is_refused_for_itself(desk: Desk, graph: str) -> None:
    last = desk.releases.pointer().last
    results = desk.tried(
        adding("a", graph),
        update("FOO"),
        adding("b", graph),
        update("INSERT DATA { ex:a ex:b 1 }"),
        adding("c", graph),
        adding("d", ONE.value),
        update("LOAD <http://127.0.0.1:1/>"),
        adding("a", graph),
    )
    kinds = [type(result) for result in results]
    assert kinds == [
        Written,
        QuerySyntaxError,
        Written,
        InputError,
        Written,
        InputError,
        QueryRefused,
        Written,
    ]
    done = [result for result in results if isinstance(result, Written)]
    assert len({result.release for result in done}) == 1
    assert [result.added for result in done] == [1, 1, 1, 0]
    assert desk.notes(graph) == {"a", "b", "c"}
    assert desk.releases.pointer().last == last + 1


def test_a_refused_write_leaves_nothing_of_its_first_half(desk: Desk, graph: str) -> None:
    half = update(f"INSERT DATA {{ GRAPH <{graph}> {{ ex:a ex:note 'half' }} }} ; CLEAR GRAPH <{ONE.value}>")
    refused, done = desk.tried(half, adding("b", graph))
    assert isinstance(refused, InputError)
    assert isinstance(done, Written)
    assert desk.notes(graph) == {"b"}
    last = desk.releases.pointer().last
    assert isinstance(desk.tried(half)[0], InputError)
    assert desk.releases.pointer().last == last


@pytest.mark.parametrize(
    "name", ["graph/source/s001", "graph/inferred", "graph/vocabulary/x", "graph/reference/y"]
)
def test_graphs_of_builds_are_not_for_writing(desk: Desk, name: str) -> None:
    last = desk.releases.pointer().last
    for write in (
        adding("a", BASE + name),
        Write("delete", graph=BASE + name),
        update(f"CREATE GRAPH <{BASE}{name}>"),
    ):
        with pytest.raises(InputError, match="may not be written") as caught:
            desk.write(write)
        assert f"<{BASE}graph/edit/" in caught.value.detail
    assert desk.releases.pointer().last == last


def test_a_graph_is_put_and_posted_and_deleted(desk: Desk, graph: str, tmp_path: Path) -> None:
    def send(kind: WriteKind, text: str, media_type: str = "text/turtle") -> Written:
        body = tmp_path / "body"
        body.write_text(text, "utf-8")
        done = desk.write(Write(kind, graph=graph, body=body, media_type=media_type, base_iri="http://e/"))
        assert body.exists()
        return done

    with pytest.raises(NotFound):
        desk.write(Write("delete", graph=graph))
    made = send("put", "<#a> <note> 'one', 'two' .")
    assert (made.created, made.added, made.removed) == (True, 2, 0)
    assert desk.notes(graph) == {"one", "two"}
    more = send("post", "<#a> <note> 'two', 'three' .")
    assert (more.created, more.added, more.removed) == (False, 1, 0)
    less = send("put", '<http://e/#a> <http://e/note> "three" .', "application/n-triples")
    assert (less.created, less.added, less.removed) == (False, 0, 2)
    same = send("put", "<#a> <note> 'three' .")
    assert (same.changed, same.release) == (False, less.release)
    gone = desk.write(Write("delete", graph=graph))
    assert (gone.created, gone.removed) == (False, 1)


def test_a_body_that_is_no_graph_is_refused(desk: Desk, graph: str, tmp_path: Path) -> None:
    body = tmp_path / "body"
    for text, media_type in (
        ("<#a> <b>", "text/turtle"),
        ("_:a <b> 1 .", "text/turtle"),
        ("", "application/trig"),
    ):
        body.write_text(text, "utf-8")
        with pytest.raises(InputError):
            desk.write(Write("put", graph=graph, body=body, media_type=media_type, base_iri="http://e/"))
    for name in (None, "no iri at all"):
        with pytest.raises(InputError, match="graph"):
            desk.write(Write("put", graph=name, body=body))
    with pytest.raises(InputError, match="no body"):
        desk.write(Write("post", graph=graph))


def test_the_protocols_dataset(desk: Desk, graph: str) -> None:
    text = f"INSERT {{ GRAPH <{graph}> {{ ?s ex:note ?o }} }} WHERE {{ ?s ex:name ?o }}"
    assert desk.write(update(text, using=(BASE + "graph/source/s002",))).added == 2
    named = text.replace("?s ex:name ?o }", "GRAPH ?g { ?s ex:market ?o } }")
    assert desk.write(update(named, using_named=(BASE + "graph/source/s002",))).added == 0
    assert desk.write(update(named, using_named=(BASE + "graph/source/s001",))).added == 1
    with pytest.raises(InputError, match="USING"):
        desk.write(update(f"WITH <{graph}> {text}", using=(graph,)))
    with pytest.raises(InputError, match="IRI"):
        desk.write(update(text, using=("no iri> WHERE { } ; CLEAR ALL",)))


def test_a_slow_write_is_stopped_and_the_others_are_not(desk: Desk, graph: str) -> None:
    slow = update(SLOW, timeout=0.4)
    first, stopped, last = desk.tried(adding("a", graph), slow, adding("b", graph))
    assert isinstance(first, Written)
    assert isinstance(last, Written)
    assert isinstance(stopped, WriteTimeout)
    assert (stopped.setting, "0.4 s" in stopped.detail) == ("VERRE_UPDATE_TIMEOUT", True)
    assert desk.notes(graph) == {"a", "b"}


def test_nobody_waits_forever_for_another_process(desk: Desk, graph: str) -> None:
    desk.write(adding("a", graph))
    with WriterLock(desk.releases.layout.lock), pytest.raises(Locked):
        desk.write(adding("b", graph))
    assert desk.write(adding("c", graph)).changed
    assert desk.notes(graph) == {"a", "c"}


def test_a_write_goes_on_from_what_another_process_made(desk: Desk, graph: str) -> None:
    first = desk.write(adding("a", graph))
    desk.write(adding("b", graph))
    desk.releases.rollback(first.release)
    desk.write(adding("c", graph))
    assert desk.notes(graph) == {"a", "c"}


def test_restricted_graphs_are_written_where_only_some_look(desk: Desk, graph: str) -> None:
    secret = f"{BASE}graph/restricted/edit/bob"
    assert desk.write(adding("secret", secret)).added == 1
    seen = (
        f"INSERT {{ GRAPH <{graph}> {{ ex:x ex:note ?n }} }} WHERE {{ GRAPH <{secret}> {{ ?s ex:note ?n }} }}"
    )
    assert desk.write(update(seen)).added == 1
    current = desk.releases.current()
    assert current is not None
    assert NamedNode(secret) not in current.open().graphs()
    assert NamedNode(secret) in current.open("whole").graphs()
    assert desk.notes(graph) == {"secret"}
    desk.write(update(f"DROP GRAPH <{secret}>"))


def test_only_so_many_may_wait(releases: Releases, settings: Settings) -> None:
    async def main() -> None:
        async with writing(releases, settings.model_copy(update={"write_queue": 1})) as service:
            results = await asyncio.gather(*(tried(service.write(adding(name))) for name in "abcd"))
            turned_away = [result for result in results if isinstance(result, Busy)]
            assert len(turned_away) >= 2
            assert turned_away[0].setting == "VERRE_WRITE_QUEUE"
            done = {name for name, result in zip("abcd", results, strict=True) if isinstance(result, Written)}
            assert notes(releases) == done
            assert done

    asyncio.run(main())


def test_a_client_that_gives_up_waiting_is_left_out(desk: Desk, graph: str) -> None:
    async def main() -> None:
        running = asyncio.create_task(desk.service.write(adding("a", graph)))
        await asyncio.sleep(0)
        given_up = asyncio.create_task(desk.service.write(adding("b", graph)))
        await asyncio.sleep(0)
        given_up.cancel()
        await running
        await desk.service.write(adding("c", graph))

    desk.run(main())
    assert desk.notes(graph) == {"a", "c"}


def test_a_closed_service_writes_no_more(releases: Releases, settings: Settings) -> None:
    async def main() -> None:
        service: Writes = WriteService(releases, settings)
        await service.start()
        waiting = [asyncio.create_task(tried(service.write(adding(name)))) for name in "ab"]
        await asyncio.sleep(0)
        await service.close()
        assert {type(await one) for one in waiting} <= {Busy, Written}
        with pytest.raises(Busy):
            await service.write(adding("c"))

    asyncio.run(main())
