"""One server for the whole run, and at its end what was passed and failed, group by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.server import Server, serving

HERE = "tests/conformance/"


@pytest.fixture(scope="session")
def server(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product in the bare profile; `shared` is what the suite is read from."""
    with serving(tmp_path_factory.mktemp("conformance")) as made:
        yield made


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
