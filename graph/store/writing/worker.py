"""The writing process: `python -m graph.store.writing.worker`, started by `graph.store.writing.process`.

Keeps the store of the last release that it made open, gives up connections and other programs, and
does one group of writes after the other.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from graph import resources
from graph.build import base_graphs, derive
from graph.errors import StoreError, VerreError
from graph.quality.change import ChangeCheck
from graph.settings import Settings
from graph.sources.reference import Reference
from graph.store import confine, protocol
from graph.store.derive import Derive
from graph.store.releases import Releases
from graph.store.session import WriterSession
from graph.store.writer import Writer
from graph.store.writes import Write, Written
from graph.store.writing import messages
from graph.store.writing.apply import Applier
from graph.store.writing.shapes import ShapeGate


class Work:
    """What the process works with.

    Args:
        config: what a CONFIG frame carries.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        home = config["releases"]
        self.settings = Settings.model_validate(config["settings"])
        self.releases = Releases(Path(home["home"]), home["keep"], home["base_iri"], bare=home["bare"])
        self.session = WriterSession(self.releases)
        self.gate = None if self.releases.bare else ShapeGate(ChangeCheck(resources.ontologies()))

    def group(self, writes: list[Write], tell: socket.socket) -> dict[str, Any]:
        """Does a group of writes as one release.

        Args:
            writes: at least one.
            tell: gets the BEGIN and COMMIT frames.

        Returns:
            What a DONE frame carries.

        Raises:
            VerreError: nothing of the group is there.
        """
        with self.session.write(self.settings.write_lock_wait) as writer:
            base = writer.base.name if writer.base else ""
            if writer.base is None and not self.releases.bare:
                reference = Reference.load(resources.data() / "reference")
                writer.replace(base_graphs(self.settings, reference), built=True)
            results: list[Written | VerreError] = []
            for place, write in enumerate(writes):
                tell.sendall(protocol.message(messages.BEGIN, place=place))
                results.append(self._one(writer, write))
            outcomes = [messages.outcome(result) for result in results]
            if not any(isinstance(result, Written) and result.changed for result in results):
                return {"release": base, "outcomes": outcomes}
            tell.sendall(protocol.message(messages.COMMIT, base=base, outcomes=outcomes))
            release = writer.commit("edit", self._derive())
            return {"release": release.name, "outcomes": outcomes}

    def _one(self, writer: Writer, write: Write) -> Written | VerreError:
        """One write of a group; where it is refused, the draft is as it was before it."""
        applier = Applier(
            writer, self.releases.base_iri, self.releases.bare, brackets=self.settings.query_nesting
        )
        if (
            self.gate is None
        ):  # the engine changes a bare store by itself: no way back but to give up the draft
            return applier.apply(write)
        before = writer.savepoint()
        try:
            written = applier.apply(write)
            report = self.gate.passes(writer, before, lenient=write.lenient)
        except VerreError as error:
            writer.undo(before)
            return error
        change = writer.change(since=before)
        return replace(
            written, changed=bool(change), added=len(change.added), removed=len(change.removed), report=report
        )

    def _derive(self) -> Derive:
        return Derive() if self.releases.bare else derive(self.settings)


def serve(work: Work, connection: socket.socket, size: confine.AddressSpace) -> None:
    """Does groups until the other end goes away."""
    held = size()
    while (writes := _received(connection)) is not None:
        try:
            done = work.group(writes, connection)
            spent = size() - held > work.settings.write_memory // 2
            connection.sendall(protocol.message(messages.DONE, spent=spent, **done))
        except VerreError as error:
            connection.sendall(protocol.message(messages.FAIL, **messages.told(error)))
        except OSError as error:  # of the disk or the engine; its words may name files: for the log
            print(f"writing failed: {error}", file=sys.stderr, flush=True)  # noqa: T201
            failed = StoreError("the write failed, and the graph is as it was; the log says why")
            connection.sendall(protocol.message(messages.FAIL, **messages.told(failed)))


def _received(connection: socket.socket) -> list[Write] | None:
    group = protocol.receive(connection)
    if group is None:
        return None
    writes = []
    for _ in range(orjson.loads(group[1])["count"]):
        frame = protocol.receive(connection)
        if frame is None:
            return None
        writes.append(messages.write_of(frame[1]))
    return writes


def _confine(memory: int) -> confine.AddressSpace:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not confine.filter_calls():
        raise StoreError("this kernel filters no system calls: an update could open a connection")
    size = confine.AddressSpace()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = size() + memory
    resource.setrlimit(
        resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )
    return size


def main(arguments: list[str]) -> None:
    """Runs with: number of the socket, number of the parent process."""
    descriptor, parent = int(arguments[0]), int(arguments[1])
    with socket.socket(fileno=os.dup(descriptor)) as connection:
        os.close(descriptor)
        confine.end_after(parent)
        confine.end_with(connection)
        config = protocol.receive(connection)
        if config is not None:
            _work(orjson.loads(config[1]), connection)


def _work(config: dict[str, Any], connection: socket.socket) -> None:
    try:
        confine.raise_limits()
        work = Work(config)
        size = _confine(work.settings.write_memory)
    except VerreError as error:
        connection.sendall(protocol.message(messages.FAIL, **messages.told(error)))
        return
    connection.sendall(protocol.message(messages.READY))
    serve(work, connection, size)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is for the parent
    try:
        main(sys.argv[1:])
    except MemoryError:
        os._exit(messages.OUT_OF_MEMORY)
    os._exit(0)
