"""The section "who fits" of a company's page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.pages.face import Face
from api.pages.views.matches import Asker, chooser, groups
from graph.errors import UnknownValue
from graph.index import Index
from graph.index.build import build
from tests.graphs import TODAY, World


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A company that wants to go to Vietnam and China, and one that withdrew from Vietnam."""
    world = World()
    own = world.org("asker", "Asker", country="BE", place="Genk", sectors=["steel"])
    for market in ("VN", "CN", "TH", "ASIA"):
        world.engagement(own, market, "targets")
    world.engagement(own, "JP", "leading")
    world.engagement(own, "KR", "targets", until="2012")
    gone = world.org("gone", "Gone", country="BE", place="Genk", sectors=["steel"])
    world.engagement(gone, "VN", "withdrawn", since="2016")
    world.branch("tokyo", own, "JP", "Tokyo")
    world.mission("m", ["VN"], world.org("chamber", kind="chamber"))
    world.org("homely", country="BE", place="Genk")
    path = tmp_path_factory.mktemp("matches") / "index.sqlite"
    build(world.view(), path, "r")
    made = Index(path)
    yield made
    made.close()


def choice(index: Index, ref: str, asked: str, lang: str = "en") -> dict[str, Any] | None:
    return chooser(index, Face(lang), Asker(index.company(ref, lang, TODAY), TODAY), asked)


def shown(index: Index, ref: str, lang: str = "en", market: str = "VN") -> list[dict[str, Any]]:
    company, chosen = index.company(ref, lang, TODAY), choice(index, ref, market, lang)
    face = Face(lang, "/companies/asker")
    return groups(index, face, Asker(company, TODAY), chosen["chosen"] if chosen else None)


def test_a_reader_chooses_among_its_own_markets_first_and_then_all_countries(index: Index) -> None:
    found = choice(index, "asker", "")
    assert found is not None
    assert [each["code"] for each in found["own"]] == ["CN", "TH", "VN", "JP"]
    assert found["chosen"]["code"] == "CN"
    others = {each["code"] for each in found["others"]}
    assert "KR" in others
    assert not others & {"CN", "TH", "VN", "JP", "BE"}


def test_a_market_is_chosen_by_code_or_name_and_may_be_a_region(index: Index) -> None:
    for text, code in (("Vietnam", "VN"), ("jp", "JP"), ("ASIA", "ASIA")):
        found = choice(index, "asker", text)
        assert found is not None
        assert found["chosen"]["code"] == code
        assert code in {each["code"] for each in (*found["own"], *found["others"])}
    with pytest.raises(UnknownValue, match="fit"):
        choice(index, "asker", "Atlantis")


def test_the_best_of_each_kind_for_the_market_that_is_chosen(index: Index) -> None:
    found = shown(index, "asker")
    titles = [str(group["title"]) for group in found]
    assert "Ways into Vietnam" in titles
    assert "Where it could go next" in titles
    assert "Companies of Limburg that are there or want to go: Vietnam" in titles
    assert not any("Asia" in title for title in titles)  # a region is no country to go to
    assert not any("China" in title for title in titles)
    assert all(1 <= len(group["items"]) <= 4 for group in found)


def test_what_speaks_against_stands_beside_the_reasons(index: Index) -> None:
    group = next(g for g in shown(index, "asker") if str(g["title"]).startswith("Companies of Limburg"))
    (item,) = group["items"]
    assert item["path"].startswith("/companies/gone")
    assert item["against"][0]["text"] == "Gone left this market: Vietnam in 2016"
    assert item["against"][0]["sources"][0]["id"] == "s1"
    assert 0 < item["score"] <= 100


def test_missions_and_markets_lead_to_their_pages(index: Index) -> None:
    paths = [item["path"] for group in shown(index, "asker") for item in group["items"]]
    assert any(path.startswith("/missions/m") for path in paths)
    assert any(path.startswith("/markets/") for path in paths)


@pytest.mark.parametrize(
    ("lang", "title"), [("nl", "Wegen naar Vietnam"), ("fr", "Voies d’accès\u00a0: Viêt Nam")]
)
def test_titles_are_in_the_language_of_the_reader(index: Index, lang: str, title: str) -> None:
    assert title in [str(group["title"]) for group in shown(index, "asker", lang)]


def test_who_does_not_export_is_asked_nothing(index: Index) -> None:
    assert shown(index, "homely") == []
    assert choice(index, "homely", "") is None
