"""What a mission is asked with: read strictly, bounded by settings that are named, drawn up or not yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from starlette.datastructures import QueryParams

from api.deps import Context
from api.pages.face import Face
from api.pages.plans import asked
from api.pages.plans.asked import Plan, PlanQuery
from graph.errors import InputError, NotFound, UnknownValue
from graph.index import Index
from graph.matching.mission import Drawn
from graph.settings import Settings
from tests.graphs import TODAY
from tests.pages.plans.conftest import Draw

EN, NL = Face("en"), Face("nl")


def small(tmp_path: Path, **settings: int) -> Context:
    """A request to an installation with limits of its own."""
    services = SimpleNamespace(settings=Settings(home=tmp_path, **cast(Any, settings)))
    return Context(cast(Any, None), cast(Any, services), "en", cast(Any, None), "r9", TODAY)


def ids(plan: Plan) -> list[str]:
    return [each["organization"]["id"] for each in plan.drawn.participants]


def test_an_empty_form_asks_for_nothing(ctx: Context, index: Index) -> None:
    query = asked.read(QueryParams("market=&sector=&company=&start=&end=&participants="))
    assert (query.market, query.sector, query.company) == ([], [], [])
    assert (query.start, query.end, query.participants) == (None, None, asked.SHOWN)
    assert asked.make(ctx, index, EN, query) is None


def test_a_mission_may_last_a_day_but_not_end_before_it_begins() -> None:
    query = asked.read(QueryParams("market=VN&start=2027-03-08&end=2027-03-08"))
    assert (query.start, query.end) == (date(2027, 3, 8), date(2027, 3, 8))
    with pytest.raises(InputError, match="ends after it begins") as found:
        asked.read(QueryParams("market=VN&start=2027-03-08&end=2027-03-07"))
    (issue,) = found.value.issues
    assert (issue.name, issue.value, issue.detail) == ("end", "2027-03-07", "lies before 2027-03-08")
    assert asked.read(QueryParams("end=2027-03-07")).end == date(2027, 3, 7)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("marekt=VN", "marekt"),
        ("start=8-3-2027", "start"),
        ("participants=many", "participants"),
        ("participants=0", "participants"),
        ("start=2027-03-08&start=2027-03-09", "start"),
    ],
)
def test_what_cannot_be_read_is_named(given: str, name: str) -> None:
    with pytest.raises(InputError) as found:
        asked.read(QueryParams(given))
    assert name in " ".join(f"{issue.name} {issue.detail}" for issue in found.value.issues)


def test_a_destination_asked_twice_is_one(drawn: Draw) -> None:
    plan = drawn(EN, "VN", "Vietnam", "VN")
    assert [each["code"] for each in plan.drawn.markets] == ["VN"]
    assert all(len(each["stands"]) == 1 for each in plan.drawn.participants)


def test_labels_are_in_the_language_of_the_reader(drawn: Draw) -> None:
    assert [each["label"] for each in drawn(NL, "KR").drawn.markets] == ["Zuid-Korea"]
    assert [each["label"] for each in drawn(Face("fr"), "KR").drawn.markets] == ["Corée du Sud"]


@pytest.mark.parametrize(
    ("settings", "query", "said"),
    [
        ({"mission_destinations": 1}, {"market": ["VN", "JP"]}, ("mission_destinations", "market", "at most 1", "2")),
        (
            {"mission_participants": 3},
            {"market": ["VN"], "participants": 4},
            ("mission_participants", "participants", "at most 3", "4"),
        ),
        (
            {"mission_participants": 1},
            {"market": ["VN"], "participants": 1, "company": ["dreams", "sells"]},
            ("mission_participants", "company", "at most 1", "2"),
        ),
    ],
)  # fmt: skip
def test_a_limit_names_its_setting(
    tmp_path: Path, index: Index, settings: dict[str, int], query: dict[str, Any], said: tuple[str, ...]
) -> None:
    with pytest.raises(InputError, match="not drawn up that large") as found:
        asked.make(small(tmp_path, **settings), index, EN, PlanQuery(**query))
    (issue,) = found.value.issues
    assert (found.value.setting, issue.name, issue.detail, issue.value) == said


def test_the_limit_itself_may_be_asked(tmp_path: Path, index: Index) -> None:
    ctx = small(tmp_path, mission_destinations=2, mission_participants=1)
    plan = asked.make(ctx, index, EN, PlanQuery(market=["VN", "JP"], participants=1))
    assert plan is not None
    assert ids(plan) == ["dreams"]
    assert plan.drawn.total == 3


def test_a_mission_that_sources_tell_of_goes_where_they_say(drawn: Draw) -> None:
    plan = drawn(EN, "JP", ref="asia")  # what is asked beside it does not move it
    assert {each["code"] for each in plan.drawn.markets} == {"VN", "TH"}
    assert (plan.start, plan.end, plan.left_out) == ("2018-05", None, 0)
    assert plan.known is not None
    assert plan.known["label"] == "Mission asia"


def test_destinations_of_a_known_mission_beyond_the_limit_are_counted(tmp_path: Path, index: Index) -> None:
    plan = asked.make(small(tmp_path, mission_destinations=1), index, EN, PlanQuery(), "asia")
    assert plan is not None
    assert (len(plan.drawn.markets), plan.left_out) == (1, 1)


def test_only_those_that_are_asked_and_in_their_own_right(drawn: Draw) -> None:
    assert ids(drawn(EN, "JP", company=["sells"])) == ["sells"]
    assert "sells" not in ids(drawn(EN, "JP"))


def test_as_of_a_day_before_it_began(drawn: Draw) -> None:
    assert ids(drawn(EN, "KR")) == ["late", "wide"]  # Korea lies in Asia
    assert "late" not in ids(drawn(EN, "KR", asOf=date(2018, 1, 1)))


def test_a_name_that_is_not_known(ctx: Context, index: Index) -> None:
    with pytest.raises(UnknownValue):
        asked.make(ctx, index, EN, PlanQuery(market=["Vietnm"]))
    with pytest.raises(UnknownValue):
        asked.make(ctx, index, EN, PlanQuery(market=["VN"], sector=["astrology"]))
    with pytest.raises(NotFound, match="nobody"):
        asked.make(ctx, index, EN, PlanQuery(market=["VN"], company=["nobody"]))
    with pytest.raises(NotFound):
        asked.make(ctx, index, EN, PlanQuery(), "never")


def test_days_are_those_of_the_source_where_there_is_one() -> None:
    query = PlanQuery(start=date(2027, 3, 8), end=date(2027, 3, 12))
    nothing = Drawn([], [], [], [], 0)
    planned, known = Plan(query, nothing), Plan(query, nothing, {"start": "2018", "end": None})
    assert (planned.start, planned.end) == ("2027-03-08", "2027-03-12")
    assert (known.start, known.end) == ("2018", None)
