"""What the loader takes into memory, and how it follows."""

from __future__ import annotations

import io
import json
import os

import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, parse

from graph.errors import StoreError
from graph.store.loader import content
from graph.store.release import open_read_only
from graph.store.releases import Release, Releases
from graph.store.view import memory_store
from tests.store.pools import add
from tests.store.small import EDIT, NAME, NO_DERIVE, ONE, TWO, named, sells, thing
from tests.store.test_changes import ODD


def dumped(store: Store, merged: bool) -> Store:
    stream = io.BytesIO()
    content.dump(store, stream, merged)
    found = Store()
    found.extend(parse(stream.getvalue(), format=RdfFormat.N_QUADS))
    return found


def same(one: Store, two: Store) -> bool:
    return set(one) == set(two) and set(one.named_graphs()) == set(two.named_graphs())


def test_the_merge_comes_with_the_named_graphs() -> None:
    many = {named(f"c{n}") for n in range(2000)}
    store = memory_store({ONE: many | {named("odd", ODD)}, TWO: {named("c1"), sells("c1", "jp")}})
    assert len(store) == 2001 + 2 + 2002
    assert same(dumped(store, merged=True), store)
    assert same(dumped(store, merged=False), store)


def test_a_bare_store_has_no_merge() -> None:
    store = memory_store({ONE: {named("a")}})
    store.clear_graph(DefaultGraph())
    assert same(dumped(store, merged=False), store)
    assert not same(dumped(store, merged=True), store)


def test_whether_there_is_a_merge_is_in_the_manifest(first: Release) -> None:
    assert content.merges(first.path)
    manifest = json.loads((first.path / "manifest.json").read_text())
    (first.path / "manifest.json").write_text(json.dumps(manifest | {"bare": True}))
    assert not content.merges(first.path)


def test_a_release_is_read_by_a_child(first: Release) -> None:
    found = content.load(*content.begin(first.path))
    assert same(found, open_read_only(first.store_path))


def test_a_child_that_fails_is_an_error(first: Release, capfd: pytest.CaptureFixture[str]) -> None:
    (first.path / "lease").unlink()
    with pytest.raises(StoreError, match="could not be read"):
        content.load(*content.begin(first.path))
    source, sink = os.pipe()
    os.write(sink, b"no quads")
    os.close(sink)
    child = os.fork()
    if child == 0:
        os._exit(0)
    with pytest.raises(StoreError, match="taken into memory"):
        content.load(source, child)


def test_a_store_follows_from_release_to_release(releases: Releases, first: Release) -> None:
    store = content.load(*content.begin(first.path))
    second = add(releases, "x1")
    with releases.write() as writer:
        writer.drop(TWO)
        writer.replace({NamedNode(EDIT.value + "/2"): {named("x1"), named("odd", ODD)}}, built=False)
        third = writer.commit("edit", NO_DERIVE)
    for release in (second, third):
        content.apply(store, release.path)
        assert same(store, open_read_only(release.store_path))
    assert NAME in {quad.predicate for quad in store.quads_for_pattern(thing("odd"), None, None)}


def test_where_there_is_no_change_it_cannot_follow(releases: Releases, first: Release) -> None:
    store = Store()
    with pytest.raises(StoreError, match="not kept"):
        content.apply(store, first.path)
    second = add(releases, "x1")
    (second.path / "added.nq").write_text("nonsense")
    with pytest.raises(StoreError, match="cannot be read"):
        content.apply(store, second.path)
