"""How many exporters there are by each value of each filter: what one finds by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from graph.index import ExporterFilter, PageRequest, columns
from tests.graphs import TODAY
from tests.index.conftest import Made
from tests.index.test_exporters import ask, names, seed


def counts(values: Iterable[dict[str, Any]]) -> dict[str, int]:
    return {each["value"]: each["count"] for each in values}


@pytest.mark.parametrize("way", [{}, {"as_of": TODAY}])
def test_facets_count_with_all_other_filters(indexed: Made, way: dict[str, Any]) -> None:
    index = indexed(seed())
    f = ExporterFilter(today=TODAY, markets=("CN",), statuses=("targets",), **way)
    found = index.exporters(f, PageRequest(facets=True), "en")
    assert names(found) == ["luminex"]
    assert counts(found.facets["status"]) == {"active": 2, "targets": 1}
    assert counts(found.facets["sector"]) == {"electronics": 1}
    assert counts(found.facets["municipality"]) == {"71016": 1}
    assert counts(found.facets["areaMembership"]) == {"yes": 1}
    assert counts(found.facets["market"]) == {"CN": 1, "TH": 1, "VN": 1, "KR": 1, "ASEAN": 1}


def test_products_partners_and_presence_are_counted_as_their_filters_find(indexed: Made) -> None:
    world = seed()
    other = world.org("other", country="BE")
    world.engagement(other, "CN", "active", product="pears")
    world.engagement(other, "JP", "targets", product="apples")
    world.engagement(world.org("plain", country="BE"), "CN", "active")
    world.partnership(other, world.org("tokyo", country="JP"), "distributor")
    world.partnership(other, world.org("osaka", country="JP"), "customer")
    world.branch("beijing", other, "CN", "Beijing")
    index = indexed(world)
    for f in (ExporterFilter(today=TODAY), ExporterFilter(today=TODAY, markets=("CN",))):
        found = index.exporters(f, PageRequest(facets=True), "en").facets
        for name, field in (
            ("product", "products"),
            ("partnerCountry", "partner_countries"),
            ("hasPresenceIn", "presence_in"),
        ):
            assert counts(found[name])
            for value, count in counts(found[name]).items():
                asked = replace(f, **{field: (value,)})  # type: ignore[arg-type]
                assert index.exporters(asked, PageRequest(), "en").total == count, (name, value)
    assert counts(found["partnerCountry"]) == {"JP": 1}
    assert "apples" not in counts(found["product"])


def test_how_many_there_are_with_what_is_over(indexed: Made) -> None:
    world = seed()
    world.engagement(world.org("gone"), "CN", "active", until="2001")
    index = indexed(world)
    (told,) = index.exporters(
        ExporterFilter(today=TODAY, markets=("CN",)), PageRequest(facets=True), "en"
    ).facets["includeEnded"]
    assert told["count"] == ask(index, "CN", include_ended=True).total == ask(index, "CN").total + 1


def test_facets_of_markets_follow_the_filters_on_the_company(indexed: Made) -> None:
    f = ExporterFilter(today=TODAY, sectors=("automotive",))
    found = indexed(seed()).exporters(f, PageRequest(facets=True), "en").facets
    assert counts(found["market"]) == {"CN": 1, "EASTERN_ASIA": 1, "ASIA": 1, "WORLD": 1}
    assert counts(found["sector"]) == {"automotive": 1, "electronics": 1, "horticulture": 1}
    assert index_labels(found["market"]) == {
        "CN": "China",
        "EASTERN_ASIA": "Eastern Asia",
        "ASIA": "Asia",
        "WORLD": "Worldwide",
    }


def index_labels(values: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {each["value"]: each["label"] for each in values}


@pytest.mark.parametrize("way", [{}, {"as_of": TODAY}, {"markets": ("ASIA",)}])
def test_many_companies_are_counted_as_few_are(
    indexed: Made, monkeypatch: pytest.MonkeyPatch, way: dict[str, Any]
) -> None:
    """Columns in memory give what the file gives: whoever has ended ties, or several to one country."""
    world = seed()
    own = world.org("own", country="BE", place="Genk", sectors=["electronics", "steel"])
    world.engagement(own, "JP", "active")
    for key, until in (("osaka", None), ("kyoto", None), ("nagoya", "2001")):
        world.partnership(own, world.org(key, country="JP"), "customer", until=until)
    world.partnership(own, world.org("seoul", country="KR"), "customer", until="2001")
    world.branch("tokyo", own, "JP", "Tokyo")
    world.branch("kobe", own, "JP", "Kobe")
    index = indexed(world)
    f = ExporterFilter(today=TODAY, **way)
    few = index.exporters(f, PageRequest(facets=True), "en").facets
    monkeypatch.setattr(columns, "SMALL", 0)
    index = indexed(world)
    assert index.exporters(f, PageRequest(facets=True), "en").facets == few
    assert counts(few["partnerCountry"])["JP"] == 1
    assert "KR" not in counts(few["partnerCountry"])
    assert counts(few["areaMembership"])["yes"] > 1
