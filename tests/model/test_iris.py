from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.model.iris import Minter, digest, slug
from graph.model.terms import NamedNode

words = st.text(max_size=12)
keys = st.lists(st.tuples(words, words), max_size=4).map(tuple)


def test_the_strongest_key_makes_the_iri() -> None:
    mint = Minter("https://example.org/")
    base = "https://example.org/id/organization/"
    assert (
        mint.organization("europower", "0429593895", "529900GRZ2BQY5ZM9N49").value == base + "be/0429593895"
    )
    assert (
        mint.organization("europower", "", "529900GRZ2BQY5ZM9N49").value == base + "lei/529900GRZ2BQY5ZM9N49"
    )
    assert mint.organization("Euro Power").value == base + "x/euro-power"


def test_who_owns_whom_is_not_the_same_both_ways() -> None:
    one = digest("ownership", (("owner", "a"), ("owned", "b")))
    other = digest("ownership", (("owner", "b"), ("owned", "a")))
    assert one != other


def test_a_border_between_values_counts() -> None:
    assert digest("x", (("a", "ab"), ("b", "c"))) != digest("x", (("a", "a"), ("b", "bc")))
    assert digest("x", (("a", ""),)) != digest("x", ())


@given(words, keys, words, keys)
def test_two_keys_never_share_a_digest(
    kind: str, key: tuple[tuple[str, str], ...], other_kind: str, other: tuple[tuple[str, str], ...]
) -> None:
    same = (kind, key) == (other_kind, other)
    assert (digest(kind, key) == digest(other_kind, other)) == same


def test_slugs_lose_accents_and_keep_letters_of_other_scripts() -> None:
    assert slug("Crème de la Crème") == "creme-de-la-creme"
    assert slug("  H.Essers / Genk ") == "h-essers-genk"
    assert slug("株式会社") == "株式会社"


@given(st.text(min_size=1))
def test_a_slug_is_never_empty_and_its_own_slug(text: str) -> None:
    assert slug(text)
    assert slug(slug(text)) == slug(text)


@given(st.text(max_size=30))
def test_every_reference_makes_a_valid_iri(ref: str) -> None:
    iri = Minter().thing("product", ref).value
    assert NamedNode(iri).value == iri
    assert not set(iri) & set(' <>"{}|\\^`\n')


def test_graphs_have_their_places() -> None:
    mint = Minter("https://example.org/")
    assert mint.source_graph("s001").value == "https://example.org/graph/source/s001"
    assert mint.inferred.value == "https://example.org/graph/inferred"
    assert mint.meta.value == "https://example.org/graph/meta"
