"""What the service and its writing process say to each other, in the frames of `graph.store.protocol`.

One group of writes at a time::

    child    READY                                             or FAIL
    parent   GROUP   {"count"}, then as many
             WRITE   {the fields of a `Write`}
    child    BEGIN   {"place"}           before each write, in order; its time runs from here
    child    COMMIT  {"base", "outcomes"}   all are applied or refused; the release is made from here
    child    DONE    {"release", "outcomes", "spent"}          or FAIL: nothing of the group is there

An outcome is {"done": the fields of a `Written`} or {"error": as in FAIL}; FAIL is
{"error": name of a class of `graph.errors`, "detail", "setting", "issues"}.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph import errors
from graph.errors import Issue, VerreError
from graph.store import protocol
from graph.store.writes import Write, Written

READY, GROUP, WRITE, BEGIN, COMMIT, DONE, FAIL = b"R", b"G", b"W", b"B", b"C", b"E", b"F"

OUT_OF_MEMORY = 77
"""Exit code of a process in which Python itself found no more memory."""


def _family(kind: type[VerreError]) -> Iterator[type[VerreError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _family(child)


_CARRIED = {kind.__name__: kind for kind in _family(VerreError) if kind.__module__ == errors.__name__}


def write_frame(write: Write) -> bytes:
    """A WRITE frame."""
    body = None if write.body is None else str(write.body)
    return protocol.message(WRITE, **(asdict(write) | {"body": body}))


def write_of(payload: bytes) -> Write:
    """What a WRITE frame carries."""
    content = json.loads(payload)
    for name in ("using", "using_named"):
        content[name] = None if content[name] is None else tuple(content[name])
    content["body"] = None if content["body"] is None else Path(content["body"])
    return Write(**content)


def told(error: VerreError) -> dict[str, Any]:
    """An error as JSON."""
    return {
        "error": type(error).__name__,
        "detail": error.detail,
        "setting": error.setting,
        "issues": [[issue.name, issue.detail, issue.value] for issue in error.issues],
    }


def raised(content: dict[str, Any]) -> VerreError:
    """The error that `told` told."""
    kind = _CARRIED.get(content["error"], errors.StoreError)
    issues = tuple(Issue(*issue) for issue in content["issues"])
    return kind(content["detail"], issues=issues, setting=content["setting"])


def outcome(result: Written | VerreError) -> dict[str, Any]:
    """An outcome as JSON."""
    return {"failed": told(result)} if isinstance(result, VerreError) else {"done": asdict(result)}


def outcome_of(content: dict[str, Any], release: str) -> Written | VerreError:
    """What `outcome` told, once the release has a name."""
    if "failed" in content:
        return raised(content["failed"])
    fields = content["done"] | {"report": tuple(content["done"]["report"]), "release": release}
    return Written(**fields)
