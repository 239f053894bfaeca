"""One write after the other by a session that keeps its stores open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import InputError, Locked, WriteRefused
from graph.model.terms import BlankNode, NamedNode, Quad, Triple
from graph.store import draft as drafts
from graph.store import writer as writers
from graph.store.change import Change
from graph.store.erase import erase
from graph.store.releases import Release, Releases
from graph.store.session import WriterSession
from graph.store.view import Graphs, GraphView
from graph.store.writer import Derive, Writer
from tests.store.small import (
    EDIT,
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


@pytest.fixture
def session(releases: Releases) -> Iterator[WriterSession]:
    session = WriterSession(releases)
    yield session
    session.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of the stores that were opened by a checkpoint."""
    folders: list[Path] = []
    real = drafts.Draft.__init__

    def note(self: drafts.Draft, folder: Path, *rest: object, **more: object) -> None:
        folders.append(folder)
        real(self, folder, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(drafts.Draft, "__init__", note)
    return folders


def edit(session: WriterSession, *triples: Triple, graph: NamedNode = EDIT) -> Release:
    with session.write() as writer:
        writer.add(quad(triple, graph) for triple in triples)
        return writer.commit("edit", NO_DERIVE)


def test_the_second_write_opens_nothing(session: WriterSession, first: Release, opened: list[Path]) -> None:
    warm = [session.warm]
    second = edit(session, named("a"))
    warm.append(session.warm)
    third = edit(session, named("b"))
    assert warm == [False, True]
    assert len(opened) == 1
    assert (second.name, third.name, third.manifest.parent) == ("000002", "000003", "000002")
    assert contents(third.open()) == contents(first.open()) | {EDIT: {named("a"), named("b")}}
    assert contents(second.open())[EDIT] == {named("a")}
    assert merge_is_right(third.open())


def test_the_change_of_a_write_is_its_own(session: WriterSession, first: Release) -> None:
    edit(session, named("a"))
    with session.write() as writer:
        assert writer.change() == Change(before=first.manifest.today)
        writer.add([quad(named("b"), EDIT)])
        assert writer.change().added == {quad(named("b"), EDIT)}
        assert writer.commit("edit", NO_DERIVE).number == 3


def test_the_lock_is_free_between_two_writes(
    session: WriterSession, releases: Releases, first: Release
) -> None:
    edit(session, named("a"))
    with releases.write(), pytest.raises(Locked):
        edit(session, named("b"))
    assert edit(session, named("b")).number == 3


def test_somebody_elses_release_is_what_the_next_write_begins_with(
    session: WriterSession, releases: Releases, first: Release, opened: list[Path]
) -> None:
    edit(session, named("a"))
    with releases.write() as writer:
        writer.remove([quad(named("a"), EDIT)])
        writer.add([quad(named("other"), EDIT)])
        writer.commit("edit", NO_DERIVE)
    assert contents(edit(session, named("b")).open())[EDIT] == {named("other"), named("b")}
    assert len(opened) == 3


def test_a_write_of_somebody_else_that_changes_nothing_leaves_it_warm(
    session: WriterSession, releases: Releases, first: Release, opened: list[Path]
) -> None:
    edit(session, named("a"))
    with releases.write() as writer:
        writer.commit("edit", NO_DERIVE)
    assert contents(edit(session, named("b")).open())[EDIT] == {named("a"), named("b")}
    assert len(opened) == 2  # its own, and the other's


def test_after_a_rollback_it_begins_there(session: WriterSession, releases: Releases, first: Release) -> None:
    edit(session, named("a"))
    releases.rollback()
    assert contents(edit(session, named("b")).open())[EDIT] == {named("b")}


def test_an_erasure_takes_the_open_stores_away(
    session: WriterSession, releases: Releases, first: Release
) -> None:
    edit(session, named("a"))
    report = erase(releases, thing("luminex").value, NO_DERIVE)
    assert any("a process that writes" in sentence for sentence in report.unreached)
    assert list(releases.layout.staging.iterdir()) == []
    last = edit(session, named("b"))
    assert contents(last.open()) == {TWO: {named("punch")}, EDIT: {named("a"), named("b")}}


def test_open_stores_that_are_gone_are_made_anew(
    session: WriterSession, releases: Releases, first: Release
) -> None:
    edit(session, named("a"))
    for folder in releases.layout.staging.iterdir():
        shutil.rmtree(folder)
    assert contents(edit(session, named("b")).open())[EDIT] == {named("a"), named("b")}


def test_closing_leaves_nothing_and_ends_nothing(
    session: WriterSession, releases: Releases, first: Release
) -> None:
    edit(session, named("a"))
    session.close()
    assert list(releases.layout.staging.iterdir()) == []
    assert edit(session, named("b")).number == 3


def test_the_first_release_of_all_may_be_a_sessions(session: WriterSession, opened: list[Path]) -> None:
    edit(session, named("a"))
    assert contents(edit(session, named("b")).open()) == {EDIT: {named("a"), named("b")}}
    assert len(opened) == 1


def test_a_write_without_commit_is_as_if_it_never_was(
    session: WriterSession, first: Release, opened: list[Path]
) -> None:
    with session.write() as writer:
        writer.drop(ONE)
        writer.add([quad(named("a"), SECRET)])
    assert session.warm
    with pytest.raises(RuntimeError, match="closed"):
        writer.view()
    second = edit(session, named("b"))
    assert contents(second.open("whole")) == contents(first.open()) | {EDIT: {named("b")}}
    assert not second.has_whole
    assert merge_is_right(second.open())
    assert len([folder for folder in opened if folder.name == "public"]) == 1


def _refuse(_: GraphView, __: Change | None) -> None:
    raise WriteRefused("the shapes say no")


def test_a_refused_write_is_undone_and_keeps_the_stores_open(
    session: WriterSession, releases: Releases, first: Release, opened: list[Path]
) -> None:
    def infer(view: GraphView) -> set[Triple]:
        return {Triple(t.subject, t.predicate, thing("derived")) for t in view.triples(EDIT)}

    def refused() -> None:
        with session.write() as writer:
            writer.add([quad(named("a"), EDIT)])
            writer.commit("edit", Derive(infer=infer, check=_refuse))

    with pytest.raises(WriteRefused):
        refused()
    assert releases.current() == first
    second = edit(session, named("b"))
    assert contents(second.open()) == contents(first.open()) | {EDIT: {named("b")}}
    assert len(opened) == 1


@pytest.mark.parametrize("error", [OSError("broken"), RuntimeError("broken"), KeyboardInterrupt()])
def test_after_another_failure_it_begins_afresh(
    session: WriterSession, releases: Releases, first: Release, opened: list[Path], error: BaseException
) -> None:
    def broken() -> None:
        with session.write() as writer:
            writer.add([quad(named("x"), EDIT)])
            raise error

    edit(session, named("a"))
    with pytest.raises(type(error)):
        broken()
    assert not session.warm
    assert list(releases.layout.staging.iterdir()) == []
    assert contents(edit(session, named("b")).open())[EDIT] == {named("a"), named("b")}
    assert len(opened) == 2


def test_much_that_was_not_committed_is_thrown_away_and_not_undone(
    session: WriterSession, first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "UNDONE", 2)
    with session.write() as writer:
        writer.add(quad(named(name), EDIT) for name in "abc")
    assert not session.warm
    assert contents(edit(session, named("b")).open())[EDIT] == {named("b")}


def test_a_state_that_cannot_be_undone_is_thrown_away(
    session: WriterSession, first: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("broken")

    with session.write() as writer:
        writer.add([quad(named("a"), EDIT)])
        monkeypatch.setattr(drafts.Draft, "undo", broken)
    assert not session.warm


def test_what_is_pruned_is_gone_by_the_next_write_at_the_latest(
    session: WriterSession, releases: Releases, first: Release
) -> None:
    releases.keep = 2
    held = first.lease()
    for name in "abcd":
        edit(session, named(name))
    assert [release.name for release in releases.list()] == ["000001", "000004", "000005"]
    held.close()
    edit(session, named("e"))
    session.close()
    assert sorted(path.name for path in releases.layout.releases.iterdir()) == ["000005", "000006"]
    assert list(releases.layout.staging.iterdir()) == []


def test_each_writer_makes_one_release(session: WriterSession, first: Release) -> None:
    with session.write() as writer:
        writer.add([quad(named("a"), EDIT)])
        writer.commit("edit", NO_DERIVE)
        with pytest.raises(RuntimeError, match="closed"):
            writer.add([quad(named("b"), EDIT)])


def attempt(writer: Writer, steps: list[tuple[str, NamedNode, set[Triple]]]) -> None:
    for what, graph, triples in steps:
        if what == "add":
            writer.add(quad(t, graph) for t in triples)
        elif what == "remove":
            writer.remove(quad(t, graph) for t in triples)
        else:
            writer.replace({graph: triples}, built=False)


def apply(model: Graphs, steps: list[tuple[str, NamedNode, set[Triple]]]) -> Graphs:
    after = {name: set(triples) for name, triples in model.items()}
    for what, graph, triples in steps:
        held = after.setdefault(graph, set())
        after[graph] = {"add": held | triples, "remove": held - triples}.get(what, set(triples))
    return {name: triples for name, triples in after.items() if triples}


TRIPLES = st.sets(st.builds(sells, st.sampled_from("abc"), st.sampled_from("xyz")), max_size=5)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "remove", "replace"]), st.sampled_from([ONE, TWO, EDIT, SECRET]), TRIPLES
    ),
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(groups=st.lists(st.lists(st.tuples(STEPS, st.booleans()), max_size=4), min_size=1, max_size=3))
def test_members_of_a_group_are_undone_one_by_one(
    tmp_path_factory: pytest.TempPathFactory,
    groups: list[list[tuple[list[tuple[str, NamedNode, set[Triple]]], bool]]],
) -> None:
    session = WriterSession(Releases(tmp_path_factory.mktemp("home"), keep=2))
    edit(session, named("start"))
    model: Graphs = {EDIT: {named("start")}}
    for group in groups:
        before = model
        with session.write() as writer:
            for steps, good in group:
                at = writer.savepoint()
                attempt(writer, steps)
                wanted = apply(model, steps)
                assert contents(writer.view("whole")) == wanted
                added = {quad(t, g) for g, ts in wanted.items() for t in ts - model.get(g, set())}
                removed = {quad(t, g) for g, ts in model.items() for t in ts - wanted.get(g, set())}
                change = writer.change(since=at)
                assert (set(change.added), set(change.removed)) == (added, removed)
                if good:
                    model = wanted
                else:
                    writer.undo(at)
                    assert contents(writer.view("whole")) == model
            release = writer.commit("edit", NO_DERIVE)
        assert contents(release.open("whole")) == model
        shown = {name: triples for name, triples in model.items() if name != SECRET}
        assert contents(release.open()) == shown
        assert merge_is_right(release.open())
        assert merge_is_right(release.open("whole"))
        assert release.has_whole is (SECRET in model)
        assert before == model or release.manifest.number > 1
    session.close()


def test_undoing_goes_back_for_what_a_build_lists_too(session: WriterSession, first: Release) -> None:
    with session.write() as writer:
        at = writer.savepoint()
        writer.replace({EDIT: {named("a")}}, built=True)
        writer.compact()
        writer.undo(at)
        assert writer.commit("edit", NO_DERIVE) == first


def test_blank_nodes_fail_before_anything_is_changed(session: WriterSession, first: Release) -> None:
    with session.write() as writer:
        at = writer.savepoint()
        with pytest.raises(InputError):
            writer.add([quad(named("a"), EDIT), Quad(BlankNode("b"), named("a").predicate, thing("x"), EDIT)])
        assert writer.change(since=at) == Change(before=first.manifest.today)
