"""What operations change, as the engine would change it."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph.errors import InputError, QueryFailed, QueryRefused, QuerySyntaxError
from graph.store.update import Using, delta, read

ONE, TWO, NEW = NamedNode("urn:one"), NamedNode("urn:two"), NamedNode("urn:new")


def node(name: str) -> NamedNode:
    return NamedNode(f"urn:{name}")


def quad(subject: str, predicate: str, value: str, graph: NamedNode) -> Quad:
    return Quad(node(subject), node(predicate), Literal(value), graph)


def store() -> Store:
    """Two graphs and their merge."""
    made = Store()
    for one in (quad("a", "p", "x", ONE), quad("b", "p", "y", ONE), quad("a", "p", "x", TWO)):
        made.add(one)
        made.add(Quad(one.subject, one.predicate, one.object))
    return made


def done(text: str, base_iri: str | None = None, using: tuple[Using, ...] = ()) -> set[Quad]:
    """The named graphs after an update."""
    there = store()
    for operation in read(text, base_iri).over(using).operations:
        change = delta(operation, there, base_iri, lambda _: None)
        for one in change.removed:
            there.remove(one)
        there.extend(change.added)
    return {one for one in there if not isinstance(one.graph_name, DefaultGraph)}


def broken(*_: object) -> None:
    raise RuntimeError("out of order")


OLD = done("")


def test_data_comes_and_goes() -> None:
    assert done("INSERT DATA { GRAPH <urn:new> { <urn:a> <urn:p> 'z' } }") == OLD | {quad("a", "p", "z", NEW)}
    gone = "DELETE DATA { GRAPH <urn:one> { <urn:a> <urn:p> 'x', 'nothing' } }"
    assert done(gone) == OLD - {quad("a", "p", "x", ONE)}


def test_what_is_deleted_and_inserted_by_the_same_solutions_is_there() -> None:
    text = "WITH <urn:one> DELETE { ?s <urn:p> ?v } INSERT { ?s <urn:p> ?v . ?s <urn:q> ?v } WHERE { ?s <urn:p> ?v }"
    assert done(text) == OLD | {quad("a", "q", "x", ONE), quad("b", "q", "y", ONE)}


def test_every_solution_is_found_before_anything_changes() -> None:
    text = "INSERT { GRAPH <urn:new> { ?s <urn:p> ?n } } WHERE { { SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?x ?y ?z } } } ?s <urn:p> 'x' }"
    (new,) = done(text) - OLD
    assert new.object.value == "3"  # type: ignore[union-attr]


def test_later_operations_see_the_earlier_ones() -> None:
    text = (
        "PREFIX : <urn:> INSERT DATA { GRAPH :new { :c :p 'z' } } ; PREFIX n: <urn:new>"
        "INSERT { GRAPH n: { ?s :q ?v } } WHERE { GRAPH n: { ?s :p ?v } } ; DELETE WHERE { GRAPH n: { ?s :p ?v } }"
    )
    assert done(text) - OLD == {quad("c", "q", "z", NEW)}


def test_the_default_graph_of_a_pattern_is_the_merge() -> None:
    text = "INSERT { GRAPH <urn:new> { ?s <urn:q> ?v } } WHERE { ?s <urn:p> ?v }"
    assert done(text) - OLD == {quad("a", "q", "x", NEW), quad("b", "q", "y", NEW)}


def test_with_is_the_default_graph_of_pattern_and_templates() -> None:
    text = "WITH <urn:two> INSERT { ?s <urn:q> ?v } WHERE { ?s <urn:p> ?v GRAPH <urn:one> { ?s <urn:p> ?v } }"
    assert done(text) - OLD == {quad("a", "q", "x", TWO)}


def test_using_is_the_dataset_of_the_pattern_alone() -> None:
    text = "WITH <urn:new> INSERT { ?s <urn:q> ?v } USING <urn:two> WHERE { ?s <urn:p> ?v }"
    assert done(text) - OLD == {quad("a", "q", "x", NEW)}
    text = "INSERT { GRAPH ?g { ?s <urn:q> ?v } } USING NAMED <urn:two> WHERE { GRAPH ?g { ?s <urn:p> ?v } }"
    assert done(text) - OLD == {quad("a", "q", "x", TWO)}
    assert done(text.replace("GRAPH ?g { ?s <urn:p> ?v }", "BIND(<urn:new> AS ?g) ?s <urn:p> ?v")) == OLD


def test_the_protocol_may_give_the_dataset() -> None:
    text = "INSERT { GRAPH <urn:new> { ?s <urn:q> ?v } } WHERE { ?s <urn:p> ?v }"
    assert done(text, using=(Using("<urn:two>", False),)) - OLD == {quad("a", "q", "x", NEW)}
    named = "INSERT { GRAPH ?g { ?s <urn:q> ?v } } WHERE { GRAPH ?g { ?s <urn:p> ?v } }"
    assert done(named, using=(Using("<urn:two>", True),)) - OLD == {quad("a", "q", "x", TWO)}
    gone = "DELETE WHERE { GRAPH ?g { ?s ?p ?v } }"
    assert done(gone, using=(Using("<urn:two>", True),)) == {one for one in OLD if one.graph_name != TWO}


@pytest.mark.parametrize(
    "text", ["WITH <urn:one> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE { } USING <urn:one> WHERE { }"]
)
def test_the_protocol_and_the_update_may_not_both_give_it(text: str) -> None:
    with pytest.raises(InputError, match="exclude USING and WITH"):
        read(text).over((Using("<urn:one>", False),))


def test_templates_take_what_solutions_give() -> None:
    text = "INSERT { GRAPH ?g { ?s <urn:q> ?v, ?unbound ; ?v 'no' } GRAPH ?v { ?s <urn:q> 'no' } } WHERE { GRAPH ?g { ?s <urn:p> ?v } }"
    assert done(text) - OLD == {quad("a", "q", "x", ONE), quad("b", "q", "y", ONE), quad("a", "q", "x", TWO)}
    text = "DELETE { GRAPH ?g { ?s ?p ?v } } WHERE { GRAPH ?g { ?s ?p ?v FILTER(?v = 'x') } }"
    assert done(text) == {quad("b", "p", "y", ONE)}


def test_templates_without_variables_need_one_solution() -> None:
    text = (
        "INSERT { GRAPH <urn:new> { <urn:a> <urn:p> 'z' } } WHERE { GRAPH <urn:one> { <urn:a> <urn:p> 'x' } }"
    )
    assert done(text) - OLD == {quad("a", "p", "z", NEW)}
    assert done(text.replace("'x'", "'nothing'")) == OLD
    assert done("DELETE {} INSERT {} WHERE { ?s ?p ?o }") == OLD


def test_quoted_triples_are_filled_in_too() -> None:
    text = "INSERT { GRAPH <urn:new> { <urn:r> <urn:says> <<( ?s <urn:p> ?v )>> } } WHERE { GRAPH <urn:two> { ?s <urn:p> ?v } }"
    (new,) = done(text) - OLD
    assert str(new.object) == '<urn:a> <urn:p> "x"'
    text = text.replace(
        "?s <urn:p> ?v )", "?v <urn:p> ?s )"
    )  # a literal cannot be a subject, not even a quoted one
    assert done(text) == OLD


def test_variables_in_strings_stay() -> None:
    text = "INSERT { GRAPH <urn:new> { <urn:a> <urn:p> '?v', ?v } } WHERE { BIND('$v' AS ?v) }"
    assert done(text) - OLD == {quad("a", "p", "?v", NEW), quad("a", "p", "$v", NEW)}


def test_values_are_taken_as_the_engine_keeps_them() -> None:
    (new,) = done("INSERT DATA { GRAPH <urn:new> { <urn:a> <urn:p> 013.430 } }") - OLD
    assert str(new.object) == '"13.43"^^<http://www.w3.org/2001/XMLSchema#decimal>'


def test_relative_iris_are_resolved() -> None:
    text = "INSERT DATA { GRAPH <new> { <#a> <p> 'z' } }"
    (new,) = done(text, "http://e/x/y") - OLD
    assert (str(new.graph_name), str(new.subject)) == ("<http://e/x/new>", "<http://e/x/y#a>")
    (new,) = done("BASE <urn:> PREFIX g: <new> " + text.replace("<new>", "g:"), "http://e/x/y") - OLD
    assert str(new.graph_name) == "<urn:new>"
    with pytest.raises(QuerySyntaxError):
        done(text)


def test_escapes_in_iris_and_strings_are_read() -> None:
    text = r"INSERT DATA { GRAPH <urn:n\u0065w> { <urn:\u0061> <urn:p> '\u007A\u007D' } }"
    assert done(text) - OLD == {quad("a", "p", "z}", NEW)}


def test_a_function_that_does_not_exist_is_a_fault_of_the_update() -> None:
    with pytest.raises(QuerySyntaxError, match="custom function"):
        done("INSERT { GRAPH <urn:new> { ?s <urn:p> ?x } } WHERE { ?s ?p ?v BIND(<urn:f>(?v) AS ?x) }")


def test_what_the_engine_cannot_do_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{delta.__module__}._management", broken)
    with pytest.raises(QueryFailed, match="out of order"):
        done("CLEAR GRAPH <urn:one>")


def test_graphs_are_copied_moved_and_cleared() -> None:
    assert done("CLEAR GRAPH <urn:one>") == done("DROP GRAPH <urn:one>") == {quad("a", "p", "x", TWO)}
    assert done("CREATE GRAPH <urn:one>") == done("DROP GRAPH <urn:nothing>") == OLD
    both = {quad("a", "p", "x", TWO), quad("b", "p", "y", TWO)}
    one = {quad("a", "p", "x", ONE), quad("b", "p", "y", ONE)}
    assert done("COPY <urn:one> TO <urn:two>") == done("ADD <urn:one> TO <urn:two>") == one | both
    assert done("MOVE <urn:one> TO <urn:two>") == both
    assert done("COPY <urn:two> TO <urn:one>") == {quad("a", "p", "x", ONE), quad("a", "p", "x", TWO)}
    assert done("MOVE <urn:two> TO <urn:one>") == {quad("a", "p", "x", ONE)}
    assert done("MOVE <urn:one> TO <urn:one>") == done("COPY <urn:one> TO <urn:one>") == OLD
    assert done("COPY DEFAULT TO <urn:new>") - OLD == {quad("a", "p", "x", NEW), quad("b", "p", "y", NEW)}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:a> <urn:p> 'z' }",
        "INSERT DATA { GRAPH <urn:one> { <urn:a> <urn:p> 'z' } <urn:a> <urn:p> 'z' }",
        "DELETE DATA { <urn:a> <urn:p> 'x' }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } WHERE { GRAPH <urn:none> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } USING <urn:one> WHERE { ?s ?p ?o }",
        "CLEAR DEFAULT",
        "DROP ALL",
        "CLEAR SILENT NAMED",
        "COPY <urn:one> TO DEFAULT",
        "MOVE DEFAULT TO <urn:one>",
        "ADD SILENT <urn:one> TO DEFAULT",
    ],
)
def test_the_default_graph_is_not_written(text: str) -> None:
    with pytest.raises(InputError, match="the default graph, which is the merge of all graphs"):
        done(text)


@pytest.mark.parametrize(
    "triples",
    [
        "_:b <urn:p> 1",
        "<urn:a> <urn:p> []",
        "<urn:a> <urn:p> (1 2)",
        "<urn:a> <urn:p> 1 {| <urn:q> 2 |}",
        "<urn:a> <urn:p> <<( _:x <urn:p> 1 )>>",
    ],
)
def test_blank_nodes_are_refused(triples: str) -> None:
    with pytest.raises(InputError, match="blank nodes"):
        done(f"INSERT DATA {{ GRAPH <urn:new> {{ {triples} }} }}")
    with pytest.raises(InputError, match="blank nodes"):
        done(f"INSERT {{ GRAPH <urn:new> {{ {triples} }} }} WHERE {{ GRAPH <urn:none> {{ ?s ?p ?o }} }}")


def test_blank_nodes_that_a_pattern_makes_are_refused_and_never_found() -> None:
    with pytest.raises(InputError, match="cannot be stored"):
        done("INSERT { GRAPH <urn:new> { <urn:a> <urn:p> ?b } } WHERE { BIND(BNODE() AS ?b) }")
    assert done("DELETE { GRAPH <urn:one> { <urn:a> <urn:p> ?b } } WHERE { BIND(BNODE() AS ?b) }") == OLD


def test_each_graph_is_asked_for_before_it_is_written() -> None:
    def guard(graph: NamedNode) -> None:
        if graph == TWO:
            raise InputError("not this one")

    for text in (
        "INSERT DATA { GRAPH <urn:two> { <urn:a> <urn:p> 'x' } }",
        "DELETE { GRAPH <urn:two> { ?s ?p ?o } } WHERE { GRAPH <urn:none> { ?s ?p ?o } }",
        "DELETE WHERE { GRAPH ?g { <urn:a> ?p ?o } }",
        "COPY <urn:one> TO <urn:two>",
        "MOVE <urn:two> TO <urn:one>",
        "CLEAR GRAPH <urn:two>",
        "CREATE GRAPH <urn:two>",
    ):
        (operation,) = read(text).operations
        with pytest.raises(InputError, match="not this one"):
            delta(operation, store(), None, guard)
    for text in ("COPY <urn:two> TO <urn:one>", "DELETE WHERE { GRAPH ?g { <urn:b> ?p ?o } }"):
        (operation,) = read(text).operations
        assert delta(operation, store(), None, guard).removed


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> } }", "} }"),
        ("CLEAR GRAPH <urn:g> ;\n INSERT DATA { GRAPH <urn:g> { <urn:a> } }", "} }"),
        ("INSERT DATA { GRAPH <urn:g> {} } ; INSERT DATA {\n GRAPH <urn:g>\n { x:a <urn:p> 1 } }", "x:a"),
        ("DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o FILTER(?o) } }", "FILTER"),
        ("DELETE WHERE { ?s ?p _:b }", "_:b"),
    ],
)
def test_the_engine_says_where_it_cannot_read_on(text: str, fault: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        read(text)
    before = text[: text.rindex(fault)]
    line, column = caught.value.detail.removeprefix("error at ").split(":")[:2]
    assert int(line) == before.count("\n") + 1
    assert (
        0 <= int(column) - (len(before) - before.rfind("\n")) <= 5
    )  # it reads a little further than the fault


HIDDEN = [
    "INSERT DATA {} ; LOAD <http://127.0.0.1:1/>",
    "LOAD SILENT <http://127.0.0.1:1/> INTO GRAPH <urn:g>",
    "LOADex:a",
    r"L\u004fAD <http://127.0.0.1:1/>",
    "INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { { SELECT * { OPTIONAL { service silent <http://127.0.0.1:1/> { ?s ?p ?o } } } } }",
    r"DELETE { GRAPH <urn:g> { ?s ?p ?o } } WHERE { SERV\u0049CE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "INSERT {} WHERE { ?a ?p ?b FILTER(?a<?b)#>'''\n} ; LOAD <http://127.0.0.1:1/> #'''\n }",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_nothing_reaches_out(text: str) -> None:
    with pytest.raises(QueryRefused, match=r"LOAD|SERVICE"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX load: <urn:> INSERT DATA { GRAPH load:new { load:a load:p 'LOAD <x>' ; load:service 'SERVICE' } } # LOAD",
        "PREFIX upload: <urn:> PREFIX service: <urn:> CLEAR GRAPH upload:new ; DELETE WHERE { GRAPH service:new { upload:a ?p ?o } }",
    ],
)
def test_harmless_names_are_not_taken_for_it(text: str) -> None:
    read(text)
