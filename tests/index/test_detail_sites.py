"""One company: its sites, its figures, and what it plans and needs."""

from __future__ import annotations

from datetime import date

import pytest

from graph.model.namespaces import CV, LOCN, ORG, RDF, RDFS, SCHEMA, VERRE
from graph.model.terms import Literal, NamedNode
from tests.graphs import LIMBURG, TODAY, World, when
from tests.index.conftest import Made
from tests.index.list_fixtures import Odd, ask, keys


def test_a_site_with_all_that_is_known_of_it(indexed: Made) -> None:
    world = World()
    org = world.org("acme", "Acme", place="Genk")
    other = world.site(org, "production", "Hasselt", country="BE")
    world.fact(
        other,
        (RDFS.label, Literal("Plant 2")),
        (SCHEMA.startDate, when("2010")),
        (SCHEMA.endDate, when("2015-03")),
    )
    address = NamedNode(f"{other.value}/address")
    world.fact(address, (LOCN.postCode, Literal("3500")))
    main, plant = indexed(world).company("acme", "fr", TODAY)["sites"]
    assert (main["function"], main["place"], main["municipality"]["label"]) == ("main", "Genk", "Genk")
    assert (
        main["label"] is main["postcode"] is main["country"] is main["since"] is main["outsideArea"] is None
    )
    assert keys(plant.pop("sources")) == ["s1"]
    assert plant == {
        "iri": other.value,
        "function": "production",
        "functionLabel": "production",
        "label": "Plant 2",
        "country": {
            "iri": "http://publications.europa.eu/resource/authority/country/BEL",
            "code": "BE",
            "label": "Belgique",
            "kind": "country",
        },
        "municipality": {"iri": "http://vocab.belgif.be/auth/refnis2025/71022", "label": "Hasselt"},
        "place": "Hasselt",
        "postcode": "3500",
        "outsideArea": None,
        "since": "2010",
        "until": "2015-03",
        "ended": True,
    }


@pytest.mark.parametrize(("day", "ended"), [(date(2015, 3, 31), False), (date(2015, 4, 1), True)])
def test_a_site_ends_after_the_last_day_that_its_end_can_mean(indexed: Made, day: date, ended: bool) -> None:
    world = World()
    org = world.org("acme")
    world.fact(world.site(org, "main", "Genk"), (SCHEMA.endDate, when("2015-03")))
    assert [site["ended"] for site in indexed(world).company("acme", "en", day)["sites"]] == [ended]


def test_the_main_site_comes_before_the_seat_and_both_before_others(indexed: Made) -> None:
    world = World()
    org = world.org("acme")
    for function, place in (("warehouse", "Vilvoorde"), ("seat", "Hasselt"), ("main", "Genk")):
        world.site(org, function, place)
    found = indexed(world).company("acme", "en", TODAY)
    assert [site["function"] for site in found["sites"]] == ["main", "seat", "warehouse"]
    assert found["municipality"]["label"] == "Genk"


@pytest.mark.parametrize(
    ("functions", "place"),
    [(("office", "seat"), "Hasselt"), (("seat", "office"), "Genk"), (("office",), "Genk")],
)
def test_without_a_main_site_the_municipality_is_the_seats_else_any(
    indexed: Made, functions: tuple[str, ...], place: str
) -> None:
    world = World()
    org = world.org("acme")
    for function, town in zip(functions, ("Genk", "Hasselt"), strict=False):
        world.site(org, function, town)
    world.site(org, "main", "Nowhere at all")
    assert indexed(world).company("acme", "en", TODAY)["municipality"]["label"] == place


@pytest.mark.parametrize(
    ("function", "place", "outside", "area"),
    [
        ("main", "Genk", False, ("yes", "yes", "yes")),
        ("seat", "Hasselt", False, ("yes", "yes", "yes")),
        ("production", "Genk", False, ("yes", "unknown", "yes")),
        ("main", "Vilvoorde", False, ("no", "no", "no")),
        ("main", None, True, ("no", "no", "no")),
        ("main", "Some hamlet", False, ("unknown", "unknown", "unknown")),
    ],
)
def test_what_is_known_of_it_and_limburg(
    indexed: Made, function: str, place: str | None, outside: bool, area: tuple[str, ...]
) -> None:
    world = World()
    world.site(world.org("acme", country="BE"), function, place, outside=outside)
    found = indexed(world).company("acme", "en", TODAY)
    assert tuple(found["area"][key] for key in ("member", "seat", "site")) == area
    outsides = [site["outsideArea"] for site in found["sites"]]
    assert outsides == [{"iri": LIMBURG.value, "label": "Limburg"} if outside else None]


def test_an_address_without_a_municipality_has_its_name_only(indexed: Made) -> None:
    world = World()
    site = world.site(world.org("acme"), "office", "Tokyo", country="JP")
    (found,) = indexed(world).company("acme", "en", TODAY)["sites"]
    assert (found["iri"], found["place"], found["municipality"]) == (site.value, "Tokyo", None)
    assert found["country"]["code"] == "JP"


# Figures, programmes, needs ----------------------------------------------------------------------


def test_figures_keep_value_unit_period_and_range(indexed: Made) -> None:
    world = World()
    org = world.org("acme")
    world.figure(org, "employees", 250, period="2016")
    world.figure(org, "share", "12.5", unit="percent", period="2017-03")
    ranged = NamedNode(f"{org.value}/figure/range")
    world.fact(org, (VERRE.figure, ranged))
    world.fact(
        ranged,
        (RDF.type, VERRE.Figure),
        (VERRE.min, Literal("10")),
        (VERRE.max, Literal("20.5")),
        (VERRE.unit, NamedNode("http://publications.europa.eu/resource/authority/currency/EUR")),
    )
    unknown, employees, share = indexed(world).company("acme", "nl", TODAY)["figures"]
    assert keys(employees.pop("sources")) == ["s1"]
    assert employees == {
        "measure": "employees",
        "measureLabel": "employees (nl)",
        "value": 250,
        "min": None,
        "max": None,
        "unit": "number",
        "unitLabel": "number (nl)",
        "period": "2016",
        "precision": "exact",
        "precisionLabel": "exact (nl)",
    }
    assert (share["value"], share["unit"], share["period"]) == (12.5, "percent", "2017-03")
    assert (unknown["min"], unknown["max"], unknown["unit"]) == (10, 20.5, "EUR")
    assert unknown["value"] is unknown["measure"] is unknown["period"] is unknown["precision"] is None


@pytest.mark.parametrize("text", ["NaN", "INF", "-INF", "1e999", "about ten", "", "1_000"])
def test_what_is_no_number_is_none(indexed: Made, text: str) -> None:
    world = World()
    world.figure(world.org("acme"), "employees", text)
    (figure,) = indexed(world).company("acme", "en", TODAY)["figures"]
    assert figure["value"] is None


def test_programmes_and_needs(indexed: Made) -> None:
    world = World()
    odd, org = Odd(world), world.org("voka")
    odd.programme(
        org, "Z-plan", "2018", Literal("vooruit", language="nl"), Literal("en avant", language="fr")
    )
    odd.programme(org, "A-plan", "2020")
    odd.need(org, Literal("Exportplan", language="nl"), Literal("Export plan", language="en"))
    found = indexed(world).company("voka", "en", TODAY)
    assert [(p["label"], p["aim"], p["aimLanguage"], p["year"]) for p in found["programmes"]] == [
        ("Z-plan", "vooruit", "nl", "2018"),
        ("A-plan", None, None, "2020"),
    ]
    (need,) = found["needs"]
    assert (need["label"], need["language"], need["attested"]) == ("Export plan", "en", "2018-02")
    assert keys(need["sources"]) == keys(found["programmes"][0]["sources"]) == ["s1"]


def test_a_place_that_two_sources_give_is_in_both(indexed: Made) -> None:
    world = World()
    org = world.org("acme")
    site = world.site(org, "main", "Genk")
    world.says("s2")
    world.fact(site, (RDF.type, ORG.Site), (CV.adminUnit, LIMBURG))
    (found,) = indexed(world).company("acme", "en", TODAY)["sites"]
    assert keys(found["sources"]) == ["s1", "s2"]
    assert ask(indexed(world), "companies", municipalities=("Genk",)).total == 1
