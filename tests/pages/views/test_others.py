"""Home, markets, sources, statistics and search: small views of their own."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from api.pages.face import Face
from api.pages.views import home, search, sources, statistics
from api.pages.views import market as market_view
from tests.pages.samples import LUMINEX, OTHER, Json, engagement, market, statistic

NL = Face("nl")


def standing(status: str, company: Json = LUMINEX, **more: Any) -> Json:
    facts = [engagement(more.pop("known", "JP"), status)]
    return {**company, "markets": [{"market": market("JP"), "status": status, "engagements": facts, **more}]}


# Home -------------------------------------------------------------------------------------------


def test_questions_are_addresses() -> None:
    held = {code: market(code) for code in ("CN", "JP")} | {
        "ASEAN": {**market("ASIA"), "code": "ASEAN", "label": "ASEAN"}
    }
    found = home.questions(NL, held)
    assert [q["href"] for q in found] == [
        "/exporters?market=CN&market=TH&market=VN&market=KR",
        "/markets/JP",
        "/exporters?market=ASEAN&status=targets",
        "/statistics",
    ]
    assert str(found[1]["text"]) == "Wie is er al in Japan?"


def test_questions_about_unknown_markets_are_not_asked() -> None:
    assert [q["href"] for q in home.questions(NL, {})] == ["/statistics"]


def test_the_newest_facts_are_sentences() -> None:
    (told,) = home.latest(NL, [{"company": LUMINEX, "engagement": engagement("JP", "targets")}])
    assert (told["company"], str(told["words"])) == (LUMINEX, "wil exporteren naar Japan")


def test_the_script_of_the_search_box_gets_its_words() -> None:
    words = orjson.loads(home.suggesting(NL))
    assert words["none"] == "Geen naam gevonden"
    assert {"company", "market", "person", "mission", "source", "product", "one", "many", "failed"} <= set(
        words
    )


def test_certificates_in_a_sentence() -> None:
    found = home.certificates(NL, [statistic("2018", 24456, changePercent=7.19), statistic("2007", 12905)])
    assert found is not None
    assert str(found["sentence"]).startswith("Van 12.905 in 2007 naar 24.456 in 2018, +7,19% tegenover")
    assert [fact["period"] for fact in found["facts"]] == ["2007", "2018"]
    other = statistic("2017", 5, indicator={"iri": "urn:other"})
    assert home.certificates(NL, [other, statistic("2018", 24456)]) is None


def test_certificates_without_a_change_say_less() -> None:
    found = home.certificates(NL, [statistic("2018", 2), statistic("2007", 1)])
    assert found is not None
    assert str(found["sentence"]).startswith("Van 1 in 2007 naar 2 in 2018: elk")


def test_the_best_known_countries_without_regions() -> None:
    counts = {"CN": {"active": 2}, "JP": {"active": 2}, "US": {"targets": 3}, "ASIA": {"active": 9}}
    markets = [{**market(code), "counts": held} for code, held in counts.items()]
    assert [m["code"] for m in home.most_known(markets)] == ["US", "CN", "JP"]
    assert len(home.most_known(markets, 1)) == 1


# Markets ----------------------------------------------------------------------------------------


def test_rungs_with_names_and_what_is_over_last() -> None:
    held = market_view.standings(
        [standing("targets"), standing("active", OTHER, ended=True), standing("leading")]
    )
    assert [(r["status"], len(r["companies"])) for r in market_view.rungs(held)] == [
        ("leading", 1),
        ("targets", 1),
        ("over", 1),
    ]


def test_what_is_known_for_a_region_says_which() -> None:
    (held,) = market_view.standings([standing("active", known="ASIA", regionLevel=True)])
    assert (held["region"], held["regional"]) == ("Azië", True)


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        ({}, "Japan"),
        ({"withdrawn": 3}, "Japan"),
        ({"leading": 1, "active": 1}, "Japan: 2 bedrijven exporteren erheen"),
        (
            {"active": 1, "targets": 1},
            "Japan: 1 bedrijf exporteert erheen en 1 bedrijf wil erheen exporteren",
        ),
        (
            {"active": 1, "entering": 1, "targets": 2},
            "Japan: 1 bedrijf exporteert erheen, 1 bedrijf zet er eerste stappen en 2 bedrijven willen erheen exporteren",
        ),
    ],
)
def test_the_headline_of_a_market(counted: dict[str, int], words: str) -> None:
    assert str(market_view.headline(NL, market("JP"), counted)) == words


def test_a_country_stands_among_those_of_its_part_of_the_world() -> None:
    around = [{"code": code} for code in ("ASEAN", "ASIA", "WORLD", "SOUTHEAST_ASIA")]
    assert market_view.neighbourhood({"partOf": around}) == "SOUTHEAST_ASIA"
    assert market_view.neighbourhood({"partOf": [{"code": "EASTERN_EUROPE"}, {"code": "EUROPE"}]}) == "EUROPE"
    assert market_view.neighbourhood({"partOf": []}) is None


def test_sectors_as_bars_that_lead_to_their_companies() -> None:
    found = market_view.sectors(
        NL,
        [{"value": "fruit", "label": "Fruit", "count": 4}, {"value": "wood", "label": "Hout", "count": 1}],
        "JP",
    )
    assert [(each["width"], each["href"]) for each in found] == [
        (100.0, "/exporters?market=JP&sector=fruit"),
        (25.0, "/exporters?market=JP&sector=wood"),
    ]
    assert market_view.sectors(NL, [], "JP") == []


def test_statements_are_grouped_by_company() -> None:
    held = market_view.standings(
        [standing("active"), {**OTHER, "markets": [{"market": market("JP"), "status": "active"}]}]
    )
    assert [group["company"]["id"] for group in market_view.groups(held)] == ["luminex"]


def test_the_place_of_a_branch_is_not_told_twice() -> None:
    branch = {"organization": OTHER, "company": LUMINEX, "kind": "branch"}
    site = {"organization": None, "company": OTHER, "kind": "site"}
    plain = {"organization": None, "company": LUMINEX, "kind": "site"}
    assert market_view.presence([branch, site, plain]) == [branch, plain]


@pytest.mark.parametrize(
    ("item", "counts"),
    [({"counts": {"active": 2}}, {"active": 2}), ({"markets": {"targets": None}}, {"targets": 0}), ({}, {})],
)
def test_counts(item: Json, counts: Json) -> None:
    assert market_view.counts(item) == counts


# Sources, statistics, search --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org", "http://example.org"),
        ("javascript:alert(1)", None),
        ("https:///nowhere", None),
        ("http://[bad", None),
        (None, None),
    ],
)
def test_only_the_web_is_linked(url: object, address: str | None) -> None:
    assert sources.web_address(url) == address


def test_a_source_says_who_is_what_to_whom() -> None:
    told: Json = {
        "partnerships": [{"partner": OTHER, "principal": LUMINEX, "role": "x", "roleLabel": "klant"}],
        "ownerships": [
            {"owner": LUMINEX, "owned": OTHER, "kind": "subsidiary", "kindLabel": "", "share": 60}
        ],
    }
    assert [(t["first"]["id"], t["words"], t["second"]["id"]) for t in sources.ties(NL, told)] == [
        ("other", "klant", "luminex"),
        ("other", "dochterbedrijf", "luminex"),
    ]
    assert str(sources.ties(NL, told)[1]["share"]) == "aandeel 60%"


def test_what_a_source_says_of_markets_is_a_sentence() -> None:
    (made,) = sources.sentences(NL, [{**engagement("JP", "active"), "company": LUMINEX}])
    assert (made["company"]["id"], str(made["words"])) == ("luminex", "exporteert naar Japan")


def test_statistics_by_area_and_indicator() -> None:
    held = [statistic("2018", 2), statistic("2017", 1), statistic("2017", 3, indicator={"label": "aandeel"})]
    held += [statistic("2017", 4, area={"label": "België"})]
    areas = statistics.by_area(held)
    assert [(a["label"], [g["label"] for g in a["groups"]]) for a in areas] == [
        ("Limburg", ["Aandeel", "Certificaten"]),
        ("België", ["Certificaten"]),
    ]
    assert [f["period"] for f in areas[0]["groups"][1]["facts"]] == ["2017", "2018"]


def test_hits_by_kind_with_their_pages() -> None:
    hits: list[Json] = [
        {"kind": "company", "id": "luminex", "label": "Luminex", "detail": "bedrijf"},
        {"kind": "market", "id": "JP", "label": "Japan", "detail": None},
        {"kind": "company", "id": "a/b", "label": "A", "detail": None},
        {"kind": "product", "id": "x", "label": "X", "detail": None},
    ]
    groups = search.groups(NL, hits)
    assert [(g["kind"], [h["path"] for h in g["hits"]]) for g in groups] == [
        ("company", ["/companies/luminex", "/companies/a%2Fb"]),
        ("market", ["/markets/JP"]),
        ("product", ["/exporters?product=x"]),
    ]
    assert groups[0]["hits"][0]["hint"] == "bedrijf"
