"""Where candidates come from, one way after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from graph.index import Index
from graph.index.standings import Rules
from graph.matching import candidates, load
from graph.matching.load import Reader
from tests.graphs import TODAY, World


def world() -> World:
    made = World()
    for number in range(4):
        org = made.org(f"steel{number}", country="BE", place="Genk", sectors=["steel"])
        made.engagement(org, "VN", ("leading", "active", "targets", "withdrawn")[number], product="beams")
    made.org("abroad", country="JP", sectors=["steel"])
    regional = made.org("regional", country="BE", place="Genk", sectors=["food"])
    made.engagement(regional, "ASIA", "active")
    made.partnership(regional, made.org("trader", country="VN"), territory="TH")
    made.branch("tokyo", regional, "JP", "Tokyo")
    return made


class Asked:
    """An index, asked for candidates by names instead of numbers."""

    def __init__(self, index: Index, *, as_of: bool = False) -> None:
        shaper = index.shaper("en", TODAY)
        self.reader = Reader(shaper, Rules(TODAY.toordinal(), as_of), 10)
        self.around = load.geography(shaper.db)

    def market(self, code: str) -> int:
        return self.reader.catalogue.find(("country", "region"), code, "market")

    def sector(self, word: str) -> int:
        return self.reader.catalogue.find(("sector",), word, "sector")

    def org(self, ref: str) -> int:
        return self.reader.db.number("SELECT id FROM organization WHERE ref = ?", (ref,))

    def refs(self, numbers: Iterable[int]) -> list[str]:
        return [
            str(self.reader.db.rows("SELECT ref FROM organization WHERE id = ?", (n,))[0][0]) for n in numbers
        ]


@pytest.fixture
def asked(indexed: Callable[[World], Index]) -> Asked:
    return Asked(indexed(world()))


def test_by_sector(asked: Asked) -> None:
    steel = [asked.sector("steel")]
    assert sorted(asked.refs(candidates.in_sectors(asked.reader, steel, 9))) == [
        "abroad",
        "steel0",
        "steel1",
        "steel2",
        "steel3",
    ]
    assert "abroad" not in asked.refs(candidates.in_sectors(asked.reader, steel, 9, members=True))
    assert len(candidates.in_sectors(asked.reader, steel, 2)) == 2


def test_by_standing_the_strongest_first(asked: Asked) -> None:
    found = candidates.engaged(asked.reader, asked.market("VN"), asked.around, 9)
    assert asked.refs(found)[0] == "steel0"
    assert sorted(asked.refs(found)[1:3]) == ["regional", "steel1"]
    assert asked.refs(found)[3:] == ["steel2", "steel3"]
    steel = candidates.engaged(
        asked.reader, asked.market("VN"), asked.around, 9, sectors=[asked.sector("steel")]
    )
    assert asked.refs(steel) == ["steel0", "steel1", "steel2", "steel3"]


def test_by_sector_where_it_is_small(asked: Asked) -> None:
    markets = [asked.market("VN")]
    few = candidates.engaged_few(asked.reader, markets, [asked.sector("steel"), asked.sector("food")], 9)
    assert sorted(asked.refs(few)) == ["steel0", "steel1", "steel2", "steel3"]


def test_by_country_place_and_tie(asked: Asked) -> None:
    reader, jp, vn, th = asked.reader, asked.market("JP"), asked.market("VN"), asked.market("TH")
    assert sorted(asked.refs(candidates.located(reader, [jp], 9))) == ["abroad", "tokyo"]
    assert asked.refs(candidates.located(reader, [jp], 9, sectors=[asked.sector("steel")])) == ["abroad"]
    assert "regional" in asked.refs(candidates.present(reader, [jp], 9))
    assert sorted(asked.refs(candidates.tied(reader, [th], 9))) == ["regional", "trader"]
    assert sorted(asked.refs(candidates.tied(reader, [vn], 9))) == [
        "regional",
        "trader",
    ]  # where the partner is
    assert asked.refs(candidates.partners_of(reader, [asked.org("regional")], 9)) == ["trader"]


def test_sellers_are_counted_and_who_wants_to_is_none(indexed: Callable[[World], Index]) -> None:
    for as_of in (False, True):
        asked = Asked(indexed(world()), as_of=as_of)
        vn, th = asked.market("VN"), asked.market("TH")
        assert candidates.sellers(asked.reader, [vn, th], 0, 50) == {vn: 2}
        assert candidates.sellers(asked.reader, [vn], asked.org("steel0"), 50) == {vn: 1}
        assert candidates.sellers(asked.reader, [vn], 0, 1) == {vn: 1}


def test_examples_are_engagements_of_sellers(asked: Asked) -> None:
    vn = asked.market("VN")
    found = candidates.examples(asked.reader, [vn, asked.market("TH")], asked.org("steel1"), 3)
    assert list(found) == [vn]
    rows = asked.reader.db.rows("SELECT company, rank FROM engagement WHERE id = ?", (found[vn][0],))
    assert rows == [(asked.org("steel0"), 4)]
    assert len(found[vn]) == 1


def test_exporters_sell_somewhere(asked: Asked) -> None:
    assert sorted(asked.refs(candidates.exporters(asked.reader, 9))) == ["regional", "steel0", "steel1"]
