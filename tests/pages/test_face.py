"""Links keep the language that was chosen, and nothing breaks out of them."""

from __future__ import annotations

from api.pages.face import Face, pairs

CHOSEN = Face("fr", "/exporters", (("market", "CN"), ("market", "TH"), ("page", "2")), chosen=True)
PLAIN = Face("nl", "/exporters", (("market", "CN"),))


def test_links_keep_a_chosen_language_only() -> None:
    assert CHOSEN.href("markets", "JP") == "/markets/JP?lang=fr"
    assert PLAIN.href("markets", "JP") == "/markets/JP"
    assert PLAIN.href() == "/"


def test_segments_and_values_are_encoded() -> None:
    assert PLAIN.href("companies", "a/b?c#d") == "/companies/a%2Fb%3Fc%23d"
    assert PLAIN.href("search", q='"><&') == "/search?q=%22%3E%3C%26"


def test_the_switch_keeps_the_page() -> None:
    assert CHOSEN.switch("en") == "/exporters?market=CN&market=TH&page=2&lang=en"


def test_here_changes_what_is_named() -> None:
    assert CHOSEN.here(page=3) == "/exporters?market=CN&market=TH&page=3&lang=fr"
    assert CHOSEN.here(page=None) == "/exporters?market=CN&market=TH&lang=fr"
    assert PLAIN.here(market=["JP", "KR"]) == "/exporters?market=JP&market=KR"


def test_data_has_its_format_and_language() -> None:
    assert PLAIN.data("/v1/exporters", PLAIN.query, "csv") == "/v1/exporters?market=CN&format=csv&lang=nl"


def test_pairs_leave_out_what_is_not_there() -> None:
    assert pairs({"a": None, "b": "", "c": ["x", None, "y"], "d": 0}) == (("c", "x"), ("c", "y"), ("d", "0"))


def test_our_word_comes_before_the_label_of_the_graph() -> None:
    assert PLAIN.word("status", "targets", "wants to sell") == "wil exporteren"
    assert PLAIN.word("role", "distributor", "verdeler") == "verdeler"
    assert PLAIN.word("role", "https://example.org/role/agent") == "agent"


def test_no_link_leads_to_another_host() -> None:
    for path in ("//evil.example/", "///evil.example/x"):
        elsewhere = Face("nl", path)
        assert not elsewhere.switch("en").startswith("//")
        assert not elsewhere.here(page=2).startswith("//")
