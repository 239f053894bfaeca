"""One company: what is said of itself, by whom, and in which language."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model.namespaces import NACE, ORG, RDF, RDFS, ROV, SCHEMA, SKOS, VERRE, code
from graph.model.terms import Literal, NamedNode
from tests.graphs import TODAY, World, when
from tests.index.conftest import Made
from tests.index.list_fixtures import HOSTILE, Json, keys, note

KEYS = {
    "iri",
    "id",
    "name",
    "kind",
    "kindLabel",
    "area",
    "country",
    "municipality",
    "activity",
    "sectors",
    "markets",
    "names",
    "identifiers",
    "legalForm",
    "founded",
    "website",
    "statements",
    "notes",
    "sites",
    "figures",
    "engagements",
    "partnerships",
    "ownerships",
    "presence",
    "branches",
    "branchOf",
    "parents",
    "children",
    "ultimateParents",
    "changeEvents",
    "people",
    "memberOf",
    "awards",
    "missions",
    "programmes",
    "needs",
    "mentionedIn",
}
LISTS = (
    KEYS
    - {"iri", "id", "name", "kind", "kindLabel", "area", "country", "municipality", "activity"}
    - {
        "markets",
        "legalForm",
        "founded",
        "website",
    }
)


def stated(world: World) -> NamedNode:
    """A company on which two sources agree and differ."""
    org = world.org("acme", "Acme", country="BE", kbo="0429593895", sectors=["food"])
    world.fact(
        org,
        (ROV.legalName, Literal("Acme NV")),
        (VERRE.legalForm, Literal("nv")),
        (SCHEMA.foundingDate, when("1972")),
        (SCHEMA.url, NamedNode("https://acme.example/")),
        (VERRE.activity, [Literal("maakt dingen", language="nl"), Literal("makes things", language="en")]),
        (SKOS.altLabel, Literal("The Acme")),
        (VERRE.tradeName, Literal("The Acme")),
        (ROV.orgActivity, NACE["10"]),
        note("Moved in 2017"),
    )
    world.says("s2", issued="2020")
    world.fact(
        world.named(org),
        (RDFS.label, Literal("Acme")),
        (VERRE.legalForm, Literal("bv")),
        (SCHEMA.url, NamedNode("https://acme.example/")),
        (VERRE.formerName, Literal("Old Acme")),
        (VERRE.abbreviation, Literal("AC")),
        (VERRE.activity, Literal("maakt dingen", language="nl")),
    )
    return org


def said(company: Json, name: str) -> list[tuple[Any, ...]]:
    return [
        (each["value"], each["label"], each["language"], keys(each["sources"]))
        for each in company["statements"]
        if each["property"] == name
    ]


def test_every_key_is_there_whatever_is_known(indexed: Made) -> None:
    world = World()
    world.named(world.minter.organization("bare"))
    found = indexed(world).company("bare", "en", TODAY)
    assert set(found) == KEYS
    for key in LISTS - {"names", "statements", "mentionedIn"}:
        assert found[key] == [], key
    for key in (
        "kind",
        "kindLabel",
        "country",
        "municipality",
        "activity",
        "legalForm",
        "founded",
        "website",
    ):
        assert found[key] is None, key
    assert (found["names"], found["statements"]) == ([], [])
    assert keys(found["mentionedIn"]) == ["s1"]
    assert found["markets"] == {}


def test_each_statement_once_with_all_who_make_it(indexed: Made) -> None:
    world = World()
    stated(world)
    found = indexed(world).company("acme", "en", TODAY)
    assert said(found, "name") == [("Acme", "Acme", None, ["s1", "s2"])]
    assert said(found, "legalForm") == [("bv", "bv", None, ["s2"]), ("nv", "nv", None, ["s1"])]
    assert said(found, "website") == [("https://acme.example/", "https://acme.example/", None, ["s1", "s2"])]
    assert said(found, "activity") == [
        ("makes things", "makes things", "en", ["s1"]),
        ("maakt dingen", "maakt dingen", "nl", ["s1", "s2"]),
    ]
    assert said(found, "country") == [("BE", "Belgium", None, ["s1"])]
    assert said(found, "sector") == [("food", "food", None, ["s1"])]
    assert said(found, "nace") == [("10", "10", None, ["s1"])]
    assert said(found, "founded") == [("1972", "1972", None, ["s1"])]
    (kind,) = [each for each in found["statements"] if each["property"] == "kind"]
    assert kind["iri"] == code("organization-kind", "company").value


def test_the_head_takes_one_of_what_is_stated(indexed: Made) -> None:
    world = World()
    stated(world)
    found = indexed(world).company("acme", "en", TODAY)
    assert (found["founded"], found["website"]) == ("1972", "https://acme.example/")
    assert found["legalForm"] in {"bv", "nv"}
    assert found["notes"][0]["note"] == "Moved in 2017"
    assert (found["notes"][0]["language"], keys(found["notes"][0]["sources"])) == ("en", ["s1"])


def test_names_each_once_by_type(indexed: Made) -> None:
    world = World()
    stated(world)
    names = [(n["type"], n["name"]) for n in indexed(world).company("acme", "nl", TODAY)["names"]]
    assert names == [
        ("name", "Acme"),
        ("legal", "Acme NV"),
        ("abbreviation", "AC"),
        ("trade", "The Acme"),
        ("former", "Old Acme"),
    ]


@pytest.mark.parametrize(
    ("lang", "text"), [("nl", "maakt dingen"), ("en", "makes things"), ("fr", "maakt dingen")]
)
def test_the_activity_in_the_language_asked_else_dutch(indexed: Made, lang: str, text: str) -> None:
    world = World()
    stated(world)
    assert indexed(world).company("acme", lang, TODAY)["activity"] == text


def test_identifiers_with_who_gives_them(indexed: Made) -> None:
    world = World()
    org = stated(world)
    (number,) = indexed(world).company("acme", "en", TODAY)["identifiers"]
    assert (number["scheme"], number["value"], keys(number["sources"])) == (
        "be-bce_kbo",
        "0429593895",
        ["s1"],
    )
    assert number["iri"] == f"{org.value}/identifier/be-bce_kbo/0429593895"


def test_the_sources_that_mention_it(indexed: Made) -> None:
    world = World()
    org = stated(world)
    world.says("s3")
    world.engagement(org, "CN", "active")
    world.says("s4")
    found = indexed(world).company("acme", "en", TODAY)
    assert keys(found["mentionedIn"]) == ["s1", "s2", "s3"]
    assert found["mentionedIn"][1] == {
        "iri": "https://w3id.org/verre/id/source/s2",
        "id": "s2",
        "title": "Title of s2",
        "publisher": "A paper",
        "date": "2020",
        "url": "https://example.org/s2",
        "language": "nl",
        "access": "public",
    }


def test_an_edit_by_hand_is_shown_without_a_source(indexed: Made) -> None:
    world = World()
    org = world.org("acme", "Acme")
    graph = world.minter.graph("edit/website")
    world.put(
        graph,
        org,
        [(RDF.type, ORG.Organization), (SCHEMA.url, NamedNode("https://acme.example/")), note("Hi")],
    )
    found = indexed(world).company("acme", "en", TODAY)
    assert [(n["note"], n["sources"]) for n in found["notes"]] == [("Hi", [])]
    assert said(found, "website") == [("https://acme.example/", "https://acme.example/", None, [])]
    assert found["website"] == "https://acme.example/"


def test_a_website_written_as_text_counts_as_well(indexed: Made) -> None:
    world = World()
    world.fact(world.org("acme"), (SCHEMA.url, Literal("www.acme.example")))
    assert indexed(world).company("acme", "en", TODAY)["website"] == "www.acme.example"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_come_back_as_they_are(indexed: Made, name: str) -> None:
    world = World()
    org = world.org("odd", name)
    world.fact(
        org, (VERRE.activity, Literal(name, language="nl")), (VERRE.tradeName, Literal(name)), note(name)
    )
    world.fact(org, (VERRE.legalForm, Literal(name)))
    found = indexed(world).company("odd", "nl", TODAY)
    assert found["name"] == found["activity"] == found["legalForm"] == found["notes"][0]["note"] == name
    assert [each["name"] for each in found["names"]] == [name, name]
