"""Who runs next: a lane for short queries, and one that takes those aside that turn out to be long.

As many queries run in the short lane as there are readers. One that has run for `SHORT` seconds
moves to the long lane, if there is room, so that the next in the queue may run beside it; after
`BACK` seconds its reader leaves the processor to the others. Nobody may have more than half of all
places at the same time while others wait.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from dataclasses import dataclass, field

from graph.errors import Busy
from graph.store.reader import Reader

SHORT = 0.5
"""Seconds after which a query is long."""
BACK = 1.0
"""Seconds after which its reader stands back."""
CLOSING = "the store is closing"


@dataclass(eq=False)
class Turn:
    """The right to run a query.

    Attributes:
        client: whose query it is; "" is nobody in particular.
        reader: what runs it.
        long: whether it is in the long lane.
        late: whether it should be there and found no room.
    """

    client: str
    reader: Reader | None = None
    long: bool = False
    late: bool = False
    timer: asyncio.TimerHandle | None = field(default=None, repr=False)


class Lanes:
    """Gives turns, in the order in which they were asked for.

    Args:
        short: queries that run at the same time while they are short.
        long: queries that may go on beside them.
        queue: queries that may wait.

    Attributes:
        short: places of the short lane that are taken.
        long: of the long lane.
    """

    def __init__(self, short: int, long: int, queue: int) -> None:
        self.short = self.long = 0
        self._places, self._long_places, self._queue = short, long, queue
        self._share = max((short + long) // 2, 1)
        self._held: Counter[str] = Counter()
        self._late: deque[Turn] = deque()
        self._line: deque[tuple[str, asyncio.Future[None]]] = deque()

    @property
    def waiting(self) -> int:
        """Queries that wait."""
        return len(self._line)

    def enter_now(self, client: str = "") -> Turn | None:
        """A turn, where there is one and nobody waits; `leave` in any case."""
        if self._line or not self._may(client):
            return None
        self._take(client)
        return Turn(client)

    async def enter(self, client: str = "") -> Turn:
        """A turn, as soon as there is one; `leave` in any case.

        Raises:
            Busy: too many wait already.
        """
        turn = self.enter_now(client)
        if turn is None:
            if self.waiting >= self._queue:
                raise Busy("every reader is taken and too many queries wait already", setting="VERRE_QUEUE")
            await self._wait(client)
            turn = Turn(client)
        return turn

    def began(self, turn: Turn, reader: Reader) -> None:
        """Its reader begins to work."""
        turn.reader = reader
        turn.timer = asyncio.get_running_loop().call_later(SHORT, self._drags_on, turn)

    def leave(self, turn: Turn) -> None:
        """Gives a turn back."""
        if turn.timer is not None:
            turn.timer.cancel()
        self._held[turn.client] -= 1
        if not self._held[turn.client]:
            del self._held[turn.client]
        if turn.long:
            self.long -= 1
        else:
            self.short -= 1
        if turn.late:
            self._late.remove(turn)
        self._promote()
        self._call()

    def close(self) -> None:
        """Turns everybody away who waits."""
        for _, called in self._line:
            if not called.done():
                called.set_exception(Busy(CLOSING))

    async def _wait(self, client: str) -> None:
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (client, called)
        self._line.append(entry)
        self._call()
        try:
            await called
        except BaseException:
            if entry in self._line:
                self._line.remove(entry)
            else:  # it was called in the moment in which it was given up
                self.leave(Turn(client))
            raise

    def _may(self, client: str) -> bool:
        return self.short < self._places and not (client and self._held[client] >= self._share)

    def _take(self, client: str) -> None:
        self.short += 1
        self._held[client] += 1

    def _call(self) -> None:
        """Calls those at the front of the line whose turn it is; passes over who has his share."""
        for entry in list(self._line):
            if self.short >= self._places:
                return
            client, called = entry
            if not called.done() and self._may(client):
                self._line.remove(entry)
                self._take(client)
                called.set_result(None)

    def _drags_on(self, turn: Turn) -> None:
        turn.late = True
        self._late.append(turn)
        self._promote()
        turn.timer = asyncio.get_running_loop().call_later(BACK - SHORT, self._stands_back, turn)

    def _promote(self) -> None:
        while self._late and self.long < self._long_places:
            turn = self._late.popleft()
            turn.long, turn.late = True, False
            self.long += 1
            self.short -= 1
            if turn.reader is not None:
                turn.reader.long = True
            self._call()

    @staticmethod
    def _stands_back(turn: Turn) -> None:
        if turn.reader is not None:
            turn.reader.stand_back()
