"""One group of writes on the writing process, from the first byte sent to the last outcome."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from graph.errors import NotFound, StoreError, VerreError, WriteTimeout
from graph.settings import Settings
from graph.store import protocol
from graph.store.releases import Releases
from graph.store.writes import Write, Written
from graph.store.writing import messages
from graph.store.writing.process import START_TIMEOUT, ProcessDied, WritingProcess


@dataclass
class Turn:
    """A write that somebody waits for.

    Attributes:
        write: what is to be done.
        done: gets what came of it.
        alone: whether it may share a release with others.
    """

    write: Write
    done: asyncio.Future[Written]
    alone: bool = False

    def settle(self, result: Written | VerreError) -> None:
        """Tells who waits, unless nobody does any more."""
        if self.done.done():
            return
        if isinstance(result, VerreError):
            self.done.set_exception(result)
        else:
            self.done.set_result(result)


@dataclass
class Group:
    """Turns that share a release; each is settled by `run`, or given back to be tried again.

    Attributes:
        turns: in the order in which they came.
        releases: where to look whether a release was made by a process that died over it.
        settings: the limits.
    """

    turns: list[Turn]
    releases: Releases
    settings: Settings
    _place: int | None = field(default=None, init=False)
    _commit: dict[str, Any] | None = field(default=None, init=False)

    async def run(self, process: WritingProcess) -> list[Turn]:
        """Does the writes.

        Returns:
            Those to be tried again, because another one of the group brought the process down.
        """
        try:
            await self._send(process)
            while True:
                async with asyncio.timeout(self._patience()):
                    kind, payload = await process.receive()
                if kind in {messages.DONE, messages.FAIL}:
                    return self._over(process, kind, json.loads(payload))
                self._goes_on(kind, json.loads(payload))
        except TimeoutError:
            process.kill()
            await process.gone()
            return self._broken(self._too_slow())
        except ProcessDied:
            cause = await process.cause_of_death()
            process.kill()
            await process.gone()
            return self._broken(cause)
        except BaseException:
            process.kill()
            raise

    async def _send(self, process: WritingProcess) -> None:
        await process.send(protocol.message(messages.GROUP, count=len(self.turns)))
        for turn in self.turns:
            await process.send(messages.write_frame(turn.write))

    def _patience(self) -> float:
        if self._commit is not None:
            return self.settings.commit_timeout
        if self._place is None:
            return self.settings.write_lock_wait + START_TIMEOUT
        return self._timeout(self.turns[self._place].write)

    def _timeout(self, write: Write) -> float:
        most = self.settings.update_timeout
        return most if write.timeout is None else min(write.timeout, most)

    def _goes_on(self, kind: bytes, content: dict[str, Any]) -> None:
        if kind == messages.BEGIN:
            self._place = content["place"]
        elif kind == messages.COMMIT:
            self._commit = content

    def _over(self, process: WritingProcess, kind: bytes, content: dict[str, Any]) -> list[Turn]:
        if kind == messages.DONE:
            if content["spent"]:
                process.kill()
            self._settle(content["release"], content["outcomes"])
            return []
        error = messages.raised(content)
        if len(self.turns) > 1 and not isinstance(error, StoreError):
            for turn in self.turns:  # one of them is at fault: each alone, to find out which
                turn.alone = True
            return self.turns
        for turn in self.turns:
            turn.settle(error)
        return []

    def _settle(self, release: str, outcomes: list[dict[str, Any]]) -> None:
        for turn, outcome in zip(self.turns, outcomes, strict=True):
            turn.settle(messages.outcome_of(outcome, release))

    def _broken(self, error: VerreError) -> list[Turn]:
        """The process is gone: who is at fault, and who tries again."""
        if self._commit is not None:
            name = self._published(self._commit["base"])
            if name is not None:  # it died between the switch and its word
                self._settle(name, self._commit["outcomes"])
                return []
        at_fault = (
            self.turns if self._commit is not None or self._place is None else [self.turns[self._place]]
        )
        for turn in at_fault:
            turn.settle(error)
        return [turn for turn in self.turns if turn not in at_fault]

    def _published(self, base: str) -> str | None:
        """The release that was made of `base` by this group, if it was published after all.

        Nobody else can have made one yet: the lock was free for less time than a checkpoint takes.
        """
        try:
            release = self.releases.current()
        except (NotFound, StoreError):
            return None
        if release is None or release.name == base:
            return None
        manifest = release.manifest
        return release.name if (manifest.parent or "", manifest.kind) == (base, "edit") else None

    def _too_slow(self) -> VerreError:
        if self._commit is not None:
            return WriteTimeout(
                f"making the release was stopped after {self.settings.commit_timeout:g} s; the graph is as it was",
                setting="VERRE_COMMIT_TIMEOUT",
            )
        if self._place is None:
            return StoreError("the writing process does not answer; the graph is as it was")
        seconds = self._timeout(self.turns[self._place].write)
        return WriteTimeout(
            f"stopped after {seconds:g} s; the graph is as it was", setting="VERRE_UPDATE_TIMEOUT"
        )
