"""How exporters are selected: by ranges of an index, whatever is asked, and without a sort for a page."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from graph.index.build import build
from graph.index.database import Cache, Database
from graph.index.question import Question
from graph.index.selection import MOST_ARMS, Arm, arms, in_order, ordered, sorted_by, total
from graph.index.standings import allowed_scores
from graph.index.weighing import Weighing
from tests.graphs import TODAY, World
from tests.reference_graphs import COUNTRIES

GOING_ON = allowed_scores((), include_ended=False)
DAY = TODAY.toordinal()


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Database:
    world = World()
    for number in range(40):
        company = world.org(f"c{number:02}")
        for where in list(COUNTRIES)[number % 4 : number % 4 + 3]:
            world.engagement(company, where, ("targets", "active", "withdrawn")[number % 3], product="pears")
        world.engagement(company, ("ASIA", "EASTERN_ASIA", "EUROPE")[number % 3], "active", until="2020")
    path: Path = tmp_path_factory.mktemp("index") / "index.db"
    build(world.view(), path, "r1")
    return Database(path)


def market(db: Database, code: str) -> int:
    return db.number("SELECT id FROM concept WHERE code = ? AND kind IN ('country', 'region')", (code,))


def plan(db: Database, sql: str, parameters: list[object]) -> list[str]:
    return [row[3] for row in db.rows(f"EXPLAIN QUERY PLAN {sql}", parameters)]


def selects(db: Database, question: Question) -> list[Arm]:
    found = arms(db, question)
    assert found is not None
    return found


def every(db: Database, question: Question) -> list[int]:
    return in_order(Weighing(db, Cache(8)), question, (0, 1000))


def by_name(db: Database, question: Question) -> list[int]:
    return sorted_by(Weighing(db, Cache(8)), question, ["a.company"], (0, 1000))


def scans(steps: list[str]) -> list[str]:
    return [
        step for step in steps if step.startswith(("SCAN s", "SCAN e", "SCAN o", "SCAN b", "SCAN engagement"))
    ]


@pytest.mark.parametrize("codes", [("CN",), ("ASIA",), ("CN", "TH"), None])
@pytest.mark.parametrize(
    "scores", [GOING_ON, allowed_scores(("active",), False), allowed_scores(("targets", "leading"), True)]
)
def test_no_market_filter_reads_a_whole_table(
    db: Database, codes: tuple[str, ...] | None, scores: frozenset[int]
) -> None:
    question = Question(None if codes is None else tuple(market(db, code) for code in codes), scores, DAY)
    for arm in selects(db, question):
        steps = plan(db, arm.sql, arm.parameters)
        assert not scans(steps), steps
        assert any("PRIMARY KEY (market=? AND exact=? AND score" in step for step in steps), steps


@pytest.mark.parametrize("more", [{"as_of": True}, {"products": (1,)}])
def test_what_the_table_of_standings_does_not_know_is_weighed(db: Database, more: dict[str, Any]) -> None:
    assert arms(db, Question((market(db, "CN"),), GOING_ON, DAY, **more)) is None


def test_a_page_of_one_market_is_read_in_order_without_a_sort(db: Database) -> None:
    found = [arm for arm in selects(db, Question((market(db, "CN"),), GOING_ON, DAY)) if arm.level == 0]
    steps = plan(db, *ordered(found))
    assert not [step for step in steps if "TEMP B-TREE" in step], steps


def test_the_pages_of_several_markets_are_merged_as_they_are_read(db: Database) -> None:
    question = Question((market(db, "CN"), market(db, "TH")), GOING_ON, DAY)
    own = [arm for arm in selects(db, question) if arm.level == 0]
    steps = plan(db, *ordered(own))
    assert "MERGE (UNION ALL)" in steps
    assert not [step for step in steps if "TEMP B-TREE" in step], steps


@pytest.mark.parametrize("codes", [("CN",), ("SG", "CN"), ("ASIA", "JP"), None])
@pytest.mark.parametrize("scores", [GOING_ON, allowed_scores(("targets",), False), allowed_scores((), True)])
def test_the_total_is_the_length_of_the_whole_list(
    db: Database, codes: tuple[str, ...] | None, scores: frozenset[int]
) -> None:
    markets = None if codes is None else tuple(market(db, code) for code in codes)
    for as_of in (False, True):
        question = Question(markets, scores, DAY, as_of=as_of)
        found = every(db, question)
        assert len(found) == len(set(found)) == total(Weighing(db, Cache(8)), question)
        assert sorted(found) == by_name(db, question)


def test_which_scores_leave_the_best_one_in(db: Database) -> None:
    assert Question(None, GOING_ON, DAY).closed
    assert Question(None, allowed_scores((), True), DAY).closed
    assert Question(None, allowed_scores(("leading", "active"), False), DAY).closed
    assert not Question(None, allowed_scores(("targets",), False), DAY).closed
    assert not Question(None, allowed_scores(("leading",), True), DAY).closed


def test_the_table_of_standings_holds_every_day(db: Database) -> None:
    """For each market and company the periods follow each other without a gap."""
    raw = sqlite3.connect(db.path)
    rows = raw.execute(
        "SELECT market, exact, company, first, last FROM standing WHERE market > 0 ORDER BY 1, 2, 3, 4"
    ).fetchall()
    raw.close()
    periods: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for *key, first, last in rows:
        periods.setdefault(tuple(key), []).append((first, last))
    assert any(len(each) > 1 for each in periods.values())
    for each in periods.values():
        assert each[0][0] == 0
        assert each[-1][1] == 9_999_999
        assert all(before[1] + 1 == after[0] for before, after in itertools.pairwise(each))


@pytest.mark.parametrize(
    "scores", [GOING_ON, allowed_scores(("active",), False), allowed_scores(("targets", "leading"), True)]
)
def test_more_markets_than_one_union_takes_answer_like_each_by_itself(
    db: Database, scores: frozenset[int]
) -> None:
    markets = tuple(
        number
        for (number,) in db.rows("SELECT DISTINCT asked FROM coverage UNION SELECT stated FROM coverage")
    )
    # the same markets again and again: as many SELECTs as for all markets of the world, and the same answer
    many = Question(markets * (MOST_ARMS // len(markets) + 1), scores, DAY)
    assert arms(db, many) is None
    each = [every(db, Question((one,), scores, DAY)) for one in markets]
    expected = {company for companies in each for company in companies}
    assert expected
    assert total(Weighing(db, Cache(8)), many) == len(expected)
    assert set(every(db, many)) == expected
    assert every(db, many) == every(db, Question(markets, scores, DAY))
    assert set(by_name(db, many)) == expected
