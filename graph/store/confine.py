"""What a reader process gives up before it sees its first query.

A query can then cost the process its life, and nothing else: no connection, no other program, no
core dump, no memory without end; and it does not outlive its parent. Linux only.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import select
import socket
import struct
import threading
from pathlib import Path

from graph.errors import StoreError

NICE = 5
"""How much readers stand back behind the server that started them."""
STACK = 64 * 2**20
"""Bytes of stack; the kernel leaves twice as much room below it."""
_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _SIGKILL = 1, 38, 9
_FILTER_ALL_THREADS = 1


def end_after(parent: int) -> None:
    """Ends this process when its parent ends, by signal; at once where it has ended already."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def end_with(lifeline: socket.socket) -> None:
    """Ends this process when the other end of a socket closes, also in the middle of a query."""
    threading.Thread(target=_watch, args=(lifeline.fileno(),), daemon=True).start()


def _watch(descriptor: int) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLRDHUP | select.POLLHUP)
    poll.poll()
    os._exit(0)


def raise_limits() -> None:
    """Takes what readers may need more of, before they are forked.

    As many files as may be: the engine reckons with that when it opens a store. And a deep stack,
    because the engine follows what is nested, and chains of operators, by calling itself.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    stack = STACK if hard == resource.RLIM_INFINITY else min(STACK, hard)
    resource.setrlimit(resource.RLIMIT_STACK, (stack, hard))


def confine(store: Path | None, memory: int) -> AddressSpace:
    """Gives up, for good, what a reader does not need.

    Args:
        store: the engine's folder, which this process has open; `None`: nothing of it is on disk.
        memory: bytes of address space beyond what it has now.

    Returns:
        What tells how much it has.

    Raises:
        StoreError: connections cannot be ruled out on this machine.
    """
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    filtered = filter_calls()
    closed = closed_tables(store) if store else 0
    if closed and not filtered:
        raise StoreError(
            f"{store} has {closed} table files that the engine opens only when they are needed, and this "
            "kernel filters no system calls: a query could connect; compact the release into fewer files"
        )
    size = AddressSpace()
    _limit(resource.RLIMIT_NOFILE, _fill_descriptors() + closed)
    _limit(resource.RLIMIT_AS, size() + memory)
    return size


def closed_tables(store: Path) -> int:
    """Table files of the store that this process does not hold open.

    The engine opens sixteen at once, the rest when a query needs them. One that it cannot open then
    makes it fill its memory with errors, so each needs a descriptor in reserve.
    """
    there = {entry.name for entry in store.iterdir() if entry.suffix == ".sst"}
    for entry in Path("/proc/self/fd").iterdir():
        try:
            there.discard(entry.readlink().name)
        except OSError:  # the descriptor that this very listing used
            continue
    return len(there)


def _fill_descriptors() -> int:
    """Takes every free descriptor below the highest in use; the number of the first free one."""
    highest = max(int(entry.name) for entry in Path("/proc/self/fd").iterdir())
    while (taken := os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)) <= highest:
        pass
    os.close(taken)
    return taken


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(what, (value, value))


class AddressSpace:
    """Tells how many bytes of address space this process has, also when it may open no more files."""

    def __init__(self) -> None:
        self._descriptor = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)

    def __call__(self) -> int:
        """Bytes, now."""
        return int(os.pread(self._descriptor, 64, 0).split()[0]) * resource.getpagesize()


# --- system calls that a reader may not make -----------------------------------------------------
# A classic BPF program over `struct seccomp_data` (number, architecture, …): see seccomp(2).

_LOAD, _JUMP_EQUAL, _JUMP_GREATER, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # refused with EPERM
_OTHER_ABI = 0x40000000
# architecture → (its audit number, number of `seccomp`, socket connect socketpair execve execveat io_uring_setup)
_CALLS = {
    "x86_64": (0xC000003E, 317, (41, 42, 53, 59, 322, 425)),
    "aarch64": (0xC00000B7, 277, (198, 203, 199, 221, 281, 425)),
}


def filter_calls(machine: str = platform.machine()) -> bool:
    """Takes from all threads the right to open sockets and to start programs; whether the kernel did."""
    if machine not in _CALLS:
        return False
    architecture, seccomp, refused = _CALLS[machine]
    program = _program(architecture, refused)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(_LIBC.syscall(seccomp, 1, _FILTER_ALL_THREADS, header) == 0)


def _program(architecture: int, refused: tuple[int, ...]) -> bytes:
    lines = [
        (_LOAD, 0, 0, 4),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_JUMP_GREATER, 0, 1, _OTHER_ABI),
        (_RETURN, 0, 0, _REFUSE),
    ]
    for number in refused:
        lines += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE)]
    lines.append((_RETURN, 0, 0, _ALLOW))
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
