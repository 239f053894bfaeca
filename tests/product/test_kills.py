"""`kill -9` of workers, readers, the writer and the service, at random: the short form of `make soak`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.keys import Keys, Role
from tests.product.conftest import build
from tests.soak.__main__ import SETTINGS
from tests.soak.kills import rampage
from tests.soak.service import Service

pytestmark = pytest.mark.xdist_group("product")
KILLS = 8


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """Two workers over a home that is written to."""
    home = tmp_path / "home"
    build(home)
    running = Service(home, 2, **SETTINGS)
    running.start()
    yield running
    running.stop()


def test_nothing_acknowledged_is_lost_and_nothing_refused_appears(service: Service) -> None:
    _, key = Keys(service.home).create(Role.STEWARD, "synthetic")
    outcome = rampage(service, key, KILLS, seed=20180219)
    assert outcome.faults == []
    assert len(outcome.kills) == 4
    assert outcome.told.kept
