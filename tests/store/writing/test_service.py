"""Writes, as those see them who ask for them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest
from pyoxigraph import NamedNode

from graph.errors import (
    Busy,
    InputError,
    Locked,
    QueryRefused,
    QuerySyntaxError,
    VerreError,
    WriteTimeout,
)
from graph.settings import Settings
from graph.store.locks import WriterLock
from graph.store.releases import Releases
from graph.store.writes import Writes, Written
from graph.store.writing import WriteService
from tests.store.small import ONE, contents, merge_is_right
from tests.store.writing.conftest import Desk, adding, notes, update, writing

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
