"""What was passed and failed of the suite, group by group, at the end of a run that tests share among processes too.

A plugin of its own: the process that reports collects nothing, and so never loads a conftest.py of a folder.
"""

from __future__ import annotations

from collections import Counter

import pytest

HERE = "tests/conformance/"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints passed and failed for each group of the suite."""
    told: dict[str, Counter[str]] = {}
    for outcome in ("passed", "failed", "error", "xfailed", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            name = getattr(report, "nodeid", "")
            if name.startswith(HERE) and "/" in name.partition("[")[2]:
                counted = getattr(report, "when", "call") == "call" or outcome != "passed"
                told.setdefault(name.partition("[")[2].partition("/")[0], Counter())[outcome] += counted
    if not told:
        return
    terminalreporter.section("W3C SPARQL 1.1 suite, over HTTP")
    for name, counts in [*sorted(told.items()), ("in all", sum(told.values(), Counter()))]:
        words = {"xfailed": "listed as exceptions"}
        line = ", ".join(
            f"{number} {words.get(outcome, outcome)}" for outcome, number in counts.items() if number
        )
        terminalreporter.write_line(f"{name:24}{line}")
