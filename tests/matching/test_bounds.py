"""A match reads a bounded piece: hubs are cut in SQL, and more companies cost no more statements."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.index import Index
from graph.index.database import IN
from graph.index.standings import Rules
from graph.matching import Bounds, Matcher, Question
from graph.matching.load import Reader, edges
from graph.matching.web import chain, nearness, web
from tests.graphs import TODAY, World
from tests.index.list_fixtures import statements

Made = Callable[[World], Index]


def crowd(size: int) -> World:
    """A company, and so many peers that share a partner in Vietnam."""
    world = World()
    own = world.org("asker", country="BE", place="Genk", sectors=["steel"])
    world.engagement(own, "JP", "active", product="beams")
    hub = world.org("hub", country="VN", sectors=["steel"])
    world.branch("tokyo", own, "JP", "Tokyo")
    for number in range(size):
        peer = world.org(f"peer{number:03d}", country="BE", place="Genk", sectors=["steel"])
        world.engagement(peer, "VN", "active", product="beams")
        world.partnership(peer, hub)
    return world


@pytest.mark.parametrize("kind", ["partners", "peers", "gateways", "markets", "suppliers"])
def test_more_companies_take_no_more_statements(indexed: Made, kind: str) -> None:
    counts = []
    for size in (3, 30):
        index = indexed(crowd(size))
        market = None if kind == "markets" else "VN"
        question = Question(kind, "asker", market, products=("beams",), limit=50)
        with statements(index) as ran:
            assert Matcher(index, question, "en", TODAY, Bounds()).answer().total
        counts.append(len(ran))
    assert counts[0] == counts[1] < 60


def test_a_hub_gives_only_so_many_relations(indexed: Made) -> None:
    db = indexed(crowd(30)).shaper("en").db
    hub = db.number("SELECT id FROM organization WHERE ref = 'hub'")
    assert len(edges(db, [hub], ["partnership"], 7)) == 7
    assert len(edges(db, [hub], ["partnership", "branch"], 100)) == 30
    assert edges(db, [], ["partnership"], 7) == []


def test_no_more_candidates_are_weighed_than_the_bound(indexed: Made) -> None:
    question = Question("peers", "asker", "VN", limit=50)
    index = indexed(crowd(30))
    assert Matcher(index, question, "en", TODAY, Bounds(candidates=10)).answer().total == 10
    assert Matcher(index, question, "en", TODAY, Bounds()).answer().total == 30


def test_every_step_is_timed(indexed: Made) -> None:
    matcher = Matcher(indexed(crowd(3)), Question("gateways", "asker", "VN"), "en", TODAY, Bounds())
    matcher.answer()
    assert list(matcher.timing.steps) == ["resolve", "scene", "web", "score", "tell"]
    assert all(seconds >= 0 for seconds in matcher.timing.steps.values())


def test_the_web_has_no_more_nodes_than_asked_for(indexed: Made) -> None:
    index = indexed(crowd(30))
    shaper = index.shaper("en", TODAY)
    reader = Reader(shaper, Rules(TODAY.toordinal()), 30)
    hub, tokyo, asker = (
        shaper.db.number("SELECT id FROM organization WHERE ref = ?", (ref,))
        for ref in ("hub", "tokyo", "asker")
    )
    around = web(reader, hub, 12)
    assert len(around) == 12
    ranks = nearness(around, hub)
    assert sum(ranks.values()) < 1
    assert min(ranks.values()) > 0
    assert chain(around, hub, tokyo) is None
    assert chain(around, tokyo, hub) is None
    assert nearness(web(reader, asker, 1), asker) == {}
    assert nearness(around, 0) == {}
    assert shaper.db.rows(f"SELECT 1 WHERE 1 {IN}", ("[1]",)) == [(1,)]


def test_personalised_pagerank_is_that_of_the_textbook(indexed: Made) -> None:
    import networkx as nx

    path: nx.Graph[int] = nx.path_graph(3)
    found = nearness(path, 0)
    # p0 = .15 + .85 p1/2, p1 = .85 (p0 + p2), p2 = .85 p1/2
    p1 = 0.85 * 0.15 / (1 - 0.85 * 0.85)
    assert found[1] == pytest.approx(p1, abs=0.01)
    assert found[2] == pytest.approx(0.85 * p1 / 2, abs=0.01)
