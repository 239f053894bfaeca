"""Trade missions: the list, and one of them."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import InputError, NotFound, UnknownValue
from graph.model.namespaces import PROV, RDF, RDFS, SCHEMA, VERRE, code
from graph.model.terms import Literal
from tests.graphs import World, market, when
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, ask, facets, ids, keys, note


def cast() -> World:
    world = World()
    voka, fit = world.org("voka", "Voka", kind="chamber"), world.org("fit", "FIT")
    luminex = world.org("luminex", "Luminex")
    china = world.mission("china", ["CN", "KR"], voka, start="2018-05")
    world.fact(china, (SCHEMA.endDate, when("2018-06")), (SCHEMA.organizer, fit), note("Led by the Prince"))
    world.figure(china, "employees", 120, period="2018")
    world.says("s2")
    attended = world.participation(china, luminex)
    world.fact(attended, (VERRE.participationState, code("participation-state", "attended")), note("Came"))
    world.participation(china, fit)
    world.mission("asia", ["ASIA"], fit, start="2020")
    undated = world.mission("visit", ["JP"], voka)
    graph = world.graphs[world.minter.source_graph("s2")]
    graph -= {each for each in graph if each.subject == undated and each.predicate == SCHEMA.startDate}
    graph -= {each for each in graph if each.subject == undated and each.predicate == VERRE.missionType}
    world.fact(undated, (VERRE.missionType, code("mission-type", "inbound")))
    return world


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["asia", "china", "visit"]),
        ({"types": ("outbound",)}, ["asia", "china"]),
        ({"types": ("inbound (nl)",)}, ["visit"]),
        ({"types": ("inbound", "outbound")}, ["asia", "china", "visit"]),
        ({"years": ("2018",)}, ["china"]),
        ({"years": ("2018", "2020")}, ["asia", "china"]),
        ({"markets": ("KR",)}, ["china"]),
        ({"markets": ("ASIA",)}, ["asia", "china", "visit"]),
        ({"markets": ("EASTERN_ASIA",)}, ["china", "visit"]),
        ({"markets": ("TH",)}, []),
        ({"markets": ("Japon", "Chine")}, ["china", "visit"]),
        ({"organizations": ("luminex",)}, ["china"]),
        ({"organizations": ("fit",)}, ["asia", "china"]),
        ({"organizations": ("voka",), "types": ("inbound",)}, ["visit"]),
        ({"q": "ZENDING"}, ["asia", "china", "visit"]),
        ({"q": "visit (fr"}, ["visit"]),
        ({"q": "chinamission zending"}, ["china"]),
        ({"q": "nowhere"}, []),
        ({"q": "_"}, []),
    ],
)
def test_filters(indexed: Made, asked: dict[str, Any], expected: list[str]) -> None:
    found = ask(indexed(cast()), "missions", **asked)
    assert ids(found) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (("label",), ["asia", "china", "visit"]),
        (("-label",), ["visit", "china", "asia"]),
        (("-start",), ["asia", "china", "visit"]),
        (("type", "-label"), ["visit", "china", "asia"]),
    ],
)
def test_orders(indexed: Made, sort: tuple[str, ...], expected: list[str]) -> None:
    assert ids(ask(indexed(cast()), "missions", *sort)) == expected


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"types": ("fair trade",)}, "missionType"),
        ({"markets": ("Chnia",)}, "market"),
        ({"organizations": ("nobody",)}, "organization"),
    ],
)
def test_unknown_values(indexed: Made, asked: dict[str, Any], parameter: str) -> None:
    index = indexed(cast())
    with pytest.raises(UnknownValue) as caught:
        ask(index, "missions", **asked)
    assert caught.value.issues[0].name == parameter
    with pytest.raises(InputError, match="start, label, type"):
        ask(index, "missions", "end")


def test_one_mission_holds_what_the_contract_says(indexed: Made) -> None:
    index = indexed(cast())
    found = index.mission("china", "fr")
    assert found == index.mission(found["iri"], "fr")
    assert found == next(item for item in ask(index, "missions", lang="fr").items if item["id"] == "china")
    assert [(m["code"], m["label"]) for m in found.pop("destinations")] == [
        ("CN", "Chine"),
        ("KR", "Corée du Sud"),
    ]
    assert [host["id"] for host in found.pop("organizers")] == ["fit", "voka"]
    guests = found.pop("participants")
    assert [(g["organization"]["id"], g["state"], g["stateLabel"], g["note"]) for g in guests] == [
        ("fit", None, None, None),
        ("luminex", "attended", "attended", "Came"),
    ]
    assert [keys(guest["sources"]) for guest in guests] == [["s2"], ["s2"]]
    (figure,) = found.pop("figures")
    assert (figure["measure"], figure["value"], figure["period"]) == ("employees", 120, "2018")
    assert keys(found.pop("sources")) == ["s1"]
    assert found == {
        "iri": "https://w3id.org/verre/id/mission/china",
        "id": "china",
        "label": "Mission china (fr)",
        "missionType": "outbound",
        "missionTypeLabel": "outbound (fr)",
        "start": "2018-05",
        "end": "2018-06",
        "note": "Led by the Prince",
    }


def test_what_is_not_stated_is_not_there(indexed: Made) -> None:
    world = World()
    bare = world.minter.thing("mission", "bare")
    world.fact(bare, (RDF.type, VERRE.TradeMission))
    found = indexed(world).mission("bare", "en")
    for key in ("label", "missionType", "missionTypeLabel", "start", "end", "note"):
        assert found[key] is None, key
    for key in ("destinations", "organizers", "participants", "figures", "sources"):
        assert found[key] == [], key


@pytest.mark.parametrize(("lang", "label"), [("nl", "Zending china"), ("en", "Mission china")])
def test_labels_follow_the_language(indexed: Made, lang: str, label: str) -> None:
    assert indexed(cast()).mission("china", lang)["label"] == label


def test_a_label_in_one_language_serves_all(indexed: Made) -> None:
    world = World()
    one = world.minter.thing("mission", "one")
    world.fact(one, (RDF.type, VERRE.TradeMission), (RDFS.label, Literal("Mission unique", language="fr")))
    index = indexed(world)
    assert [index.mission("one", lang)["label"] for lang in ("nl", "en", "fr")] == ["Mission unique"] * 3


@pytest.mark.parametrize("ref", ["", "nothing", "CHINA", "%", "' OR '1'='1"])
def test_no_such_mission(indexed: Made, ref: str) -> None:
    with pytest.raises(NotFound, match="mission"):
        indexed(cast()).mission(ref, "en")


def test_two_sources_of_one_mission_make_one_with_two_sources(indexed: Made) -> None:
    world = World()
    mission = world.mission("japan", ["JP"], world.org("voka"), start="2022")
    source = world.says("s2")
    world.fact(mission, (RDF.type, VERRE.TradeMission), (PROV.hadPrimarySource, source))
    world.fact(mission, (VERRE.destination, [market("JP"), market("KR")]))
    found = indexed(world).mission("japan", "en")
    assert sorted(m["code"] for m in found["destinations"]) == ["JP", "KR"]
    assert keys(found["sources"]) == ["s1", "s2"]


def test_destinations_by_label_and_facets(indexed: Made) -> None:
    index = indexed(cast())
    assert facets(index, "missions") == {
        "market": {"CN": 1, "KR": 1, "ASIA": 1, "JP": 1},
        "missionType": {"outbound": 2, "inbound": 1},
        "year": {"2018": 1, "2020": 1},
    }
    assert facets(index, "missions", types=("inbound",), markets=("ASIA",)) == {
        "market": {"JP": 1},
        "missionType": {"outbound": 2, "inbound": 1},
        "year": {},
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_are(indexed: Made, name: str) -> None:
    world = World()
    odd = world.minter.thing("mission", "odd")
    world.fact(odd, (RDF.type, VERRE.TradeMission), (RDFS.label, Literal(name, language="nl")), note(name))
    (item,) = ask(indexed(world), "missions", q=name).items
    assert (item["label"], item["note"]) == (name, name)
