"""Out as a file and in again."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.dump import ENDINGS, READ, dump, load
from graph.store.view import Graphs, memory_view
from tests.store.listener import Listener
from tests.store.small import EDIT, MINT, NAME, ONE, TWO, named, sells, thing

BASE = MINT.base
INFERRED, REFERENCE = MINT.inferred, MINT.graph("reference/countries")


def written(graphs: Graphs, form: str = "nquads", *, everything: bool = False) -> bytes:
    output = io.BytesIO()
    dump(memory_view(graphs), output, BASE, form=form, everything=everything)
    return output.getvalue()


def test_a_dump_has_sources_edits_and_meta_in_order() -> None:
    graphs: Graphs = {
        TWO: {named("b"), named("a")},
        ONE: {named("b")},
        EDIT: {named("c")},
        MINT.meta: {named("d")},
        INFERRED: {sells("a", "cn")},
        REFERENCE: {named("cn")},
        MINT.graph("vocabulary/verre"): {named("v")},
    }
    lines = written(graphs).decode().splitlines()
    assert lines == [
        f'<http://example.org/{key}> <http://example.org/name> "{key.title()}" <{graph.value}> .'
        for key, graph in [("c", EDIT), ("d", MINT.meta), ("b", ONE), ("a", TWO), ("b", TWO)]
    ]
    assert len(written(graphs, everything=True).splitlines()) == 8


def test_foreign_graphs_are_dumped_too() -> None:
    foreign = NamedNode("https://example.org/graph/inferred")
    assert load(written({foreign: {named("a")}}), "nquads") == {foreign: {named("a")}}


TEXTS = st.text(max_size=8)
LITERALS = (
    st.builds(Literal, TEXTS)
    | st.builds(lambda text: Literal(text, language="nl-be"), TEXTS)
    | st.integers().map(Literal)
)
SIMPLE = st.builds(Triple, st.sampled_from([thing("a"), thing("é")]), st.just(NAME), LITERALS)
TRIPLES = SIMPLE | st.builds(Triple, st.just(thing("q")), st.just(NAME), SIMPLE)
GRAPHS = st.dictionaries(
    st.sampled_from([ONE, TWO, EDIT]), st.sets(TRIPLES, min_size=1, max_size=6), max_size=3
)


@given(graphs=GRAPHS, form=st.sampled_from(["nquads", "trig"]), seed=st.integers(0, 9))
def test_what_goes_out_comes_in_and_goes_out_the_same(graphs: Graphs, form: str, seed: int) -> None:
    content = written(graphs, form)
    back = load(content, form)
    assert back == graphs
    order = random.Random(seed).sample(sorted(back, key=str), len(back))
    shuffled = {
        name: set(random.Random(seed).sample(sorted(back[name], key=str), len(back[name]))) for name in order
    }
    assert written(shuffled, form) == content


def test_triples_get_the_graph_that_is_given() -> None:
    turtle = b"@prefix ex: <http://example.org/> . ex:a ex:name 'A' ."
    assert load(turtle, "turtle", ONE) == {ONE: {named("a")}}
    assert load(io.BytesIO(b'<http://example.org/a> <http://example.org/name> "A" .'), "ntriples", ONE) == {
        ONE: {named("a")}
    }
    with pytest.raises(InputError, match="no named graph"):
        load(turtle, "turtle")
    mixed = (
        b"<http://e/a> <http://e/b> <http://e/c> . <http://e/g> { <http://e/a> <http://e/b> <http://e/d> }"
    )
    assert set(load(mixed, "trig", ONE)) == {ONE, NamedNode("http://e/g")}


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        ("turtle", b"<http://e/a> <http://e/b>\n oops", "line 2"),
        ("turtle", b"<a> <http://e/b> <http://e/c> .", "line 1"),
        ("turtle", b"<http://e/a> <http://e/b> [] .", "blank nodes"),
        ("trig", b"_:g { <http://e/a> <http://e/b> <http://e/c> }", "no named graph"),
        ("ntriples", b"\xff", "UTF-8"),
        ("html", b"", "nquads, trig, turtle"),
    ],
)
def test_faults_say_where_they_are(form: str, text: bytes, words: str) -> None:
    with pytest.raises(InputError) as caught:
        load(text, form, ONE)
    issue = caught.value.issues[0]
    assert words in f"{caught.value.detail} {issue.detail}"


def test_only_two_formats_are_written() -> None:
    with pytest.raises(InputError, match="nquads, trig"):
        written({}, "turtle")


def test_every_ending_names_a_format() -> None:
    assert set(ENDINGS.values()) == set(READ)


def test_json_ld_is_read_and_nothing_is_fetched(listener: Listener) -> None:
    address = listener.address
    own = b'{"@id": "http://example.org/a", "http://example.org/name": "A"}'
    assert load(own, "jsonld", ONE) == {ONE: {named("a")}}
    for remote in (
        f'{{"@context": "{address}c", "name": "A"}}',
        f'{{"@context": {{"@import": "{address}c"}}}}',
    ):
        with pytest.raises(InputError):
            load(remote.encode(), "jsonld", ONE)
    assert listener.connections == 0
