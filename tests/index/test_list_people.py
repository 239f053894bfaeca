"""Persons in their business roles: the list of them, and one of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import InputError, NotFound, UnknownValue
from graph.index import PageRequest, PersonFilter
from graph.model.namespaces import FOAF, ORG, RDF, RDFS, SCHEMA, VERRE
from graph.model.terms import Literal
from tests.graphs import TODAY, World, when
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, Odd, ask, facets, keys


def cast() -> World:
    world = World()
    luminex, voka = world.org("luminex", "Luminex"), world.org("voka", "Voka", kind="chamber")
    world.person("Bart Swinnen", luminex, "CEO")
    world.says("s2", issued="2020")
    world.person("Bart Swinnen", luminex, "product manager")
    world.person("Ömer Abe", voka, "director", until="2019-06")
    world.person("anna Claes", voka, "spokesperson")
    world.person("anna Claes", luminex, "adviser", until="2018")
    Odd(world).member(luminex, voka)
    return world


def names(items: list[dict[str, Any]]) -> list[str]:
    return [item["name"] for item in items]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["anna Claes", "Bart Swinnen", "Ömer Abe"]),
        ({"q": "OMER"}, ["Ömer Abe"]),
        ({"q": "swin"}, ["Bart Swinnen"]),
        ({"q": "_"}, []),
        ({"q": "voka"}, []),
        ({"organizations": ("voka",)}, ["anna Claes", "Ömer Abe"]),
        ({"organizations": ("x/luminex",), "q": "a"}, ["anna Claes", "Bart Swinnen"]),
        ({"organizations": ("voka", "luminex")}, ["anna Claes", "Bart Swinnen", "Ömer Abe"]),
        ({"include_ended": False}, ["anna Claes", "Bart Swinnen"]),
        ({"include_ended": False, "organizations": ("voka",)}, ["anna Claes"]),
        ({"include_ended": False, "organizations": ("luminex",)}, ["Bart Swinnen"]),
    ],
)
def test_filters(indexed: Made, asked: dict[str, Any], expected: list[str]) -> None:
    found = ask(indexed(cast()), "people", **asked)
    assert names(found.items) == expected
    assert found.total == len(expected)


def test_by_name_without_case_and_accents(indexed: Made) -> None:
    index = indexed(cast())
    assert names(ask(index, "people", "-name").items) == ["Ömer Abe", "Bart Swinnen", "anna Claes"]
    with pytest.raises(InputError):
        ask(index, "people", "role")
    with pytest.raises(UnknownValue):
        ask(index, "people", organizations=("nobody",))


def test_ended_depends_on_the_day(indexed: Made) -> None:
    index = indexed(cast())
    f = PersonFilter(today=date(2019, 6, 30), include_ended=False)
    found = index.people(f, PageRequest(), "en")
    assert names(found.items) == ["anna Claes", "Bart Swinnen", "Ömer Abe"]
    roles = {item["name"]: [role["ended"] for role in item["roles"]] for item in found.items}
    assert roles == {"anna Claes": [False, True], "Bart Swinnen": [False, False], "Ömer Abe": [False]}


def test_an_item_holds_all_roles_the_last_attested_first(indexed: Made) -> None:
    (item,) = ask(indexed(cast()), "people", q="Bart").items
    luminex = {"iri": "https://w3id.org/verre/id/organization/x/luminex", "id": "luminex", "name": "Luminex"}
    assert item["id"] == item["iri"].rpartition("/")[2]
    for role, (word, attested, source) in zip(
        item["roles"], [("product manager", "2020", "s2"), ("CEO", "2018-02-19", "s1")], strict=True
    ):
        assert keys(role.pop("sources")) == [source]
        assert role == {
            "organization": luminex,
            "role": word,
            "roleLang": "en",
            "since": None,
            "until": None,
            "ended": False,
            "attested": attested,
        }


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 0, 2)])
def test_roles_come_by_when_they_were_last_attested(indexed: Made, order: tuple[int, ...]) -> None:
    world = World()
    host, days = world.org("host"), ("2020", "2019-05", "2019", None)
    for number in order:
        world.says(f"t{number}", issued=days[number])
        world.person("X", host, f"role {number}")
    (item,) = ask(indexed(world), "people").items
    # 2019 may mean its last day, which is after the last of May
    assert [role["attested"] for role in item["roles"]] == ["2020", "2019", "2019-05", None]


@pytest.mark.parametrize(
    ("lang", "role", "tag"),
    [("nl", "voorzitter", "nl"), ("en", "chairman", "en"), ("fr", "voorzitter", "nl")],
)
def test_a_role_comes_in_a_language_that_is_known_and_says_which(
    indexed: Made, lang: str, role: str, tag: str
) -> None:
    world = World()
    host = world.org("host")
    person = world.minter.hashed("person", ("name", "x"))
    world.fact(person, (RDF.type, FOAF.Person), (FOAF.name, Literal("X")))
    spoken = [Literal("voorzitter", language="nl"), Literal("chairman", language="en")]
    pairs = (ORG.member, person), (ORG.organization, host), (VERRE.roleName, spoken)
    Odd(world).node("membership", "k", ORG.Membership, *pairs, (SCHEMA.startDate, when("2011-03")))
    (found,) = ask(indexed(world), "people", lang=lang).items[0]["roles"]
    assert (found["role"], found["roleLang"], found["since"]) == (role, tag, "2011-03")
    assert found["attested"] is None


def test_a_role_without_a_name_invents_none(indexed: Made) -> None:
    world = World()
    person = world.minter.hashed("person", ("name", "x"))
    world.fact(person, (RDF.type, FOAF.Person), (FOAF.name, Literal("X")))
    Odd(world).node(
        "membership", "k", ORG.Membership, (ORG.member, person), (ORG.organization, world.org("h"))
    )
    (role,) = ask(indexed(world), "people").items[0]["roles"]
    assert role["role"] is role["roleLang"] is None


def test_facets_count_persons_by_where_they_work(indexed: Made) -> None:
    index = indexed(cast())
    assert facets(index, "people") == {"organization": {"luminex": 2, "voka": 2}}
    assert facets(index, "people", organizations=("voka",)) == {"organization": {"luminex": 2, "voka": 2}}
    assert facets(index, "people", include_ended=False) == {"organization": {"luminex": 1, "voka": 1}}
    assert facets(index, "people", q="omer") == {"organization": {"voka": 1}}


def test_one_person(indexed: Made) -> None:
    index = indexed(cast())
    (listed,) = ask(index, "people", q="anna").items
    by_ref, by_iri = index.person(listed["id"], "en", TODAY), index.person(listed["iri"], "en", TODAY)
    assert by_ref == by_iri == listed
    assert [role["organization"]["id"] for role in by_ref["roles"]] == ["voka", "luminex"]
    assert [role["ended"] for role in index.person(listed["id"], "en", date(2018, 1, 1))["roles"]] == [
        False,
        False,
    ]


@pytest.mark.parametrize("ref", ["", "nobody", "%", "' OR '1'='1", "luminex"])
def test_no_such_person(indexed: Made, ref: str) -> None:
    with pytest.raises(NotFound, match="person"):
        indexed(cast()).person(ref, "en")


def test_a_person_without_a_role_is_there_with_none(indexed: Made) -> None:
    world = World()
    person = world.minter.hashed("person", ("name", "y"))
    world.fact(person, (RDF.type, FOAF.Person), (RDFS.label, Literal("Y")))
    index = indexed(world)
    assert [(item["name"], item["roles"]) for item in ask(index, "people").items] == [("Y", [])]
    assert ask(index, "people", include_ended=False).items == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_as_they_are(indexed: Made, name: str) -> None:
    world = World()
    world.person(name, world.org("host"), name)
    (item,) = ask(indexed(world), "people", q=name).items
    assert (item["name"], item["roles"][0]["role"]) == (name, name)
