"""Our end of a process that forks readers, and the processes that it forked for us."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import signal
import socket
from contextlib import suppress
from typing import Any

from graph.store.forker import MOST

BACK = 19
"""How much a reader stands back that has been busy with one query for long; it cannot come forward again."""


class Refused(Exception):
    """The process forks no such reader now; says why."""


class Child:
    """A process that another forked for us.

    Args:
        pid: its number.
        process: a descriptor of it, where the kernel has those.

        in_memory: whether what it reads is in memory.

    Attributes:
        ended: its exit code once it has ended, a signal as a negative number; `None`: nobody can tell.
    """

    def __init__(self, pid: int, process: int | None, *, in_memory: bool = False) -> None:
        self.pid = pid
        self.in_memory = in_memory
        self.ended: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._process = process

    def kill(self) -> None:
        """Ends it at once, if it has not ended."""
        with suppress(ProcessLookupError):
            if self._process is not None:
                signal.pidfd_send_signal(self._process, signal.SIGKILL)
            elif not self.ended.done():
                os.kill(self.pid, signal.SIGKILL)

    def stand_back(self) -> None:
        """Leaves the processor to others from now on."""
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, BACK)

    def has_ended(self, code: int | None) -> None:
        """It is gone."""
        if not self.ended.done():
            self.ended.set_result(code)

    def forget(self) -> None:
        """Closes the descriptor; the process can no longer be killed."""
        if self._process is not None:
            os.close(self._process)
            self._process = None


class Nursery:
    """Our end of the socket to a process that forks.

    Args:
        connection: keeps messages apart (`SOCK_SEQPACKET`).

    Attributes:
        gone: whether the other end has closed.
    """

    in_memory = False
    """Whether what its children read is in memory."""

    def __init__(self, connection: socket.socket) -> None:
        self.gone = False
        self._connection = connection
        self._numbers = itertools.count(1)
        self._asked: dict[int, asyncio.Future[Child]] = {}
        self._children: dict[int, Child] = {}
        self._loop = asyncio.get_running_loop()
        connection.setblocking(False)
        self._loop.add_reader(connection, self._hear)

    async def fork(self, request: dict[str, Any], *descriptors: int) -> Child:
        """A new process.

        Args:
            request: what it is to do.
            descriptors: its socket and its standard error; ours may be closed afterwards.

        Raises:
            Refused: there is none.
        """
        number = next(self._numbers)
        self.send(*descriptors, fork=number, **request)
        future: asyncio.Future[Child] = self._loop.create_future()
        self._asked[number] = future
        try:
            return await future
        finally:
            self._asked.pop(number, None)

    def send(self, *descriptors: int, **content: Any) -> None:
        """Sends a message.

        Raises:
            Refused: the other end is gone, or takes nothing now.
        """
        try:
            socket.send_fds(self._connection, [json.dumps(content).encode()], descriptors)
        except OSError as error:
            raise Refused(f"it takes nothing now: {error.strerror}") from error

    def told(self, content: dict[str, Any]) -> None:
        """Takes a message that is about no fork."""

    def close(self) -> None:
        """Lets go of the process; nobody can tell any more how its children end."""
        if self.gone:
            return
        self.gone = True
        self._loop.remove_reader(self._connection)
        self._connection.close()
        for future in self._asked.values():
            if not future.done():
                future.set_exception(Refused("it has ended"))
        for child in self._children.values():
            child.has_ended(None)
        self._children.clear()

    def _hear(self) -> None:
        try:
            content, descriptors, _, _ = socket.recv_fds(self._connection, MOST, 1)
        except BlockingIOError:
            return
        except OSError:
            content, descriptors = b"", []
        if not content:
            self.close()
            return
        message = json.loads(content)
        if "forked" in message:
            self._forked(message, descriptors[0] if descriptors else None)
        elif "refused" in message:
            future = self._asked.get(message["refused"])
            if future is not None and not future.done():
                future.set_exception(Refused(message["why"]))
        elif "ended" in message:
            child = self._children.pop(message["ended"], None)
            if child is not None:
                child.has_ended(message["code"])
        else:
            self.told(message)

    def _forked(self, message: dict[str, Any], process: int | None) -> None:
        child = Child(message["pid"], process, in_memory=self.in_memory)
        future = self._asked.get(message["forked"])
        if future is None or future.done():  # given up meanwhile
            child.kill()
            child.forget()
            return
        self._children[child.pid] = child
        future.set_result(child)
