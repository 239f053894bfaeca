"""What all browsers of a run asked for, and what they broke: told at the end of the run.

A plugin of `tests/conftest.py`: with several test processes each hands its part to the one that tells.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import pytest

KINDS = ("/static/", "/v1/", "/sparql", "/.well-known/")
"""What is told apart from pages, by how its path begins."""

_asked: Counter[str] = Counter()
"""How often each kind of address of the server was asked for, and `others` and `faults`."""


def kind_of(url: str) -> str:
    """What an address is, in a word."""
    parts = urlsplit(url)
    if parts.scheme in ("data", "blob"):
        return f"{parts.scheme}:"
    return next((kind for kind in KINDS if parts.path.startswith(kind)), "pages and their files")


def note(url: str, *, ours: bool) -> None:
    """One request of a browser."""
    _asked[kind_of(url) if ours else "others"] += 1


def fault() -> None:
    """One violation of the policy, or one error of a script."""
    _asked["faults"] += 1


def told(counts: Counter[str]) -> list[str]:
    """The report, as lines."""
    kinds = {name: n for name, n in counts.items() if name not in ("others", "faults")}
    lines = [f"{n:7,} {name}" for name, n in sorted(kinds.items(), key=lambda pair: -pair[1])]
    return [
        f"{sum(kinds.values()):7,} requests to the server of the tests, of which",
        *lines,
        f"{counts['others']:7,} requests to any other host",
        f"{counts['faults']:7,} violations of the Content-Security-Policy or errors of scripts",
    ]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test process hands over what it saw."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["browsers"] = dict(_asked)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """The process that tells takes it."""
    _asked.update(getattr(node, "workeroutput", {}).get("browsers", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The network log and the report of the policy, where a browser ran."""
    if _asked:
        terminalreporter.section("what browsers asked for")
        for line in told(_asked):
            terminalreporter.write_line(line)
