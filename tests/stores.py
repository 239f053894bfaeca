"""`--store`: the tests of the API on an endpoint in place of the embedded store.

Only tests that ask the application over the real data are run then; the others are the same on any store.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from graph.errors import Unsupported
from graph.settings import Settings
from graph.stores import open_releases
from tests.servers import emptied, oxigraph, virtuoso

KINDS = ("embedded", "oxigraph", "virtuoso")
SHARED = {"home", "app", "client"}
"""Fixtures over the real data; a test without them does not ask the store."""

UNSTOPPABLE = {
    "test_a_sort_without_end_is_stopped_at_its_deadline",
    "test_lookups_go_on_beside_hostile_queries",
    "test_a_query_under_way_does_not_hold_up_the_end",
    "test_it_stops_soon_though_queries_go_on",
}
"""Tests of sorts without end: an endpoint goes on with them when we have given up (capability `deadline`),
until it has eaten the memory of this machine and is killed, and with it the tests that follow."""


def chosen(config: pytest.Config) -> str:
    return str(config.getoption("--store"))


@contextmanager
def environment(kind: str) -> Iterator[None]:
    """Every `Settings` made meanwhile, in child processes too, names an empty store of this kind."""
    if kind == "embedded":
        yield
        return
    server = oxigraph() if kind == "oxigraph" else emptied(virtuoso())
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.settings.items():
            patch.setenv(f"VERRE_{name.upper()}", str(value))
        yield


def lacks(settings: Settings, capability: str) -> bool:
    """Whether the store of these settings cannot do something."""
    if settings.store is None:
        return False
    try:
        open_releases(settings).capabilities.need(capability)
    except Unsupported:
        return True
    return False
