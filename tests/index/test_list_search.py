"""References to organizations in every spelling, the search box, and the counts of the whole."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from graph.errors import NotFound
from graph.index import Index
from graph.model.namespaces import ADMS, RDF, SKOS, VERRE
from graph.model.terms import Literal, NamedNode
from tests.graphs import TODAY, World
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, Odd, ask, facets

KBO = "0429593895"
LEI = "549300DTUYXVMJXZNY75"  # check digits: ISO 17442, modulo 97 is 1
BASE = "https://w3id.org/verre/id/organization/"


def cast() -> World:
    world = World()
    world.org("europower", "Europower", kbo=KBO)
    world.org("luminex", "Luminex", place="Genk")
    stone = world.minter.organization("stone", "", LEI)
    world.fact(world.named(stone), (VERRE.key, Literal("stone")), (SKOS.prefLabel, Literal("Stone")))
    return world


@pytest.mark.parametrize(
    ("ref", "path", "canonical"),
    [
        ("luminex", "x/luminex", True),
        ("x/luminex", "x/luminex", True),
        (f"{BASE}x/luminex", "x/luminex", True),
        ("Luminex", "x/luminex", False),
        ("X/LUMINEX", "x/luminex", False),
        (" luminex ", "x/luminex", False),
        ("luminex/", "x/luminex", False),
        (f"be/{KBO}", f"be/{KBO}", True),
        (KBO, f"be/{KBO}", True),
        ("0429.593.895", f"be/{KBO}", False),
        ("BE 0429.593.895", f"be/{KBO}", False),
        ("BE0429593895", f"be/{KBO}", False),
        ("429593895", f"be/{KBO}", False),
        ("be/0429.593.895", f"be/{KBO}", False),
        ("europower", f"be/{KBO}", False),
        ("x/europower", f"be/{KBO}", False),
        (f"lei/{LEI}", f"lei/{LEI}", True),
        (LEI, f"lei/{LEI}", True),
        (LEI.lower(), f"lei/{LEI}", False),
        (f"lei/{LEI.lower()}", f"lei/{LEI}", False),
        ("stone", f"lei/{LEI}", False),
    ],
)
def test_every_spelling_resolves(indexed: Made, ref: str, path: str, canonical: bool) -> None:
    found = indexed(cast()).resolve(ref)
    assert (found.iri, found.id, found.canonical) == (BASE + path, path.rpartition("/")[2], canonical)


@pytest.mark.parametrize(
    "ref",
    ["", "/", "nobody", "x/nobody", "0403.170.701", "0429.593.894", "%", "' OR 1=1 --", "be/", *HOSTILE],
)
def test_no_such_organization(indexed: Made, ref: str) -> None:
    index = indexed(cast())
    with pytest.raises(NotFound):
        index.resolve(ref)
    with pytest.raises(NotFound):
        index.company(ref, "en", TODAY)
    with pytest.raises(NotFound):
        index.neighbourhood(ref, 1, 10, "en")


def test_an_address_is_its_owners_whatever_key_another_has(indexed: Made) -> None:
    world = World()
    world.org("foo", "By number", kbo=KBO)
    world.fact(world.minter.organization("bar"), (VERRE.key, Literal(f"be/{KBO}")))
    world.org("bar", "By key")
    by_slug = world.minter.organization("foo")
    world.fact(world.named(by_slug), (SKOS.prefLabel, Literal("By slug")))
    index = indexed(world)
    assert index.resolve("x/foo") == index.resolve("foo")
    assert (index.resolve("x/foo").iri, index.resolve("x/foo").canonical) == (by_slug.value, True)
    assert index.resolve(f"be/{KBO}").iri == f"{BASE}be/{KBO}"


def test_a_number_found_afterwards_leads_to_the_old_address(indexed: Made) -> None:
    world = World()
    org = world.org("late", "Late")
    number = NamedNode(f"{org.value}/identifier/be-bce_kbo/{KBO}")
    world.fact(org, (ADMS.identifier, number))
    scheme = world.minter.thing("scheme", "be-bce_kbo")
    world.fact(number, (RDF.type, ADMS.Identifier), (SKOS.notation, Literal(KBO)), (VERRE.scheme, scheme))
    index = indexed(world)
    for ref in (KBO, f"be/{KBO}", "BE 0429.593.895"):
        found = index.resolve(ref)
        assert (found.id, found.canonical) == ("late", False), ref


def test_a_key_in_another_script_resolves_as_it_is_written(indexed: Made) -> None:
    world = World()
    org = world.org("株式会社", "Kabushiki")
    found = indexed(world).resolve("株式会社")
    assert (found.iri, found.canonical) == (org.value, False)


def everything() -> World:
    world = World()
    aria = world.org("aria", "Aria China Trade", country="NL")
    limburger = world.org("zet", "Zet China", place="Genk")
    voka = world.org("voka", "Voka", kind="chamber")
    world.person("China Li", aria, "CEO")
    world.mission("m-old", ["CN"], voka, start="2010")
    world.mission("chinatown", ["CN"], voka, start="2019")
    world.says("s7", issued="2015", title="Bericht uit China")
    world.says("s8", issued="2019", title="Nieuws", publisher="China Daily")
    world.says("s1", issued="2018-02-19")
    world.engagement(limburger, "CN", "active")
    world.engagement(aria, "JP", "targets")
    world.engagement(aria, "ASIA", "active")
    world.engagement(aria, "KR", "active", until="2001")
    world.engagement(voka, "PL", "withdrawn")
    world.grant(aria, "Prize", "2019")
    world.ownership(aria, limburger)
    world.partnership(aria, limburger)
    world.branch("aria-japan", aria, "JP", "Tokyo")
    world.statistic("export", "2017", 1)
    Odd(world).need(voka, Literal("Partners", language="en"))
    Odd(world).programme(voka, "SALVO", "2018")
    return world


def test_search_finds_every_kind_of_thing_the_best_first(indexed: Made) -> None:
    found = indexed(everything()).search("CHINA", "en")
    assert (found[0]["kind"], found[0]["id"], found[0]["score"]) == ("market", "CN", 1.0)
    assert {(hit["kind"], hit["label"]) for hit in found} >= {
        ("company", "Zet China"),
        ("company", "Aria China Trade"),
        ("person", "China Li"),
        ("mission", "Mission chinatown"),
        ("source", "Nieuws"),
        ("source", "Bericht uit China"),
    }
    scores = [hit["score"] for hit in found]
    assert all(before >= after - 0.015 for before, after in itertools.pairwise(scores))


def test_of_names_as_good_those_of_limburg_come_first(indexed: Made) -> None:
    world = World()
    world.org("a", "Delta", country="NL")
    world.org("b", "Delta", place="Genk")
    world.org("c", "Delta", country="FR")
    assert [hit["id"] for hit in indexed(world).search("delta", "en")] == ["b", "a", "c"]


def test_a_hit_says_what_and_where_it_is(indexed: Made) -> None:
    index = indexed(everything())
    assert index.search("voka", "fr")[0] == {
        "kind": "company",
        "iri": f"{BASE}x/voka",
        "id": "voka",
        "label": "Voka",
        "name": "Voka",
        "detail": "chamber (fr)",
        "score": 1.0,
        "matched": "Voka",
        "exact": True,
        "sources": index.search("voka", "fr")[0]["sources"],
    }
    assert [source["id"] for source in index.search("voka", "fr")[0]["sources"]] == ["s1"]
    hit, *_ = index.search("coree du sud", "nl")
    assert (hit["kind"], hit["id"], hit["label"], hit["detail"]) == ("market", "KR", "Zuid-Korea", None)
    hit, *_ = index.search("mission m-old (fr)", "fr")
    assert (hit["id"], hit["label"]) == ("m-old", "Mission m-old (fr)")


@pytest.mark.parametrize("limit", [1, 3, 5])
def test_search_stops_at_its_limit(indexed: Made, limit: int) -> None:
    index = indexed(everything())
    assert index.search("china", "en", limit) == index.search("china", "en", 100)[:limit]
    assert len(index.search("china", "en", limit)) == limit


@pytest.mark.parametrize("q", ["", "  ", "%", "__", "http", "authority", "nowhere", "\u0301"])
def test_search_for_nothing_finds_nothing(indexed: Made, q: str) -> None:
    assert indexed(everything()).search(q, "en") == []


@pytest.mark.parametrize("name", HOSTILE)
def test_search_finds_hostile_names_as_they_are(indexed: Made, name: str) -> None:
    world = World()
    company = world.org("odd", name)
    world.person(f"{name} Jr", company, "CEO")
    found = indexed(world).search(name, "en")
    assert found[0]["label"] == name


COUNTS = {
    "organizations": 4,
    "companies": 2,
    "companiesOfArea": 1,
    "members": 1,
    "exporters": 2,
    "engagements": 5,
    "countries": 4,
    "regions": 1,
    "partnerships": 1,
    "ownerships": 1,
    "branches": 1,
    "people": 1,
    "awards": 1,
    "missions": 2,
    "statistics": 1,
    "programmes": 1,
    "needs": 1,
    "sources": 3,
}


def test_counts_of_the_whole(indexed: Made) -> None:
    assert indexed(everything()).counts(TODAY) == COUNTS


def test_counts_are_those_of_the_lists(indexed: Made) -> None:
    index = indexed(everything())
    counts = index.counts(TODAY)
    listed = {
        "exporters": "exporters",
        "organizations": "companies",
        "partnerships": "partners",
        "people": "people",
        "awards": "awards",
        "missions": "missions",
        "statistics": "statistics",
        "sources": "sources",
    }
    for count, name in listed.items():
        assert counts[count] == ask(index, name).total, count
    kinds = facets(index, "companies")["kind"]
    assert counts["companies"] == kinds["company"]
    assert counts["members"] == facets(index, "companies")["areaMembership"]["yes"]


def test_exporters_are_counted_by_the_day(indexed: Made) -> None:
    world = World()
    world.engagement(world.org("gone"), "CN", "active", until="2001")
    index = indexed(world)
    assert index.counts(date(2001, 12, 31))["exporters"] == 1
    assert index.counts(date(2002, 1, 1))["exporters"] == 0
    assert index.counts(date(2001, 6, 1))["exporters"] == 1


def test_an_empty_graph_counts_nothing(indexed: Made) -> None:
    counts = indexed(World()).counts(TODAY)
    assert {name for name, count in counts.items() if count} == {"sources"}


def test_without_a_day_the_day_is_today(indexed: Made) -> None:
    world = World()
    world.engagement(world.org("gone"), "CN", "active", until="2001")
    world.engagement(world.org("here"), "CN", "active", until="9999")
    index: Index = indexed(world)
    assert index.counts()["exporters"] == 1
    assert [e["ended"] for e in index.company("gone", "en")["engagements"]] == [True]
    assert [e["ended"] for e in index.company("here", "en")["engagements"]] == [False]
