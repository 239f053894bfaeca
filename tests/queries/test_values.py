"""What a person writes becomes the term that the parameter means, or an error that says what would be right."""

from __future__ import annotations

import pytest

from graph import queries
from graph.errors import InputError, NotFound, UnknownValue
from graph.index import Index
from graph.model.namespaces import COUNTRY, XSD, code, region
from graph.model.terms import Literal, NamedNode, Term
from graph.queries import Parameter
from graph.queries.values import term, terms
from tests.index.list_fixtures import real_file


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return Index(real_file(tmp_path_factory.mktemp("index")))


def parameter(kind: str) -> Parameter:
    return Parameter(name="p", kind=kind, many=True, required=False, example="")


@pytest.mark.parametrize(
    ("kind", "value", "meant"),
    [
        ("market", "KR", COUNTRY.KOR),
        ("market", "Zuid-Korea", COUNTRY.KOR),
        ("market", "asean", region("ASEAN")),
        ("organization", "luminex", NamedNode("https://w3id.org/verre/id/organization/x/luminex")),
        (
            "organization",
            "BE 0429.593.895",
            NamedNode("https://w3id.org/verre/id/organization/be/0429593895"),
        ),
        ("status", "targets", code("engagement-status", "targets")),
        ("status", code("engagement-status", "active").value, code("engagement-status", "active")),
        ("iri", "urn:x:1", NamedNode("urn:x:1")),
        ("date", "2018-02-19", Literal("2018-02-19", datatype=XSD.date)),
        ("boolean", "true", Literal("true", datatype=XSD.boolean)),
        ("text", '" } DROP', Literal('" } DROP')),
        ("language", "nl", Literal("nl")),
    ],
)
def test_a_value_becomes_its_term(index: Index, kind: str, value: str, meant: Term) -> None:
    assert term(parameter(kind), value, index) == meant


def test_what_names_nothing_suggests_or_says_so(index: Index) -> None:
    with pytest.raises(UnknownValue, match="Vietnam"):
        term(parameter("market"), "Vietnm", index)
    with pytest.raises(NotFound):
        term(parameter("organization"), "nobody-at-all", index)


@pytest.mark.parametrize("value", ["not an iri", "a b:c", ""])
def test_what_is_no_iri_is_refused(index: Index, value: str) -> None:
    with pytest.raises(InputError) as caught:
        term(parameter("iri"), value, index)
    assert caught.value.issues[0].name == "p"
    assert caught.value.issues[0].value == value


def test_a_name_that_the_question_lacks_is_refused_with_those_it_has(index: Index) -> None:
    stored = queries.load("exporters")
    with pytest.raises(InputError, match=r"it has .*market"):
        terms(stored, {"markt": ["CN"]}, index)


@pytest.mark.parametrize("value", ["VN} SELECT * { ?s ?p ?o", "x> } #", '"', "\\u007d"])
def test_a_hostile_value_never_reaches_the_text_of_the_query(index: Index, value: str) -> None:
    stored = queries.load("exporters")
    with pytest.raises((InputError, NotFound)):
        stored.bind(terms(stored, {"market": [value]}, index))
