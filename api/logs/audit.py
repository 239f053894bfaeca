"""The audit log: who asked or changed what, of which release, and what came of it.

A route says what it is about to do with `audit(request, Event(...))` and may add what it learns with
another call. When the exchange is over, the middleware writes one line from it, with time, request,
key, role, client, status and duration. A write leaves a line before it begins as well
(`"phase": "begun"`), so that a server that is killed in the middle still says who was at it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from starlette.requests import Request

Operation = Literal["query", "update", "put", "post", "delete", "get", "lookup", "screening"]
READS = frozenset({"query", "get"})
"""What is logged only where everything is."""
QUIET = READS | {"lookup", "screening"}
"""What changes nothing in the graph, so that one line afterwards says it all."""


@dataclass(frozen=True)
class Event:
    """What somebody asks or changes. What is not known yet is left out, and told by a later event.

    Attributes:
        operation: a SPARQL query or update, a method of the Graph Store Protocol, a look-up of people, a screening.
        text: of the query or update; the log has its SHA-256, and by setting the text.
        graphs: that are read or written by name.
        release: that answered, or that the write made.
        added, removed: statements, of a write.
        outcome: one word, where the status does not say it: `unchanged`, for one.
    """

    operation: Operation | None = None
    text: str | None = None
    graphs: tuple[str, ...] | None = None
    release: str | None = None
    added: int | None = None
    removed: int | None = None
    outcome: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def with_(self, later: Event) -> Event:
        """Both together; what the later one knows counts."""
        known = {f.name: getattr(later, f.name) for f in fields(later) if getattr(later, f.name) is not None}
        return replace(self, **{**known, "more": {**self.more, **later.more}})

    def record(self) -> dict[str, Any]:
        """What is known, for the log; the text is still to be hashed."""
        known = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "more"}
        return {**{name: value for name, value in known.items() if value is not None}, **self.more}


def audit(request: Request, event: Event) -> None:
    """Notes what a request does; called again, it adds to what is noted.

    Costs no disk access: the line is written by a thread.
    """
    state = request.scope.setdefault("state", {})
    before: Event | None = state.get("audit")
    state["audit"] = event if before is None else before.with_(event)
    if before is None and event.operation not in QUIET:
        begun = state.get("audit_begun")
        if begun is not None:
            begun(event)


def hashed(*, keep_text: bool) -> Any:
    """What makes of a record's text its hash; it runs in the thread that writes."""

    def finish(record: dict[str, Any]) -> dict[str, Any]:
        text = record.pop("text", None)
        if text is not None:
            record["sha256"] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            record["characters"] = len(text)
            if keep_text:
                record["text"] = text
        return record

    return finish
