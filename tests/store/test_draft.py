"""A store in the making."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Store

from graph.model.terms import Literal, NamedNode, Quad, Triple
from graph.store.draft import Draft, by_graph
from graph.store.releases import Release
from graph.store.view import StoreView
from tests.store.small import EDIT, NAME, ONE, TWO, contents, merge_is_right, named, quad, thing


@pytest.fixture
def empty(tmp_path: Path) -> Draft:
    return Draft(tmp_path / "empty", None)


@pytest.fixture
def draft(tmp_path: Path, first: Release) -> Draft:
    return Draft(tmp_path / "draft", first)


def counts_are_right(draft: Draft) -> bool:
    view = StoreView(draft.store)
    found = {name.value: len(triples) for name, triples in contents(view).items()}
    return dict(draft.graphs) == found and draft.triples == len(list(view.triples())) and merge_is_right(view)


def test_the_first_draft_is_a_change_even_if_nothing_is_in_it(empty: Draft) -> None:
    assert empty.changed
    empty.fill({ONE: {named("a"), named("b")}, TWO: {named("a")}})
    assert counts_are_right(empty)


def test_a_checkpoint_is_no_change(draft: Draft, first: Release) -> None:
    assert not draft.changed
    assert counts_are_right(draft)
    assert contents(StoreView(draft.store)) == contents(first.open())


def test_only_the_net_change_counts(draft: Draft) -> None:
    draft.add([quad(named("new"), EDIT)])
    assert draft.changed
    draft.remove([quad(named("new"), EDIT)])
    states = [draft.changed]
    draft.remove([quad(named("punch"), TWO)])
    states.append(draft.changed)
    draft.replace(TWO, {named("luminex"), named("punch")})
    states.append(draft.changed)
    assert states == [False, True, False]
    assert counts_are_right(draft)


def test_replacing_touches_only_what_differs(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    removed: list[Quad] = []
    real = Draft.remove
    monkeypatch.setattr(Draft, "remove", lambda self, quads: real(self, removed_quads(quads, removed)))
    draft.replace(TWO, {named("luminex"), named("other")})
    assert removed == [quad(named("punch"), TWO)]
    assert set(draft.triples_of(TWO)) == {named("luminex"), named("other")}
    assert counts_are_right(draft)


def removed_quads(quads: object, into: list[Quad]) -> list[Quad]:
    assert hasattr(quads, "__iter__")
    into.extend(quads)
    return into


def test_an_emptied_graph_is_no_graph(draft: Draft) -> None:
    draft.replace(ONE, set())
    assert StoreView(draft.store).graphs() == [TWO]
    assert counts_are_right(draft)


def test_the_same_quad_twice_is_once(empty: Draft) -> None:
    empty.add([quad(named("a"), ONE)] * 3)
    empty.add([quad(named("a"), ONE)])
    assert (empty.graphs[ONE.value], empty.triples) == (1, 1)
    empty.remove([quad(named("a"), ONE)] * 3)
    assert (empty.graphs.total(), empty.triples) == (0, 0)


def test_a_copy_leaves_out_and_shares_nothing(draft: Draft, empty: Draft, tmp_path: Path) -> None:
    empty.copy(draft, lambda found: found.triple != named("luminex"))
    assert named("luminex") not in set(StoreView(empty.store).triples())
    assert counts_are_right(empty)
    tables = [path for path in (tmp_path / "empty").iterdir() if path.suffix == ".sst"]
    assert tables
    assert all(path.stat().st_nlink == 1 for path in tables)


def test_the_release_that_it_began_with_stays(draft: Draft, first: Release) -> None:
    before = contents(first.open())
    draft.replace(ONE, set())
    draft.store.flush()
    assert contents(first.open()) == before
    assert len(Store.read_only(str(first.store_path))) == first.manifest.quads + first.manifest.triples


def test_quads_sort_themselves_by_graph() -> None:
    quads = [quad(named("a"), ONE), quad(named("b"), ONE), quad(named("a"), TWO)]
    expected: dict[NamedNode, set[Triple]] = {ONE: {named("a"), named("b")}, TWO: {named("a")}}
    assert by_graph([*quads, Quad(thing("c"), NAME, Literal("C"))]) == expected


class Rewritten:
    """A store that counts how often it was rewritten."""

    def __init__(self, store: Store) -> None:
        self._store, self.times = store, 0

    def optimize(self) -> None:
        self.times += 1
        self._store.optimize()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@pytest.mark.parametrize(("more", "times"), [(50, 1), (2, 0)])
def test_what_large_loads_leave_is_rewritten_as_one_before_it_is_published(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int, times: int
) -> None:
    monkeypatch.setattr("graph.store.draft.BULK", 1)
    monkeypatch.setattr("graph.store.draft.LOOSE", 0.5)
    draft.add([quad(named(f"more-{number}"), EDIT) for number in range(more)])
    draft.store = counting = Rewritten(draft.store)  # type: ignore[assignment]
    draft.save(tmp_path / "published", compact=False)
    assert counting.times == times
    draft.save(tmp_path / "again", compact=False)
    assert counting.times == times
    assert contents(StoreView(Store.read_only(str(tmp_path / "again")))) == contents(StoreView(draft.store))


def test_a_first_load_is_rewritten_once(empty: Draft, tmp_path: Path) -> None:
    empty.fill({ONE: {named("a")}})
    empty.store = counting = Rewritten(empty.store)  # type: ignore[assignment]
    empty.save(tmp_path / "published", compact=False)
    assert counting.times == 1
