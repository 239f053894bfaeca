"""The change that a release keeps beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model.terms import DefaultGraph, Literal, Quad
from graph.store import changes
from graph.store.change import Change
from graph.store.releases import Release, Releases
from tests.store.pools import add
from tests.store.small import EDIT, NAME, NO_DERIVE, ONE, TWO, named, quad, thing

ODD = 'line\nbreak " . \\ <x> ünï \U0001f600'


def merged(key: str) -> Quad:
    triple = named(key)
    return Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())


def test_a_change_is_read_as_it_was_written(tmp_path: Path) -> None:
    odd = Quad(thing("odd"), NAME, Literal(ODD, language="nl"), ONE)
    change = Change(
        added=frozenset({quad(named("a"), ONE), odd}),
        removed=frozenset({quad(named("b"), TWO)}),
        appeared=frozenset({named("a")}),
        vanished=frozenset({named("c")}),
    )
    changes.write(tmp_path, change)
    found = changes.read(tmp_path)
    assert found is not None
    assert set(found[0]) == {quad(named("a"), ONE), odd, merged("a")}
    assert set(found[1]) == {quad(named("b"), TWO), merged("c")}


def test_no_change_is_one_too(tmp_path: Path) -> None:
    changes.write(tmp_path, Change())
    assert changes.read(tmp_path) == ([], [])


def test_what_is_not_known_or_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST", 2)
    changes.write(tmp_path, None)
    three = frozenset({named("a"), named("b"), named("c")})
    changes.write(tmp_path, Change(appeared=three))
    changes.write(tmp_path, Change(added=frozenset(quad(triple, ONE) for triple in three)))
    assert (list(tmp_path.iterdir()), changes.there(tmp_path), changes.read(tmp_path)) == ([], False, None)
    changes.write(tmp_path, Change(vanished=frozenset({named("a"), named("b")})))
    assert changes.there(tmp_path)


def test_a_damaged_one_is_an_error(tmp_path: Path) -> None:
    changes.write(tmp_path, Change(added=frozenset({quad(named("a"), ONE)})))
    (tmp_path / changes.ADDED).write_text("<http://example.org/a> half")
    with pytest.raises(SyntaxError):
        changes.read(tmp_path)


def test_a_release_keeps_its_change_and_the_first_has_none(releases: Releases, first: Release) -> None:
    assert not changes.there(first.path)
    second = add(releases, "x1")
    found = changes.read(second.path)
    assert found is not None
    assert (set(found[0]), found[1]) == ({quad(named("x1"), EDIT), merged("x1")}, [])
    with releases.write() as writer:
        writer.drop(TWO)
        third = writer.commit("edit", NO_DERIVE)
    found = changes.read(third.path)
    assert found is not None
    assert set(found[1]) == {quad(named("luminex"), TWO), quad(named("punch"), TWO), merged("punch")}
