"""The net of what was done."""

from __future__ import annotations

from datetime import date

from graph.model.terms import Quad, Triple
from graph.store.change import Change
from graph.store.ledger import Ledger
from tests.store.small import ONE, TWO, named, quad

NEW, OLD = quad(named("new"), ONE), quad(named("old"), TWO)


def merged(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


def test_what_came_and_went_again_is_no_change() -> None:
    ledger = Ledger()
    ledger.came(NEW)
    assert (bool(ledger), len(ledger)) == (True, 1)
    ledger.went(NEW)
    ledger.went(OLD)
    ledger.came(OLD)
    assert (bool(ledger), len(ledger)) == (False, 0)
    assert ledger.change() == Change()


def test_named_graphs_and_the_merge_are_told_apart() -> None:
    ledger = Ledger(date(2018, 2, 19))
    for each in (NEW, merged(named("new"))):
        ledger.came(each)
    for each in (OLD, merged(named("old"))):
        ledger.went(each)
    assert ledger.change() == Change(
        frozenset({NEW}),
        frozenset({OLD}),
        frozenset({named("new")}),
        frozenset({named("old")}),
        date(2018, 2, 19),
    )
    assert len(ledger) == 2


def test_only_the_merge_may_have_changed() -> None:
    ledger = Ledger()
    ledger.came(merged(named("new")))
    assert (bool(ledger), len(ledger)) == (True, 0)


def test_a_mark_tells_what_came_after_it() -> None:
    ledger = Ledger()
    ledger.came(NEW)
    mark = ledger.mark()
    assert ledger.since(mark) == Change()
    ledger.went(NEW)
    ledger.came(OLD)
    inner = ledger.mark()
    ledger.went(OLD)
    assert ledger.since(mark) == Change(removed=frozenset({NEW}))
    assert ledger.since(inner) == Change(removed=frozenset({OLD}))
    ledger.came(OLD)
    ledger.forget(inner)
    assert ledger.since(mark) == Change(added=frozenset({OLD}), removed=frozenset({NEW}))
    assert ledger.change() == Change(added=frozenset({OLD}))


def test_nothing_is_remembered_step_by_step_before_the_first_mark() -> None:
    ledger = Ledger()
    ledger.came(NEW)
    assert ledger.mark() == 0


def test_before_the_first_release_only_marks_are_kept() -> None:
    ledger = Ledger(first=True)
    ledger.came(NEW)
    mark = ledger.mark()
    ledger.came(OLD)
    assert ledger.change() == Change()
    assert ledger.since(mark) == ledger.copy().since(mark) == Change(added=frozenset({OLD}))


def test_a_copy_goes_its_own_way() -> None:
    ledger = Ledger(date(2018, 2, 19))
    ledger.came(NEW)
    ledger.came(merged(named("new")))
    other = ledger.copy()
    assert other.change() == ledger.change()
    other.went(NEW)
    assert len(ledger) == 1


def test_a_copy_knows_the_marks_of_what_it_was_copied_from() -> None:
    ledger = Ledger()
    ledger.came(NEW)
    mark = ledger.mark()
    ledger.came(OLD)
    other = ledger.copy()
    other.went(NEW)
    assert other.since(mark) == Change(added=frozenset({OLD}), removed=frozenset({NEW}))
    assert ledger.since(mark) == Change(added=frozenset({OLD}))
