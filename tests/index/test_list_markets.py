"""Markets: the list with its counts, one market with all that is there, and finding one by any name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import InputError, NotFound, UnknownValue
from graph.index import MarketFilter, PageRequest
from graph.model.namespaces import SKOS, VERRE
from graph.model.terms import Literal
from tests.graphs import TODAY, World, market, three
from tests.index.conftest import Made
from tests.index.list_fixtures import Json, ask, facets
from tests.reference_graphs import COUNTRIES, REGIONS


def cast() -> World:
    world = World()
    luminex = world.org("luminex", country="BE", place="Genk")
    punch = world.org("punch", country="BE")
    for where in ("CN", "KR", "TH", "VN"):
        world.engagement(luminex, where, "targets")
    world.engagement(luminex, "JP", "leading")
    world.engagement(luminex, "ASIA", "active")
    world.engagement(punch, "CN", "active")
    world.engagement(punch, "KR", "active", until="2008")
    world.engagement(punch, "TH", "withdrawn")
    world.branch("luminex-japan", luminex, "JP", "Tokyo")
    world.partnership(punch, world.org("xpt", country="CN"))
    world.partnership(punch, world.org("old", country="CN"), until="2010")
    world.partnership(luminex, world.org("agent"), territory="ASIA")
    world.mission("m-china", ["CN"], world.org("voka"))
    world.mission("m-asia", ["CN", "JP"], world.org("voka"), start="2020")
    world.statistic("export", "2017", 22816, "CN")
    world.statistic("export", "2017", 99999, "ASIA")
    return world


def item(found: list[Json], code: str) -> Json:
    return next(each for each in found if each["code"] == code)


def codes(items: list[Json]) -> list[str]:
    return [each["code"] for each in items]


def test_every_country_and_region_is_listed_known_or_not(indexed: Made) -> None:
    found = ask(indexed(cast()), "markets")
    assert set(codes(found.items)) == set(COUNTRIES) | set(REGIONS)
    assert found.total == len(COUNTRIES) + len(REGIONS)


def test_an_item_counts_what_is_stated_of_it_and_in_it(indexed: Made) -> None:
    items = ask(indexed(cast()), "markets", lang="fr").items
    assert item(items, "CN") == {
        "iri": "http://publications.europa.eu/resource/authority/country/CHN",
        "code": "CN",
        "label": "Chine",
        "kind": "country",
        "counts": {"active": 1, "targets": 1},
        "companies": 2,
        "partners": 1,
        "presence": 0,
        "missions": 2,
    }
    assert item(items, "JP")["counts"] == {"leading": 1}
    assert (item(items, "JP")["presence"], item(items, "JP")["missions"]) == (2, 1)
    asia = item(items, "ASIA")
    assert asia["counts"] == {"leading": 1, "active": 1}
    assert (asia["companies"], asia["partners"], asia["missions"]) == (2, 2, 2)


def test_ended_is_not_counted_and_withdrawn_is_told_apart(indexed: Made) -> None:
    items = ask(indexed(cast()), "markets").items
    assert item(items, "KR")["counts"] == {"targets": 1}
    thailand = item(items, "TH")
    assert thailand["counts"] == {"targets": 1, "withdrawn": 1}
    assert thailand["companies"] == 1


def test_a_market_that_nobody_names_has_empty_counts(indexed: Made) -> None:
    poland = item(ask(indexed(cast()), "markets").items, "PL")
    assert (poland["counts"], poland["companies"], poland["partners"]) == ({}, 0, 0)
    assert (poland["presence"], poland["missions"]) == (0, 0)


def test_counts_depend_on_the_day_alone(indexed: Made) -> None:
    index = indexed(cast())
    f = MarketFilter(today=date(2008, 12, 31), q="South Korea")
    (korea,) = index.markets(f, PageRequest(), "en").items
    assert korea["counts"] == {"active": 1, "targets": 1}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kinds": ("region",)}, set(REGIONS)),
        ({"kinds": ("country", "region")}, set(COUNTRIES) | set(REGIONS)),
        ({"known": True}, {"CN", "KR", "TH", "VN", "JP", "ASIA", "EASTERN_ASIA", "ASEAN", "WORLD"}),
        ({"known": False}, {"SG", "BE", "NL", "PL", "EUROPE"}),
        ({"known": False, "kinds": ("region",)}, {"EUROPE"}),
        ({"q": "coree"}, {"KR"}),
        ({"q": "CORÉE du"}, {"KR"}),
        ({"q": "azie"}, {"ASIA", "EASTERN_ASIA"}),
        ({"q": "kor"}, {"KR"}),
        ({"q": "authority"}, set()),
        ({"q": "%"}, set()),
        ({"q": "n_"}, {"EASTERN_ASIA"}),
    ],
)
def test_filters(indexed: Made, asked: dict[str, Any], expected: set[str]) -> None:
    found = ask(indexed(cast()), "markets", **asked)
    assert set(codes(found.items)) == expected
    assert found.total == len(expected)


def test_an_unknown_kind_is_refused(indexed: Made) -> None:
    with pytest.raises(UnknownValue) as caught:
        ask(indexed(cast()), "markets", kinds=("continent",))
    (issue,) = caught.value.issues
    assert (issue.name, issue.value) == ("kind", "continent")
    assert "country" in issue.detail
    assert "region" in issue.detail


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("nl", ["BE", "CN", "JP", "NL", "PL", "SG", "TH", "VN", "KR"]),
        ("en", ["BE", "CN", "JP", "NL", "PL", "SG", "KR", "TH", "VN"]),
        ("fr", ["BE", "CN", "KR", "JP", "NL", "PL", "SG", "TH", "VN"]),
    ],
)
def test_by_label_in_the_language_of_the_answer(indexed: Made, lang: str, expected: list[str]) -> None:
    index = indexed(cast())
    assert codes(ask(index, "markets", kinds=("country",), lang=lang).items) == expected
    assert codes(ask(index, "markets", "name", kinds=("country",), lang=lang).items) == expected
    assert codes(ask(index, "markets", "-name", kinds=("country",), lang=lang).items) == expected[::-1]


def with_accents() -> World:
    world = World()
    for key, label in (("EC", "Équateur"), ("US", "États-Unis"), ("FJ", "Fidji"), ("ZW", "Zimbabwe")):
        iri = world.minter.thing("country", key)
        world.concept(
            "reference/countries", iri, key, three(label, label, label), VERRE.Country, VERRE.Market
        )
        world.put(world.minter.graph("reference/countries"), iri, [(SKOS.broader, market("WORLD"))])
    return world


def test_accents_do_not_send_a_label_to_the_end(indexed: Made) -> None:
    index = indexed(with_accents())
    found = codes(ask(index, "markets", kinds=("country",), lang="fr").items)
    assert [code for code in found if code in {"EC", "US", "FJ", "ZW", "SG"}] == [
        "EC",
        "US",
        "FJ",
        "SG",
        "ZW",
    ]
    parts = codes(index.market("WORLD", "fr", TODAY)["parts"])
    assert [code for code in parts if code in {"EC", "US", "FJ", "ZW", "EUROPE"}] == [
        "EC",
        "US",
        "EUROPE",
        "FJ",
        "ZW",
    ]


def test_other_orders(indexed: Made) -> None:
    index = indexed(cast())
    assert codes(ask(index, "markets", "code", kinds=("country",)).items) == sorted(COUNTRIES)
    # 2: ASIA, EASTERN_ASIA (China's and Japan's) and WORLD, CN; 1: the others that are known
    first = ask(index, "markets", "-companies", "code").items
    assert [(each["code"], each["companies"]) for each in first[:5]] == [
        ("ASIA", 2),
        ("CN", 2),
        ("EASTERN_ASIA", 2),
        ("WORLD", 2),
        ("ASEAN", 1),
    ]
    with pytest.raises(InputError) as caught:
        ask(index, "markets", "size")
    assert "companies" in caught.value.issues[0].detail


def test_facets(indexed: Made) -> None:
    index = indexed(cast())
    assert facets(index, "markets") == {"kind": {"country": len(COUNTRIES), "region": len(REGIONS)}}
    assert facets(index, "markets", kinds=("region",), known=False) == {"kind": {"country": 4, "region": 1}}


@pytest.mark.parametrize(
    "text",
    ["KR", "kr", "KOR", "Zuid-Korea", "SOUTH KOREA", "Corée du Sud", "coree  du sud", market("KR").value],
)
def test_any_name_of_a_market_finds_it(indexed: Made, text: str) -> None:
    index = indexed(cast())
    assert index.find_market(text) == "KR"
    assert index.market(text, "en", TODAY)["code"] == "KR"


@pytest.mark.parametrize(
    ("text", "code"), [("Oost-Azië", "EASTERN_ASIA"), ("asia", "ASIA"), ("anase", "ASEAN")]
)
def test_regions_as_well(indexed: Made, text: str, code: str) -> None:
    assert indexed(World()).find_market(text) == code


def test_an_alternative_name_of_a_country_does(indexed: Made) -> None:
    world = World()
    world.put(
        world.minter.graph("reference/countries"),
        market("NL"),
        [(SKOS.altLabel, Literal("Holland", language="en")), (SKOS.hiddenLabel, Literal("Holand"))],
    )
    index = indexed(world)
    assert index.find_market("HOLLAND") == index.find_market("holand") == "NL"
    assert index.market("Holland", "en")["label"] == "Netherlands"


@pytest.mark.parametrize(
    ("text", "near"),
    [("Chna", "China"), ("Sout Korea", "South Korea"), ("Vietnm", "Vietnam"), ("Japn", "Japan")],
)
def test_an_unknown_market_suggests_the_nearest(indexed: Made, text: str, near: str) -> None:
    index = indexed(cast())
    with pytest.raises(UnknownValue) as caught:
        index.find_market(text)
    (issue,) = caught.value.issues
    assert (issue.name, issue.value) == ("market", text)
    assert near in issue.detail.partition("did you mean")[2]
    with pytest.raises(NotFound) as missing:
        index.market(text, "en")
    assert near in missing.value.detail


@pytest.mark.parametrize("text", ["", "   ", "%", "qqqqqqqqqqqq", "x' OR '1'='1", "71016", "outbound"])
def test_what_is_no_market_is_none(indexed: Made, text: str) -> None:
    index = indexed(cast())
    with pytest.raises(UnknownValue):
        index.find_market(text)
    with pytest.raises(NotFound):
        index.market(text, "nl")


def test_suggestions_are_at_most_three_and_each_once(indexed: Made) -> None:
    with pytest.raises(UnknownValue) as caught:
        indexed(World()).find_market("Asie de")
    hint = caught.value.issues[0].detail.partition("did you mean ")[2].rstrip("?")
    names = hint.split(", ")
    assert 1 <= len(names) <= 3
    assert len(set(names)) == len(names)


def test_one_market_shows_what_is_there(indexed: Made) -> None:
    found = indexed(cast()).market("CN", "en", TODAY)
    assert (found["code"], found["companies"], found["missions"]) == ("CN", 2, 2)
    assert codes(found["partOf"]) == ["ASIA", "EASTERN_ASIA", "WORLD"]
    assert found["parts"] == []
    assert [(p["partner"]["id"], p["ended"]) for p in found["partnerships"]] == [
        ("xpt", False),
        ("old", True),
    ]
    assert {p["company"]["id"] for p in found["presenceThere"]} == set()
    assert [m["id"] for m in found["missionsThere"]] == ["m-asia", "m-china"]
    assert [(s["value"], s["period"]) for s in found["statistics"]] == [(22816, "2017")]


def test_a_region_shows_what_lies_in_it(indexed: Made) -> None:
    found = indexed(cast()).market("ASIA", "nl", TODAY)
    assert codes(found["partOf"]) == ["WORLD"]
    assert codes(found["parts"]) == ["CN", "JP", "EASTERN_ASIA", "SG", "TH", "VN", "KR"]
    assert {p["partner"]["id"] for p in found["partnerships"]} == {"xpt", "old", "agent"}
    assert [(p["company"]["id"], p["kind"], p["place"]) for p in found["presenceThere"]] == [
        ("luminex", "branch", "Tokyo"),
        ("luminex-japan", "site", "Tokyo"),
    ]
    assert [s["value"] for s in found["statistics"]] == [99999]


def test_a_country_of_europe_is_not_part_of_asia(indexed: Made) -> None:
    found = indexed(cast()).market("BE", "en", TODAY)
    assert codes(found["partOf"]) == ["EUROPE", "WORLD"]
    assert [p["company"]["id"] for p in found["presenceThere"]] == []
    assert found["missionsThere"] == found["statistics"] == []
