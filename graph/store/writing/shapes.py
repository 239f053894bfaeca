"""Whether the shapes let a write pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from graph.errors import Issue, WriteRefused
from graph.quality.change import ChangeCheck
from graph.quality.report import Finding
from graph.store.change import Change
from graph.store.writer import Savepoint, Writer

LANGUAGE = "en"
SHOWN = 100
"""Most findings that an answer names."""


class ShapeGate:
    """Holds a write against the shapes: what it makes worse refuses it, what was so before does not.

    Args:
        check: the shapes.
    """

    def __init__(self, check: ChangeCheck) -> None:
        self._check = check

    def passes(self, writer: Writer, before: Savepoint, *, lenient: bool) -> tuple[dict[str, Any], ...]:
        """Lets the step of a writer since a savepoint pass.

        Args:
            writer: holds the state after the step.
            before: the state before it.
            lenient: let warnings pass too.

        Returns:
            The new findings that did not refuse it, as `graph.quality` gives them.

        Raises:
            WriteRefused: new violations, or warnings; the step may have been taken back.
        """
        change = writer.change(since=before)
        concerned = self._check.concerned(writer.view("whole"), change)
        after = self._check.findings(writer.view("whole"), concerned)
        if not after:
            return ()
        new = sorted(after - self._before(writer, before, change, after), key=lambda finding: finding.order)
        passing = {"info", "warning"} if lenient else {"info"}
        refusing = [finding for finding in new if finding.severity not in passing]
        if refusing:
            raise _refused(refusing)
        _again(writer, change)
        return tuple(_told(finding) for finding in new[:SHOWN])

    def _before(
        self, writer: Writer, before: Savepoint, change: Change, after: Iterable[Finding]
    ) -> set[Finding]:
        """What was wrong already with the nodes that are wrong now; takes the step back to see it."""
        writer.undo(before)
        wrong = {finding.focus for finding in after}
        view = writer.view("whole")
        concerned = self._check.concerned(view, _backwards(change))
        return self._check.findings(
            view,
            {shape: {node for node in nodes if node.value in wrong} for shape, nodes in concerned.items()},
        )


def _backwards(change: Change) -> Change:
    return Change(change.removed, change.added, change.vanished, change.appeared, change.before)


def _again(writer: Writer, change: Change) -> None:
    """Takes a step once more that was taken back."""
    writer.remove(change.removed)
    writer.add(change.added)


def _refused(findings: Sequence[Finding]) -> WriteRefused:
    warnings = sum(finding.severity == "warning" for finding in findings)
    counted = f"{len(findings) - warnings} violations and {warnings} warnings"
    hint = "; warnings alone pass with handling=lenient" if warnings else ""
    return WriteRefused(
        f"the shapes do not allow this: {counted} that were not there before{hint}",
        issues=tuple(_issue(finding) for finding in findings[:SHOWN]),
    )


def _issue(finding: Finding) -> Issue:
    """One finding: the node it is about, what is wrong with which property, and the value at fault."""
    path = f" ({finding.path})" if finding.path else ""
    return Issue(
        finding.focus, f"{finding.severity} {finding.check}: {finding.text(LANGUAGE)}{path}", finding.value
    )


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "check": finding.check,
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "message": dict(finding.message),
    }
