"""The check of changes finds what pySHACL finds: on every sample, each mixed with the others, node by node."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from graph import resources
from graph.model.terms import NamedNode, Triple, parse_turtle
from graph.quality.change import ChangeCheck
from graph.quality.change.evaluate import is_target
from graph.quality.change.facts import Facts, Vocabulary
from graph.quality.change.shapes import Shape, read_shapes
from graph.quality.report import Finding
from graph.quality.shapes import run_shapes
from graph.sources.vocabulary import vocabulary_files
from graph.store.change import Change
from graph.store.view import Graphs, GraphView, memory_view
from tests.quality.conftest import SAMPLES

SHAPES = read_shapes(resources.ontologies() / "shapes")
CHECK = ChangeCheck(resources.ontologies())
VOCABULARY = Vocabulary(
    triple for file in vocabulary_files(resources.ontologies()) for triple in parse_turtle(file.read_bytes())
)
EDIT = NamedNode("https://example.org/graph/edit")


def samples() -> list[list[Triple]]:
    """The triples of each sample without blank nodes."""
    texts = (file.read_text("utf-8") for file in sorted(SAMPLES.rglob("*.ttl")))
    return [list(parse_turtle(text.encode())) for text in texts if "_:" not in text and "[" not in text]


ALL = samples()


def everything(view: GraphView) -> dict[Shape, set[NamedNode]]:
    """Each shape with all its targets outside of the vocabulary, where all is well."""
    facts = Facts(view, VOCABULARY)
    graphs = [name for name in view.graphs() if "/vocabulary/" not in name.value]
    triples = (triple for name in graphs for triple in view.triples(name))
    nodes = {n for t in triples for n in (t.subject, t.object) if isinstance(n, NamedNode)}
    return {shape: {node for node in nodes if is_target(shape, node, facts)} for shape in SHAPES}


def found_in(view: GraphView) -> set[Finding]:
    return CHECK.findings(view, everything(view))


def mixed(world: Graphs, seed: int, size: int) -> dict[NamedNode, set[Triple]]:
    """The world, and some samples in one graph of which some triples are missing."""
    chance = random.Random(seed)
    triples = [t for sample in chance.sample(ALL, size) for t in sample if chance.random() < 0.9]
    return {**world, EDIT: set(triples)}


def test_there_are_samples_to_compare() -> None:
    assert len(ALL) > 60
    assert len(SHAPES) > 40


@pytest.mark.parametrize(("seed", "size"), [(0, 60), (1, 50), (2, 40), (3, 40), (4, 30), (5, 10)])
def test_what_is_found_is_what_pyshacl_finds(world: Graphs, seed: int, size: int) -> None:
    view = memory_view(mixed(world, seed, size))
    theirs = set(run_shapes(view, resources.ontologies()))
    assert {spelled(one) for one in found_in(view)} == {spelled(one) for one in theirs}
    assert theirs


def spelled(finding: Finding) -> Finding:
    """A sum is 113 for the one engine and 113.0 for the other."""
    return replace(finding, value=finding.value.removesuffix(".0")) if finding.value else finding


@pytest.mark.parametrize("seed", range(8))
def test_what_a_change_makes_worse_is_found_by_what_it_concerns(world: Graphs, seed: int) -> None:
    """New findings of everything, after minus before, are new findings of what the change concerns."""
    chance = random.Random(seed)
    worse = 0
    for step in range(6):
        before = mixed(world, 1000 * seed + step, chance.choice((3, 8, 20)))
        pool = [t for sample in chance.sample(ALL, 4) for t in sample]
        removed = set(
            chance.sample(sorted(before[EDIT], key=str), k=min(len(before[EDIT]), chance.randint(0, 8)))
        )
        after = {**before, EDIT: (before[EDIT] - removed) | set(chance.sample(pool, k=chance.randint(0, 8)))}
        old, new = memory_view(before), memory_view(after)
        was, merged = set(old.triples()), set(new.triples())
        change = Change(appeared=frozenset(merged - was), vanished=frozenset(was - merged))
        concerned = CHECK.concerned(new, change)
        expected = found_in(new) - found_in(old)
        assert CHECK.findings(new, concerned) - found_in(old) == expected
        worse += bool(expected)
    assert worse
