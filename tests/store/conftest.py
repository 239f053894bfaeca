"""Stores in temporary folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store.releases import Release, Releases
from tests.store.listener import Listener
from tests.store.small import NO_DERIVE, ONE, TWO, named, sells


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """A home folder without a release."""
    return Releases(tmp_path / "home", keep=10)


@pytest.fixture
def first(releases: Releases) -> Release:
    """A release in which two sources share a triple."""
    with releases.write() as writer:
        writer.replace(
            {ONE: {named("luminex"), sells("luminex", "jp")}, TWO: {named("luminex"), named("punch")}},
            built=True,
        )
        return writer.commit("build", NO_DERIVE)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Something on this machine that would notice a connection."""
    with Listener() as listening:
        yield listening


@pytest.fixture
def many(releases: Releases) -> Release:
    """A release in which a triple cross join has 64 million rows."""
    with releases.write() as writer:
        writer.replace({ONE: {named(f"c{n}") for n in range(400)}}, built=True)
        return writer.commit("build", NO_DERIVE)
