"""What a change tells of itself."""

from __future__ import annotations

from graph.model.terms import NamedNode, Quad, Triple
from graph.store.change import Change
from tests.store.small import MARKET, ONE, TWO, named, sells, thing


def quad(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def test_an_empty_change_is_false() -> None:
    assert not Change()
    assert len(Change()) == 0


def test_what_comes_and_what_goes_count_alike() -> None:
    change = Change(
        added=frozenset({quad(named("luminex"), ONE)}),
        removed=frozenset({quad(sells("punch", "cn"), TWO)}),
    )
    assert change
    assert len(change) == 2
    assert set(change.triples()) == {named("luminex"), sells("punch", "cn")}


def test_its_nodes_are_subjects_and_objects_but_no_properties() -> None:
    sold = sells("punch", "cn")
    change = Change(removed=frozenset({quad(sold, TWO)}))
    assert change.nodes() == {thing("punch"), sold.object}
    assert MARKET not in change.nodes()
    assert Change(added=frozenset({quad(named("luminex"), ONE)})).nodes() == {thing("luminex")}
