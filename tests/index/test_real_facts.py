"""What the issue says the graph has to show, on the data that comes with Verre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.index import ExporterFilter, Index, PageRequest, StatisticFilter
from graph.index.build import build
from tests.real import TODAY, real_view

FOUR = ("CN", "TH", "VN", "KR")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    path: Path = tmp_path_factory.mktemp("real") / "index.db"
    build(real_view(), path, "real")
    made = Index(path)
    yield made
    made.close()


def exporters(index: Index, *markets: str, **more: Any) -> dict[str, dict[str, Any]]:
    """Items by key, in order."""
    answer = index.exporters(
        ExporterFilter(today=TODAY, markets=markets, **more), PageRequest(size=100), "en"
    )
    assert answer.total == len(answer.items)
    return {item["id"]: item for item in answer.items}


def statuses(item: dict[str, Any]) -> dict[str, str]:
    return {entry["market"]["code"]: entry["status"] for entry in item["markets"]}


def own(item: dict[str, Any]) -> bool:
    return any(not entry["regionLevel"] for entry in item["markets"])


def test_twelve_companies_with_a_fact_of_their_own_and_two_known_for_asia(index: Index) -> None:
    found = exporters(index, *FOUR)
    assert sum(own(item) for item in found.values()) == 12
    assert {key for key, item in found.items() if not own(item)} == {"carolus-trees", "plastiflex"}
    assert list(found)[-2:] == ["carolus-trees", "plastiflex"]


def test_luminex_wants_all_four_as_the_paper_says(index: Index) -> None:
    luminex = exporters(index, *FOUR)["luminex"]
    assert statuses(luminex) == dict.fromkeys(FOUR, "targets")
    for entry in luminex["markets"]:
        (fact,) = entry["engagements"]
        (source,) = fact["sources"]
        assert (source["publisher"], source["date"]) == ("Het Belang van Limburg", "2018-02-19")


def test_punch_powertrain_is_active_in_china_and_was_in_korea(index: Index) -> None:
    assert statuses(exporters(index, *FOUR)["punch-powertrain"]) == {"CN": "active"}
    with_ended = exporters(index, *FOUR, include_ended=True)["punch-powertrain"]
    korea = next(entry for entry in with_ended["markets"] if entry["market"]["code"] == "KR")
    assert korea["ended"] is True
    assert [(fact["since"], fact["until"]) for fact in korea["engagements"]] == [("2006", "2008")]


def test_what_is_known_of_places(index: Index) -> None:
    found = exporters(index, *FOUR)
    assert (found["belorta"]["area"]["site"], found["belorta"]["area"]["seat"]) == ("yes", "no")
    assert found["tessenderlo-group"]["area"]["member"] == "unknown"


def test_a_region_never_stands_in_for_a_country(index: Index) -> None:
    found = exporters(index, *FOUR, statuses=("active", "leading"))
    assert "luminex" not in found
    assert {entry["status"] for item in found.values() for entry in item["markets"]} <= {"active", "leading"}


@pytest.mark.parametrize("name", ["Japan", "Japon", "JP", "jpn"])
def test_luminex_leads_in_japan_with_a_branch_in_tokyo(index: Index, name: str) -> None:
    (entry,) = exporters(index, name)["luminex"]["markets"]
    assert entry["status"] == "leading"
    assert [(each["kind"], each["organization"]["id"], each["place"]) for each in entry["presence"]] == [
        ("branch", "luminex-japan", "Tokyo")
    ]


def test_asean_finds_its_countries_and_nobody_because_of_asia(index: Index) -> None:
    found = exporters(index, "ASEAN")
    assert {"luminex", "bfv", "belorta"} <= set(found)
    codes = {
        fact["market"]["code"]
        for item in found.values()
        for entry in item["markets"]
        for fact in entry["engagements"]
    }
    assert {"TH", "VN"} <= codes
    assert not codes & {"ASIA", "WORLD"}
    assert not any(entry["regionLevel"] for item in found.values() for entry in item["markets"])


def test_singapore_finds_those_known_for_asia_only(index: Index) -> None:
    found = exporters(index, "SG")
    assert {"carolus-trees", "plastiflex", "luminex", "bfv"} == set(found)
    assert all(entry["regionLevel"] for item in found.values() for entry in item["markets"])


def test_the_fruit_auction_is_region_level_only_where_it_says_nothing_of_its_own(index: Index) -> None:
    levels = {e["market"]["code"]: e["regionLevel"] for e in exporters(index, *FOUR)["bfv"]["markets"]}
    assert levels == {"CN": False, "TH": False, "VN": False, "KR": True}


def test_who_sold_off_is_not_there_unless_asked_for(index: Index) -> None:
    assert "vandersanden" not in exporters(index, "PL")
    assert statuses(exporters(index, "PL", statuses=("withdrawn",))["vandersanden"]) == {"PL": "withdrawn"}


def test_the_figures_of_2017(index: Index) -> None:
    answer = index.statistics(StatisticFilter(areas=("Limburg",), periods=("2017",)), PageRequest(), "en")
    found = {(item["value"], item["changePercent"], item["unit"], item["precision"]) for item in answer.items}
    assert found == {
        (22816, 13.43, "number", None),
        (865000000, 6.73, "EUR", "just-over"),
        (12, None, "percent", "almost"),
    }
    assert {source["id"] for item in answer.items for source in item["sources"]} == {"s001"}
