"""The process that screens: jobs on standard input, answers on standard output, until the input ends.

It is a process of its own because what knows names takes some 400 MB, and because a name can be
compared with many; it can be killed at its deadline, and it ends when nobody asks. A frame is four
bytes of length, big-endian, and JSON.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import BinaryIO

import orjson

from graph import errors
from graph.errors import VerreError
from graph.screening.records import Json
from graph.settings import Settings

LENGTH = struct.Struct(">I")


def send(stream: BinaryIO, told: Json) -> None:
    """Writes a frame."""
    body = orjson.dumps(told)
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO) -> Json | None:
    """Reads a frame; `None` where the other end has gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    if len(body) < length:
        return None
    told: Json = orjson.loads(body)
    return told


def failure(error: VerreError) -> Json:
    """An error as a frame; `raised` makes it one again."""
    return {
        "error": type(error).__name__,
        "detail": error.detail,
        "issues": [(issue.name, issue.detail, issue.value) for issue in error.issues],
        "setting": error.setting,
    }


def raised(told: Json) -> VerreError:
    """The error that a frame tells."""
    kind: type[VerreError] = getattr(errors, told["error"], errors.StoreError)
    issues = tuple(errors.Issue(*each) for each in told["issues"])
    return kind(told["detail"], issues=issues, setting=told["setting"])


def main(given: BinaryIO, taken: BinaryIO) -> None:
    """Answers until the input ends; its first frame says where the lists are, and the limits."""
    first = receive(given)
    if first is None:
        return
    from graph.screening.screener import Screener, run  # imports the extra

    settings = Settings.model_validate(first)
    screener = Screener(Path(settings.home), settings)
    while (job := receive(given)) is not None:
        try:
            send(taken, run(screener, job))
        except VerreError as error:
            send(taken, failure(error))
    screener.close()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
