"""A stored question as a form: what its fields hold and offer, and how what is written there is understood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.pages.face import Face
from api.pages.views.asking import Given, examples, expanded, fields, understood
from graph.errors import NotFound
from graph.index import Index
from graph.index.build import build
from graph.model.iris import Minter
from graph.model.namespaces import PREFIXES, code
from graph.queries import Parameter, StoredQuery
from tests.graphs import TODAY, World

LUMINEX = Minter().organization("luminex").value


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A company and the reference data."""
    world = World()
    world.org("luminex", "Luminex Network", country="BE", sectors=["steel", "pears"])
    path = tmp_path_factory.mktemp("asking") / "index.sqlite"
    build(world.view(), path, "r")
    made = Index(path)
    yield made
    made.close()


def parameter(
    kind: str, example: str, *, name: str = "market", many: bool = False, required: bool = False
) -> Parameter:
    return Parameter(name, kind, many, example, required)


def question(*parameters: Parameter) -> StoredQuery:
    return StoredQuery("asked", {}, {}, parameters, "")


def field(index: Index, asked: Parameter, given: Given, lang: str = "en") -> dict[str, Any]:
    (found,) = fields(Face(lang), index.shaper(lang, TODAY), question(asked), given)
    return found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (parameter("market", "country:JPN country:CHN"), ["Japan", "China"]),
        (parameter("market", "country:ZZZ"), [f"{PREFIXES['country']}ZZZ"]),
        (parameter("organization", f"<{LUMINEX}>"), ["luminex"]),
        (parameter("status", "status:active status:leading"), ["active", "leading"]),
        (parameter("date", '"2018-06-01"^^xsd:date'), ["2018-06-01"]),
        (parameter("text", '"two words"'), ["two words"]),
        (parameter("iri", "verre:Country"), [f"{PREFIXES['verre']}Country"]),
        (parameter("iri", "<urn:a:b>"), ["urn:a:b"]),
    ],
)
def test_examples_are_written_as_a_person_would(index: Index, asked: Parameter, said: list[str]) -> None:
    assert examples(index.shaper("en", TODAY), asked) == said


def test_markets_are_named_in_the_language_of_the_reader(index: Index) -> None:
    assert examples(index.shaper("fr", TODAY), parameter("market", "country:KOR")) == ["Corée du Sud"]


def test_what_a_question_needs_holds_its_example_until_something_is_asked(index: Index) -> None:
    asked = parameter("market", "country:JPN", required=True)
    assert field(index, asked, {})["values"] == ["Japan"]
    assert field(index, asked, {"asOf": ["2018"]})["values"] == []
    assert field(index, asked, {"market": ["VN"]})["values"] == ["VN"]
    free = field(index, parameter("market", "country:JPN"), {})
    assert (free["values"], free["example"]) == ([], "Japan")


def test_there_is_room_for_one_more_only_where_several_are_taken(index: Index) -> None:
    for many, room in ((True, ["VN", "JP", ""]), (False, ["VN", "JP"])):
        assert (
            field(index, parameter("market", "country:JPN", many=many), {"market": ["VN", "JP"]})["inputs"]
            == room
        )
        assert field(index, parameter("market", "country:JPN", many=many), {})["inputs"] == [""]


def test_fields_stand_in_the_order_of_the_parameters_with_labels_of_the_reader(index: Index) -> None:
    asked = question(parameter("text", '"jan"', name="text"), parameter("market", "country:JPN"))
    for lang, label in (("nl", "Markt"), ("fr", "Marché")):
        found = fields(Face(lang), index.shaper(lang, TODAY), asked, {})
        assert [each["name"] for each in found] == ["text", "market"]
        assert str(found[1]["label"]) == label


def offered(index: Index, asked: Parameter) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = field(index, asked, {})["offered"]
    return found


def test_values_of_lists_are_offered_by_name(index: Index) -> None:
    statuses = dict(offered(index, parameter("status", "status:active", name="status")))
    assert set(statuses) == {"targets", "entering", "active", "leading", "withdrawn"}
    assert "Vietnam" in dict(offered(index, parameter("market", "country:JPN")))
    assert dict(offered(index, parameter("language", '"en"', name="language")))["fr"] == "Français"
    sectors = offered(index, parameter("iri", "<urn:x>", name="sector"))
    assert [label for _, label in sectors] == ["pears", "steel"]


def test_codes_are_offered_out_of_the_list_of_the_example(index: Index) -> None:
    winner = code("award-result", "winner").value
    found = offered(index, parameter("iri", f"<{winner}>", name="result"))
    assert found == [(code("award-result", "nominee").value, "nominee"), (winner, "winner")]
    assert offered(index, parameter("iri", "verre:Country", name="kind")) == []


@pytest.mark.parametrize("kind", ["date", "text", "organization", "boolean"])
def test_what_is_on_no_list_is_written_freely(index: Index, kind: str) -> None:
    assert offered(index, parameter(kind, '"x"', name="text")) == []


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        (" verre:Country ", f"{PREFIXES['verre']}Country"),
        ("https://example.org/a", "https://example.org/a"),
        ("verre://example.org", "verre://example.org"),
        ("nosuch:Country", "nosuch:Country"),
        ("Country", "Country"),
    ],
)
def test_only_prefixes_of_ours_are_written_in_full(text: str, iri: str) -> None:
    assert expanded(text) == iri


def test_an_organization_is_meant_by_its_key_its_iri_or_its_whole_name(index: Index) -> None:
    asked = question(parameter("organization", "<urn:x>", name="company", many=True))
    given = {"company": ["luminex", LUMINEX, "Luminex Network"]}
    assert understood(asked, given, index) == {"company": [LUMINEX] * 3}


def test_a_name_like_it_is_not_taken_for_it(index: Index) -> None:
    asked = question(parameter("organization", "<urn:x>", name="company"))
    with pytest.raises(NotFound):
        understood(asked, {"company": ["Luminexx Netwrok"]}, index)


def test_everything_else_is_handed_on_as_it_was_written(index: Index) -> None:
    asked = question(parameter("iri", "verre:Country", name="kind"), parameter("market", "country:JPN"))
    given = {"kind": ["verre:Region"], "market": ["Japan"], "unknown": ["verre:Region"]}
    assert understood(asked, given, index) == {
        "kind": [f"{PREFIXES['verre']}Region"],
        "market": ["Japan"],
        "unknown": ["verre:Region"],
    }
