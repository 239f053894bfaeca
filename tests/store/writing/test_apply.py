"""What single writes do."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InputError, NotFound, QueryRefused
from graph.model.terms import NamedNode
from graph.store.writes import Write, WriteKind, Written
from tests.store.small import ONE
from tests.store.writing.conftest import BASE, Inside, adding, update


def test_a_refused_write_leaves_nothing_of_its_first_half(inside: Inside, graph: str) -> None:
    half = update(f"INSERT DATA {{ GRAPH <{graph}> {{ ex:a ex:note 'half' }} }} ; CLEAR GRAPH <{ONE.value}>")
    refused, done = inside.tried(half, adding("b", graph))
    assert isinstance(refused, InputError)
    assert isinstance(done, Written)
    assert inside.notes(graph) == {"b"}
    last = inside.releases.pointer().last
    assert isinstance(inside.tried(half)[0], InputError)
    assert inside.releases.pointer().last == last


def test_an_update_nested_too_deeply_is_refused_before_anybody_follows_it(inside: Inside, graph: str) -> None:
    deep = f"INSERT {{ GRAPH <{graph}> {{ ex:a ex:note 'x' }} }} WHERE {{ {'{' * 600}{'}' * 600} }}"
    with pytest.raises(QueryRefused, match="nested too deeply") as caught:
        inside.write(update(deep))
    assert caught.value.setting == "VERRE_QUERY_NESTING"
    assert inside.notes(graph) == set()


@pytest.mark.parametrize(
    "name", ["graph/source/s001", "graph/inferred", "graph/vocabulary/x", "graph/reference/y"]
)
def test_graphs_of_builds_are_not_for_writing(inside: Inside, name: str) -> None:
    last = inside.releases.pointer().last
    for write in (
        adding("a", BASE + name),
        Write("delete", graph=BASE + name),
        update(f"CREATE GRAPH <{BASE}{name}>"),
    ):
        with pytest.raises(InputError, match="may not be written") as caught:
            inside.write(write)
        assert f"<{BASE}graph/edit/" in caught.value.detail
    assert inside.releases.pointer().last == last


def test_a_graph_is_put_and_posted_and_deleted(inside: Inside, graph: str, tmp_path: Path) -> None:
    def send(kind: WriteKind, text: str, media_type: str = "text/turtle") -> Written:
        body = tmp_path / "body"
        body.write_text(text, "utf-8")
        done = inside.write(Write(kind, graph=graph, body=body, media_type=media_type, base_iri="http://e/"))
        assert body.exists()
        return done

    with pytest.raises(NotFound):
        inside.write(Write("delete", graph=graph))
    made = send("put", "<#a> <note> 'one', 'two' .")
    assert (made.created, made.added, made.removed) == (True, 2, 0)
    assert inside.notes(graph) == {"one", "two"}
    more = send("post", "<#a> <note> 'two', 'three' .")
    assert (more.created, more.added, more.removed) == (False, 1, 0)
    less = send("put", '<http://e/#a> <http://e/note> "three" .', "application/n-triples")
    assert (less.created, less.added, less.removed) == (False, 0, 2)
    same = send("put", "<#a> <note> 'three' .")
    assert (same.changed, same.release) == (False, less.release)
    gone = inside.write(Write("delete", graph=graph))
    assert (gone.created, gone.removed) == (False, 1)


def test_a_body_that_is_no_graph_is_refused(inside: Inside, graph: str, tmp_path: Path) -> None:
    body = tmp_path / "body"
    for text, media_type in (
        ("<#a> <b>", "text/turtle"),
        ("_:a <b> 1 .", "text/turtle"),
        ("", "application/trig"),
    ):
        body.write_text(text, "utf-8")
        with pytest.raises(InputError):
            inside.write(Write("put", graph=graph, body=body, media_type=media_type, base_iri="http://e/"))
    for name in (None, "no iri at all"):
        with pytest.raises(InputError, match="graph"):
            inside.write(Write("put", graph=name, body=body))
    with pytest.raises(InputError, match="no body"):
        inside.write(Write("post", graph=graph))


def test_the_protocols_dataset(inside: Inside, graph: str) -> None:
    text = f"INSERT {{ GRAPH <{graph}> {{ ?s ex:note ?o }} }} WHERE {{ ?s ex:name ?o }}"
    assert inside.write(update(text, using=(BASE + "graph/source/s002",))).added == 2
    named = text.replace("?s ex:name ?o }", "GRAPH ?g { ?s ex:market ?o } }")
    assert inside.write(update(named, using_named=(BASE + "graph/source/s002",))).added == 0
    assert inside.write(update(named, using_named=(BASE + "graph/source/s001",))).added == 1
    with pytest.raises(InputError, match="USING"):
        inside.write(update(f"WITH <{graph}> {text}", using=(graph,)))
    with pytest.raises(InputError, match="IRI"):
        inside.write(update(text, using=("no iri> WHERE { } ; CLEAR ALL",)))


def test_restricted_graphs_are_written_where_only_some_look(inside: Inside, graph: str) -> None:
    secret = f"{BASE}graph/restricted/edit/bob"
    assert inside.write(adding("secret", secret)).added == 1
    seen = (
        f"INSERT {{ GRAPH <{graph}> {{ ex:x ex:note ?n }} }} WHERE {{ GRAPH <{secret}> {{ ?s ex:note ?n }} }}"
    )
    assert inside.write(update(seen)).added == 1
    current = inside.releases.current()
    assert current is not None
    assert NamedNode(secret) not in current.open().graphs()
    assert NamedNode(secret) in current.open("whole").graphs()
    assert inside.notes(graph) == {"secret"}
    inside.write(update(f"DROP GRAPH <{secret}>"))
