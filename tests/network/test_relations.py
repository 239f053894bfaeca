"""What holds on a day, in SQL, is what the dates say: held against plain Python over many facts and days."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from graph.index import Index
from graph.network import Limits, fetch
from graph.network.limits import Moment
from graph.network.relations import SQL, found
from graph.network.ties import STATUS_WEIGHTS, WEIGHTS, edge_key, weight
from graph.network.walk import steps, walk
from tests.graphs import World
from tests.index.conftest import Made

TODAY = date(2024, 6, 1)
Span = tuple[int | None, int | None]


def spans(seed: int, count: int) -> list[Span]:
    """Years of beginning and end, some unknown."""
    rng = random.Random(seed)
    made: list[Span] = []
    for _ in range(count):
        since = rng.choice([None, *range(2000, 2024)])
        made.append((since, rng.choice([None, *range(since or 2000, 2030)])))
    return made


SPANS = spans(7, 40)


@pytest.fixture(scope="module")
def dated(indexed: Made) -> Index:
    """A hub with a partnership and an engagement for each span."""
    world = World()
    hub = world.org("hub")
    for number, (since, until) in enumerate(SPANS):
        begin, end = str(since) if since else None, str(until) if until else None
        world.partnership(hub, world.org(f"p{number:02}"), since=begin, until=end)
        world.engagement(world.org(f"p{number:02}"), "KR", "active", since=begin, until=end)
    return indexed(world)


def expected(day: date, *, past: bool, ended: bool) -> set[str]:
    """By the rule of the design: begun by then where that is asked, not over unless that is asked; unknown is open."""
    held = set()
    for number, (since, until) in enumerate(SPANS):
        begun = since is None or date(since, 1, 1) <= day
        over = until is not None and date(until, 12, 31) < day
        if (begun or not past) and (ended or not over):
            held.add(f"p{number:02}")
    return held


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("ref", ["hub", "KR"])
def test_each_day_shows_what_held_then(dated: Index, ref: str, ended: bool) -> None:
    limits = Limits(relations=("partnership", "engagement"), per_relation=100, ended=ended)
    for days in range(0, 366 * 26, 211):
        day = date(1999, 6, 1) + timedelta(days=days)
        shown = {node["ref"] for _, node in fetch(dated, [ref], limits, day).nodes(data=True)}
        assert shown - {"hub", "KR"} == expected(day, past=True, ended=ended), day
    now = {node["ref"] for _, node in fetch(dated, [ref], limits, None, "en", TODAY).nodes(data=True)}
    assert now - {"hub", "KR"} == expected(TODAY, past=False, ended=ended)


def test_what_is_marked_as_over_is_what_the_filter_leaves_out(dated: Index) -> None:
    limits = Limits(relations=("partnership",), per_relation=100, ended=True)
    for year in (2003, 2012, 2023):
        all_of = fetch(dated, ["hub"], limits, date(year, 5, 5))
        going = {all_of.nodes[b]["ref"] for _, b, facts in all_of.edges(data=True) if not facts["ended"]}
        assert going == expected(date(year, 5, 5), past=True, ended=False)


def test_no_more_is_looked_at_than_the_limit_of_one_kind(dated: Index) -> None:
    db = dated.shaper("en").db
    moment = Moment(TODAY.toordinal())
    hub = db.number("SELECT id FROM organization WHERE ref = 'hub'")
    for most in (1, 3, 10):
        limits = Limits(relations=("partnership",), per_relation=most, ended=True)
        assert len(steps(db, [hub], limits, moment)) == most + 1  # one more tells that there are more
        assert len(walk(db, [hub], limits, moment).ties) == most
    assert "LIMIT 2000" in found("partnership", moment, ended=False)


def test_the_nearest_others_come_first_whatever_the_filter(dated: Index) -> None:
    limits = Limits(relations=("partnership",), per_relation=100)
    some = Limits(relations=("partnership",), per_relation=5)
    whole = list(fetch(dated, ["hub"], limits, date(2012, 1, 1)))
    assert list(fetch(dated, ["hub"], some, date(2012, 1, 1))) == whole[:6]


def test_the_range_of_edges_is_read_by_its_key(dated: Index) -> None:
    db = dated.shaper("en").db
    for kind in SQL:
        for moment in (Moment(1), Moment(TODAY.toordinal(), past=True)):
            sql = f"SELECT ({found(kind, moment, ended=False).replace('SELECT e.other, e.item, e.forward, e.label', 'SELECT e.other', 1)}) FROM (SELECT 1 AS value) n"
            sql = sql.replace("SELECT other, item, forward, label FROM", "SELECT other FROM", 1)
            plan = " ".join(
                str(row[3])
                for row in db.rows(
                    f"EXPLAIN QUERY PLAN WITH given AS (SELECT ?2, ?3, ?4) {sql}", ("", 1, 0, 2024)
                )
            )
            assert "SEARCH edge USING PRIMARY KEY (node=? AND kind=?)" in plan, plan
            assert "SCAN edge" not in plan
            assert "USE TEMP B-TREE" not in plan


@pytest.mark.parametrize("kind", SQL)
def test_every_relation_has_a_weight_above_0_and_at_most_1(kind: str) -> None:
    for status in STATUS_WEIGHTS:
        going, over = weight(kind, status, ended=False), weight(kind, status, ended=True)
        assert 0 < over < going <= 1
    assert (kind == "engagement") is (kind not in WEIGHTS)


def test_an_edge_whose_relation_is_of_several_edges_has_both_ends_in_its_key() -> None:
    base = "https://w3id.org/verre/id"
    trip = {"kind": "mission", "iri": f"{base}/mission/trip"}
    one = edge_key(trip, f"{base}/organization/x/voka", f"{base}/mission/trip")
    other = edge_key(trip, f"{base}/mission/trip", "http://publications.europa.eu/country/KOR")
    assert one != other
    assert edge_key({"kind": "partnership", "iri": "x"}, "a", "b") == "x"
    assert edge_key({"kind": "branch"}, f"{base}/a", f"{base}/b") == "#branch/a/b"
