"""What every way of reading answers alike."""

from __future__ import annotations

import pytest

from graph.errors import QuerySyntaxError
from graph.model.namespaces import XSD
from graph.model.terms import Literal, NamedNode, Triple
from tests.contract.conftest import COUNT, GRAPHS, UNICODE
from tests.contract.kinds import Reading
from tests.store.small import EX, MARKET, NAME, ONE, TWO, sells, thing

NOWHERE = "<http://example.org/graph/that/nobody/holds>"


def integer(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def test_a_fact_that_two_graphs_state_counts_once(reading: Reading) -> None:
    query = f'SELECT (COUNT(*) AS ?n) {{ ?s <{NAME.value}> "Luminex" }}'
    assert reading.select(query) == [(integer(1),)]
    named_too = f'SELECT ?g {{ GRAPH ?g {{ ?s <{NAME.value}> "Luminex" }} }} ORDER BY ?g'
    assert reading.select(named_too) == [(ONE,), (TWO,)]
    total = len(GRAPHS[ONE] | GRAPHS[TWO])
    assert reading.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [(integer(total),)]


def test_joins_filters_and_unbound_variables(reading: Reading) -> None:
    query = f"""
    SELECT ?s ?name ?market {{
      ?s <{MARKET.value}> ?market FILTER(isIRI(?market)) OPTIONAL {{ ?s <{NAME.value}> ?name }}
    }} ORDER BY ?s"""
    assert reading.select(query) == [
        (thing("luminex"), Literal("Luminex"), thing("jp")),
        (thing("punch"), None, thing("cn")),
    ]


def test_no_solution_and_one_without_variables(reading: Reading) -> None:
    assert reading.select(f"SELECT ?s {{ ?s <{EX}absent> ?o }}") == []
    assert reading.select(f"SELECT ?x {{ OPTIONAL {{ ?x <{EX}absent> ?y }} }}") == [(None,)]


def test_ask_and_construct(reading: Reading) -> None:
    assert reading.ask(f"ASK {{ <{EX}luminex> ?p <{EX}jp> }}") is True
    assert reading.ask(f"ASK {{ <{EX}luminex> ?p <{EX}cn> }}") is False
    found = reading.construct(
        f"CONSTRUCT {{ ?m <{EX}of> ?s }} WHERE {{ ?s <{MARKET.value}> ?m FILTER(isIRI(?m)) }}"
    )
    assert found == {
        Triple(thing("jp"), NamedNode(EX + "of"), thing("luminex")),
        Triple(thing("cn"), NamedNode(EX + "of"), thing("punch")),
    }
    assert sells("punch", "cn") in reading.construct(f"DESCRIBE <{EX}punch>")


@pytest.mark.parametrize(
    ("key", "value", "datatype"),
    [
        ("luminex", "22816", XSD.integer),
        ("growth", "13.43", XSD.decimal),
        ("big", "865000000.5", XSD.decimal),
        ("article", "2018-02-19", XSD.date),
        ("founded", "2002", XSD.gYear),
        ("odd", "x", NamedNode(EX + "own")),
    ],
)
def test_datatypes_survive(reading: Reading, key: str, value: str, datatype: NamedNode) -> None:
    rows = reading.select(f"SELECT ?v {{ <{EX}{key}> <{COUNT.value}> ?v }}")
    assert rows == [(Literal(value, datatype=datatype),)]


def test_language_tags_survive_and_filter(reading: Reading) -> None:
    rows = reading.select(f"SELECT ?n {{ <{EX}japan> <{NAME.value}> ?n }} ORDER BY LANG(?n)")
    assert rows == [
        (Literal(n, language=lang),) for n, lang in (("Japan", "en"), ("Japon", "fr"), ("Japan", "nl"))
    ]
    french = f'SELECT ?n {{ ?s <{NAME.value}> ?n FILTER(LANG(?n) = "fr") }}'
    assert reading.select(french) == [(Literal("Japon", language="fr"),)]


def test_unicode_survives_both_ways(reading: Reading) -> None:
    rows = reading.select(f"SELECT ?n {{ <{EX}odd> <{NAME.value}> ?n }}")
    assert rows == [(Literal(UNICODE),)]
    assert reading.ask(f"ASK {{ ?s ?p {Literal(UNICODE)} }}") is True
    assert reading.construct(f"CONSTRUCT WHERE {{ <{EX}odd> <{NAME.value}> ?n }}") == {
        Triple(thing("odd"), NAME, Literal(UNICODE))
    }


def test_order_offset_and_limit(reading: Reading) -> None:
    query = f"SELECT ?o {{ ?s <{MARKET.value}> ?o FILTER(isNumeric(?o)) }} ORDER BY DESC(?o) OFFSET 1 LIMIT 3"
    assert reading.select(query) == [(integer(n),) for n in (2998, 2997, 2996)]


def test_large_results_are_whole(reading: Reading) -> None:
    rows = reading.select(f"SELECT ?s ?o {{ ?s <{MARKET.value}> ?o FILTER(isNumeric(?o)) }} ORDER BY ?o")
    assert rows == [(thing(f"row{n:05}"), integer(n)) for n in range(3000)]


def test_from_chooses_graphs_and_one_that_nobody_holds_is_empty(reading: Reading) -> None:
    one = f"SELECT ?s FROM <{ONE.value}> {{ ?s <{MARKET.value}> ?m FILTER(isIRI(?m)) }}"
    assert reading.select(one) == [(thing("luminex"),)]
    assert reading.select(f"SELECT * FROM {NOWHERE} {{ ?s ?p ?o }}") == []
    assert reading.select(f"SELECT * FROM {NOWHERE} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == []
    assert reading.ask("ASK FROM <http://127.0.0.1:1/data.ttl> { ?s ?p ?o }") is False


def test_from_named_chooses_graphs(reading: Reading) -> None:
    pattern = f'GRAPH ?g {{ ?s <{NAME.value}> "Luminex" }}'
    assert reading.select(f"SELECT ?g FROM NAMED <{TWO.value}> {{ {pattern} }}") == [(TWO,)]
    assert reading.select(f"SELECT ?g FROM NAMED {NOWHERE} {{ {pattern} }}") == []
    both = f"SELECT ?g FROM NAMED <{ONE.value}> FROM NAMED <{TWO.value}> {{ {pattern} }} ORDER BY ?g"
    assert reading.select(both) == [(ONE,), (TWO,)]
    assert reading.select(f"SELECT * FROM NAMED <{ONE.value}> {{ ?s ?p ?o }}") == []


def test_what_cannot_be_read_says_so(reading: Reading) -> None:
    for text in (
        "SELECT",
        "SELECT * {",
        "nonsense",
        "",
        "SELECT ?x { nope:a ?p ?x }",
    ):
        with pytest.raises(QuerySyntaxError):
            reading.select(text)
