"""The request log and the audit log: one JSON object a line, written off the event loop."""

from __future__ import annotations

from api.logs.audit import Event, audit
from api.logs.lines import Lines

__all__ = ["Event", "Lines", "audit"]
