"""Suppliers: the exporters that fit a foreign buyer, known here or only described."""

from __future__ import annotations

import pytest

from graph.errors import InputError, UnknownValue
from graph.model.namespaces import VERRE, code
from graph.model.terms import NamedNode
from tests.graphs import World
from tests.matching.conftest import Ask, names, of, texts, values


@pytest.fixture
def world() -> World:
    """Two exporters of fruit and one of steel."""
    made = World()
    for key, sector, product in (("pearl", "fruit", "Conference pears"), ("orchard", "fruit", "apples"), ("mill", "steel", "gears")):  # fmt: skip
        made.engagement(
            made.org(key, country="BE", place="Genk", sectors=[sector]), "CN", "active", product=product
        )
    return made


def org(world: World, key: str) -> NamedNode:
    return world.minter.organization(key, "")


def test_a_product_is_found_by_a_word_of_its_name(world: World, ask: Ask) -> None:
    found = ask(world, "suppliers", None, products=("pears",))
    assert names(found) == ["pearl"]
    assert texts(found.items[0], "reasons")["product"] == "Pearl sells Conference pears"
    assert found.items[0]["reasons"][0]["sources"][0]["id"] == "s1"


def test_a_missing_product_is_told(world: World, ask: Ask) -> None:
    found = ask(world, "suppliers", None, products=("Conference pears",), sectors=("fruit",))
    assert names(found) == ["pearl", "orchard"]
    assert texts(of(found, "orchard"), "missing")["product"] == "Missing product at Orchard: Conference pears"
    partly = ask(world, "suppliers", None, products=("Conference pears", "cherries"))
    assert texts(partly.items[0], "reasons")["product"] == "Pearl sells Conference pears; missing: cherries"
    assert values(partly.items[0])["product"] == 0.5


def test_what_was_not_asked_weighs_nothing(world: World, ask: Ask) -> None:
    (item,) = ask(world, "suppliers", None, products=("Conference pears",)).items
    assert item["score"] == 1
    assert texts(item, "missing") == {}


def test_keywords_are_words_of_what_it_does(world: World, ask: Ask) -> None:
    found = ask(world, "suppliers", None, keywords=("Péars", "fruit"))
    assert [values(item)["keywords"] for item in found.items] == [1, 0.5]
    assert texts(found.items[0], "reasons")["keywords"] == "Pearl mentions: pears, fruit"


def test_who_sells_in_the_country_comes_first_and_wanting_to_is_not_selling(world: World, ask: Ask) -> None:
    world.engagement(org(world, "orchard"), "KR", "active")
    world.engagement(org(world, "pearl"), "KR", "targets")
    found = ask(world, "suppliers", None, sectors=("fruit",), countries=("KR",))
    assert names(found) == ["orchard", "pearl"]
    assert texts(of(found, "pearl"), "reasons")["standing"].startswith("Pearl wants to export there")
    assert values(of(found, "pearl"))["standing"] == 0.2


def test_an_exclusive_partner_in_the_country_speaks_against_it(world: World, ask: Ask) -> None:
    trader = world.org("trader", "Trader", country="KR")
    tie = world.partnership(org(world, "pearl"), trader, territory="KR", until="2027")
    world.fact(tie, (VERRE.exclusivity, code("exclusivity", "exclusive")))
    (item,) = ask(world, "suppliers", None, products=("pears",), countries=("KR",)).items
    assert texts(item, "counterReasons") == {
        "exclusive": "Pearl has an exclusive partner there: Trader until 2027"
    }
    assert texts(item, "reasons")["reach"] == "Trader is a partner there: South Korea"


def test_who_left_the_country_says_so(world: World, ask: Ask) -> None:
    world.engagement(org(world, "pearl"), "KR", "withdrawn", since="2016")
    (item,) = ask(world, "suppliers", None, products=("pears",), countries=("KR",)).items
    assert texts(item, "counterReasons") == {"left": "Pearl left this market: South Korea in 2016"}
    assert "standing" in texts(item, "missing")


def test_a_buyer_that_is_here_brings_its_country_and_sectors(world: World, ask: Ask) -> None:
    world.org("buyer", country="CN", sectors=["fruit"])
    found = ask(world, "suppliers", "buyer")
    assert names(found) == ["orchard", "pearl"]
    assert texts(found.items[0], "reasons")["standing"].startswith("Orchard sells there: China")


def test_a_branch_there_is_reach(world: World, ask: Ask) -> None:
    world.branch("seoul", org(world, "pearl"), "KR", "Seoul")
    (item,) = ask(world, "suppliers", None, products=("pears",), countries=("KR",)).items
    assert values(item)["reach"] == 1


def test_who_neither_exports_nor_is_of_limburg_is_no_supplier(world: World, ask: Ask) -> None:
    world.org("importer", country="NL", sectors=["fruit"])
    world.org("fair", kind="chamber", place="Genk", sectors=["fruit"])
    assert names(ask(world, "suppliers", None, sectors=("fruit",))) == ["orchard", "pearl"]


def test_a_sector_or_country_that_is_not_known_is_refused(world: World, ask: Ask) -> None:
    for given in ({"sectors": ("frooit",)}, {"countries": ("Nowhere",), "products": ("pears",)}):
        with pytest.raises(UnknownValue):
            ask(world, "suppliers", None, **given)
    with pytest.raises(InputError, match="say what is looked for"):
        ask(world, "suppliers", None)


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE organization; --", "%", "\u202egears", "x" * 300, "*", "NEAR(a b)"]
)
def test_hostile_words_find_nothing_and_break_nothing(world: World, ask: Ask, text: str) -> None:
    found = ask(world, "suppliers", None, products=(text,), keywords=(text,))
    assert all(item["reasons"] for item in found.items)
    assert names(ask(world, "suppliers", None, products=("pears",))) == ["pearl"]
