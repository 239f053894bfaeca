"""Sources and statistics: the lists, and one source with what it says."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import InputError, NotFound, UnknownValue
from graph.model.namespaces import ACCESS, DCTERMS, QB, RDF, SCHEMA, VERRE
from graph.model.terms import Literal, NamedNode
from tests.graphs import LIMBURG, World, market
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, Odd, ask, facets, ids, note


def cast() -> World:
    world = World()
    luminex = world.org("luminex", "Luminex")
    world.says("s2", issued="2019-09", title="Negen kandidaten", publisher="De Standaard")
    world.engagement(luminex, "CN", "targets")
    world.org("creme", "Crème")
    world.statistic("export", "2017", 22816, "CN")
    world.says("s3", title="Zonder datum", publisher="De Standaard")
    world.statistic("import", "2018", "1.5", "WORLD")
    return world


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["s1", "s2", "s3"]),
        ({"q": "KANDIDATEN"}, ["s2"]),
        ({"q": "standaard"}, ["s2", "s3"]),
        ({"q": "belang van"}, ["s1"]),
        ({"q": "%"}, []),
        ({"publishers": ("De Standaard",)}, ["s2", "s3"]),
        ({"publishers": ("De Standaard", "Het Belang van Limburg")}, ["s1", "s2", "s3"]),
        ({"publishers": ("standaard",)}, []),
        ({"languages": ("nl",)}, ["s1", "s2", "s3"]),
        ({"languages": ("fr",)}, []),
        ({"years": ("2019",)}, ["s2"]),
        ({"years": ("2018", "2019")}, ["s1", "s2"]),
        ({"organizations": ("luminex",)}, ["s1", "s2"]),
        ({"organizations": ("creme",)}, ["s2"]),
        ({"organizations": ("creme",), "years": ("2018",)}, []),
    ],
)
def test_filters(indexed: Made, asked: dict[str, Any], expected: list[str]) -> None:
    found = ask(indexed(cast()), "sources", **asked)
    assert ids(found) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (("-id",), ["s3", "s2", "s1"]),
        (("-date",), ["s2", "s1", "s3"]),
        (("title",), ["s2", "s1", "s3"]),
        (("publisher", "-id"), ["s3", "s2", "s1"]),
    ],
)
def test_orders(indexed: Made, sort: tuple[str, ...], expected: list[str]) -> None:
    index = indexed(cast())
    assert ids(ask(index, "sources", *sort)) == expected
    with pytest.raises(InputError, match="date, title"):
        ask(index, "sources", "language")


def test_an_item_counts_what_it_mentions(indexed: Made) -> None:
    items = ask(indexed(cast()), "sources").items
    assert items[1] == {
        "iri": "https://w3id.org/verre/id/source/s2",
        "id": "s2",
        "title": "Negen kandidaten",
        "publisher": "De Standaard",
        "date": "2019-09",
        "url": "https://example.org/s2",
        "language": "nl",
        "access": "public",
        "mentions": 2,
    }
    assert [item["mentions"] for item in items] == [1, 2, 0]
    assert items[2]["date"] is None


def test_one_source_with_the_organizations_and_statistics_it_gives(indexed: Made) -> None:
    index = indexed(cast())
    found = index.source("s2", "en")
    assert found == index.source("https://w3id.org/verre/id/source/s2", "en")
    assert (found["title"], found["mentions"]) == ("Negen kandidaten", 2)
    assert [each["name"] for each in found["organizations"]] == ["Crème", "Luminex"]
    assert [each["value"] for each in found["statistics"]] == [22816]
    assert index.source("s3", "en")["organizations"] == []


@pytest.mark.parametrize("ref", ["", "s9", "S2", "%", "' OR '1'='1"])
def test_no_such_source(indexed: Made, ref: str) -> None:
    with pytest.raises(NotFound, match="source"):
        indexed(cast()).source(ref, "en")


def test_a_source_of_which_little_is_known(indexed: Made) -> None:
    world = World()
    bare = world.minter.thing("source", "bare")
    world.put(
        world.minter.meta,
        bare,
        [
            (RDF.type, VERRE.Source),
            (SCHEMA.url, Literal("www.example.org")),
            (DCTERMS.issued, Literal("soon")),
        ],
    )
    found = indexed(world).source("bare", "en")
    assert (found["id"], found["title"], found["url"]) == ("bare", "bare", "www.example.org")
    assert found["publisher"] is found["date"] is found["language"] is None
    assert found["access"] == "public"


@pytest.mark.parametrize(
    ("predicate", "value", "access"),
    [
        (DCTERMS.accessRights, ACCESS.RESTRICTED, "restricted"),
        (DCTERMS.accessRights, ACCESS.PUBLIC, "public"),
        (VERRE.graph, World().minter.graph("restricted/source/s9"), "restricted"),
        (VERRE.graph, World().minter.graph("source/s9"), "public"),
    ],
)
def test_a_restricted_source_is_marked_wherever_it_is_cited(
    indexed: Made, predicate: NamedNode, value: NamedNode, access: str
) -> None:
    world = World()
    acme = world.org("acme", "Acme")
    world.says("s9", title="Members")
    world.engagement(acme, "CN", "active")
    world.put(world.minter.meta, world.minter.thing("source", "s9"), [(predicate, value)])
    index = indexed(world)
    cited = index.company("acme", "en")["engagements"][0]["sources"]
    assert [(source["id"], source["access"]) for source in cited] == [("s9", access)]
    assert index.source("s9", "en")["access"] == access
    assert {source["id"]: source["access"] for source in ask(index, "sources").items}["s9"] == access


def test_facets_of_sources(indexed: Made) -> None:
    index = indexed(cast())
    assert facets(index, "sources") == {
        "publisher": {"De Standaard": 2, "Het Belang van Limburg": 1},
        "language": {"nl": 3},
        "year": {"2018": 1, "2019": 1},
    }
    assert facets(index, "sources", years=("2019",)) == {
        "publisher": {"De Standaard": 1},
        "language": {"nl": 1},
        "year": {"2018": 1, "2019": 1},
    }
    with pytest.raises(UnknownValue, match="organization"):
        ask(index, "sources", organizations=("nobody",))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_are(indexed: Made, name: str) -> None:
    world = World()
    world.says("odd", title=name, publisher=name)
    world.statistic("export", "2017", 1)
    world.fact(world.org("a", name), note(name))
    index = indexed(world)
    (item,) = ask(index, "sources", q=name, publishers=(name,)).items
    assert (item["title"], item["publisher"]) == (name, name)
    assert index.source("odd", "en")["organizations"][0]["name"] == name


# Statistics -------------------------------------------------------------------------------------


def numbers() -> World:
    world = cast()
    world.statistic("export", "2016", 20000, "CN")
    world.statistic("export", "2017", 100, "JP")
    said = world.statistic("export", "2021-H1", 7, "CN")
    world.fact(said, note("Half a year"))
    return world


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [20000, 22816, 7, 100, 1.5]),
        ({"indicators": ("export",)}, [20000, 22816, 7, 100]),
        ({"indicators": ("import (nl)",)}, [1.5]),
        ({"periods": ("2017",)}, [22816, 100]),
        ({"periods": ("2021-H1", "2016")}, [20000, 7]),
        ({"markets": ("CN",)}, [20000, 22816, 7]),
        ({"markets": ("ASIA",)}, []),
        ({"markets": ("Monde", "Japon")}, [100, 1.5]),
        ({"areas": ("limburg",)}, [20000, 22816, 7, 100, 1.5]),
        ({"areas": ("70000",), "periods": ("2018",)}, [1.5]),
        ({"areas": ("BE",)}, []),
        ({"indicators": ("import",), "periods": ("2017",)}, []),
    ],
)
def test_filters_of_statistics(indexed: Made, asked: dict[str, Any], expected: list[float]) -> None:
    found = ask(indexed(numbers()), "statistics", **asked)
    assert [item["value"] for item in found.items] == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (("value",), [1.5, 7, 100, 20000, 22816]),
        (("-value",), [22816, 20000, 100, 7, 1.5]),
        (("-period", "-market"), [7, 1.5, 100, 22816, 20000]),
        (("-indicator", "-value"), [1.5, 22816, 20000, 100, 7]),
        (("market", "-period"), [7, 22816, 20000, 100, 1.5]),
        (("area", "value"), [1.5, 7, 100, 20000, 22816]),
    ],
)
def test_orders_of_statistics(indexed: Made, sort: tuple[str, ...], expected: list[float]) -> None:
    index = indexed(numbers())
    assert [item["value"] for item in ask(index, "statistics", *sort).items] == expected
    with pytest.raises(InputError):
        ask(index, "statistics", "unit")


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"areas": ("limborg",)}, "area"),
        ({"indicators": ("exports",)}, "indicator"),
        ({"periods": ("1830",)}, "period"),
        ({"markets": ("Chinaa",)}, "market"),
    ],
)
def test_unknown_values_of_statistics(indexed: Made, asked: dict[str, Any], parameter: str) -> None:
    with pytest.raises(UnknownValue) as caught:
        ask(indexed(numbers()), "statistics", **asked)
    assert caught.value.issues[0].name == parameter


def test_a_statistic_holds_what_the_contract_says(indexed: Made) -> None:
    (item,) = ask(indexed(numbers()), "statistics", periods=("2021-H1",), lang="fr").items
    assert [source["id"] for source in item.pop("sources")] == ["s3"]
    assert item.pop("iri").startswith("https://w3id.org/verre/id/observation/")
    assert item == {
        "area": {"iri": LIMBURG.value, "label": "Limbourg"},
        "indicator": {
            "iri": "https://w3id.org/verre/id/indicator/export",
            "label": "export (fr)",
            "code": "export",
        },
        "period": "2021-H1",
        "market": {"iri": market("CN").value, "code": "CN", "label": "Chine", "kind": "country"},
        "value": 7,
        "unit": "number",
        "unitLabel": "number (fr)",
        "changePercent": 13.43,
        "precision": "just-over",
        "precisionLabel": "just-over (fr)",
        "note": "Half a year",
    }


def test_a_statistic_of_which_little_is_known(indexed: Made) -> None:
    world = World()
    Odd(world).node("observation", "bare", QB.Observation, (VERRE.value, Literal("many")))
    (item,) = ask(indexed(world), "statistics").items
    for key in ("area", "period", "market", "value", "unit", "changePercent", "precision", "note"):
        assert item[key] is None, key


def test_facets_of_statistics(indexed: Made) -> None:
    index = indexed(numbers())
    assert facets(index, "statistics", indicators=("export",), periods=("2017",)) == {
        "area": {"70000": 2},
        "indicator": {"export": 2},
        "period": {"2016": 1, "2017": 2, "2021-H1": 1},
        "market": {"CN": 1, "JP": 1},
    }
