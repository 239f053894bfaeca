"""All engagements weighed at once stand as the rules for one company say, on any day and for any markets."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from graph.index.build import build
from graph.index.columns import each_once, tallied
from graph.index.database import Cache, Database
from graph.index.engagements import load
from graph.index.question import Question
from graph.index.standings import ALL_SCORES, Engagement, Rules, Standing, standings
from graph.index.weighing import Weighed, Weighing
from graph.model.statuses import RANK
from tests.graphs import TODAY, World
from tests.reference_graphs import COUNTRIES

DAYS = [TODAY.toordinal(), *(TODAY.replace(year=year).toordinal() for year in (2012, 2019, 2023))]
STATUSES = tuple(RANK)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Companies with facts of every status in countries and regions, begun, ended, attested and withdrawn at any time."""
    chosen = random.Random(5)
    world = World()
    for number in range(60):
        company = world.org(f"c{number}", place=chosen.choice(("Genk", "Vilvoorde")))
        for _ in range(chosen.randint(0, 6)):
            begun, lasts = chosen.randint(2008, 2024), chosen.randint(0, 9)
            world.engagement(
                company,
                chosen.choice([*list(COUNTRIES)[:4], "ASIA", "EUROPE"]),
                chosen.choice(STATUSES),
                product=chosen.choice((None, "pears", "apples")),
                since=chosen.choice((None, str(begun))),
                until=chosen.choice((None, None, str(begun + lasts))),
                attested=str(chosen.randint(begun, 2025)),
            )
    path: Path = tmp_path_factory.mktemp("weighing") / "index.db"
    build(world.view(), path, "r1")
    made = Database(path)
    yield made
    made.close()


@pytest.fixture
def weighing(db: Database) -> Weighing:
    return Weighing(db, Cache(64))


def facts(db: Database) -> dict[int, list[Engagement]]:
    return load(db, [number for (number,) in db.rows("SELECT id FROM organization")])


def covered(db: Database) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """Each market that can be asked for, with what answers for it."""
    found: dict[int, tuple[set[int], set[int]]] = {}
    for asked, upward, stated in db.rows("SELECT asked, upward, stated FROM coverage"):
        found.setdefault(asked, (set(), set()))[upward].add(stated)
    return {asked: (frozenset(parts), frozenset(around)) for asked, (parts, around) in found.items()}


def one_by_one(db: Database, question: Question, markets: Iterable[int]) -> dict[int, list[Standing]]:
    """How each company stands, by the rules for one page."""
    known = covered(db)
    asked = {market: known[market] for market in markets}
    rules = Rules(question.day, question.as_of, frozenset(question.products))
    return {company: standings(own, asked, rules) for company, own in facts(db).items()}


def told(weighing: Weighing, found: Weighed) -> Counter[tuple[int, int, int]]:
    """How many times each (company, level, score) comes."""
    numbers = weighing.ids[found.company].tolist()
    return Counter(zip(numbers, found.level.tolist(), found.score.tolist(), strict=True))


@pytest.mark.parametrize("as_of", [False, True])
@pytest.mark.parametrize("day", DAYS)
def test_each_engagement_has_the_score_of_the_rules(weighing: Weighing, day: int, as_of: bool) -> None:
    rules, expected = Rules(day, as_of), Counter[tuple[int, int, int]]()
    for company, own in facts(weighing.db).items():
        for e in own:
            expected[company, e.market, rules.score(e, own) if rules.counts(e) else -1] += 1
    table = weighing._engagements()
    numbers = weighing.ids[table.company].tolist()
    scores = table.scores(day, as_of).tolist()
    assert Counter(zip(numbers, table.market.tolist(), scores, strict=True)) == expected
    assert len({score for _, _, score in expected}) > 4


@pytest.mark.parametrize("as_of", [False, True])
@pytest.mark.parametrize("day", DAYS)
def test_companies_stand_in_markets_and_regions_around_them_as_one_by_one(
    weighing: Weighing, day: int, as_of: bool
) -> None:
    db = weighing.db
    [pears] = db.rows("SELECT id FROM concept WHERE kind = 'product' AND en = 'pears'")
    markets, several = tuple(covered(db)), 0
    for asked in [(market,) for market in markets] + [markets]:
        for products in ((), pears):
            question = Question(asked, ALL_SCORES, day, as_of, products)
            expected = Counter(
                (company, int(s.region_level), s.score)
                for company, stands in one_by_one(db, question, asked).items()
                for s in stands
            )
            assert told(weighing, weighing.companies(question)) == expected
            several += len(expected)
    assert several > 100


@pytest.mark.parametrize("as_of", [False, True])
def test_every_market_is_counted_by_its_own_facts(weighing: Weighing, as_of: bool) -> None:
    question, db = Question(None, frozenset({0, 1, 2}), DAYS[1], as_of), weighing.db
    expected: Counter[int] = Counter()
    for stands in one_by_one(db, question, covered(db)).values():
        expected.update(s.market for s in stands if not s.region_level and s.score in question.scores)
    found = weighing.by_market(question).scored(question.scores)
    assert dict(found.counts()) == expected
    assert len(expected) > 5


def test_every_product_is_counted_as_if_it_alone_were_asked_for(weighing: Weighing) -> None:
    db = weighing.db
    for markets in (None, tuple(covered(db))[:3]):
        question = Question(markets, frozenset({1, 2, 13}), DAYS[2], as_of=True)
        counts = dict(weighing.by_product(question).scored(question.scores).counts())
        for (product,) in db.rows("SELECT id FROM concept WHERE kind = 'product'"):
            alone = Question(markets, question.scores, question.day, True, (product,))
            assert counts[product] == len(weighing.answers(alone).companies())
        assert len(counts) == 2


def test_a_list_has_each_company_once_own_facts_first_the_strongest_first_then_by_name(db: Database) -> None:
    weighing = Weighing(db, Cache(64))
    asked = tuple(covered(db))
    question = Question(asked, ALL_SCORES, DAYS[0], as_of=True)
    best = {
        company: min((s.region_level, s.score) for s in stands)
        for company, stands in one_by_one(db, question, asked).items()
        if stands
    }
    places, keys = weighing.answers(question).ranked()
    expected = sorted(best, key=lambda company: (best[company], company))
    assert weighing.ids[places].tolist() == expected
    assert keys.tolist() == [100 * level + score for level, score in (best[each] for each in expected)]


def test_only_companies_that_meet_every_condition_are_left(weighing: Weighing) -> None:
    even = ("{company} % ? = 0", [2])
    third = ("{company} IN (SELECT id FROM organization WHERE id % 3 = ?)", [0])
    whole = Question(None, ALL_SCORES, DAYS[0], True)
    part = Question(None, ALL_SCORES, DAYS[0], True, companies=(even, third))
    numbers = weighing.ids[weighing.companies(whole).companies()].tolist()
    expected = [number for number in numbers if number % 6 == 0]
    assert weighing.ids[weighing.companies(part).companies()].tolist() == expected != []


def test_nothing_is_weighed_where_nothing_is_stated(tmp_path: Path) -> None:
    world = World()
    world.org("alone")
    build(world.view(), tmp_path / "index.db", "r1")
    db = Database(tmp_path / "index.db")
    question = Question(None, ALL_SCORES, DAYS[0], True)
    weighing = Weighing(db, Cache(8))
    found = weighing.answers(question)
    assert found.companies().tolist() == found.counts() == found.ranked()[0].tolist() == []
    assert weighing.by_market(question).counts() == weighing.by_product(question).counts() == []
    db.close()


def test_numbers_are_sorted_and_tallied() -> None:
    for numbers in ([], [3], [1, 2, 5], [5, 1, 5, 1, 2]):
        assert each_once(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))
        assert tallied(np.array(numbers, np.int64)) == sorted(Counter(numbers).items())
