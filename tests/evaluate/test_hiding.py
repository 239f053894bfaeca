"""Leave-one-out really hides the fact, and what is derived from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.index import Index
from graph.index.build import build
from graph.inference import infer
from graph.matching import Matcher, Question
from graph.model.namespaces import VERRE
from graph.model.terms import NamedNode
from graph.store.view import Graphs, memory_view
from tests.evaluate.hiding import Hidable
from tests.evaluate.tasks import BOUNDS, METHODS, OURS, TODAY, Hidden, engagements, partnerships, places, run
from tests.graphs import World


def world() -> World:
    made = World()
    own = made.org("asker", "Asker", country="BE", place="Genk", sectors=["steel"])
    peer = made.org("peer", "Peer", country="BE", place="Genk", sectors=["steel"])
    for company in (own, peer):
        made.engagement(company, "JP", "active", product="beams")
        made.engagement(company, "VN", "active", product="beams")
        made.partnership(company, made.org("trader", kind="foreign-partner", country="JP"))
    made.engagement(own, "VN", "leading")
    made.partnership(own, made.org("chamber", kind="chamber"))
    made.partnership(
        own, made.org("other", kind="foreign-partner", country="CN", sectors=["food"]), territory="CN"
    )
    return made


def graphs(without: frozenset[str] = frozenset()) -> Graphs:
    """The world's graphs, with what follows from what is left without some relation nodes."""
    made = world()
    left = {
        name: {t for t in triples if getattr(t.subject, "value", "") not in without}
        for name, triples in made.graphs.items()
    }
    return {**left, made.minter.inferred: infer(memory_view(left), made.minter, TODAY)}


@pytest.fixture
def hidable(tmp_path: Path) -> Hidable:
    return Hidable(graphs(), tmp_path)


@pytest.fixture
def whole(hidable: Hidable) -> Iterator[Index]:
    index = Index(hidable.path)
    yield index
    index.close()


def answers(index: Index, hidden: Hidden) -> object:
    """All that the match tells, as it tells it."""
    return Matcher(index, Question(hidden.kind, hidden.ends[0], limit=100), "en", TODAY, BOUNDS).answer()


def facts(index: Index) -> list[Hidden]:
    return [*partnerships(index), *engagements(index)]


def test_a_hidden_fact_is_as_one_that_never_was(hidable: Hidable, whole: Index, tmp_path: Path) -> None:
    """The index of the change answers what one answers that is made of a graph without the fact."""
    listed = facts(whole)
    assert len(listed) == 3 + 4
    for number, each in enumerate(listed):
        path = tmp_path / f"never{number}.sqlite"
        build(memory_view(graphs(frozenset(each.nodes))), path, "never")
        never = Index(path)
        with hidable.without(each.nodes, frozenset(each.ends)) as index:
            assert answers(index, each) == answers(never, each)
            assert places(index, each) == places(never, each)
            assert answers(index, each) != answers(whole, each)
        never.close()


def test_shortcuts_between_the_two_are_hidden_too(hidable: Hidable, whole: Index) -> None:
    (hidden, *_) = [each for each in partnerships(whole) if each.ends[1].endswith("/trader")]
    quads = hidable.quads(hidden.nodes, frozenset(hidden.ends))
    assert VERRE.partnerOf in {quad.predicate for quad in quads}
    assert {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)} <= {
        *hidden.nodes,
        *hidden.ends,
    }


def test_everything_is_back_afterwards(hidable: Hidable, whole: Index, tmp_path: Path) -> None:
    hidden = facts(whole)[0]
    before = answers(whole, hidden)
    for _ in range(2):
        with hidable.without(hidden.nodes, frozenset(hidden.ends)) as index:
            assert answers(index, hidden) != before
    with hidable.without((), frozenset()) as index:
        assert answers(index, hidden) == before


def test_all_facts_between_two_are_one_and_those_who_do_not_trade_are_none(whole: Index) -> None:
    found = {tuple(end.rpartition("/")[2] for end in each.ends): len(each.nodes) for each in facts(whole)}
    assert found == {
        ("asker", "trader"): 1,
        ("peer", "trader"): 1,
        ("asker", "other"): 1,
        ("asker", "JPN"): 1,
        ("asker", "VNM"): 2,
        ("peer", "JPN"): 1,
        ("peer", "VNM"): 1,
    }


def test_every_method_puts_the_hidden_one_somewhere(hidable: Hidable, whole: Index) -> None:
    found = list(run(hidable, facts(whole)))
    assert all(set(each) == set(METHODS) for each in found)
    assert {place.better + place.ties <= 12 for each in found for place in each.values()} == {True}
    trader = found[[each.ends[1].endswith("/trader") for each in facts(whole)].index(True)]
    assert trader[OURS].better == 0
