"""Reading and binding of stored queries."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError, NotFound, QuerySyntaxError
from graph.model.namespaces import COUNTRY, XSD, code, region
from graph.model.terms import BlankNode, Literal, NamedNode, Term
from graph.queries import StoredQuery, folder, load, names, of_text
from graph.queries.catalogue import render, write
from graph.queries.header import parse
from graph.store.view import memory_view

HEAD = """# title@nl: Een
# title@en: One
# title@fr: Un
# description@nl: Vraag
# description@en: Question
# description@fr: Demande
"""
BODY = """
SELECT ?a ?text ?market WHERE {
  VALUES ?market { <http://publications.europa.eu/resource/authority/country/CHN> }
  VALUES ?text { UNDEF }
  VALUES ?text { UNDEF }
  BIND(1 AS ?a)
}
"""
PARAMETERS = """# parameter: market market many required
# parameter: text text example "pear"
"""


def made(head: str = HEAD + PARAMETERS, body: str = BODY) -> StoredQuery:
    return of_text("made", parse("made.rq", head + body))


def rows(query: str) -> list[list[str | None]]:
    return [[getattr(term, "value", None) for term in row] for row in memory_view({}).select(query)]


def test_a_head_is_read() -> None:
    query = made()
    assert (query.title["fr"], query.description["nl"]) == ("Un", "Vraag")
    market, text = query.parameters
    assert (market.kind, market.many, market.required) == ("market", True, True)
    assert market.example == "<http://publications.europa.eu/resource/authority/country/CHN>"
    assert (text.kind, text.many, text.required, text.example) == ("text", False, False, '"pear"')
    assert query.text.startswith("SELECT")


def test_terms_take_the_place_of_the_examples_and_what_is_not_given_is_free() -> None:
    bound = made().bind({"market": [COUNTRY.JPN, region("ASIA")]})
    assert [row[2] for row in rows(bound)] == [COUNTRY.JPN.value, region("ASIA").value]
    assert {row[1] for row in rows(bound)} == {None}
    assert "CHN" not in bound


@pytest.mark.parametrize(
    "text",
    [
        'quote " and \\ backslash',
        "} UNION { ?s ?p ?o",
        "VALUES ?market { <urn:x> }",
        "line\nbreak",
        "\\u0022 }",
        "# comment",
        "é 中",
    ],
)
def test_a_text_stays_a_text_whatever_is_in_it(text: str) -> None:
    bound = made().bind({"market": [COUNTRY.JPN], "text": [Literal(text)]})
    assert rows(bound) == [["1", text, COUNTRY.JPN.value]]


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({}, "has to be given"),
        ({"market": [COUNTRY.JPN], "colour": [Literal("red")]}, "it has market, text"),
        ({"market": [COUNTRY.JPN], "text": [Literal("a"), Literal("b")]}, "one value"),
        ({"market": [Literal("CN")]}, "country of the EU"),
        ({"market": [NamedNode("https://example.org/CN")]}, "country of the EU"),
        ({"market": [COUNTRY.JPN], "text": [Literal("a", language="en")]}, "plain text"),
        ({"market": [COUNTRY.JPN], "text": [BlankNode("b")]}, "plain text"),
    ],
)
def test_what_does_not_fit_is_refused(values: dict[str, list[Term]], word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        made().bind(values)
    assert caught.value.issues[0].name in {"market", "text", "colour"}


def test_a_question_without_parameters_says_so() -> None:
    with pytest.raises(InputError, match="it has none"):
        load("counts").bind({"market": [COUNTRY.JPN]})


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("iri", NamedNode("urn:x"), Literal("x")),
        ("organization", NamedNode("urn:x"), BlankNode("x")),
        ("status", code("engagement-status", "active"), code("engagement-status", "busy")),
        ("date", Literal("2018-02-19", datatype=XSD.date), Literal("2018-02", datatype=XSD.date)),
        ("date", Literal("2020-02-29", datatype=XSD.date), Literal("2019-02-29", datatype=XSD.date)),
        ("date", Literal("2020-02-29", datatype=XSD.date), Literal("2019-02-28")),
        ("language", Literal("nl"), Literal("de")),
        ("boolean", Literal(True), Literal("true")),
        ("boolean", Literal(False), Literal(1)),
    ],
)
def test_kinds_of_terms(kind: str, good: Term, bad: Term) -> None:
    query = made(HEAD + f"# parameter: text {kind} example 1\n")
    assert str(good) in query.bind({"text": [good]})
    with pytest.raises(InputError, match="text"):
        query.bind({"text": [bad]})


@pytest.mark.parametrize(
    ("head", "body", "words"),
    [
        (HEAD.replace("# title@fr: Un\n", ""), BODY, "made.rq: add a line '# title@fr"),
        (HEAD + "# title@fr: Un\n", BODY, "line 7: title@fr is there twice"),
        (HEAD + "# title@de: Ein\n", BODY, "line 7: de is none of nl, en, fr"),
        (HEAD + "# what is this\n", BODY, "line 7: write"),
        (HEAD + "# parameter: market\n", BODY, "line 7: write '# parameter: name kind'"),
        (HEAD + "# parameter: market colour\n", BODY, "kind colour is none of"),
        (HEAD + "# parameter: colour iri\n", BODY, r"no block 'VALUES \?colour"),
        (HEAD + "# parameter: market market\n" * 2, BODY, "line 8: the parameter market is there twice"),
        (HEAD + "# parameter: text text\n", BODY, "give an example"),
        (HEAD, "PREFIX verre: <https://example.org/>" + BODY, "PREFIX verre: is not one of"),
        ("", "", "add a line"),
    ],
)
def test_a_head_that_cannot_be_read_says_where_and_what_would_be_right(
    head: str, body: str, words: str
) -> None:
    with pytest.raises(QuerySyntaxError, match=words):
        made(head, body)


def test_names_are_those_of_the_files() -> None:
    assert names() == sorted(path.stem for path in folder().iterdir() if path.suffix == ".rq")
    with pytest.raises(NotFound):
        load("../secrets")


def test_the_page_of_stored_queries_is_current(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "queries.md"
    assert page.read_text(encoding="utf-8") == render(), (
        "run python -m graph.queries.catalogue docs/queries.md"
    )
    write(tmp_path / "page.md")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == render()
    assert all(f"## `{name}`" in render() for name in names())
