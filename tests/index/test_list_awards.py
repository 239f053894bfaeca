"""Awards given, and nominations for them."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import InputError, UnknownValue
from graph.model.namespaces import RDF, RDFS, VERRE
from graph.model.terms import Literal
from tests.graphs import World
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, Json, Odd, ask, facets, keys, note


def cast() -> World:
    world = World()
    luminex, creme = world.org("luminex", "Luminex"), world.org("creme", "Crème de la Crème")
    voka = world.org("voka", "Voka", kind="chamber")
    grant = world.grant(luminex, "Exportprijs", "2019")
    world.fact(grant, note("Born globals"))
    award = world.minter.hashed("award", ("name", "Exportprijs"), ("year", "2019"))
    world.fact(award, (VERRE.awarder, voka), (VERRE.category, Literal("small companies", language="en")))
    world.grant(creme, "Exportprijs", "2019", result="nominee")
    world.grant(creme, "Exportprijs", "2020-10", result="winner")
    world.grant(luminex, "Ambiorix", "2020", result="nominee")
    undated = Odd(world).node("award", "undated", VERRE.Award, (RDFS.label, Literal("Zilveren prijs")))
    Odd(world).node("grant", "g", VERRE.AwardGrant, (VERRE.recipient, creme), (VERRE.award, undated))
    return world


def lines(items: list[Json]) -> list[str]:
    return [
        f"{item['recipient']['id']} {item['award']['label']} {item['award']['edition']}" for item in items
    ]


L19, C19 = "luminex Exportprijs 2019", "creme Exportprijs 2019"
C20, A20, NONE = "creme Exportprijs 2020-10", "luminex Ambiorix 2020", "creme Zilveren prijs None"


def test_the_latest_first_then_winners_then_what_has_no_year(indexed: Made) -> None:
    found = ask(indexed(cast()), "awards")
    assert lines(found.items) == [C20, A20, L19, C19, NONE]
    assert found.total == 5


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"results": ("winner",)}, {C20, L19}),
        ({"results": ("nominee (fr)",)}, {C19, A20}),
        ({"results": ("winner", "nominee")}, {C20, L19, C19, A20}),
        ({"years": ("2019",)}, {L19, C19}),
        ({"years": ("2020",)}, {C20, A20}),
        ({"years": ("2019", "2020"), "results": ("winner",)}, {C20, L19}),
        ({"years": ("1900",)}, set()),
        ({"organizations": ("luminex",)}, {L19, A20}),
        ({"organizations": ("x/creme", "luminex"), "years": ("2019",)}, {L19, C19}),
        ({"organizations": ("voka",)}, set()),
        ({"q": "EXPORT"}, {C20, L19, C19}),
        ({"q": "creme"}, {C20, C19, NONE}),
        ({"q": "%"}, set()),
        ({"q": "2019"}, set()),
    ],
)
def test_filters(indexed: Made, asked: dict[str, Any], expected: set[str]) -> None:
    found = ask(indexed(cast()), "awards", **asked)
    assert set(lines(found.items)) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (("award", "-year"), [A20, C20, L19, C19, NONE]),
        (("-year", "recipient"), [C20, A20, C19, L19, NONE]),
        (("recipient", "award", "-year"), [C20, C19, NONE, A20, L19]),
        (("-result", "-award", "year"), [L19, C20, C19, A20, NONE]),
    ],
)
def test_orders(indexed: Made, sort: tuple[str, ...], expected: list[str]) -> None:
    assert lines(ask(indexed(cast()), "awards", *sort).items) == expected


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [({"results": ("won",)}, "result"), ({"organizations": ("nobody",)}, "organization")],
)
def test_unknown_values(indexed: Made, asked: dict[str, Any], parameter: str) -> None:
    index = indexed(cast())
    with pytest.raises(UnknownValue) as caught:
        ask(index, "awards", **asked)
    assert caught.value.issues[0].name == parameter
    with pytest.raises(InputError, match="category"):
        ask(index, "awards", "category")


def test_an_item_holds_what_the_contract_says(indexed: Made) -> None:
    item = ask(indexed(cast()), "awards", years=("2019",), results=("winner",), lang="nl").items[0]
    award = item.pop("award")
    assert award.pop("iri").startswith("https://w3id.org/verre/id/award/")
    assert award == {
        "label": "Exportprijs",
        "edition": "2019",
        "category": "small companies",
        "awarder": {"iri": "https://w3id.org/verre/id/organization/x/voka", "id": "voka", "name": "Voka"},
    }
    assert item.pop("iri").startswith("https://w3id.org/verre/id/grant/")
    assert keys(item.pop("sources")) == ["s1"]
    assert item == {
        "recipient": {
            "iri": "https://w3id.org/verre/id/organization/x/luminex",
            "id": "luminex",
            "name": "Luminex",
        },
        "result": "winner",
        "resultLabel": "winner (nl)",
        "attested": "2018-02-19",
        "note": "Born globals",
    }


def test_what_is_not_stated_is_not_there(indexed: Made) -> None:
    item = ask(indexed(cast()), "awards", q="zilveren").items[0]
    assert item["award"]["edition"] is item["award"]["category"] is item["award"]["awarder"] is None
    assert item["result"] is item["resultLabel"] is item["note"] is item["attested"] is None


def test_facets(indexed: Made) -> None:
    index = indexed(cast())
    assert facets(index, "awards") == {"year": {"2019": 2, "2020": 2}, "result": {"winner": 2, "nominee": 2}}
    assert facets(index, "awards", years=("2019",), results=("winner",)) == {
        "year": {"2019": 1, "2020": 1},
        "result": {"winner": 1, "nominee": 1},
    }


def test_an_award_without_a_label_is_called_by_its_address(indexed: Made) -> None:
    world = World()
    award = world.minter.thing("award", "silent")
    world.fact(award, (RDF.type, VERRE.Award))
    pairs = (VERRE.recipient, world.org("a")), (VERRE.award, award)
    Odd(world).node("grant", "g", VERRE.AwardGrant, *pairs)
    assert [item["award"]["label"] for item in ask(indexed(world), "awards", q="silent").items] == ["silent"]


def test_a_grant_of_no_known_award_or_to_nobody_is_left_out(indexed: Made) -> None:
    world = World()
    odd = Odd(world)
    award = odd.node("award", "a", VERRE.Award, (RDFS.label, Literal("Prize")))
    odd.node("grant", "1", VERRE.AwardGrant, (VERRE.award, award))
    odd.node("grant", "2", VERRE.AwardGrant, (VERRE.recipient, world.org("a")))
    found = ask(indexed(world), "awards")
    assert (found.items, found.total) == ([], 0)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_are(indexed: Made, name: str) -> None:
    world = World()
    world.fact(world.grant(world.org("a", "Plain"), name, "2019"), note(name))
    (item,) = ask(indexed(world), "awards", q=name).items
    assert (item["award"]["label"], item["note"]) == (name, name)
