"""What is known of a query before it is sent."""

from __future__ import annotations

import pytest

from graph.errors import QueryRefused, QuerySyntaxError
from graph.store.remote.dataset import NOWHERE, over_merge, over_protocol, over_text
from graph.store.remote.dialects import Virtuoso
from graph.store.remote.text import rows_of, shape, without_undefined

PREFIX = "PREFIX from: <http://e/> # FROM <http://no/>\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * { ?s ?p ?o }", "solutions"),
        ("select * { ?s ?p ?o }", "solutions"),
        ("ASK {}", "boolean"),
        ("BASE <http://e/> PREFIX a: <b> CONSTRUCT WHERE { ?s ?p ?o }", "graph"),
        ("DESCRIBE <http://e/a>", "graph"),
    ],
)
def test_the_form_decides_what_comes_back(text: str, kind: str) -> None:
    assert shape(text).kind == kind


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "DEFINE input:default-graph-uri <x> SELECT * {}", "{ SELECT * {} }", "<a> SELECT * {}"],
)
def test_what_begins_with_no_form_cannot_be_read(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        shape(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "SELECT * { ?s ?p ?o } ; DROP GRAPH <a:g>",
        "SELECT * { ?s ?p ?o } INSERT INTO <a:g> { <a:a> <a:b> <a:c> }",
        "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o } modify <a:g>",
    ],
)
def test_what_writes_or_reaches_out_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused):
        shape(text)


def test_a_keyword_spelt_with_escapes_is_refused() -> None:
    with pytest.raises(QuerySyntaxError, match="escapes"):
        shape(r"SELECT * \u0046ROM <http://e/> { ?s ?p ?o }")


def test_dataset_clauses_are_those_outside_of_braces() -> None:
    text = PREFIX + 'SELECT * FROM from:a FROM NAMED <http://e/b> { ?s from:p "FROM <http://no/>" }'
    found = shape(text)
    assert [clause.named for clause in found.clauses] == [False, True]
    kept = found.without_clauses()
    assert len(kept) == len(text)
    assert "FROM from:a" not in kept
    assert "<http://e/b>" not in kept
    assert '"FROM <http://no/>"' in kept
    assert not shape(kept).clauses


def test_from_without_a_graph_cannot_be_read() -> None:
    with pytest.raises(QuerySyntaxError, match="FROM"):
        shape("SELECT * FROM NAMED { ?s ?p ?o }")


def test_the_protocols_dataset_replaces_that_of_the_text_and_both_halves_are_said() -> None:
    found = shape("SELECT * FROM <http://e/no> { ?s ?p ?o }")
    asked = over_protocol(found, ["http://e/a", "http://e/a"], None)
    assert "http://e/no" not in asked.text
    assert asked.parameters == [("default-graph-uri", "http://e/a"), ("named-graph-uri", NOWHERE)]
    assert over_protocol(found, None, ["http://e/b"]).parameters == [
        ("default-graph-uri", NOWHERE),
        ("named-graph-uri", "http://e/b"),
    ]


def test_a_text_with_half_a_dataset_gets_the_other_half_empty() -> None:
    only = over_text(shape("SELECT * FROM <http://e/a> { GRAPH ?g { ?s ?p ?o } }"))
    assert [clause.named for clause in shape(only.text).clauses] == [False, True]
    named = over_text(shape("SELECT * FROM NAMED <http://e/a> { ?s ?p ?o }"))
    assert [clause.named for clause in shape(named.text).clauses] == [True, False]
    assert not named.parameters
    both = "SELECT * FROM <http://e/a> FROM NAMED <http://e/b> { ?s ?p ?o }"
    assert over_text(shape(both)).text == both


def test_the_merge_is_said_where_it_is_a_named_graph_and_hidden_from_those_who_ask_for_graphs() -> None:
    plain, graphs = shape("ASK { ?s ?p ?o }"), shape("ASK { graph ?g { ?s ?p ?o } }")
    assert over_merge(plain, None, ()).parameters == []
    assert over_merge(plain, "http://e/merge", ["http://e/a"]).parameters == [
        ("default-graph-uri", "http://e/merge")
    ]
    assert over_merge(graphs, "http://e/merge", ["http://e/a", "http://e/b"]).parameters == [
        ("default-graph-uri", "http://e/merge"),
        ("named-graph-uri", "http://e/a"),
        ("named-graph-uri", "http://e/b"),
    ]
    assert ("named-graph-uri", NOWHERE) in over_merge(graphs, "http://e/merge", []).parameters


def test_values_that_say_nothing_are_left_out_and_others_stay() -> None:
    text = (
        'SELECT * { VALUES ?a { UNDEF } VALUES $b{undef} VALUES ?c { UNDEF 1 } ?a ?b "VALUES ?x { UNDEF }" }'
    )
    plain = without_undefined(text)
    assert len(plain) == len(text)
    assert " ".join(plain.split()) == 'SELECT * { VALUES ?c { UNDEF 1 } ?a ?b "VALUES ?x { UNDEF }" }'


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { BIND(bif:file_to_string('/etc/passwd') AS ?x) }",
        "SELECT * { BIND(<bif:file_to_string>('/etc/passwd') AS ?x) }",
        "PREFIX x: <bif:> SELECT * { BIND(x:file_to_string('/etc/passwd') AS ?x) }",
        "PREFIX x: <http://www.openlinksw.com/schemas/bif#> SELECT * { BIND(x:now() AS ?x) }",
        "SELECT * { ?s ?p ?o FILTER(?a<?b+bif:now()&&?c>1) }",
        "SELECT * { BIND(sql:whatever() AS ?x) }",
        "SELECT * FROM <http://e/> OPTION (get:soft 'soft') { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o FILTER(`bif:now()`) }",
    ],
)
def test_what_virtuoso_reads_beyond_sparql_is_refused(text: str) -> None:
    with pytest.raises(QueryRefused, match="Virtuoso"):
        Virtuoso().check(shape(text))


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX b: <http://e/bif:x#> SELECT * { ?bif b:sql 'bif:now()' }",
        "SELECT * { ?s ?p ?o FILTER(?s<?o) } # bif:now()",
    ],
)
def test_what_only_looks_like_it_passes(text: str) -> None:
    Virtuoso().check(shape(text))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3", "SELECT (1 AS ?one) WHERE { ?s ?p ?o } LIMIT 3"),
        (
            "PREFIX e: <http://e/> CONSTRUCT { ?s e:p [ e:q ?o ] . ?o e:r '}' } FROM e:g { ?s ?p ?o } ORDER BY ?s",
            "PREFIX e: <http://e/> SELECT (1 AS ?one)  FROM e:g { ?s ?p ?o } ORDER BY ?s",
        ),
    ],
)
def test_the_rows_behind_a_construct(text: str, rows: str) -> None:
    assert rows_of(text) == rows
    assert shape(rows).form == "SELECT"
