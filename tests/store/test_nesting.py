"""Brackets of a query that are open at the same time."""

from __future__ import annotations

import time

import pytest

from graph.errors import QueryRefused
from graph.store.nesting import check


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{{ ?s ?p ?o }}}",
        "SELECT * { " + "{ ?s ?p ?o } " * 50 + "}",
        'SELECT * { ?s ?p "((((((((((", "a\\"((((", \'{{{{\', """ "((((" """, \'\'\' \'{{{{\' \'\'\' }',
        "SELECT * { ?s <http://example.org/((((((((((> ?o }",
        "SELECT * { ?s ?p ?o } # ((((((((((((",
        ")))))))))) {{{{}}}}",
    ],
)
def test_what_is_not_nested_deeply_passes(text: str) -> None:
    check(text, 4)


@pytest.mark.parametrize("pair", ["{}", "()", "[]"])
def test_what_is_nested_too_deeply_is_refused(pair: str) -> None:
    check(pair[0] * 4 + pair[1] * 4, 4)
    with pytest.raises(QueryRefused, match=r"nested too deeply: at character 5 more than 4") as caught:
        check(pair[0] * 5 + pair[1] * 5, 4)
    assert caught.value.setting == "VERRE_QUERY_NESTING"


def test_all_brackets_count_together() -> None:
    with pytest.raises(QueryRefused):
        check('SELECT * { ?s ?p [ ?q ( "text" [ ] ) ] }', 3)


def test_it_takes_no_longer_for_a_text_that_leads_nowhere() -> None:
    for text in ('"' * 200_000, "<" * 200_000, "'\\" * 100_000, '"""' + "\\" * 100_000, "#\n" * 90_000):
        began = time.process_time()
        check(f"() () {text} () ()", 3)
        assert time.process_time() - began < 5


def test_a_quote_in_a_name_opens_no_string() -> None:
    with pytest.raises(QueryRefused):
        check("SELECT * { ex:it\\'s ?p ((((1)))) }", 3)
