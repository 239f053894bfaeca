"""What is derived from a change, and when it is derived whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from graph.model.terms import Triple
from graph.store.change import Change
from graph.store.derive import Derive
from graph.store.releases import Release, Releases
from graph.store.view import GraphView
from graph.store.writer import Writer
from tests.store.small import EDIT, MINT, ONE, SECRET, contents, merge_is_right, named, quad, thing

DAY, NEXT = date(2024, 1, 1), date(2024, 1, 2)
Difference = tuple[set[Triple], set[Triple]] | None


def marks(triple: Triple) -> Triple:
    return Triple(triple.subject, thing("marked"), thing("yes"))


@dataclass
class Rules:
    """A rule (whoever is named is marked), whole and by change, that remembers how it was asked."""

    asked: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    takes: bool = True

    def derive(self, day: date = DAY, version: str = "1") -> Derive:
        return Derive(
            infer=self.infer,
            index=self.index,
            check=self.check,
            today=day,
            version=version,
            infer_change=self.infer_change,
            index_change=self.index_change,
        )

    def infer(self, view: GraphView) -> set[Triple]:
        self.asked.append("infer")
        named_by = [view.triples(g) for g in view.graphs() if g != MINT.inferred]
        return {marks(triple) for triples in named_by for triple in triples}

    def infer_change(self, view: GraphView, change: Change) -> Difference:
        self.asked.append("infer_change")
        self.changes.append(change)
        if not self.takes:
            return None
        added = {marks(q.triple) for q in change.added}
        return added, {marks(q.triple) for q in change.removed} - added

    def index(self, view: GraphView, path: Path, release: str) -> None:
        self.asked.append("index")
        path.write_text(f"{release} whole {len(list(view.triples()))}")

    def index_change(self, base: Path, view: GraphView, change: Change, path: Path, release: str) -> bool:
        self.asked.append("index_change")
        self.changes.append(change)
        path.with_name("index.sqlite-wal").write_text("half of it")
        if self.takes:
            path.write_text(f"{release} after {base.read_text()}")
        return self.takes

    def check(self, view: GraphView, change: Change | None) -> None:
        self.asked.append("check whole" if change is None else "check change")


@pytest.fixture
def rules(releases: Releases) -> Rules:
    """Rules after a first release."""
    made = Rules()
    write(releases, made.derive(), lambda writer: writer.replace({ONE: {named("a")}}, built=True))
    assert made.asked == ["infer", "check whole", "index"]
    made.asked.clear()
    return made


def write(releases: Releases, derive: Derive, work: Callable[[Writer], object]) -> Release:
    with releases.write() as writer:
        work(writer)
        return writer.commit("edit", derive)


def add_b(writer: Writer) -> None:
    writer.add([quad(named("b"), EDIT)])


BY_CHANGE = ["infer_change", "check change", "index_change"]
WHOLE = ["infer", "check whole", "index"]


def test_an_edit_is_derived_from_its_change(releases: Releases, rules: Rules) -> None:
    release = write(releases, rules.derive(), add_b)
    assert rules.asked == BY_CHANGE
    facts, everything = rules.changes
    assert facts == Change(
        added=frozenset({quad(named("b"), EDIT)}), appeared=frozenset({named("b")}), before=DAY
    )
    assert set(everything.added - facts.added) == {quad(marks(named("b")), MINT.inferred)}
    assert set(everything.appeared) == {named("b"), marks(named("b"))}
    assert release.index_path.read_text() == "000002 after 000001 whole 2"
    assert set(release.open().triples(MINT.inferred)) == {marks(named("a")), marks(named("b"))}
    assert merge_is_right(release.open())


def test_what_a_change_takes_away_leaves_the_inferred_graph(releases: Releases, rules: Rules) -> None:
    write(releases, rules.derive(), add_b)
    release = write(releases, rules.derive(), lambda writer: writer.drop(EDIT))
    assert set(release.open().triples(MINT.inferred)) == {marks(named("a"))}
    assert rules.changes[-1].removed == {quad(named("b"), EDIT), quad(marks(named("b")), MINT.inferred)}


def test_what_a_change_is_not_enough_for_is_derived_whole(releases: Releases, rules: Rules) -> None:
    rules.takes = False
    release = write(releases, rules.derive(), add_b)
    assert rules.asked == ["infer_change", "infer", "check change", "index_change", "index"]
    assert release.index_path.read_text() == "000002 whole 4"
    assert sorted(path.name for path in release.path.glob("index*")) == ["index.sqlite"]


def test_another_day_alone_goes_by_the_change(releases: Releases, rules: Rules) -> None:
    with releases.write() as writer:
        release = writer.commit("edit", rules.derive(NEXT))
    assert release.name == "000001"
    assert rules.asked == ["infer_change"]
    assert rules.changes == [Change(before=DAY)]


@pytest.mark.parametrize(
    ("asked", "derive"),
    [
        (WHOLE, lambda rules: rules.derive(version="2")),
        (WHOLE, lambda rules: replace(rules.derive(), change_quads=0)),
        (
            ["infer", "check change", "index"],
            lambda rules: replace(rules.derive(), infer_change=None, index_change=None),
        ),
    ],
)
def test_what_cannot_follow_the_change_is_derived_whole(
    releases: Releases, rules: Rules, asked: list[str], derive: Callable[[Rules], Derive]
) -> None:
    release = write(releases, derive(rules), add_b)
    assert rules.asked == asked
    assert set(release.open().triples(MINT.inferred)) == {marks(named("a")), marks(named("b"))}


def test_another_base_is_derived_whole(releases: Releases, rules: Rules) -> None:
    moved = Releases(releases.layout.home, base_iri="https://other.example/")
    write(moved, rules.derive(), add_b)
    assert rules.asked == WHOLE


def test_an_index_that_is_gone_is_made_whole(releases: Releases, rules: Rules) -> None:
    current = releases.current()
    assert current is not None
    current.index_path.unlink()
    write(releases, rules.derive(), add_b)
    assert rules.asked[-1] == "index"


def test_a_compaction_makes_the_index_whole(releases: Releases, rules: Rules) -> None:
    write(releases, rules.derive(), lambda writer: writer.compact())
    assert rules.asked == ["infer_change", "index"]


def test_an_erasure_is_derived_whole(releases: Releases, rules: Rules) -> None:
    write(releases, rules.derive(), lambda writer: writer.restart(lambda _: True))
    assert rules.asked == WHOLE


def test_whoever_writes_to_the_inferred_graph_has_it_made_whole(releases: Releases, rules: Rules) -> None:
    release = write(releases, rules.derive(), lambda writer: writer.add([quad(named("x"), MINT.inferred)]))
    assert release.name == "000001"
    assert rules.asked == ["infer"]


def test_each_part_is_derived_by_itself(releases: Releases, rules: Rules) -> None:
    one = write(releases, rules.derive(), lambda writer: writer.add([quad(named("s"), SECRET)]))
    assert rules.asked == ["infer_change", "infer_change", "check change", "index_change", "index_change"]
    assert set(one.open().triples(MINT.inferred)) == {marks(named("a"))}
    assert set(one.open("whole").triples(MINT.inferred)) == {marks(named("a")), marks(named("s"))}
    whole = one.part("whole").index_path
    assert whole.read_text() == "000002 after 000001 whole 2"  # the first whole part follows the public one
    rules.asked.clear()
    two = write(releases, rules.derive(), add_b)
    assert rules.asked == ["infer_change"] * 2 + ["check change"] * 2 + ["index_change"] * 2
    assert two.part("whole").index_path.read_text() == f"000003 after {whole.read_text()}"
    assert contents(two.open("whole")).keys() - contents(two.open()).keys() == {SECRET}
