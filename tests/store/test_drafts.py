"""The public part and the whole, kept in step."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model.terms import NamedNode, Quad, Triple
from graph.store.drafts import Drafts
from graph.store.erase import erase
from graph.store.releases import Release, Releases
from graph.store.view import Graphs, GraphView, StoreView
from graph.store.writer import Derive
from tests.store.small import (
    EDIT,
    MINT,
    NO_DERIVE,
    ONE,
    SECRET,
    TWO,
    contents,
    merge_is_right,
    named,
    quad,
    sells,
    thing,
)

HIDDEN = quad(named("luminex"), SECRET)


def write(releases: Releases, *, add: list[Quad] | None = None, remove: list[Quad] | None = None) -> Release:
    with releases.write() as writer:
        writer.add(add or [])
        writer.remove(remove or [])
        return writer.commit("edit", NO_DERIVE)


def files(release: Release) -> bytes:
    """Everything that is on disk of the public part."""
    paths = [p for p in release.path.rglob("*") if p.is_file() and "whole" not in p.parts]
    return b"".join(path.read_bytes() for path in paths if path.name != "manifest.json")


@pytest.fixture
def parted(releases: Releases, first: Release) -> Release:
    """A release with something restricted, of which a triple is public too."""
    return write(releases, add=[HIDDEN, quad(named("hushhush"), SECRET)])


def test_what_is_restricted_is_in_the_whole_part_only(parted: Release, first: Release) -> None:
    assert parted.has_whole
    assert contents(parted.open()) == contents(first.open())
    assert contents(parted.open("whole")) == contents(first.open()) | {
        SECRET: {named("luminex"), named("hushhush")}
    }
    assert merge_is_right(parted.open("whole"))
    manifest = parted.manifest
    assert manifest.restricted_graphs == [SECRET.value]
    assert (manifest.quads, manifest.triples) == (4, 3)
    assert manifest.whole is not None
    assert (manifest.whole.quads, manifest.whole.triples, manifest.whole.graphs[SECRET.value]) == (6, 4, 2)


def test_no_file_of_the_public_part_knows_of_it(releases: Releases, parted: Release) -> None:
    after = write(releases, add=[quad(named("b"), EDIT)])
    for release in (parted, after):
        assert b"Hushhush" not in files(release)
        assert SECRET.value.encode() not in files(release)
        whole = b"".join(p.read_bytes() for p in (release.path / "whole").rglob("*") if p.is_file())
        assert b"Hushhush" in whole


def test_public_edits_go_to_both_parts(releases: Releases, parted: Release) -> None:
    release = write(releases, add=[quad(named("b"), EDIT)], remove=[quad(named("punch"), TWO)])
    for part in (release.open(), release.open("whole")):
        assert set(part.triples(EDIT)) == {named("b")}
        assert set(part.triples(TWO)) == {named("luminex")}
        assert merge_is_right(part)
    assert set(release.open("whole").triples(SECRET)) == {named("luminex"), named("hushhush")}


def test_a_triple_stays_in_the_merge_of_the_part_that_still_says_it(
    releases: Releases, parted: Release
) -> None:
    release = write(releases, remove=[quad(named("luminex"), ONE), quad(named("luminex"), TWO)])
    assert named("luminex") not in set(release.open().triples())
    assert named("luminex") in set(release.open("whole").triples())
    assert release.size("public").triples == 2
    assert release.size("whole").triples == 4


def test_the_whole_part_begins_with_the_files_of_the_public_one(releases: Releases, first: Release) -> None:
    parted = write(releases, add=[HIDDEN])
    begun = {p.stat().st_ino for p in first.store_path.glob("*.sst")}
    assert begun
    assert begun <= {p.stat().st_ino for p in parted.part("whole").store_path.glob("*.sst")}


def test_with_the_last_restricted_graph_the_whole_part_goes(
    releases: Releases, parted: Release, first: Release
) -> None:
    with releases.write() as writer:
        writer.drop(SECRET)
        release = writer.commit("edit", NO_DERIVE)
    assert release.number == parted.number + 1
    assert (release.has_whole, release.manifest.restricted_graphs) == (False, [])
    assert not (release.path / "whole").exists()
    assert contents(release.open("whole")) == contents(first.open())


def test_a_restricted_graph_that_comes_and_goes_again_is_no_change(
    releases: Releases, first: Release
) -> None:
    with releases.write() as writer:
        writer.add([HIDDEN])
        writer.remove([HIDDEN])
        assert writer.commit("edit", NO_DERIVE) == first
    with releases.write() as writer:
        writer.remove([HIDDEN])
        writer.drop(SECRET)
        assert writer.commit("edit", NO_DERIVE) == first


def test_a_source_turns_restricted_and_public_again(releases: Releases) -> None:
    """As an import gives it: its graph has another name then."""
    shown, hidden = MINT.source_graph("s9"), MINT.source_graph("s9", restricted=True)
    states: list[Graphs] = [
        {ONE: {named("a")}, shown: {named("s")}},
        {ONE: {named("a")}, hidden: {named("s")}},
        {ONE: {named("a")}, shown: {named("s")}},
    ]
    for state in states:
        with releases.write() as writer:
            writer.replace(state, built=True)
            release = writer.commit("build", NO_DERIVE)
        assert contents(release.open("whole")) == state
        assert contents(release.open()) == {g: t for g, t in state.items() if g != hidden}
        assert release.has_whole is (hidden in state)
        assert release.manifest.built_graphs == sorted(name.value for name in state)


def test_a_first_release_may_have_both_parts(releases: Releases) -> None:
    graphs: Graphs = {ONE: {named("a")}, SECRET: {named("s"), named("a")}}
    with releases.write() as writer:
        writer.replace(graphs, built=True)
        release = writer.commit("build", NO_DERIVE)
    assert contents(release.open("whole")) == graphs
    assert contents(release.open()) == {ONE: {named("a")}}
    with releases.write() as writer:
        writer.replace(graphs, built=True)
        assert writer.commit("build", NO_DERIVE) == release


def test_a_graph_that_was_emptied_may_be_filled_again(releases: Releases, first: Release) -> None:
    with releases.write() as writer:
        writer.replace({ONE: set(), TWO: set()}, built=True)
        empty = writer.commit("build", NO_DERIVE)
    assert contents(empty.open()) == {}
    with releases.write() as writer:
        writer.replace({ONE: {named("a")}, SECRET: {named("s")}}, built=True)
        assert writer.change("public").added == {quad(named("a"), ONE)}
        release = writer.commit("build", NO_DERIVE)
    assert contents(release.open("whole")) == {ONE: {named("a")}, SECRET: {named("s")}}


def test_only_restricted_graphs_leave_the_public_part_empty(releases: Releases) -> None:
    release = write(releases, add=[HIDDEN])
    assert contents(release.open()) == {}
    assert contents(release.open("whole")) == {SECRET: {named("luminex")}}


def test_what_is_restricted_stays_so_under_another_base(releases: Releases, parted: Release) -> None:
    moved = Releases(releases.layout.home, base_iri="https://other.example/")
    release = write(moved, add=[quad(named("more"), SECRET), quad(named("b"), EDIT)])
    assert release.manifest.restricted_graphs == [SECRET.value]
    assert set(release.open("whole").triples(SECRET)) == {named("luminex"), named("hushhush"), named("more")}
    assert SECRET not in release.open().graphs()


def test_going_back_and_pruning_know_both_parts(releases: Releases, first: Release, parted: Release) -> None:
    releases.rollback(first.name)
    third = write(releases, add=[quad(named("b"), EDIT)])
    assert not third.has_whole
    releases.rollback(parted.name)
    fourth = write(releases, add=[quad(named("c"), EDIT)])
    assert set(fourth.open("whole").triples(SECRET)) == {named("luminex"), named("hushhush")}
    releases.keep = 1
    assert parted.name in releases.prune()
    assert not parted.path.exists()


def test_a_compaction_rewrites_both_parts(releases: Releases, parted: Release) -> None:
    with releases.write() as writer:
        writer.compact()
        release = writer.commit("compact", NO_DERIVE)
    assert contents(release.open("whole")) == contents(parted.open("whole"))
    assert contents(release.open()) == contents(parted.open())


def test_an_erasure_reaches_both_parts(releases: Releases, parted: Release) -> None:
    erase(releases, thing("luminex").value, NO_DERIVE)
    release = releases.current()
    assert release is not None
    assert contents(release.open()) == {TWO: {named("punch")}}
    assert contents(release.open("whole")) == {TWO: {named("punch")}, SECRET: {named("hushhush")}}
    assert merge_is_right(release.open("whole"))
    held = b"".join(path.read_bytes() for path in releases.layout.home.rglob("*") if path.is_file())
    assert b"Luminex" not in held
    assert b"Hushhush" in held


def test_what_is_only_restricted_can_be_erased(releases: Releases, parted: Release) -> None:
    report = erase(releases, thing("hushhush").value, NO_DERIVE)
    assert report.erased == (thing("hushhush").value,)
    release = releases.current()
    assert release is not None
    assert contents(release.open("whole"))[SECRET] == {named("luminex")}


def test_each_part_is_inferred_and_indexed_from_what_it_holds(releases: Releases, parted: Release) -> None:
    def infer(view: GraphView) -> set[Triple]:
        return {sells(f"n{len(list(view.triples()))}", "x")}

    def index(view: GraphView, path: Path, name: str) -> None:
        path.write_text(f"{name} {len(view.graphs())}")

    with releases.write() as writer:
        release = writer.commit("edit", Derive(infer=infer, index=index))
    assert set(release.open().triples(MINT.inferred)) == {sells("n3", "x")}
    assert set(release.open("whole").triples(MINT.inferred)) == {sells("n4", "x")}
    assert release.part("public").index_path.read_text() == "000003 3"
    assert release.part("whole").index_path.read_text() == "000003 4"


def test_what_is_asked_of_a_writer_is_about_everything(releases: Releases, parted: Release) -> None:
    with releases.write() as writer:
        writer.add([quad(named("b"), SECRET)])
        assert writer.count(SECRET) == 3
        assert writer.count(NamedNode("urn:absent")) == 0
        assert writer.restricted(SECRET)
        assert not writer.restricted(ONE)
        assert writer.change().added == {quad(named("b"), SECRET)}
        assert not writer.change("public")
        assert SECRET not in writer.view().graphs()
        assert SECRET in StoreView(writer.engine()).graphs()


def test_what_the_engine_did_by_itself_cannot_be_undone(tmp_path: Path, first: Release) -> None:
    drafts = Drafts(tmp_path, first, None)
    drafts.public.touch()
    with pytest.raises(RuntimeError, match="by itself"):
        drafts.undo_all(whole=False)
