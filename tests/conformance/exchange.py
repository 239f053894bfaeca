"""Requests and responses that the suite writes down in RDF (the `ht:` vocabulary), played as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.conformance.server import Answer, Server
from tests.conformance.suite import MF, Graph, Node, dataset, entries, items, one, read, root
from tests.conformance.suite import UT as UPDATE_TESTS
from tests.conformance.suite import Dataset as Held

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "BadRequest": 400, "NotFound": 404}


@dataclass(frozen=True)
class Message:
    """A request, or what is expected of its response.

    Attributes:
        headers: names as written.
        body: None where there is none.
    """

    headers: tuple[tuple[str, str], ...]
    body: bytes | None


@dataclass(frozen=True)
class Step:
    """One request, and what must come back.

    Attributes:
        statuses: names of status codes, or of classes such as `StatusCode2xx`.
        boolean: what an ASK must say.
        format: `boolean`, `tabular` or `RDF`.
        location: what later requests call the `Location` of this response.
    """

    method: str
    target: str
    sent: Message
    statuses: tuple[str, ...]
    wanted: Message
    boolean: str | None
    format: str | None
    location: str | None

    def fits(self, status: int) -> bool:
        """Whether it is one of the statuses."""
        return any(
            status // 100 == int(name[len("StatusCode")])
            if name.startswith("StatusCode")
            else STATUS[name] == status
            for name in self.statuses
        )


@dataclass(frozen=True)
class Exchange:
    """A test: requests, one after the other.

    Attributes:
        before: what the store holds.
    """

    group: str
    name: str
    steps: tuple[Step, ...]
    before: Held

    @property
    def id(self) -> str:
        """Names it in reports."""
        return f"{self.group}/{self.name}"


def exchanges(group: str, *manifests: str) -> list[Exchange]:
    """The tests of a folder; none where this machine has no suite."""
    return (
        [each for name in manifests for each in _exchanges(group, read(f"{group}/{name}"))] if root() else []
    )


def _exchanges(group: str, graph: Graph) -> Iterator[Exchange]:
    for entry in entries(graph):
        action = one(graph, entry, f"{MF}action")
        assert action is not None
        steps = tuple(_step(graph, node) for node in items(graph, one(graph, action, f"{HT}requests")))
        yield Exchange(group, entry.rpartition("#")[2], steps, dataset(graph, entry, UPDATE_TESTS))


def _step(graph: Graph, node: Node) -> Step:
    method, target = one(graph, node, f"{HT}methodName"), one(graph, node, f"{HT}absolutePath")
    response = one(graph, node, f"{HT}resp")
    assert method is not None
    assert target is not None
    assert response is not None
    statuses = graph[response].get(f"{MF}expectedStatus", [])
    return Step(
        method=method,
        target=target,
        sent=_message(graph, node),
        statuses=tuple(iri.rpartition("#")[2] for iri in statuses),
        wanted=_message(graph, response),
        boolean=one(graph, response, f"{MF}expectedBoolean"),
        format=one(graph, response, f"{MF}expectedFormat"),
        location=one(graph, response, f"{MF}expectedLocation"),
    )


def _message(graph: Graph, node: Node) -> Message:
    headers = tuple(
        (one(graph, each, f"{HT}fieldName") or "", one(graph, each, f"{HT}fieldValue") or "")
        for each in items(graph, one(graph, node, f"{HT}headers"))
    )
    body = one(graph, node, f"{HT}body")
    if body is None:
        return Message(headers, None)
    text = one(graph, body, f"{CNT}chars") or ""
    return Message(headers, text.encode(one(graph, body, f"{CNT}characterEncoding") or "UTF-8"))


def play(server: Server, step: Step, target: str, body: bytes | None) -> Answer:
    """Sends a step's request, with the key, to an address of ours."""
    server.holds = None
    if body is None and step.method in ("PUT", "POST"):
        body = b""
    return server.send(step.method, target, body, dict(step.sent.headers))


def update(step: Step) -> bool:
    """Whether a request of the protocol's tests is an update, which has an address of its own here."""
    kind = dict(step.sent.headers).get("content-type", "")
    body = step.sent.body or b""
    form = re.match(rb"update=", body) is not None or "update=" in step.target
    return "sparql-update" in kind or form or "using-" in step.target or body.startswith(b"CLEAR")
