"""A mission: who could come, in which order and why, and whom each would meet; nothing blurred, nothing invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph.errors import InputError, NotFound, UnknownValue
from graph.index import Index
from graph.index.catalogue import Json
from graph.matching import FEATURES, Bounds
from graph.matching.mission import Drawn, MissionQuestion, draw
from tests.graphs import TODAY, World
from tests.index.list_fixtures import statements
from tests.matching.conftest import values

Made = Callable[[World], Index]


def member(world: World, key: str, *markets: tuple[str, str], **more: Any) -> Any:
    made = world.org(key, country="BE", place="Genk", **more)
    for code, status in markets:
        world.engagement(made, code, status, product="beams")
    return made


def asked(index: Index, *markets: str, lang: str = "en", **question: Any) -> Drawn:
    return draw(index, MissionQuestion(markets, **question), lang, TODAY, Bounds())


def who(drawn: Drawn) -> list[str]:
    return [each["organization"]["id"] for each in drawn.participants]


def said(each: Json, what: str = "reasons") -> list[str]:
    return [one["text"] for one in each[what]]


def test_standard_weights_are_shares() -> None:
    shares = [each.weight for each in FEATURES["participants"] if not each.counter]
    assert sum(shares) == pytest.approx(1)


def test_who_wants_comes_before_who_is_there_and_is_never_called_so(indexed: Made) -> None:
    world = World()
    for key, status in (
        ("best", "leading"),
        ("there", "active"),
        ("starting", "entering"),
        ("dreams", "targets"),
    ):
        member(world, key, ("VN", status))
    member(world, "elsewhere", ("JP", "active"))
    drawn = asked(indexed(world), "VN")
    assert who(drawn) == ["dreams", "starting", "there", "best"]
    assert drawn.total == 4
    assert said(drawn.participants[0]) == ["Dreams wants to export there: Vietnam (beams)"]
    assert said(drawn.participants[2]) == ["There sells there: Vietnam (beams)"]
    assert [s["id"] for s in drawn.participants[0]["reasons"][0]["sources"]] == ["s1"]


def test_two_destinations_count_more_than_one(indexed: Made) -> None:
    world = World()
    member(world, "one", ("VN", "targets"))
    member(world, "both", ("VN", "targets"), ("JP", "targets"))
    drawn = asked(indexed(world), "VN", "JP")
    assert who(drawn) == ["both", "one"]
    assert "Not known whether One sells there: Japan" in said(drawn.participants[1], "missing")
    assert [meeting["market"]["code"] for meeting in drawn.participants[0]["meet"]] == ["VN", "JP"]


def test_what_is_known_of_a_region_is_not_said_of_a_country(indexed: Made) -> None:
    world = World()
    member(world, "wide", ("ASIA", "active"))
    member(world, "own", ("VN", "active"))
    drawn = asked(indexed(world), "VN")
    assert who(drawn) == ["own", "wide"]
    assert "ASIA" in {each["code"] for each in drawn.regions}
    assert "WORLD" not in {each["code"] for each in drawn.regions}
    (told,) = said(drawn.participants[1])
    assert told == "Wide sells in the region (Asia) (beams); no source speaks of Vietnam itself"


def test_who_left_is_no_participant_and_who_left_one_of_two_says_so(indexed: Made) -> None:
    world = World()
    member(world, "gone", ("VN", "withdrawn"))
    member(world, "half", ("VN", "withdrawn"), ("JP", "targets"))
    drawn = asked(indexed(world), "VN", "JP")
    assert who(drawn) == ["half"]
    assert said(drawn.participants[0], "counterReasons") == ["Half left this market: Vietnam"]


def test_only_companies_of_limburg(indexed: Made) -> None:
    world = World()
    world.engagement(world.org("far", country="NL"), "VN", "targets")
    assert who(asked(indexed(world), "VN")) == []


def test_somebody_to_start_from_there_or_near(indexed: Made) -> None:
    world = World()
    own = member(world, "own", ("VN", "targets"))
    world.branch("hanoi", own, "VN", "Hanoi")
    near = member(world, "near", ("VN", "targets"))
    world.branch("tokyo", near, "JP", "Tokyo")
    helped = member(world, "helped", ("VN", "targets"))
    world.partnership(helped, world.org("agent", country="VN"), "agent")
    drawn = asked(indexed(world), "VN")
    assert who(drawn) == ["own", "helped", "near"]
    assert [values(each)["way"] for each in drawn.participants] == [1, 0.9, 0.5]
    assert "Helped has a partner there, Agent: Vietnam" in said(drawn.participants[1])
    assert "Tokyo of Near is in the same region (Asia): Japan" in said(drawn.participants[2])
    met = drawn.participants[2]["meet"][0]
    assert [each["organization"]["id"] for each in met["gateways"]] == ["tokyo"]
    assert "agent" in [each["organization"]["id"] for each in met["partners"]]


def test_peers_have_something_to_tell(indexed: Made) -> None:
    world = World()
    member(world, "asker", ("VN", "targets"), sectors=["steel"])
    world.engagement(world.org("stranger", country="BE", place="Genk", sectors=["fruit"]), "VN", "targets")
    member(world, "seller", ("VN", "active"), sectors=["fruit"])
    (first, *_) = [
        each for each in asked(indexed(world), "VN").participants if each["organization"]["id"] == "asker"
    ]
    assert [each["organization"]["id"] for each in first["meet"][0]["peers"]] == ["seller"]


def test_sectors_of_the_mission(indexed: Made) -> None:
    world = World()
    member(world, "steel", ("VN", "targets"), sectors=["steel"])
    member(world, "fruit", ("VN", "targets"), sectors=["fruit"])
    index = indexed(world)
    assert who(asked(index, "VN", sectors=("fruit",))) == ["fruit", "steel"]
    assert "Steel works in another sector" in said(
        asked(index, "VN", sectors=("fruit",)).participants[1], "missing"
    )
    equal = [each["score"] for each in asked(index, "VN").participants]
    assert equal[0] == equal[1]  # what was not asked weighs nothing


def test_who_went_before(indexed: Made) -> None:
    world = World()
    went = member(world, "went", ("VN", "targets"))
    member(world, "new", ("VN", "targets"))
    world.participation(world.mission("earlier", ["VN"], world.org("host", country="BE")), went)
    drawn = asked(indexed(world), "VN")
    assert who(drawn) == ["went", "new"]
    assert said(drawn.participants[0])[-1].startswith("Went took part: ")
    assert "No source names New on an earlier mission there" in said(drawn.participants[1], "missing")


def test_chosen_companies_come_whatever_is_known(indexed: Made) -> None:
    world = World()
    member(world, "dreams", ("VN", "targets"))
    member(world, "unknown", ("JP", "active"))
    drawn = asked(indexed(world), "VN", companies=("unknown",))
    assert who(drawn) == ["unknown"]
    assert said(drawn.participants[0]) == []
    assert "Not known whether Unknown sells there: Vietnam" in said(drawn.participants[0], "missing")


def test_as_of_a_day(indexed: Made) -> None:
    world = World()
    late = world.org("late", country="BE", place="Genk")
    world.engagement(late, "VN", "active", since="2020")
    index = indexed(world)
    assert who(asked(index, "VN")) == ["late"]
    assert who(asked(index, "VN", as_of=date(2018, 1, 1))) == []


def test_what_cannot_be_asked(indexed: Made) -> None:
    index = indexed(World())
    with pytest.raises(InputError, match="say where to"):
        asked(index)
    with pytest.raises(UnknownValue):
        asked(index, "Vietnm")
    with pytest.raises(NotFound, match="nobody"):
        asked(index, "VN", companies=("nobody",))


def test_more_participants_take_no_more_statements(indexed: Made) -> None:
    counts = []
    for size in (3, 25):
        world = World()
        for number in range(size):
            each = member(world, f"m{number:02d}", ("VN", "targets"))
            world.partnership(each, world.org(f"p{number:02d}", country="VN"), "agent")
        index = indexed(world)
        with statements(index) as ran:
            assert asked(index, "VN", limit=50).total == size
        counts.append(len(ran))
    assert counts[0] == counts[1] < 60


def test_every_language_has_its_words(indexed: Made) -> None:
    world = World()
    member(world, "dreams", ("VN", "targets"))
    index = indexed(world)
    assert said(asked(index, "VN", lang="nl").participants[0]) == [
        "Dreams wil erheen exporteren: Vietnam (beams (nl))"
    ]
    assert "souhaite y exporter" in said(asked(index, "VN", lang="fr").participants[0])[0]
