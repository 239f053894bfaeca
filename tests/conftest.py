"""Fixtures for every test.

Policy: a test builds the smallest graph that shows its point; odd cases are made inline.
Other people's files are read from the folder that VERRE_TEST_SHARED names, and a test that
needs them says clearly that it was skipped where they are absent; under CI that is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.index import Index
from graph.index.build import build
from tests.real import real_view
from tests.stores import KINDS, chosen, wanted

pytest_plugins = ["tests.browser.network_log", "tests.conformance.summary"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--store",
        choices=KINDS,
        default="embedded",
        help="What answers in the tests of the API and the pages.",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if chosen(config) == "embedded":
        return
    asked = [item for item in items if wanted(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in asked])
    items[:] = asked


for _limit in ("VERRE_ANONYMOUS_REQUESTS", "VERRE_ANONYMOUS_QUERIES"):
    os.environ[_limit] = "0"
"""All tests are one client, which asks more in a minute than anybody should."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with official sample files and conformance suites, if this machine has one."""
    folder = Path(os.environ.get("VERRE_TEST_SHARED", ""))
    if os.environ.get("VERRE_TEST_SHARED") and folder.is_dir():
        return folder
    reason = "VERRE_TEST_SHARED names no folder with the official samples"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def real_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of the data that comes with Verre, made once."""
    path = tmp_path_factory.mktemp("real") / "index.sqlite"
    build(real_view(), path, "real")
    index = Index(path)
    yield index
    index.close()
