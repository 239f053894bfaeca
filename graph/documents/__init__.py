"""Documents on paper: PDF and PNG, set by Typst in a process that can be stopped (docs/missions.md)."""

from __future__ import annotations

from graph.documents.press import Job, Press

__all__ = ["Job", "Press"]
