"""The small parts: texts without case and accents, days, nodes, concepts, labels."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryFailed
from graph.index.called import pattern as like_pattern
from graph.index.catalogue import best, language_of
from graph.index.days import FOREVER, NEVER, Attested, Period, read
from graph.index.filling import Concepts, folded, joined, kind_of, last_part, path_of
from graph.index.nodes import Node, nodes
from graph.index.shaping import plain
from graph.index.standings import allowed_scores, rank_of_score, score_of_rank
from graph.index.text import fold
from graph.model.namespaces import CURRENCY, HS, NACE, RDF, RDFS, SCHEMA, SKOS, VERRE, code
from graph.model.statuses import RANK
from graph.model.terms import BlankNode, Literal, NamedNode, Triple
from graph.store.view import memory_view

# Texts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crème  Brûlée", "creme brulee"),
        ("  STRASSE\tStraße\n", "strasse strasse"),
        ("Łódź Ørsted Đakovo Þór æœ", "lodz orsted dakovo thor aeoe"),
        ("ＦＵＬＬ ｗｉｄｔｈ", "full width"),
        ("ﬁne", "fine"),
        ("e\u0301", "e"),
        ("日本", "日本"),
        ("", ""),
        (" \u0301 ", ""),
        ("a_b%c", "a_b%c"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_folding_again_changes_nothing_and_case_never_counts(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert fold(f"  {text}  ") == once
    assert "  " not in once


@given(st.text(alphabet="aAéÉß"), st.text(alphabet="xyzé "))
def test_a_part_of_a_text_folds_to_a_part_of_the_folded(left: str, right: str) -> None:
    assert fold(left) in fold(left + right)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("É", "%e%"),
        ("50%", r"%50\%%"),
        ("a_b", r"%a\_b%"),
        ("a\\b", r"%a\\b%"),
        ("\0", "%\ufffd%"),
        ("", "%%"),
    ],
)
def test_a_pattern_of_like(text: str, pattern: str) -> None:
    assert like_pattern(text) == pattern


# Days -------------------------------------------------------------------------------------------


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ([], [], (None, None, NEVER, FOREVER)),
        (["2018"], ["2018"], ("2018", "2018", day("2018-01-01"), day("2018-12-31"))),
        (["2018-02"], ["2020-02"], ("2018-02", "2020-02", day("2018-02-01"), day("2020-02-29"))),
        (["2018-02-19"], [], ("2018-02-19", None, day("2018-02-19"), FOREVER)),
        (
            ["2019", "2018-05"],
            ["2019", "2020-01"],
            ("2018-05", "2020-01", day("2018-05-01"), day("2020-01-31")),
        ),
        (
            ["2018", "2018-01-01"],
            ["2018", "2018-12-31"],
            ("2018-01-01", "2018-12-31", day("2018-01-01"), day("2018-12-31")),
        ),
        (["2018-05", "2018"], ["2018", "2018-05"], ("2018", "2018", day("2018-01-01"), day("2018-12-31"))),
        (["soon", "2018"], ["never", ""], ("2018", None, day("2018-01-01"), FOREVER)),
        (["2018-13", "2018-02-30"], [], (None, None, NEVER, FOREVER)),
    ],
)
def test_a_period_is_the_widest_that_the_texts_allow(
    starts: list[str], ends: list[str], expected: tuple[str | None, str | None, int, int]
) -> None:
    found = Period.of(starts, ends)
    assert (found.since, found.until, found.first, found.last) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (None, NEVER, FOREVER)),
        (["2018"], ("2018", day("2018-01-01"), day("2018-12-31"))),
        (["2018", "2017-12-31"], ("2018", day("2018-01-01"), day("2018-12-31"))),
        (["2018", "2018-12"], ("2018-12", day("2018-12-01"), day("2018-12-31"))),
        (["no date"], (None, NEVER, FOREVER)),
    ],
)
def test_the_latest_attestation(values: list[str], expected: tuple[str | None, int, int]) -> None:
    found = Attested.of(values)
    assert (found.text, found.first, found.last) == expected


def test_what_is_no_date_is_read_as_none() -> None:
    assert [str(each) for each in read(["2018", "x", "2018-02-31", "2018-02", " 2019 "])] == [
        "2018",
        "2018-02",
        "2019",
    ]


# Nodes ------------------------------------------------------------------------------------------

S = "https://example.org/s"


def node(*pairs: tuple[NamedNode, NamedNode | Literal]) -> Node:
    made = Node(S)
    for predicate, value in pairs:
        made.add(predicate.value, value)
    return made


def test_a_node_gives_its_values_in_an_order_that_does_not_depend_on_luck() -> None:
    label = [
        Literal("b", language="nl"),
        Literal("a", language="nl"),
        Literal("a", language="en"),
        Literal("a"),
    ]
    found = node(*((RDFS.label, each) for each in label), (RDFS.label, VERRE.x), (SKOS.broader, VERRE.b))
    assert found.texts(RDFS.label) == ["a", "a", "a", "b"]
    assert [each.language for each in found.literals(RDFS.label)] == [None, "en", "nl", "nl"]
    assert (found.text(RDFS.label), found.iris(RDFS.label)) == ("a", [VERRE.x.value])
    assert (found.iri_of(SKOS.broader), found.iri_of(RDFS.seeAlso)) == (VERRE.b.value, None)
    assert (found.text(RDFS.seeAlso), found.literals(SKOS.broader)) == (None, [])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (None, None, None)),
        ([Literal("x")], ("x", "x", "x")),
        ([Literal("n", language="nl")], ("n", None, None)),
        ([Literal("n", language="nl"), Literal("x")], ("n", "x", "x")),
        ([Literal("f", language="fr"), Literal("e", language="en")], (None, "e", "f")),
        ([Literal("d", language="de")], (None, None, None)),
    ],
)
def test_a_text_in_three_languages(
    values: list[Literal], expected: tuple[str | None, str | None, str | None]
) -> None:
    assert node(*((RDFS.label, each) for each in values)).three(RDFS.label) == expected


def test_the_first_predicate_that_has_a_language_gives_it() -> None:
    found = node((SKOS.prefLabel, Literal("p", language="nl")), (RDFS.label, Literal("r", language="nl")))
    found.add(RDFS.label.value, Literal("e", language="en"))
    assert found.three(SKOS.prefLabel, RDFS.label) == ("p", "e", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", 1.0),
        ("-1.50", -1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("+2", 2.0),
        ("1e3", 1000.0),
        ("1E400", None),
        ("٣", None),
    ],
)
def test_numbers(text: str, expected: float | None) -> None:
    assert node((VERRE.value, Literal(text))).number(VERRE.value) == expected


def test_nodes_of_a_class_come_with_all_their_triples() -> None:
    graph = VERRE.g
    triples = {
        Triple(VERRE[name], predicate, value)
        for name in ("a", "b")
        for predicate, value in (
            (RDF.type, VERRE.Thing),
            (RDFS.label, Literal(name)),
            (VERRE.key, Literal("k")),
        )
    }
    triples.add(Triple(VERRE.c, RDFS.label, Literal("of no class")))
    triples.add(Triple(BlankNode("x"), RDF.type, VERRE.Thing))
    found = {
        each.iri: (each.texts(RDFS.label), each.texts(VERRE.key))
        for each in nodes(memory_view({graph: triples}), VERRE.Thing)
    }
    assert found == {VERRE[name].value: ([name], ["k"]) for name in ("a", "b")}
    assert list(nodes(memory_view({graph: triples}), VERRE.Other)) == []


def test_triples_that_come_apart_are_an_error_and_no_half_node() -> None:
    class Scattered:
        def select(self, _query: str) -> list[tuple[NamedNode, NamedNode, NamedNode]]:
            return [(VERRE[name], RDF.type, VERRE.Thing) for name in ("a", "b", "a")]

    with pytest.raises(QueryFailed, match="apart"):
        list(nodes(Scattered(), VERRE.Thing))  # type: ignore[arg-type]


# Concepts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("iri", "kind", "last"),
    [
        (code("partner-role", "distributor"), "partner-role", "distributor"),
        (CURRENCY.EUR, "currency", "EUR"),
        (NACE["10"], "nace", "10"),
        (HS["08"], "hs2022", "08"),
        (VERRE.Thing, "concept", "Thing"),
        (NamedNode("https://example.org/a/"), "concept", "a"),
    ],
)
def test_the_kind_of_what_is_only_pointed_at(iri: NamedNode, kind: str, last: str) -> None:
    assert (kind_of(iri.value), last_part(iri.value)) == (kind, last)


def test_a_concept_has_one_number_however_it_comes() -> None:
    concepts = Concepts()
    described = Node(code("unit", "tonne").value)
    described.add(SKOS.prefLabel.value, Literal("ton", language="nl"))
    number = concepts.add(described)
    assert concepts.add(described) == concepts.get(described.iri) == number
    other = concepts.get(VERRE.Other.value)
    assert (concepts.get(None), other) == (None, number + 1)
    assert [row[:4] for row in concepts.rows] == [
        (1, described.iri, "unit", "tonne"),
        (2, VERRE.Other.value, "concept", "Other"),
    ]


def test_a_country_is_known_by_its_iso_code_before_its_notation() -> None:
    found = Node(VERRE.cn.value)
    for predicate, value in (
        (RDF.type, VERRE.Country),
        (VERRE.iso2, Literal("CN")),
        (SKOS.notation, Literal("156")),
    ):
        found.add(predicate.value, value)
    found.add(SCHEMA.startDate.value, Literal("1949"))
    concepts = Concepts()
    concepts.add(found)
    assert concepts.rows[0][2:4] == ("country", "CN")
    assert concepts.rows[0][-1] == "1949"


def test_parts_of_an_address() -> None:
    assert path_of("https://w3id.org/verre/id/organization/be/0429593895") == "be/0429593895"
    assert path_of("https://example.org/else") == "https://example.org/else"
    assert last_part("https://example.org/ns#Thing") == "Thing"


def test_notes_are_joined_each_once() -> None:
    assert joined([]) is None
    assert joined(["a", "b", "a"]) == "a · b"
    assert folded("É", None, "e", "") == "e"
    assert folded("A b", "C") == "a b\nc"


# Labels and scores ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "lang", "text", "tag"),
    [
        (("n", "e", "f"), "fr", "f", "fr"),
        (("n", None, None), "fr", "n", "nl"),
        ((None, None, "f"), "nl", "f", "fr"),
        ((None, "e", "f"), "nl", "e", "en"),
        (("", "e", None), "nl", "e", "en"),
        ((None, None, None), "nl", None, None),
    ],
)
def test_the_best_text_and_its_language(
    texts: tuple[str | None, ...], lang: str, text: str | None, tag: str | None
) -> None:
    assert (best(texts, lang), language_of(texts, lang)) == (text, tag)


@pytest.mark.parametrize(
    ("value", "expected"), [(None, None), (250.0, 250), (12.5, 12.5), (-1.0, -1), (0.0, 0), (1e15, 10**15)]
)
def test_whole_numbers_have_no_point(value: float | None, expected: float | None) -> None:
    found = plain(value)
    assert (found, type(found)) == (expected, type(expected))


def test_scores_and_ranks_are_each_others_reverse() -> None:
    for rank in RANK.values():
        assert rank_of_score(score_of_rank(rank)) == rank_of_score(score_of_rank(rank) + 10) == rank
    assert [
        score_of_rank(RANK[word]) for word in ("leading", "active", "entering", "targets", "withdrawn")
    ] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("statuses", "ended", "expected"),
    [
        ((), False, {0, 1, 2, 3}),
        ((), True, {0, 1, 2, 3, 4, 10, 11, 12, 13, 14}),
        (("leading",), False, {0}),
        (("withdrawn", "active"), False, {1, 4}),
        (("targets",), True, {3, 13}),
    ],
)
def test_which_scores_a_filter_lets_through(
    statuses: tuple[str, ...], ended: bool, expected: set[int]
) -> None:
    assert allowed_scores(statuses, ended) == expected
