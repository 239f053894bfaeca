"""Filling an empty store in one pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from graph.errors import InputError
from graph.model.namespaces import XSD
from graph.model.terms import BlankNode, Literal, NamedNode, Quad, Triple
from graph.store import bulk
from graph.store.erased import Erased
from graph.store.view import StoreView
from tests.store.small import EDIT, NAME, ONE, TWO, contents, merge_is_right, named, quad, sells, thing

BLANK = BlankNode()
LUMINEX, SELLS = named("luminex"), sells("luminex", "jp")


@pytest.fixture
def nothing(tmp_path: Path) -> Erased:
    return Erased(tmp_path / "erased")


def filled(quads: list[Quad], erased: Erased) -> Store:
    store = Store()
    bulk.fill(store, bulk.shown(quads, erased))
    return store


def test_each_graph_holds_its_own_and_the_merge_each_triple_once(nothing: Erased) -> None:
    store = filled([quad(LUMINEX, ONE), quad(SELLS, ONE), quad(LUMINEX, TWO)], nothing)
    assert contents(StoreView(store)) == {ONE: {LUMINEX, SELLS}, TWO: {LUMINEX}}
    assert merge_is_right(StoreView(store))


def test_what_is_said_twice_is_counted_once(nothing: Erased) -> None:
    store = filled([quad(LUMINEX, ONE), quad(LUMINEX, ONE), quad(LUMINEX, TWO), quad(SELLS, TWO)], nothing)
    assert bulk.counted(store) == ({ONE.value: 1, TWO.value: 2}, 2)


def test_one_number_in_two_spellings_is_one_statement(nothing: Erased) -> None:
    growth = [
        Triple(thing("growth"), NAME, Literal(text, datatype=XSD.decimal)) for text in ("13.430", "13.43")
    ]
    assert bulk.counted(filled([quad(each, ONE) for each in growth], nothing)) == ({ONE.value: 1}, 1)


def test_an_empty_store_counts_nothing(nothing: Erased) -> None:
    assert bulk.counted(filled([], nothing)) == ({}, 0)


@pytest.mark.parametrize(
    "statement",
    [
        Quad(BLANK, NAME, Literal("x"), ONE),
        Quad(thing("a"), NAME, BLANK, ONE),
        Quad(thing("a"), NAME, Triple(BLANK, NAME, Literal("x")), ONE),
    ],
)
def test_a_blank_node_is_refused(statement: Quad, nothing: Erased) -> None:
    with pytest.raises(InputError) as told:
        filled([quad(LUMINEX, ONE), statement], nothing)
    assert "blank node" in told.value.issues[0].detail


def test_a_statement_of_no_named_graph_is_refused(nothing: Erased) -> None:
    with pytest.raises(InputError) as told:
        filled([Quad(LUMINEX.subject, NAME, LUMINEX.object)], nothing)
    assert "named graph" in told.value.issues[0].detail


def test_a_quoted_triple_of_things_is_taken(nothing: Erased) -> None:
    said = Quad(thing("a"), NAME, LUMINEX, ONE)
    assert bulk.counted(filled([said], nothing)) == ({ONE.value: 1}, 1)


def test_what_is_erased_stays_away(nothing: Erased) -> None:
    punch = thing("punch")
    assert isinstance(punch, NamedNode)
    nothing.add([punch.value, TWO.value])
    store = filled([quad(LUMINEX, ONE), quad(sells("punch", "cn"), ONE), quad(SELLS, TWO)], nothing)
    assert contents(StoreView(store)) == {ONE: {LUMINEX}}
    assert merge_is_right(StoreView(store))


def test_progress_is_told_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "STEP", 2)
    said: list[int] = []
    statements = [quad(named(f"c{number}"), EDIT) for number in range(5)]
    assert list(bulk.told(statements, lambda _, done, __: said.append(done))) == statements
    assert said == [0, 2, 4]
