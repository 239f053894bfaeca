"""What is made before the first reader comes is what the readers then get."""

from __future__ import annotations

from datetime import date

import pytest

from graph.index import ExporterFilter, PageRequest
from graph.index.warming import LANGUAGES, countries, latest, warm
from graph.index.weighing import Weighing
from tests.graphs import World
from tests.index.conftest import Made

DAY = date(2026, 6, 1)


def test_a_warm_index_reads_nothing_more_for_the_first_page(
    indexed: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    world.engagement(world.org("one"), "CN", "active", attested="2020")
    world.engagement(world.org("two"), "JP", "targets", attested="2021")
    cold, index = indexed(world), indexed(world)
    warm(index, DAY)
    told = {lang: (countries(cold, lang, DAY), latest(cold, lang, DAY)) for lang in LANGUAGES}
    asked: list[str] = []

    def rows(sql: str, *_: object) -> list[object]:
        asked.append(sql)
        return []

    monkeypatch.setattr(index._db, "rows", rows)
    monkeypatch.setattr(index._db, "row", rows)
    assert {lang: (countries(index, lang, DAY), latest(index, lang, DAY)) for lang in LANGUAGES} == told
    assert index.counts(DAY) == cold.counts(DAY)
    assert asked == []
    assert [each["code"] for each in told["en"][0]] == ["CN", "JP"]
    assert countries(index, "en", date(2026, 6, 2)) == []  # another day is another question
    assert asked


def test_the_filters_of_the_whole_list_are_counted(indexed: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    world.engagement(world.org("one", place="Genk"), "CN", "active")
    index = indexed(world)
    warm(index, DAY)
    monkeypatch.setattr(Weighing, "answers", lambda *_: pytest.fail("counted again"))
    found = index.exporters(ExporterFilter(today=DAY), PageRequest(facets=True), "fr")
    assert found.facets["market"][0]["count"] == 1
