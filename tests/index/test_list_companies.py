"""The list of organizations: filters, names, order, facets, and what an item holds."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import InputError, UnknownValue
from graph.index import Index
from graph.model.namespaces import RDFS, ROV, SKOS, VERRE
from graph.model.terms import Literal
from tests.graphs import World
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, ask, facets, ids


def cast() -> World:
    world = World()
    luminex = world.org("luminex", "Luminex", country="BE", place="Genk", sectors=["electronics"])
    world.org("creme", "Crème de la Crème", country="BE", place="Hasselt", sectors=["food"])
    world.org("europower", "Europower", country="BE", kbo="0429593895", sectors=["energy", "electronics"])
    world.org("xpt", "XPT", kind="foreign-partner", country="CN")
    world.org("voka", "Voka", kind="chamber", country="BE", place="Hasselt")
    far = world.org("far", "Far away", country="BE", place="Vilvoorde")
    world.branch("luminex-japan", luminex, "JP", "Tokyo")
    world.site(far, "production", "Genk")
    world.site(far, "seat", outside=True)
    return world


EVERY = ["creme", "0429593895", "far", "luminex", "luminex-japan", "voka", "xpt"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, EVERY),
        ({"kinds": ("chamber",)}, ["voka"]),
        ({"kinds": ("chamber", "foreign-partner")}, ["voka", "xpt"]),
        ({"kinds": ("foreign-partner (fr)",)}, ["xpt"]),
        ({"countries": ("CN",)}, ["xpt"]),
        ({"countries": ("Japon", "China")}, ["luminex-japan", "xpt"]),
        ({"sectors": ("electronics",)}, ["0429593895", "luminex"]),
        ({"sectors": ("electronics", "food")}, ["creme", "0429593895", "luminex"]),
        ({"municipalities": ("Hasselt",)}, ["creme", "voka"]),
        ({"municipalities": ("71016",)}, ["far", "luminex"]),
        ({"municipalities": ("genk", "HASSELT")}, ["creme", "far", "luminex", "voka"]),
        ({"area": "limburg"}, ["creme", "far", "luminex", "voka"]),
        ({"area": "Limbourg", "area_membership": ("yes", "unknown")}, [*EVERY[:4], "voka"]),
        ({"area_membership": ("unknown",)}, ["0429593895"]),
        ({"area_membership": ("no",)}, ["luminex-japan", "xpt"]),
        ({"q": "LUMI"}, ["luminex", "luminex-japan"]),
        ({"q": "creme de"}, ["creme"]),
        ({"q": "Crème  DE"}, ["creme"]),
        ({"q": " "}, EVERY),
        ({"q": "nowhere"}, []),
        ({"sectors": ("electronics",), "municipalities": ("Genk",)}, ["luminex"]),
        ({"sectors": ("electronics",), "kinds": ("chamber",)}, []),
        ({"area": "limburg", "sectors": ("food",), "q": "creme", "countries": ("BE",)}, ["creme"]),
    ],
)
def test_filters(indexed: Made, asked: dict[str, Any], expected: list[str]) -> None:
    found = ask(indexed(cast()), "companies", **asked)
    assert ids(found) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("asked", "parameter", "hint"),
    [
        ({"kinds": ("chambre",)}, "kind", "chamber"),
        ({"countries": ("Chinaa",)}, "country", "China"),
        ({"sectors": ("electronic",)}, "sector", "electronics"),
        ({"municipalities": ("Hassel",)}, "municipality", "Hasselt"),
        ({"area": "limborg"}, "area", "Limburg"),
        ({"area_membership": ("maybe",)}, "areaMembership", "unknown"),
    ],
)
def test_an_unknown_value_names_its_parameter_and_the_nearest(
    indexed: Made, asked: dict[str, Any], parameter: str, hint: str
) -> None:
    with pytest.raises(UnknownValue) as caught:
        ask(indexed(cast()), "companies", **asked)
    (issue,) = caught.value.issues
    (given,) = asked.values()
    assert issue.name == parameter
    assert issue.value == (given if isinstance(given, str) else given[0])
    assert hint in issue.detail


def test_an_area_of_which_no_membership_is_known_is_refused(indexed: Made) -> None:
    world = cast()
    brabant = world.minter.thing("area", "brabant")
    world.concept("reference/areas", brabant, "20001", [Literal("Brabant")], VERRE.Area)
    with pytest.raises(UnknownValue, match="limburg"):
        ask(indexed(world), "companies", area="Brabant")


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ((), EVERY),
        (("name",), EVERY),
        (("-name",), EVERY[::-1]),
        (("-kind", "name"), ["xpt", "creme", "0429593895", "far", "luminex", "voka", "luminex-japan"]),
        (("-country",), ["luminex-japan", "xpt", "creme", "0429593895", "far", "luminex", "voka"]),
        (("country", "-name"), ["voka", "luminex", "far", "0429593895", "creme", "xpt", "luminex-japan"]),
    ],
)
def test_orders(indexed: Made, sort: tuple[str, ...], expected: list[str]) -> None:
    assert ids(ask(indexed(cast()), "companies", *sort)) == expected


def test_an_unknown_order_says_which_there_are(indexed: Made) -> None:
    with pytest.raises(InputError) as caught:
        ask(indexed(cast()), "companies", "-size")
    (issue,) = caught.value.issues
    assert (issue.name, issue.value) == ("sort", "-size")
    assert all(key in issue.detail for key in ("name", "kind", "municipality", "country"))


def test_names_sort_without_case_and_accents(indexed: Made) -> None:
    world = World()
    for key, name in (("a", "zebra"), ("b", "Écho"), ("c", "echo 2"), ("d", "Alpha"), ("e", "Øre")):
        world.org(key, name)
    names = [item["name"] for item in ask(indexed(world), "companies").items]
    assert names == ["Alpha", "Écho", "echo 2", "Øre", "zebra"]


def test_q_finds_every_kind_of_name(indexed: Made) -> None:
    world = World()
    org = world.org("punch", "Punch Powertrain")
    world.fact(org, (ROV.legalName, Literal("Powertrain Holding NV")), (SKOS.altLabel, Literal("PPT")))
    world.fact(org, (VERRE.abbreviation, Literal("PPT")), (VERRE.tradeName, Literal("Gearbox King")))
    world.says("s2")
    world.fact(world.named(org), (VERRE.formerName, Literal("DAF Produktie")), (RDFS.label, Literal("Ponch")))
    world.org("other", "Other")
    index = indexed(world)
    for text in ("punch", "holding", "ppt", "gearbox", "daf", "ponch"):
        assert ids(ask(index, "companies", q=text)) == ["punch"], text


def test_the_name_most_sources_give_is_the_name(indexed: Made) -> None:
    world = World()
    org = world.org("acme", "Acme")
    for source in ("s2", "s3"):
        world.says(source)
        world.fact(world.named(org), (RDFS.label, Literal("Beta")))
    assert [item["name"] for item in ask(indexed(world), "companies").items] == ["Beta"]


def test_an_organization_without_a_name_is_called_by_its_key(indexed: Made) -> None:
    world = World()
    world.named(world.minter.organization("nameless"))
    (item,) = ask(indexed(world), "companies").items
    assert (item["id"], item["name"]) == ("nameless", "nameless")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_are(indexed: Made, name: str) -> None:
    world = World()
    world.org("plain", "Plain")
    world.org("odd", name)
    index = indexed(world)
    items = {item["id"]: item["name"] for item in ask(index, "companies").items}
    assert items == {"odd": name, "plain": "Plain"}
    assert ids(ask(index, "companies", q=name)) == ["odd"]
    assert ids(ask(index, "companies", q="nowhere")) == []


@pytest.mark.parametrize("joker", ["%", "_", "\\", "50%", "a_b"])
def test_jokers_of_like_mean_themselves(indexed: Made, joker: str) -> None:
    world = World()
    world.org("plain", "50 percent axb")
    index = indexed(world)
    assert ids(ask(index, "companies", q=joker)) == []
    world.org("with", f"has {joker} in it")
    assert ids(ask(indexed(world), "companies", q=joker)) == ["with"]


def test_an_item_holds_what_the_contract_says(indexed: Made) -> None:
    world = cast()
    luminex = world.minter.organization("luminex")
    world.fact(luminex, (VERRE.activity, Literal("maakt netwerken", language="nl")))
    world.engagement(luminex, "JP", "leading")
    world.engagement(luminex, "CN", "targets")
    world.engagement(luminex, "KR", "targets")
    world.engagement(luminex, "KR", "active", until="2010")
    world.engagement(luminex, "PL", "active", until="2010")
    world.engagement(luminex, "NL", "withdrawn")
    item = ask(indexed(world), "companies", q="luminex", lang="fr").items[0]
    assert item == {
        "iri": "https://w3id.org/verre/id/organization/x/luminex",
        "id": "luminex",
        "name": "Luminex",
        "kind": "company",
        "kindLabel": "company (fr)",
        "area": {"id": "limburg", "member": "yes", "seat": "yes", "site": "yes"},
        "country": {
            "iri": "http://publications.europa.eu/resource/authority/country/BEL",
            "code": "BE",
            "label": "Belgique",
            "kind": "country",
        },
        "municipality": {"iri": "http://vocab.belgif.be/auth/refnis2025/71016", "label": "Genk"},
        "activity": "maakt netwerken",
        "sectors": [
            {"iri": "https://w3id.org/verre/id/sector/electronics", "label": "electronics (fr)"},
        ],
        "markets": {"leading": 1, "targets": 2, "withdrawn": 1},
    }


def test_what_is_not_stated_is_not_there(indexed: Made) -> None:
    world = World()
    world.named(world.minter.organization("bare"))
    (item,) = ask(indexed(world), "companies").items
    assert item["kind"] is item["kindLabel"] is item["country"] is item["municipality"] is None
    assert item["activity"] is None
    assert (item["sectors"], item["markets"]) == ([], {})
    assert item["area"] == {"id": "limburg", "member": "unknown", "seat": "unknown", "site": "unknown"}


def test_a_country_alone_decides_nothing_at_home_and_all_abroad(indexed: Made) -> None:
    world = World()
    world.org("home", country="BE")
    world.org("abroad", country="NL")
    items = {item["id"]: item["area"]["member"] for item in ask(indexed(world), "companies").items}
    assert items == {"home": "unknown", "abroad": "no"}


def test_facets_count_with_all_other_filters(indexed: Made) -> None:
    index = indexed(cast())
    found = facets(index, "companies", sectors=("electronics",), kinds=("company",))
    assert found["sector"] == {"electronics": 2, "energy": 1, "food": 1}
    assert found["kind"] == {"company": 2}
    assert found["country"] == {"BE": 2}
    assert found["municipality"] == {"71016": 1}
    assert found["areaMembership"] == {"yes": 1, "unknown": 1}


def test_facets_of_everything(indexed: Made) -> None:
    found = facets(indexed(cast()), "companies")
    assert found == {
        "kind": {"company": 4, "branch": 1, "chamber": 1, "foreign-partner": 1},
        "country": {"BE": 5, "CN": 1, "JP": 1},
        "sector": {"electronics": 2, "energy": 1, "food": 1},
        "municipality": {"71016": 2, "71022": 2, "23088": 1},
        "areaMembership": {"yes": 4, "no": 2, "unknown": 1},
    }


def test_a_facet_under_its_own_filter_still_counts_the_others(indexed: Made) -> None:
    index = indexed(cast())
    assert facets(index, "companies", area="limburg")["areaMembership"] == {"yes": 4, "no": 2, "unknown": 1}
    assert facets(index, "companies", municipalities=("Genk",))["municipality"] == {
        "71016": 2,
        "71022": 2,
        "23088": 1,
    }
    assert facets(index, "companies", q="luminex")["kind"] == {"company": 1, "branch": 1}


def test_every_value_of_a_facet_finds_as_many_as_it_counts(indexed: Made) -> None:
    index = indexed(cast())
    fields = {
        "kind": "kinds",
        "country": "countries",
        "sector": "sectors",
        "municipality": "municipalities",
        "areaMembership": "area_membership",
    }
    for name, counts in facets(index, "companies").items():
        for value, count in counts.items():
            asked: dict[str, Any] = {fields[name]: (value,)}
            assert ask(index, "companies", **asked).total == count, (name, value)


def labels(index: Index, lang: str) -> list[str]:
    return [item["kindLabel"] for item in ask(index, "companies", q="voka", lang=lang).items]


@pytest.mark.parametrize(
    ("lang", "label"), [("nl", "chamber (nl)"), ("en", "chamber"), ("fr", "chamber (fr)")]
)
def test_labels_follow_the_language(indexed: Made, lang: str, label: str) -> None:
    assert labels(indexed(cast()), lang) == [label]
