"""A process that forks others: what the zygote and the loader have in common.

It has one thread, so that a fork of it is whole. It talks over sockets that keep messages apart
(`SOCK_SEQPACKET`), each a JSON object::

    asked     {"fork": number, and what the child is to do}    with two descriptors: its socket, its stderr
    answers   {"forked": number, "pid"}                        with a descriptor of the process, if the kernel has those
              {"refused": number, "why"}
    tells     {"ended": pid, "code"}                           who asked for it; a signal is a negative code
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

MOST = 2**16
"""Bytes of a message."""

Become = Callable[[dict[str, Any], socket.socket], None]


class Forker:
    """Forks when it is asked to, and tells how its children end.

    Args:
        become: what a child does: with what was asked, and its socket.
    """

    def __init__(self, become: Become) -> None:
        self.clients: dict[int, socket.socket] = {}
        self.children: dict[int, int] = {}
        self.poll = select.poll()
        self._become = become
        self._woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        self.poll.register(self._woken, select.POLLIN)
        gc.collect()
        gc.freeze()

    def add(self, client: socket.socket) -> None:
        """Listens to somebody from now on."""
        self.clients[client.fileno()] = client
        self.poll.register(client, select.POLLIN)

    def turn(self, seconds: float | None = None) -> list[int]:
        """Does what there is to do, waiting for it at most so long; descriptors of others that are ready."""
        others = []
        for descriptor, _ in self.poll.poll(None if seconds is None else seconds * 1000):
            if descriptor == self._woken:
                self._reap()
            elif descriptor in self.clients:
                self._hear(self.clients[descriptor])
            else:
                others.append(descriptor)
        return others

    def refusal(self, request: dict[str, Any]) -> str:
        """Why this is not to be forked, or ""."""
        del request
        return ""

    def other(self, client: socket.socket, request: dict[str, Any]) -> None:
        """Takes a message that asks for no fork."""

    def tell(self, client: socket.socket, *descriptors: int, **content: Any) -> None:
        """Sends a message; drops who does not take it."""
        try:
            socket.send_fds(client, [json.dumps(content).encode()], descriptors, socket.MSG_DONTWAIT)
        except OSError:
            self.drop(client)

    def drop(self, client: socket.socket) -> None:
        """Forgets somebody; what was forked for it goes on until its own socket closes."""
        descriptor = client.fileno()
        if self.clients.pop(descriptor, None) is not None:
            self.poll.unregister(descriptor)
            client.close()

    def _hear(self, client: socket.socket) -> None:
        try:
            content, descriptors, _, _ = socket.recv_fds(client, MOST, 2)
        except OSError:
            content, descriptors = b"", []
        if not content:
            self.drop(client)
            return
        request = json.loads(content)
        if "fork" in request:
            self._fork(client, request, descriptors)
        else:
            self.other(client, request)
        for descriptor in descriptors:
            os.close(descriptor)

    def _fork(self, client: socket.socket, request: dict[str, Any], descriptors: list[int]) -> None:
        why = self.refusal(request)
        try:
            pid = 0 if why else os.fork()
        except OSError as error:
            why = f"cannot fork: {error.strerror}"
        if why:
            self.tell(client, refused=request["fork"], why=why)
            return
        if pid == 0:
            self._be_born(request, *descriptors)
        self.children[pid] = client.fileno()
        process = _open_process(pid)
        self.tell(client, *process, forked=request["fork"], pid=pid)
        for descriptor in process:
            os.close(descriptor)

    def _be_born(self, request: dict[str, Any], connection: int, errors: int) -> None:
        """The child's whole life; never returns."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(errors, 2)
            close_all_but(connection)
            self._become(request, socket.socket(fileno=connection))
            code = 0
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(code)  # what the parent has open is not the child's to tidy up

    def _reap(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._woken, MOST)
        with suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG)) != (0, 0):
                self.buried(*ended)

    def buried(self, pid: int, status: int) -> None:
        """A child has ended."""
        client = self.clients.get(self.children.pop(pid, -1))
        if client is not None:
            self.tell(client, ended=pid, code=os.waitstatus_to_exitcode(status))


def close_all_but(kept: int) -> None:
    """Closes every descriptor but the three standard ones and this one."""
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - a third of the time of Path.iterdir
        if int(name) > 2 and int(name) != kept:
            with suppress(OSError):  # the one that this very listing used
                os.close(int(name))


def _open_process(pid: int) -> tuple[int, ...]:
    """A descriptor of a process, by which it can be killed without ever meeting another of its number."""
    try:
        return (os.pidfd_open(pid),)
    except OSError:
        return ()
