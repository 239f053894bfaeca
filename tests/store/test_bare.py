"""A store without a merge: a plain SPARQL store."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import derive, ensure_release, load_graphs, open_releases
from graph.errors import NotFound, StoreError
from graph.model.terms import BlankNode, DefaultGraph, NamedNode, Quad, Triple
from graph.settings import Settings
from graph.store.releases import Releases
from graph.store.session import WriterSession
from graph.store.writer import Derive
from tests.store.small import MINT, NAME, NO_DERIVE, ONE, SECRET, contents, named, quad, thing

FIND_BLANK = "SELECT ?s { ?s ?p ?o FILTER(isBlank(?s)) }"


@pytest.fixture
def bare(tmp_path: Path) -> Releases:
    return Releases(tmp_path / "home", bare=True)


def plain(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


def test_the_default_graph_is_a_graph_like_any_other(bare: Releases) -> None:
    with bare.write() as writer:
        writer.add([quad(named("a"), ONE), plain(named("b")), plain(named("c"))])
        writer.remove([plain(named("c")), plain(named("a"))])
        release = writer.commit("edit", NO_DERIVE)
    assert set(release.open().triples()) == {named("b")}
    assert contents(release.open()) == {ONE: {named("a")}}
    manifest = release.manifest
    assert (manifest.bare, manifest.quads, manifest.triples) == (True, 1, 1)


def test_blank_nodes_and_names_of_restricted_graphs_are_nothing_special(bare: Releases) -> None:
    blank = Triple(BlankNode("b"), NAME, thing("x"))
    with bare.write() as writer:
        writer.add([plain(blank), quad(named("a"), SECRET)])
        assert not writer.restricted(SECRET)
        release = writer.commit("edit", NO_DERIVE)
    assert len(list(release.open().select(FIND_BLANK))) == 1
    assert not release.has_whole
    assert contents(release.open()) == {SECRET: {named("a")}}


def test_nothing_is_inferred(bare: Releases) -> None:
    with bare.write() as writer:
        writer.add([plain(named("a"))])
        release = writer.commit("edit", Derive(infer=lambda _: {named("derived")}))
    assert contents(release.open()) == {}


def test_what_the_engine_does_by_itself_is_a_change_and_counted(bare: Releases) -> None:
    update = f"INSERT DATA {{ <urn:a> <urn:p> 1 . GRAPH <{ONE.value}> {{ <urn:b> <urn:p> 1, 2 }} }} ; CREATE GRAPH <urn:empty>"
    with bare.write() as writer:
        writer.touch()
        writer.engine().update(update)
        one = writer.commit("edit", NO_DERIVE)
    assert (one.manifest.quads, one.manifest.triples) == (2, 1)
    assert one.manifest.graphs == {ONE.value: 2, "urn:empty": 0}
    assert NamedNode("urn:empty") in one.open().graphs()
    with bare.write() as writer:
        writer.touch()
        writer.engine().update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
        two = writer.commit("edit", NO_DERIVE)
    assert (two.manifest.quads, two.manifest.triples) == (0, 1)


def test_a_write_that_changes_nothing_makes_no_release(bare: Releases) -> None:
    with bare.write() as writer:
        writer.add([plain(named("a"))])
        one = writer.commit("edit", NO_DERIVE)
    with bare.write() as writer:
        writer.add([plain(named("a"))])
        assert writer.commit("edit", NO_DERIVE) == one


def test_steps_are_undone_in_both_kinds_of_graph(bare: Releases) -> None:
    with bare.write() as writer:
        writer.add([plain(named("a")), quad(named("a"), ONE)])
        at = writer.savepoint()
        writer.remove([plain(named("a")), quad(named("a"), ONE)])
        writer.add([plain(named("b")), quad(named("b"), ONE)])
        writer.undo(at)
        release = writer.commit("edit", NO_DERIVE)
    assert set(release.open().triples()) == {named("a")}
    assert contents(release.open()) == {ONE: {named("a")}}


def test_a_session_throws_away_what_the_engine_has_left_undone(bare: Releases) -> None:
    session = WriterSession(bare)
    with session.write() as writer:
        writer.add([plain(named("a"))])
        writer.commit("edit", NO_DERIVE)
    with session.write() as writer:
        writer.touch()
        writer.engine().update("CLEAR ALL")
    assert not session.warm
    with session.write() as writer:
        assert set(writer.view().triples()) == {named("a")}
    session.close()


def test_a_home_belongs_to_one_profile(bare: Releases) -> None:
    with bare.write() as writer:
        writer.commit("empty", NO_DERIVE)
    full = Releases(bare.layout.home)

    def attempt() -> None:
        with full.write():
            pass

    with pytest.raises(StoreError, match="profile bare") as caught:
        attempt()
    assert caught.value.setting == "VERRE_PROFILE"
    with pytest.raises(StoreError, match="profile bare"), WriterSession(full).write():
        pass


def test_a_bare_server_begins_with_an_empty_release(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", profile="bare")
    release = ensure_release(settings)
    assert (release.name, release.manifest.quads, list(release.open().triples())) == ("000001", 0, [])
    assert release.index_path.exists()
    assert ensure_release(settings) == release
    with open_releases(settings).write() as writer:
        writer.replace({MINT.inferred: {named("mine")}}, built=False)
        second = writer.commit("edit", derive(settings))
    assert contents(second.open()) == {MINT.inferred: {named("mine")}}


def test_a_full_server_needs_a_build_first(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with pytest.raises(NotFound, match="verre build"):
        ensure_release(settings)
    built = load_graphs(settings, [{MINT.graph("edit/a"): {named("a")}}])
    assert ensure_release(settings) == built


def test_the_default_graph_is_replaced_by_its_difference(bare: Releases) -> None:
    with bare.write() as writer:
        writer.add([plain(named("a")), plain(named("b"))])
        writer.commit("edit", NO_DERIVE)
    with bare.write() as writer:
        writer.drafts.public.replace(DefaultGraph(), {named("b"), named("c")})
        change = writer.change()
        release = writer.commit("edit", NO_DERIVE)
    assert (set(change.appeared), set(change.vanished)) == ({named("c")}, {named("a")})
    assert set(release.open().triples()) == {named("b"), named("c")}
