"""`q` of every list: what has all words in a name, else what is called nearly so."""

from __future__ import annotations

import pytest

from graph.index import Index
from tests.graphs import World
from tests.index.conftest import Made
from tests.index.list_fixtures import ask, facets, ids


def cast() -> World:
    world = World()
    luminex = world.org("luminex", "Luminex Network Intelligence", place="Genk")
    esser = world.org("essers", "H.Essers", country="NL")
    world.org("japan", "ルミナ株式会社", country="JP")
    world.person("Bart Swinnen", luminex, "CEO")
    world.mission("china", ["CN"], luminex, start="2019")
    world.says("s9", title="Exporteren naar verre landen", publisher="Voka Krant")
    world.engagement(luminex, "CN", "active")
    world.engagement(esser, "KR", "targets")
    world.partnership(luminex, esser)
    world.grant(luminex, "Exportprijs", "2019")
    return world


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("companies", "intelligence LUMINEX", ["luminex"]),
        ("companies", "Lumniex Netwrok Inteligence", ["luminex"]),
        ("companies", "Essers NV", ["essers"]),
        ("companies", "Lumina KK", ["japan"]),
        ("exporters", "luminex neetwork", ["luminex"]),
        ("exporters", "ルミネックス・ネットワーク・インテリジェンス", ["luminex"]),
        ("people", "Swinen Bart", ["Bart Swinnen"]),
        ("people", "Барт Свиннен", ["Bart Swinnen"]),
        ("missions", "chnia zending", ["china"]),
        ("markets", "chnia", ["CN"]),
        ("markets", "Кита", []),
        ("sources", "exportren naar vere landen", ["s9"]),
        ("sources", "voka krnt", ["s9"]),
    ],
)
def test_a_list_finds_what_is_called_nearly_so(
    indexed: Made, name: str, text: str, expected: list[str]
) -> None:
    items = ask(indexed(cast()), name, q=text).items
    assert [
        each.get("code") or each.get("name") if name == "people" else each.get("code") or each["id"]
        for each in items
    ] == expected


def test_partners_and_awards_are_found_by_either_name(indexed: Made) -> None:
    index = indexed(cast())
    for text in ("essers", "Esserrs", "Lumniex Network Intelligence"):
        assert ask(index, "partners", q=text).total == 1, text
    for text in ("exportprijs", "exportprjis", "Luminex Netwrok Intelligence"):
        assert ask(index, "awards", q=text).total == 1, text
    assert ask(index, "partners", q="nowhere").total == 0


def test_what_has_the_words_leaves_out_what_is_only_near(indexed: Made) -> None:
    world = World()
    world.org("a", "Essers")
    world.org("b", "Essert")
    assert ids(ask(indexed(world), "companies", q="essers")) == ["a"]
    assert ids(ask(indexed(world), "companies", q="esserx")) == ["a", "b"]


def test_total_pages_and_facets_are_those_of_what_was_found(indexed: Made) -> None:
    world = World()
    for number in range(7):
        world.org(f"d{number}", f"Deltaworks Limburg {number}", country="NL" if number < 3 else "KR")
    world.org("other", "Omega", country="NL")
    index: Index = indexed(world)
    for text in ("delta", "deltaworsk limburg"):
        found = [ids(ask(index, "companies", page=(page, 3), q=text)) for page in (1, 2, 3)]
        assert found == [["d0", "d1", "d2"], ["d3", "d4", "d5"], ["d6"]], text
        assert ask(index, "companies", q=text).total == 7
        assert facets(index, "companies", q=text)["country"] == {"KR": 4, "NL": 3}


@pytest.mark.parametrize("text", ["x" * 200, "%" * 50, "a\0b", "' OR 1=1 --", "\u202e\u200f"])
def test_odd_texts_find_nothing_and_harm_nothing(indexed: Made, text: str) -> None:
    index = indexed(cast())
    everything = {"\u202e\u200f"}  # marks that nobody sees ask for nothing
    total = ask(index, "companies").total if text in everything else 0
    assert ask(index, "companies", q=text).total == total
