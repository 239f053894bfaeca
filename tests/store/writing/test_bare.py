"""Writes to a plain SPARQL server: the engine runs them as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode

from graph.errors import InputError, NotFound, QueryRefused, QuerySyntaxError
from graph.settings import Settings
from graph.store.release import open_read_only
from graph.store.releases import Releases
from graph.store.writes import Write
from tests.store.writing.conftest import Inside, adding, update

ONE = "http://example.org/one"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inside]:
    settings = Settings(home=tmp_path_factory.mktemp("bare") / "home", profile="bare")
    made = Inside(Releases(settings.home, bare=True), settings)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def empty(plain: Inside) -> None:
    plain.write(update("INSERT DATA { ex:a ex:b ex:c } ; CLEAR ALL ; DROP ALL"))


def quads(plain: Inside) -> set[str]:
    release = plain.releases.current()
    assert release is not None
    return {f"{q.object} {q.graph_name}" for q in open_read_only(release.store_path)}


def graphs(plain: Inside) -> set[str]:
    release = plain.releases.current()
    assert release is not None
    return {g.value for g in open_read_only(release.store_path).named_graphs() if isinstance(g, NamedNode)}


def test_the_default_graph_is_a_graph_like_any_other(plain: Inside) -> None:
    plain.write(
        update("INSERT DATA { ex:a ex:b 1 } ; INSERT { GRAPH ex:one { ?s ?p 2 } } WHERE { ?s ?p ?o }")
    )
    integer = "^^<http://www.w3.org/2001/XMLSchema#integer>"
    assert quads(plain) == {f'"1"{integer} DEFAULT', f'"2"{integer} <{ONE}>'}
    plain.write(update("MOVE ex:one TO DEFAULT"))
    assert quads(plain) == {f'"2"{integer} DEFAULT'}


def test_each_operation_may_have_a_prologue_of_its_own(plain: Inside) -> None:
    plain.write(
        update("INSERT DATA { ex:a ex:b 'x' } ; PREFIX y: <urn:y> INSERT DATA { GRAPH y:g { ex:a y:b 'y' } }")
    )
    assert quads(plain) == {'"x" DEFAULT', '"y" <urn:yg>'}


def test_blank_nodes_are_taken(plain: Inside) -> None:
    plain.write(update("INSERT DATA { _:a ex:b [ ex:c ( 1 2 ) ] }"))
    assert len(quads(plain)) == 6
    release = plain.releases.current()
    assert release is not None
    assert any(isinstance(q.subject, BlankNode) for q in open_read_only(release.store_path))


def test_the_protocols_dataset(plain: Inside) -> None:
    plain.write(update("INSERT DATA { GRAPH ex:one { ex:a ex:b 'x' } GRAPH ex:two { ex:a ex:b 'y' } }"))
    plain.write(update("INSERT { ?s ex:seen ?o } WHERE { ?s ex:b ?o }", using=(ONE,)))
    assert quads(plain) == {f'"x" <{ONE}>', '"y" <http://example.org/two>', '"x" DEFAULT'}
    plain.write(update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", using_named=("http://example.org/two",)))
    assert quads(plain) == {f'"x" <{ONE}>', '"x" DEFAULT'}


def test_empty_graphs_are_remembered(plain: Inside, tmp_path: Path) -> None:
    body = tmp_path / "body"
    body.write_text("", "utf-8")
    assert plain.write(update("CREATE GRAPH ex:one")).changed
    assert graphs(plain) == {ONE}
    assert not plain.write(Write("put", graph=ONE, body=body)).created
    assert plain.write(Write("put", graph="urn:two", body=body)).created
    assert graphs(plain) == {ONE, "urn:two"}
    plain.write(Write("delete", graph="urn:two"))
    assert graphs(plain) == {ONE}
    with pytest.raises(NotFound):
        plain.write(Write("delete", graph="urn:two"))


def test_graphs_are_put_and_posted(plain: Inside, tmp_path: Path) -> None:
    body = tmp_path / "body"
    body.write_text("<#a> <#b> [] .", "utf-8")
    for graph in (None, ONE):
        plain.write(Write("put", graph=graph, body=body, base_iri="http://e/"))
        plain.write(Write("post", graph=graph, body=body, base_iri="http://e/"))
    assert len(quads(plain)) == 4  # blank nodes of two bodies are two
    plain.write(Write("put", graph=None, body=body, base_iri="http://e/"))
    assert sum(quad.endswith("DEFAULT") for quad in quads(plain)) == 1
    plain.write(Write("delete", graph=None))
    assert not any(quad.endswith("DEFAULT") for quad in quads(plain))
    assert str(DefaultGraph()) == "DEFAULT"


def test_what_fails_leaves_nothing_of_its_first_half(plain: Inside) -> None:
    before = plain.releases.pointer().last
    for text, kind in (
        ("INSERT DATA { ex:a ex:b 1 } ; DROP GRAPH <urn:none>", InputError),
        ("INSERT DATA { ex:a ex:b 1 } ; INSERT DATA { ex:a", QuerySyntaxError),
        (
            "INSERT DATA { ex:a ex:b 1 } ; INSERT { ?s ?p ?x } WHERE { ?s ?p ?o BIND(<urn:f>(?o) AS ?x) }",
            QuerySyntaxError,
        ),
        ("INSERT DATA { ex:a ex:b 1 } ; LOAD SILENT <http://127.0.0.1:1/>", QueryRefused),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused),
    ):
        with pytest.raises(kind):
            plain.write(update(text))
    assert (quads(plain), plain.releases.pointer().last) == (set(), before)


def test_each_write_is_a_release_of_its_own(plain: Inside) -> None:
    last = plain.releases.pointer().last
    plain.tried(adding("a", ONE), adding("b", ONE))
    assert plain.releases.pointer().last == last + 2
    assert {'"a"', '"b"'} == {quad.split()[0] for quad in quads(plain)}
