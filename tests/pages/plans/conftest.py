"""Missions drawn up from small graphs, for the papers that are made of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api.deps import Context
from api.pages.face import Face
from api.pages.plans import asked
from api.pages.plans.asked import Plan, PlanQuery
from graph.index import Index
from graph.settings import Settings
from tests.graphs import TODAY, World
from tests.index.conftest import indexed

__all__ = ["indexed"]

NAMES = {"dreams": '<b>Dreams</b> "#" $x$', "sells": "=SUM(A1:A9)", "wide": "Wide"}
"""Markup, what means something to a typesetter, and a formula."""


@pytest.fixture
def ctx(tmp_path: Path) -> Context:
    """A request without a browser: settings as they are delivered, and a day."""
    services = SimpleNamespace(settings=Settings(home=tmp_path))
    return Context(cast(Any, None), cast(Any, services), "en", cast(Any, None), "r9", TODAY)


def world() -> World:
    """One that wants to go to Vietnam, one that sells there, one of which only Asia is known; five sources."""
    made = World()
    dreams = made.org("dreams", NAMES["dreams"], country="BE", place="Genk", sectors=["steel"])
    made.engagement(dreams, "VN", "targets", product="beams")
    made.says("s4", issued="2019", publisher="Trends")
    made.branch("tokyo", dreams, "JP", "Tokyo")
    made.says("s2", issued="2020-03", publisher="+Trends")
    sells = made.org("sells", NAMES["sells"], country="BE", place="Hasselt")
    made.engagement(sells, "VN", "active")
    made.partnership(sells, made.org("agent", "Agent", country="VN"), "distributor")
    made.says("s3", issued="2021", publisher="De Tijd")
    wide = made.org("wide", NAMES["wide"], country="BE", place="Genk")
    made.engagement(wide, "ASIA", "active")
    made.mission("asia", ["VN", "TH"], made.org("host", "Host", country="BE", kind="chamber"))
    made.person("Ann", wide, "CEO")
    made.says("s0", issued="2022", publisher="Trends")
    made.engagement(wide, "PL", "active")
    late = made.org("late", country="BE", place="Genk")
    made.engagement(late, "KR", "active", since="2020")
    return made


@pytest.fixture
def index(indexed: Callable[[World], Index]) -> Index:
    """The index of `world`."""
    return indexed(world())


Draw = Callable[..., Plan]


@pytest.fixture
def drawn(ctx: Context, index: Index) -> Draw:
    """Draws up a mission for a reader."""

    def draw(face: Face, *markets: str, ref: str | None = None, **query: Any) -> Plan:
        found = asked.make(ctx, index, face, PlanQuery(market=list(markets), **query), ref)
        assert found is not None
        return found

    return draw
