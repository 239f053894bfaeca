"""The counts of what the graph holds, made at once or by a change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.model.iris import Minter
from graph.model.namespaces import DCAT, RDF, VOID
from graph.model.terms import Literal, NamedNode, Triple
from graph.store.change import Change
from graph.store.view import Graphs, GraphView, memory_view
from graph.void import Counts, after, describe, told, whole
from tests.store.small import MARKET, NAME, ONE, TWO, named, sells, thing

MINT = Minter()
COMPANY, PLACE = thing("Company"), thing("Place")


def typed(key: str, kind: NamedNode) -> Triple:
    return Triple(thing(key), RDF.type, kind)


GRAPHS: Graphs = {
    ONE: {named("luminex"), typed("luminex", COMPANY), sells("luminex", "jp")},
    TWO: {named("luminex"), typed("punch", COMPANY), typed("genk", PLACE)},
}


def test_each_triple_of_the_merge_counts_once() -> None:
    counts = whole(memory_view(GRAPHS), MINT)
    assert counts.properties == {NAME.value: 1, MARKET.value: 1, RDF.type.value: 3}
    assert counts.classes == {COMPANY.value: 2, PLACE.value: 1}
    assert counts.triples == 5


def test_the_description_tells_the_counts_and_names_its_release() -> None:
    counts = whole(memory_view(GRAPHS), MINT)
    description = describe(counts, MINT, "000012")
    assert told(description) == counts
    assert Triple(MINT.dataset, DCAT.version, Literal("000012")) in description
    (entities,) = (t.object for t in description if t.predicate == VOID.triples and t.subject == MINT.dataset)
    assert isinstance(entities, Literal)
    assert entities.value == "5"
    assert {type(t.subject) for t in description} == {NamedNode}


def test_its_own_triples_are_not_counted() -> None:
    counts = whole(memory_view(GRAPHS), MINT)
    again = whole(memory_view(GRAPHS | {MINT.void: describe(counts, MINT, "000012")}), MINT)
    assert +again.properties == counts.properties
    assert +again.classes == counts.classes


def test_without_a_description_a_change_is_not_enough() -> None:
    assert after(memory_view(GRAPHS), MINT, Change()) is None


def test_what_is_gone_has_no_partition() -> None:
    counts = Counts()
    counts.count([named("a")], 1)
    counts.count([named("a")], -1)
    assert not [t for t in describe(counts, MINT, "000001") if t.predicate == VOID.propertyPartition]


TRIPLES = st.frozensets(
    st.builds(named, st.sampled_from("abc"))
    | st.builds(typed, st.sampled_from("abc"), st.sampled_from([COMPANY, PLACE]))
    | st.builds(sells, st.sampled_from("abc"), st.sampled_from(["jp", "cn"])),
    min_size=1,
)


def described(triples: frozenset[Triple]) -> GraphView:
    counts = whole(memory_view({ONE: set(triples)}), MINT)
    return memory_view({ONE: set(triples), MINT.void: describe(counts, MINT, "000001")})


@given(TRIPLES, TRIPLES)
def test_counting_a_change_in_is_counting_again(old: frozenset[Triple], new: frozenset[Triple]) -> None:
    counted = after(described(old), MINT, Change(appeared=new - old, vanished=old - new))
    assert counted is not None
    fresh = whole(memory_view({ONE: set(new)}), MINT)
    assert (+counted.properties, +counted.classes) == (fresh.properties, fresh.classes)
