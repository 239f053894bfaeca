"""Turns: short queries first, long ones aside, nobody everything."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

import pytest

from graph.errors import Busy
from graph.store import lanes
from graph.store.lanes import Lanes, Turn
from graph.store.reader import Reader


class Stub:
    """As much of a reader as lanes know."""

    def __init__(self) -> None:
        self.long = False
        self.tired = False

    def stand_back(self) -> None:
        self.tired = True


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(cast("asyncio.Future[None]", scenario()), 20))


def begin(given: Lanes, turn: Turn) -> Stub:
    reader = Stub()
    given.began(turn, cast(Reader, reader))
    return reader


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "SHORT", 0.02)
    monkeypatch.setattr(lanes, "BACK", 0.04)


def test_as_many_run_as_there_are_places_and_the_rest_in_their_order() -> None:
    async def scenario() -> None:
        given = Lanes(2, 0, 9)
        one, two = await given.enter(), await given.enter()
        order: list[int] = []

        async def wait(number: int) -> Turn:
            turn = await given.enter()
            order.append(number)
            return turn

        tasks = [asyncio.create_task(wait(number)) for number in range(3)]
        await asyncio.sleep(0)
        assert (given.short, given.waiting, given.enter_now()) == (2, 3, None)
        given.leave(one)
        assert given.enter_now() is None  # nobody gets in before those who wait
        given.leave(two)
        await asyncio.gather(*tasks[:2])
        assert (order, given.short, given.waiting) == ([0, 1], 2, 1)
        given.leave(tasks[0].result())
        given.leave(await tasks[2])
        given.leave(tasks[1].result())
        assert (given.short, given.long, given.waiting) == (0, 0, 0)

    run(scenario)


def test_the_line_has_an_end() -> None:
    async def scenario() -> None:
        given = Lanes(1, 0, 1)
        turn = await given.enter()
        waiting = asyncio.create_task(given.enter())
        await asyncio.sleep(0)
        with pytest.raises(Busy) as caught:
            await given.enter()
        assert caught.value.setting == "VERRE_QUEUE"
        given.leave(turn)
        given.leave(await waiting)

    run(scenario)


@pytest.mark.usefixtures("quick")
def test_a_long_query_goes_aside_and_its_reader_stands_back() -> None:
    async def scenario() -> None:
        given = Lanes(1, 1, 9)
        first = await given.enter()
        reader = begin(given, first)
        second = await given.enter()  # as soon as the first is long
        assert (reader.long, given.short, given.long) == (True, 1, 1)
        while not reader.tired:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        given.leave(first)
        given.leave(second)
        assert (given.short, given.long) == (0, 0)

    run(scenario)


@pytest.mark.usefixtures("quick")
def test_where_the_long_lane_is_full_the_next_one_waits_its_turn_to_go_there() -> None:
    async def scenario() -> None:
        given = Lanes(2, 1, 9)
        turns = [await given.enter(), await given.enter()]
        readers = [begin(given, turn) for turn in turns]
        await asyncio.sleep(0.06)
        assert ([reader.long for reader in readers], given.short, given.long) == ([True, False], 1, 1)
        assert turns[1].late
        given.leave(turns[0])
        assert (readers[1].long, given.short, given.long) == (True, 0, 1)
        third = await given.enter()
        reader = begin(given, third)
        await asyncio.sleep(0.06)
        assert (third.late, reader.long, reader.tired) == (True, False, True)
        given.leave(third)  # in the middle of waiting for room
        given.leave(turns[1])
        assert (given.short, given.long) == (0, 0)
        again = await given.enter()
        given.leave(again)

    run(scenario)


@pytest.mark.usefixtures("quick")
def test_a_short_query_is_left_alone() -> None:
    async def scenario() -> None:
        given = Lanes(1, 1, 9)
        turn = await given.enter()
        reader = begin(given, turn)
        given.leave(turn)
        await asyncio.sleep(0.06)
        assert (reader.long, reader.tired, given.long) == (False, False, 0)

    run(scenario)


def test_nobody_takes_the_places_of_all() -> None:
    async def scenario() -> None:
        given = Lanes(4, 0, 9)
        greedy = [await given.enter("greedy"), await given.enter("greedy")]
        third = asyncio.create_task(given.enter("greedy"))
        await asyncio.sleep(0)
        assert given.waiting == 1
        async with asyncio.timeout(5):
            other = await given.enter("other")  # passes by who has his share
            nobody = [await given.enter()]
        given.leave(greedy[0])
        await third
        for turn in (greedy[1], third.result(), other, *nobody):
            given.leave(turn)
        assert (given.short, given.waiting) == (0, 0)

    run(scenario)


def test_who_goes_away_leaves_the_line_also_in_the_moment_in_which_it_is_called() -> None:
    async def scenario() -> None:
        given = Lanes(1, 0, 9)
        turn = await given.enter()
        waiting = [asyncio.create_task(given.enter()) for _ in range(2)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.gather(waiting[0], return_exceptions=True)
        assert given.waiting == 1
        given.leave(turn)  # calls the second ...
        waiting[1].cancel()  # ... which leaves before it comes to know
        await asyncio.gather(waiting[1], return_exceptions=True)
        assert (given.short, given.waiting) == (0, 0)

    run(scenario)


def test_whose_time_was_up_a_moment_ago_is_not_called() -> None:
    async def scenario() -> None:
        given = Lanes(2, 0, 9)
        turns = [await given.enter(), await given.enter()]
        waiting = [asyncio.create_task(given.enter()) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        waiting[1].cancel()
        for turn in turns:
            given.leave(turn)
        given.leave(await waiting[2])
        await asyncio.gather(*waiting, return_exceptions=True)
        assert (given.short, given.waiting) == (0, 0)

    run(scenario)


def test_closing_turns_those_away_who_wait() -> None:
    async def scenario() -> None:
        given = Lanes(1, 0, 9)
        turn = await given.enter()
        waiting = [asyncio.create_task(given.enter()) for _ in range(2)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        given.close()
        for task, kind in zip(waiting, (asyncio.CancelledError, Busy), strict=True):
            with pytest.raises(kind):
                await task
        given.leave(turn)
        assert (given.short, given.waiting) == (0, 0)

    run(scenario)
