"""Terms as the engine gives them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from graph.errors import InputError
from graph.model.namespaces import XSD
from graph.model.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple
from graph.store.normal import normal_quad, normal_term, normal_triple
from tests.store.small import NAME, ONE, named, quad, thing


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=XSD[kind])


@pytest.mark.parametrize(
    ("given_as", "kept_as"),
    [
        (typed("01", "integer"), typed("1", "integer")),
        (typed("13.430", "decimal"), typed("13.43", "decimal")),
        (typed("1", "boolean"), typed("true", "boolean")),
        (typed("2018-02-19+00:00", "date"), typed("2018-02-19Z", "date")),
    ],
)
def test_values_are_kept_by_value(given_as: Literal, kept_as: Literal) -> None:
    assert normal_term(given_as) == kept_as
    inner = Triple(thing("a"), NAME, given_as)
    assert normal_term(Triple(thing("x"), NAME, inner)) == Triple(
        thing("x"), NAME, Triple(thing("a"), NAME, kept_as)
    )


@pytest.mark.parametrize(
    "term",
    [
        thing("a"),
        Literal("01"),
        Literal("01", language="nl"),
        typed("2018", "gYear"),
        typed("2018-02", "gYearMonth"),
        typed("no number", "integer"),
        Literal("x", datatype=NamedNode("http://example.org/own")),
    ],
)
def test_other_terms_stay_as_they_are(term: NamedNode | Literal) -> None:
    assert normal_term(term) == term


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4)
LITERALS = (
    st.builds(lambda n: typed(f"{n:f}", "decimal"), NUMBERS)
    | st.integers(-(10**20), 10**20).map(lambda n: typed(f"{n:+d}", "integer"))
    | st.dates().map(lambda d: typed(d.isoformat(), "date"))
    | st.datetimes().map(lambda d: typed(d.isoformat(), "dateTime"))
    | st.text().map(Literal)
)


@given(literal=LITERALS)
def test_the_engine_agrees_and_twice_is_once(literal: Literal) -> None:
    triple = Triple(thing("a"), NAME, literal)
    store = Store()
    store.add(quad(triple, ONE))
    (kept,) = store
    normal = normal_triple(triple)
    assert normal == kept.triple
    assert normal_triple(normal) == normal


def test_quads_keep_their_graph() -> None:
    loose = Quad(thing("a"), NAME, typed("01", "integer"), ONE)
    assert normal_quad(loose) == Quad(thing("a"), NAME, typed("1", "integer"), ONE)


@pytest.mark.parametrize(
    "wrong",
    [
        Quad(BlankNode("b"), NAME, Literal("x"), ONE),
        Quad(thing("a"), NAME, BlankNode("b"), ONE),
        Quad(thing("a"), NAME, Triple(BlankNode("b"), NAME, Literal("x")), ONE),
        quad(named("a"), ONE).triple and Quad(thing("a"), NAME, Literal("x"), DefaultGraph()),
        Quad(thing("a"), NAME, Literal("x"), BlankNode("g")),
    ],
)
def test_blank_nodes_and_the_default_graph_are_refused(wrong: Quad) -> None:
    with pytest.raises(InputError) as caught:
        normal_quad(wrong)
    (issue,) = caught.value.issues
    assert issue.value
    assert "IRI" in issue.detail or "named graph" in issue.detail
