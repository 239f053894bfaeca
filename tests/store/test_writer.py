"""Making releases."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputError, QueryError
from graph.model.namespaces import XSD
from graph.model.terms import BlankNode, Literal, NamedNode, Quad, Triple
from graph.store.draft import BULK
from graph.store.layout import inodes
from graph.store.releases import Release, Releases
from graph.store.view import Graphs, GraphView
from graph.store.writer import Derive
from tests.store.small import (
    EDIT,
    MARKET,
    MINT,
    NAME,
    NO_DERIVE,
    ONE,
    TWO,
    contents,
    merge_is_right,
    named,
    quad,
    sells,
    thing,
)


def test_a_release_holds_its_graphs_and_their_merge(first: Release) -> None:
    view = first.open()
    assert contents(view) == {
        ONE: {named("luminex"), sells("luminex", "jp")},
        TWO: {named("luminex"), named("punch")},
    }
    assert merge_is_right(view)
    manifest = first.manifest
    assert (manifest.quads, manifest.triples, manifest.graphs) == (4, 3, {ONE.value: 2, TWO.value: 2})
    assert (manifest.number, manifest.name, manifest.parent) == (1, "000001", None)
    assert manifest.built_graphs == [ONE.value, TWO.value]


def test_the_same_input_makes_no_new_release(releases: Releases, first: Release) -> None:
    with releases.write() as writer:
        writer.replace(contents(first.open()), built=True)
        assert writer.commit("build", NO_DERIVE) == first
    assert [each.name for each in releases.list()] == ["000001"]
    assert list(releases.layout.staging.iterdir()) == []


def test_values_that_the_engine_writes_its_own_way_are_no_change(releases: Releases) -> None:
    share = Triple(thing("a"), NAME, Literal("96.850", datatype=XSD.decimal))
    for _ in range(2):
        with releases.write() as writer:
            writer.replace({ONE: {share}}, built=True)
            release = writer.commit("build", NO_DERIVE)
    assert release.name == "000001"
    assert [str(t.object) for t in release.open().triples()] == [f'"96.85"^^<{XSD.decimal.value}>']


def test_an_edit_that_is_taken_back_is_no_change(releases: Releases, first: Release) -> None:
    with releases.write() as writer:
        writer.add([quad(named("new"), EDIT), quad(named("luminex"), ONE)])
        writer.remove([quad(named("new"), EDIT), quad(named("absent"), ONE)])
        writer.remove([quad(named("punch"), TWO)])
        writer.add([quad(named("punch"), TWO)])
        assert writer.commit("edit", NO_DERIVE) == first


def test_a_triple_leaves_the_merge_with_its_last_graph(releases: Releases, first: Release) -> None:
    with releases.write() as writer:
        writer.remove([quad(named("luminex"), ONE)])
        assert named("luminex") in set(writer.view().triples())
        writer.remove([quad(named("luminex"), TWO)])
        assert named("luminex") not in set(writer.view().triples())
        second = writer.commit("edit", NO_DERIVE)
    assert (second.manifest.quads, second.manifest.triples, second.manifest.parent) == (2, 2, first.name)
    assert merge_is_right(second.open())
    assert named("luminex") in set(first.open().triples())


def test_a_build_replaces_what_builds_made_and_nothing_else(releases: Releases, first: Release) -> None:
    with releases.write() as writer:
        writer.add([quad(named("by-hand"), EDIT)])
        writer.commit("edit", NO_DERIVE)
    with releases.write() as writer:
        writer.replace({ONE: {named("luminex", "Luminex NV")}}, built=True)
        third = writer.commit("build", NO_DERIVE, inputs={"companies.csv": "ab" * 32})
    assert contents(third.open()) == {ONE: {named("luminex", "Luminex NV")}, EDIT: {named("by-hand")}}
    assert merge_is_right(third.open())
    assert third.manifest.built_graphs == [ONE.value]
    assert third.manifest.inputs == {"companies.csv": "ab" * 32}


def test_a_replacement_that_is_no_build_drops_nothing(releases: Releases, first: Release) -> None:
    with releases.write() as writer:
        writer.replace({EDIT: {named("by-hand")}}, built=False)
        writer.drop(ONE)
        second = writer.commit("load", NO_DERIVE)
    assert set(contents(second.open())) == {TWO, EDIT}
    assert second.manifest.built_graphs == first.manifest.built_graphs


def test_what_is_derived_is_replaced_and_follows_the_facts(releases: Releases) -> None:
    def infer(view: GraphView) -> set[Triple]:
        rows = view.select(f"SELECT ?s {{ GRAPH <{ONE.value}> {{ ?s <{MARKET.value}> ?m }} }}")
        return {Triple(row[0], NAME, Literal("exporter")) for row in rows if isinstance(row[0], NamedNode)}

    derive = Derive(infer=infer, today=date(2018, 2, 19))
    with releases.write() as writer:
        writer.replace({ONE: {sells("a", "cn"), sells("b", "cn")}}, built=True)
        one = writer.commit("build", derive)
    assert set(one.open().triples(MINT.inferred)) == {named("a", "exporter"), named("b", "exporter")}
    assert one.manifest.today == date(2018, 2, 19)
    with releases.write() as writer:
        writer.replace({ONE: {sells("a", "cn")}}, built=True)
        two = writer.commit("build", derive)
    assert set(two.open().triples(MINT.inferred)) == {named("a", "exporter")}
    assert two.manifest.built_graphs == [ONE.value]
    with releases.write() as writer:
        assert writer.commit("build", replace(derive, today=date(2018, 2, 20))) == two


def test_the_index_is_made_of_the_new_state_and_its_name(releases: Releases, first: Release) -> None:
    def index(view: GraphView, path: Path, name: str) -> None:
        path.write_text(f"{name} {len(list(view.triples()))}")

    with releases.write() as writer:
        writer.add([quad(named("new"), EDIT)])
        second = writer.commit("edit", Derive(index=index))
    assert second.index_path.read_text() == "000002 4"


def test_another_version_of_what_derives_makes_a_release(releases: Releases, first: Release) -> None:
    with releases.write() as writer:
        second = writer.commit("build", Derive(version="index 2"))
    assert second.number == 2
    with releases.write() as writer:
        assert writer.commit("build", Derive(version="index 2")) == second


def _refuse(*_: object) -> Any:
    raise QueryError("no")


@pytest.mark.parametrize("derive", [Derive(infer=_refuse), Derive(index=_refuse), Derive(check=_refuse)])
def test_a_hook_that_raises_leaves_everything_as_it_was(
    releases: Releases, first: Release, derive: Derive
) -> None:
    def attempt() -> None:
        with releases.write() as writer:
            writer.add([quad(named("new"), EDIT)])
            writer.commit("edit", derive)

    before = sorted(str(path) for path in releases.layout.home.rglob("*"))
    with pytest.raises(QueryError, match="no"):
        attempt()
    assert sorted(str(path) for path in releases.layout.home.rglob("*")) == before
    assert releases.current() == first


def test_work_without_commit_is_as_if_it_never_was(releases: Releases, first: Release) -> None:
    with releases.write() as writer:
        writer.drop(ONE)
    assert releases.current() == first
    assert contents(first.open())[ONE]
    with pytest.raises(RuntimeError, match="closed"):
        writer.view()


def test_a_published_release_is_never_written_to(releases: Releases, first: Release) -> None:
    def state() -> dict[str, tuple[int, int, bytes]]:
        paths = [path for path in first.path.rglob("*") if path.is_file()]
        return {str(p): (p.stat().st_mtime_ns, p.stat().st_size, p.read_bytes()) for p in paths}

    before = state()
    for number in range(5):
        with releases.write() as writer:
            writer.add([quad(named(f"n{number}"), EDIT)])
            writer.commit("edit", NO_DERIVE)
    assert state() == before


def test_releases_share_files_and_a_compaction_makes_a_new_one(releases: Releases, first: Release) -> None:
    with releases.write() as writer:
        writer.add([quad(named("new"), EDIT)])
        second = writer.commit("edit", NO_DERIVE)
    shared = [p for p in second.store_path.iterdir() if p.suffix == ".sst" and p.stat().st_nlink > 1]
    assert shared
    with releases.write() as writer:
        writer.compact()
        third = writer.commit("compact", NO_DERIVE)
    assert third.number == 3
    assert contents(third.open()) == contents(second.open())


def test_blank_nodes_and_the_default_graph_are_refused(releases: Releases, first: Release) -> None:
    blank = Triple(BlankNode("b"), NAME, Literal("x"))
    with releases.write() as writer:
        with pytest.raises(InputError) as caught:
            writer.replace({ONE: {blank}}, built=True)
        assert "IRI" in caught.value.issues[0].detail
        with pytest.raises(InputError):
            writer.add([quad(Triple(thing("a"), NAME, BlankNode("b")), ONE)])
        with pytest.raises(InputError) as caught:
            writer.add([Quad(thing("a"), NAME, Literal("x"))])
        assert "named graph" in caught.value.issues[0].detail


def test_quoted_triples_are_stored(releases: Releases) -> None:
    said = Triple(thing("a"), NAME, named("b", "05"))
    with releases.write() as writer:
        writer.add([quad(said, ONE)])
        release = writer.commit("edit", NO_DERIVE)
    assert set(release.open().triples()) == {said}


def test_many_quads_go_in_and_out(releases: Releases) -> None:
    many = {Triple(thing(f"c{n}"), NAME, Literal(str(n))) for n in range(BULK + 10)}
    with releases.write() as writer:
        writer.replace({ONE: many, TWO: set(list(many)[:5])}, built=True)
        one = writer.commit("build", NO_DERIVE)
    assert (one.manifest.quads, one.manifest.triples) == (BULK + 15, BULK + 10)
    with releases.write() as writer:
        writer.drop(ONE)
        two = writer.commit("edit", NO_DERIVE)
    assert (two.manifest.quads, two.manifest.triples) == (5, 5)
    assert merge_is_right(two.open())


TRIPLES = st.sets(st.builds(sells, st.sampled_from("abc"), st.sampled_from("xyz")), max_size=6)
GRAPHS = st.sampled_from([ONE, TWO, EDIT])
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "replace", "drop"]), GRAPHS, TRIPLES), max_size=8
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(STEPS, min_size=1, max_size=3))
def test_any_sequence_of_changes_gives_what_a_dictionary_would(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[tuple[str, NamedNode, set[Triple]]]]
) -> None:
    releases = Releases(tmp_path_factory.mktemp("home"))
    model: Graphs = {}
    for steps in runs:
        before = {name: set(triples) for name, triples in model.items() if triples}
        base = releases.current()
        with releases.write() as writer:
            for what, name, triples in steps:
                held = model.setdefault(name, set())
                if what == "add":
                    writer.add(quad(t, name) for t in triples)
                    held |= triples
                elif what == "remove":
                    writer.remove(quad(t, name) for t in triples)
                    held -= triples
                else:
                    wanted = triples if what == "replace" else set()
                    writer.replace({name: wanted}, built=False)
                    model[name] = set(wanted)
            release = writer.commit("edit", NO_DERIVE)
        after = {name: triples for name, triples in model.items() if triples}
        view = release.open()
        assert contents(view) == after
        assert merge_is_right(view)
        assert release.manifest.quads == sum(map(len, after.values()))
        assert release.manifest.triples == len(set().union(*after.values()))
        assert base is None or (release.name == base.name) == (before == after)


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> set[tuple[int, int]]:
    """The files that are made durable from now on, by device and inode."""
    files: set[tuple[int, int]] = set()
    real = os.fsync

    def record(descriptor: int) -> None:
        found = os.fstat(descriptor)
        files.add((found.st_dev, found.st_ino))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", record)
    return files


def test_everything_of_a_release_is_synced_before_the_switch(
    releases: Releases, synced: set[tuple[int, int]]
) -> None:
    with releases.write() as writer:
        writer.add([quad(named("a"), ONE)])
        release = writer.commit("edit", NO_DERIVE)
    there = [release.path, *release.path.rglob("*"), releases.layout.releases, releases.layout.current]
    assert {(p.stat().st_dev, p.stat().st_ino) for p in there} <= synced


def test_what_was_synced_with_the_release_before_is_not_synced_again(
    releases: Releases, first: Release, synced: set[tuple[int, int]]
) -> None:
    with releases.write() as writer:
        writer.add([quad(named("a"), ONE)])
        release = writer.commit("edit", NO_DERIVE)
    shared = inodes(first.store_path) & inodes(release.store_path)
    synced.clear()
    with releases.write() as writer:
        writer.add([quad(named("b"), ONE)])
        third = writer.commit("edit", NO_DERIVE)
    assert shared
    assert not synced & inodes(release.store_path)
    assert inodes(third.store_path) - inodes(release.store_path) <= synced
