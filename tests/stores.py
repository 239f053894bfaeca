"""`--store`: the tests of the API on an endpoint in place of the embedded store.

Only tests that ask the application over the real data are run then; the others are the same on any store.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.servers import emptied, oxigraph, virtuoso

KINDS = ("embedded", "oxigraph", "virtuoso")
SHARED = {"home", "app", "client"}
"""Fixtures over the real data; a test without them does not ask the store."""

EMBEDDED_ONLY = {
    # An endpoint goes on with a sort that we have given up (capability `deadline`), until it has eaten the
    # memory of this machine and is killed, and with it the tests that follow.
    "test_a_sort_without_end_is_stopped_at_its_deadline",
    "test_lookups_go_on_beside_hostile_queries",
    "test_a_query_under_way_does_not_hold_up_the_end",
    "test_it_stops_soon_though_queries_go_on",
    # They look at our reader processes.
    "test_a_query_ends_when_its_client_hangs_up",
    # They read earlier releases (capability `releases`): test_capabilities has what is answered then.
    "test_releases_that_are_not_kept",
    "test_every_read_asks_the_release_that_is_named",
    "test_the_answer_is_what_the_graph_said_then",
}
"""What is not run on an endpoint, and why."""

STREAMED = {
    "test_slow_readers_hold_no_reader",
    "test_an_answer_that_breaks_off_ends_the_connection_and_is_logged_once",
    "test_an_endless_answer_never_looks_whole",
    "test_a_client_that_leaves_frees_its_reader",
}
"""Tests of answers that are on their way while the query still runs: Virtuoso sends none before it is whole,
so a query without end is a 504 there, which test_pool has."""

SAMPLED = {
    "test_no_parameter_breaks_a_route": ("'", "?x } DROP ALL"),
    "test_no_path_breaks_a_route": ("'", "?x } DROP ALL"),
}
"""Tests of what is refused before any store is asked: of their values those that could end a text of a query."""


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


def wanted(item: pytest.Item) -> bool:
    """Whether a test is about the store that `--store` names."""
    name = getattr(item, "originalname", item.name)
    without = EMBEDDED_ONLY | (STREAMED if chosen(item.config) == "virtuoso" else set())
    if isinstance(item, pytest.Function) and name in SAMPLED:
        without |= {name} if item.callspec.params["value"] not in SAMPLED[name] else set()
    return bool(SHARED & set(getattr(item, "fixturenames", ()))) and name not in without
