"""Matches of the facts that come with Verre: what a matchmaker of the chamber would see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.index import Index
from graph.matching import FEATURES, Answer, Question, match
from tests.matching.conftest import names, of, texts, values
from tests.real import TODAY


@pytest.fixture(scope="module")
def index(real_index: Index) -> Index:
    """The index of the data that comes with Verre."""
    return real_index


def ask(index: Index, kind: str, company: str | None, market: str | None = None, **more: Any) -> Answer:
    given = {"limit": 100, **more}
    return match(index, Question(kind, company, market, **given), "en", TODAY)


def exporters(index: Index) -> list[str]:
    rows = index.shaper("en").db.rows(
        "SELECT DISTINCT o.iri FROM engagement e JOIN organization o ON o.id = e.company ORDER BY o.iri"
    )
    return [iri for (iri,) in rows]


def check(item: dict[str, Any]) -> None:
    """What holds of every result, whatever it is."""
    known = {each.name: each for each in FEATURES[item["kind"]]}
    assert 0 <= item["score"] <= 1
    assert [part["feature"] for part in item["parts"]][:2] == [*known][:2]
    for part in item["parts"]:
        assert part["value"] is None or 0 <= part["value"] <= 1
        assert part["counter"] is known[part["feature"]].counter
    said = [each["feature"] for what in ("reasons", "counterReasons", "missing") for each in item[what]]
    assert len(said) == len(set(said))
    for each in (*item["reasons"], *item["counterReasons"]):
        assert each["sources"], (item["kind"], each)
        assert "{" not in each["text"]
        assert "[" not in each["text"]
    assert item["reasons"], "nothing is proposed without a reason"


@pytest.mark.parametrize("kind", ["partners", "peers", "markets"])
def test_every_reason_of_every_match_opens_its_source(index: Index, kind: str) -> None:
    seen = 0
    for company in exporters(index):
        for item in ask(index, kind, company, limit=10).items:
            check(item)
            seen += 1
    assert seen > 40


@pytest.mark.parametrize("market", ["VN", "CN", "DE", "ASIA"])
def test_so_does_every_reason_for_a_market(index: Index, market: str) -> None:
    for company in exporters(index)[::6]:
        for kind in ("partners", "peers", "gateways"):
            for item in ask(index, kind, company, market, limit=5).items:
                check(item)


def test_no_result_is_the_company_itself_or_of_its_group(index: Index) -> None:
    for kind in ("partners", "peers"):
        assert not {"keestrack", "keestrack-china", "goldoni"} & set(names(ask(index, kind, "keestrack")))


def test_luminex_finds_its_way_to_vietnam(index: Index) -> None:
    found = ask(index, "gateways", "luminex", "VN")
    assert names(found) == ["luminex-japan", "m-vietnam-2023", "m-inbound-2022", "m-vietnam-2018"]
    assert of(found, "luminex-japan")["score"] == pytest.approx(0.40 * 25 / 76 + 0.35 + 0.25, abs=1e-3)
    assert {item["organization"]["id"] for item in found.items if item["organization"]} == {
        "luminex-japan",
        "voka-limburg",
        "fit",
    }
    assert ask(index, "partners", "luminex", "VN").items == []


def test_who_left_a_market_says_so(index: Index) -> None:
    found = ask(index, "peers", "nelissen", "PL")
    assert texts(of(found, "vandersanden"), "counterReasons") == {
        "left": "Vandersanden left this market: Poland"
    }
    assert values(of(found, "vandersanden"))["standing"] == 0.3


def test_a_fruit_auction_finds_the_importer_of_another(index: Index) -> None:
    found = ask(index, "partners", "bfv", "CN")
    item = of(found, "goodfarmer")
    assert texts(item, "reasons")["peers"] == "Goodfarmer works with BelOrta, a company like this one"
    assert "dole" not in names(found)  # works with it already


def test_a_buyer_of_pears_in_korea_finds_who_sells_there(index: Index) -> None:
    found = ask(index, "suppliers", None, products=("pears",), countries=("KR",), keywords=("fruit",))
    assert names(found)[0] == "belorta"
    assert texts(of(found, "belorta"), "reasons")["standing"].startswith("BelOrta sells there: South Korea")
    assert "vcst" not in names(found)  # gears are no pears


def test_before_a_fact_was_it_counts_for_nothing(index: Index) -> None:
    now = ask(index, "gateways", "luminex", "JP")
    then = ask(index, "gateways", "luminex", "JP", as_of=date(2017, 1, 1))
    assert "luminex-japan" in names(now)
    assert "luminex-japan" not in names(then)


def test_a_wish_is_a_next_market_and_no_sale(index: Index) -> None:
    found = ask(index, "markets", "luminex")
    assert {"CN", "KR", "TH", "VN"} <= set(names(found))
    assert "JP" not in names(found)
    assert values(of(found, "TH"))["aim"] == 1
    assert values(of(found, "TH"))["visited"] == 0  # three companies want to go there, none is known to sell
