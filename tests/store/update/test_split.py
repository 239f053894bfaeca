"""Requests cut into operations."""

from __future__ import annotations

import pytest

from graph.errors import QueryRefused, QuerySyntaxError
from graph.store.update.operations import Block, Operation, Using
from graph.store.update.split import split

G = "<urn:g>"


def one(text: str) -> Operation:
    (operation,) = split(text)
    return operation


def test_an_empty_request_has_no_operations() -> None:
    assert split("") == []
    assert split(" # nothing\n") == []
    assert split("PREFIX e: <urn:e> BASE <http://e/>") == []


def test_data_is_cut_by_graph() -> None:
    text = "INSERT DATA { <a> <b> 1 . GRAPH <urn:g> { <a> <b> 2 ; <c> 'x' } . <a> <b> 3 GRAPH e:h { } GRAPH :i{<a> <b> <c>.}}"
    assert one(text).insert == (
        Block(None, "<a> <b> 1 ."),
        Block("<urn:g>", "<a> <b> 2 ; <c> 'x' ."),
        Block(None, "<a> <b> 3 ."),
        Block(":i", "<a> <b> <c>."),
    )
    assert one(text.replace("INSERT", "delete")).delete == one(text).insert


def test_braces_dots_and_keywords_in_strings_iris_and_comments_are_no_signs() -> None:
    text = (
        "INSERT DATA { GRAPH <urn:g#{> # } GRAPH ; {\n"
        "{ <urn:a#x> <urn:b;> '''} ; { GRAPH <x> { \\''' # '''@en , \"}\\\"\" } } ; # ;\nCLEAR GRAPH <urn:h>"
    )
    # an IRI may not hold a brace: `<` is then no IRI, and the engine would refuse it
    with pytest.raises(QuerySyntaxError):
        split(text)
    data, clear = split(text.replace("<urn:g#{>", "<urn:g#>"))
    assert data.insert[0].triples.startswith("<urn:a#x> <urn:b;> '''}")
    assert data.insert[0].triples.endswith('"}\\"" .')
    assert (clear.verb, clear.source) == ("clear", "<urn:h>")


def test_an_annotation_belongs_to_its_triple() -> None:
    text = "INSERT DATA { GRAPH <urn:g> { <a> <b> <<( <c> <d> <e> )>> ~ <r> {| <p> 1 ; <q> 2 |} } }"
    assert one(text).insert[0].triples == "<a> <b> <<( <c> <d> <e> )>> ~ <r> {| <p> 1 ; <q> 2 |} ."


def test_a_modify_has_all_its_parts() -> None:
    text = (
        "with <urn:w> delete { ?s ?p ?o . GRAPH ?g { ?s <b> ?x } } insert { ?s $q 'x' } "
        "using <urn:u> using named e:n where { ?s ?p ?o { SELECT * { GRAPH ?g { ?s $q ?x } } } }"
    )
    assert one(text) == Operation(
        "modify",
        0,
        len(text),
        len(text),
        clauses=text.index("where"),
        delete=(
            Block(None, "?s ?p ?o .", frozenset("spo")),
            Block("?g", "?s <b> ?x .", frozenset("sx")),
        ),
        insert=(Block(None, "?s $q 'x' .", frozenset("sq")),),
        home="<urn:w>",
        using=(Using("<urn:u>", False), Using("e:n", True)),
        pattern="{ ?s ?p ?o { SELECT * { GRAPH ?g { ?s $q ?x } } } }",
    )


def test_delete_where_is_its_own_template() -> None:
    operation = one("DELETE WHERE { GRAPH ?g { ?s <p> 'x' } ?s ?q ?o }")
    assert operation.short
    assert operation.pattern == "{ GRAPH ?g { ?s <p> 'x' } ?s ?q ?o }"
    assert [block.graph for block in operation.delete] == ["?g", None]
    assert not one("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }").short


def test_empty_templates_and_patterns_are_allowed() -> None:
    assert one("DELETE {} INSERT {} WHERE {}").pattern == "{}"
    assert one("DELETE WHERE {}").delete == ()
    assert one("INSERT DATA {}").insert == ()


@pytest.mark.parametrize(
    ("text", "verb", "silent", "source", "target"),
    [
        ("CLEAR GRAPH <urn:g>", "clear", False, "<urn:g>", ""),
        ("clear silent named", "clear", True, "NAMED", ""),
        ("DROP ALL", "drop", False, "ALL", ""),
        ("DROP DEFAULT", "drop", False, "DEFAULT", ""),
        ("CREATE SILENT GRAPH e:g", "create", True, "e:g", ""),
        ("ADD DEFAULT TO <urn:g>", "add", False, "DEFAULT", "<urn:g>"),
        ("MOVE SILENT GRAPH <urn:g> TO GRAPH <urn:h>", "move", True, "<urn:g>", "<urn:h>"),
        ("COPY <urn:g> TO default", "copy", False, "<urn:g>", "DEFAULT"),
    ],
)
def test_graphs_are_managed(text: str, verb: str, silent: bool, source: str, target: str) -> None:
    operation = one(text)
    assert (operation.verb, operation.silent) == (verb, silent)
    assert (operation.source, operation.target) == (source, target)


def test_prologues_add_up() -> None:
    text = (
        "BASE <http://e/> PREFIX # ; {\n a: <a#> CLEAR GRAPH a:g ; PREFIX : <b> VERSION '1.2' CLEAR GRAPH :h;"
        "CLEAR GRAPH a:i ; PREFIX a: <c>"
    )
    first, second, third = split(text)
    assert first.prologue == "BASE <http://e/>\nPREFIX # ; {\n a: <a#>\n"
    assert second.prologue == first.prologue + "PREFIX : <b>\nVERSION '1.2'\n"
    assert third.prologue == second.prologue
    assert text[second.start : second.end] == "CLEAR GRAPH :h"
    assert text[second.start : second.after] == "CLEAR GRAPH :h;"


@pytest.mark.parametrize(
    "text", ["LOAD <http://e/>", "CLEAR GRAPH <urn:g> ; load silent <http://e/> into graph <urn:g>"]
)
def test_load_is_refused_by_name(text: str) -> None:
    with pytest.raises(QueryRefused, match="LOAD"):
        split(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * { ?s ?p ?o }", "1:1: expected an operation"),
        ("CLEAR GRAPH <urn:g>\n  CLEAR GRAPH <urn:h>", "2:3: expected `;` or the end, found 'CLEAR'"),
        ("CLEAR <urn:g>", "1:7: expected GRAPH"),
        ("CREATE DEFAULT", "expected GRAPH"),
        ("CREATE GRAPH ?g", "expected an IRI or a prefixed name"),
        ("COPY <urn:g> <urn:h>", "expected TO"),
        ("WITH <urn:g> CLEAR ALL", "expected DELETE or INSERT"),
        ("WITH <urn:g> DELETE WHERE { ?s ?p ?o }", "expected {"),
        ("INSERT { } DELETE { } WHERE { }", "expected WHERE"),
        ("INSERT DATA { GRAPH <urn:g> { <a> <b> <c> }", "found the end"),
        ("INSERT DATA { GRAPH { <a> <b> <c> } }", "expected an IRI or a prefixed name"),
        ("INSERT DATA { } ;;", "expected an operation"),
        ("PREFIX e <urn:e> CLEAR GRAPH e:g", "expected a prefixed name"),
        ("BASE e: CLEAR GRAPH e:g", "expected an IRI"),
        ("INSERTDATA { }", "expected an operation"),
        ("INSERT DATA { <a> <b> 'x }", "string that begins at character 23"),
        (r"INS\u0045RT DATA { }", "expected an operation"),
    ],
)
def test_what_is_no_update_is_told_with_its_place(text: str, words: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"error at|string") as caught:
        split(text)
    assert words in caught.value.detail
