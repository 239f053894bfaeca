"""Tests of what needs the extra `screening`: left out where it is not installed.

`tests/screening/test_extra.py` says so then, and fails under CI. They run in one process: the names of
persons that rigour knows take seconds to come in, once a process.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.screening import available

collect_ignore_glob = [] if available() else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("screening"))
