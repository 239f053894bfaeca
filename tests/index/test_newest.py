"""The engagements that were attested last: going on, newest first, few of one company."""

from __future__ import annotations

from datetime import date

import pytest

from graph.errors import UnknownValue
from graph.index import Index
from graph.index.markets import parts
from graph.index.newest import newest

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def index(real_index: Index) -> Index:
    """The project's own data."""
    return real_index


def test_the_newest_come_first_and_few_of_one_company(index: Index) -> None:
    found = newest(index.shaper("nl", DAY), 12)
    attested = [str(each["engagement"]["attested"]) for each in found]
    assert len(found) == 12
    assert [day[:4] for day in attested] == sorted((day[:4] for day in attested), reverse=True)
    names = [each["company"]["id"] for each in found]
    assert max(names.count(name) for name in names) == 2
    assert not [each for each in found if each["engagement"]["ended"] or each["engagement"]["outweighed"]]


def test_no_statement_is_newer_than_the_first(index: Index) -> None:
    (first,) = newest(index.shaper("nl", DAY), 1)
    latest = index.shaper("nl", DAY).db.row(
        "SELECT MAX(attested) FROM engagement WHERE last >= ?", (DAY.toordinal(),)
    )
    assert latest is not None
    assert str(latest[0])[:4] == first["engagement"]["attested"][:4]


def test_each_fact_is_one_of_its_company_with_its_sources(index: Index) -> None:
    for each in newest(index.shaper("en", DAY), 5):
        own = index.company(each["company"]["id"], "en", DAY)["engagements"]
        assert each["engagement"] in own
        assert each["engagement"]["sources"]


def test_what_lies_in_a_region(index: Index) -> None:
    inside = parts(index.shaper("nl"), "ASEAN")
    assert {"TH", "VN", "SG"} <= inside
    assert "JP" not in inside
    assert "ASEAN" not in inside
    assert parts(index.shaper("nl"), "JP") == set()
    with pytest.raises(UnknownValue):
        parts(index.shaper("nl"), "nowhere")
