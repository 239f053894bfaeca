"""Labels sort as people read them, in every list that sorts by one."""

from __future__ import annotations

import pytest

from graph.index import CompanyFilter, ExporterFilter, PageRequest
from graph.model.namespaces import CV, REFNIS, VERRE
from graph.model.terms import Literal, NamedNode
from tests.graphs import PLACES, TODAY, World, three
from tests.index.conftest import Made
from tests.index.list_fixtures import ask, ids


def places(monkeypatch: pytest.MonkeyPatch) -> World:
    """A company each in Éghezée, Genk and Zonhoven."""
    world = World()
    for name, nis in (("Éghezée", "92035"), ("Zonhoven", "71066")):
        monkeypatch.setitem(PLACES, name, nis)
        world.concept("reference/areas", REFNIS[nis], nis, three(name, name, name), VERRE.Municipality)
    for number, place in enumerate(("Zonhoven", "Genk", "Éghezée")):
        world.engagement(world.org(f"c{number}", place=place), "CN", "active")
    return world


@pytest.mark.parametrize("what", ["companies", "exporters"])
def test_municipalities(indexed: Made, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    index = indexed(places(monkeypatch))
    assert ids(ask(index, what, "municipality")) == ["c2", "c1", "c0"]
    assert ids(ask(index, what, "-municipality")) == ["c0", "c1", "c2"]


@pytest.mark.parametrize("what", ["companies", "exporters"])
def test_facets_with_equal_counts(indexed: Made, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    index, page = indexed(places(monkeypatch)), PageRequest(facets=True)
    found = (
        index.exporters(ExporterFilter(TODAY), page, "nl")
        if what == "exporters"
        else index.companies(CompanyFilter(TODAY), page, "nl")
    )
    assert [each["label"] for each in found.facets["municipality"]] == ["Éghezée", "Genk", "Zonhoven"]


def test_markets_of_one_company(indexed: Made) -> None:
    world = World()
    company = world.org("company")
    for key, label in (("EC", "Équateur"), ("FJ", "Fidji"), ("ZW", "zimbabwe")):
        iri = world.minter.thing("country", key)
        world.concept(
            "reference/countries", iri, key, three(label, label, label), VERRE.Country, VERRE.Market
        )
        fact = world.engagement(company, "CN", "active")
        graph = world.graphs[world.minter.source_graph("s1")]
        (stated,) = [each for each in graph if each.subject == fact and each.predicate == VERRE.market]
        graph.remove(stated)
        world.fact(fact, (VERRE.market, iri))
    (item,) = ask(indexed(world), "exporters", lang="fr").items
    assert [each["market"]["label"] for each in item["markets"]] == ["Équateur", "Fidji", "zimbabwe"]


def test_a_place_without_a_dutch_label_sorts_by_the_one_that_is_shown(indexed: Made) -> None:
    world = World()
    for nis, label in (("71066", Literal("Aubel", language="fr")), ("71057", Literal("Zed", language="en"))):
        world.concept("reference/areas", REFNIS[nis], nis, [label], VERRE.Municipality)
    for number, nis in enumerate(("71057", "71016", "71066")):
        org = world.org(f"c{number}")
        site = world.site(org, "main", "Somewhere")
        world.fact(NamedNode(f"{site.value}/address"), (CV.adminUnit, REFNIS[nis]))
    items = ask(indexed(world), "companies", "municipality").items
    assert [item["municipality"]["label"] for item in items] == ["Aubel", "Genk", "Zed"]
