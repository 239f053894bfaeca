"""What is asked of the reference tables is asked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from graph.errors import Issue, UnknownValue
from graph.model.namespaces import COUNTRY, NACE
from graph.model.terms import NamedNode
from graph.sources.lookup import Lookup, Remembered
from tests.sources.sheets import reference


@dataclass
class Town:
    nis: str


@dataclass
class Counting:
    """A lookup that knows China and Genk, and counts what it is asked."""

    asked: list[str] = field(default_factory=list)

    def find_market(self, text: str) -> NamedNode:
        self.asked.append(text)
        if text != "CN":
            raise UnknownValue(f"{text} is unknown", issues=(Issue("market", "nearest: CN", text),))
        return COUNTRY.CHN

    def find_municipality(self, name: str, postcode: str) -> Town:
        self.asked.append(f"{name} {postcode}".strip())
        if name != "Genk":
            raise UnknownValue(f"{name} is unknown")
        return Town("71016")

    def find_nace(self, code: str) -> NamedNode:
        return NACE[code]

    @property
    def terms(self) -> Mapping[tuple[str, str], object]:
        return {("product", "beer"): "beer"}

    def term(self, scheme: str, key: str) -> Mapping[str, str]:
        return {"en": key}


@pytest.fixture
def counting() -> Counting:
    return Counting()


def test_what_is_found_is_remembered(counting: Counting) -> None:
    lookup = Remembered(counting)
    assert [lookup.find_market("CN") for _ in range(3)] == [COUNTRY.CHN] * 3
    assert [lookup.find_municipality("Genk", "3600").nis for _ in range(3)] == ["71016"] * 3
    assert counting.asked == ["CN", "Genk 3600"]


def test_what_is_not_found_is_remembered_too(counting: Counting) -> None:
    lookup = Remembered(counting)
    for _ in range(3):
        with pytest.raises(UnknownValue, match="XX is unknown") as caught:
            lookup.find_market("XX")
        assert caught.value.issues == (Issue("market", "nearest: CN", "XX"),)
        with pytest.raises(UnknownValue):
            lookup.find_municipality("Gennk", "")
    assert counting.asked == ["XX", "Gennk"]


def test_a_place_with_another_postcode_is_another_question(counting: Counting) -> None:
    lookup = Remembered(counting)
    lookup.find_municipality("Genk", "3600")
    lookup.find_municipality("Genk", "")
    assert counting.asked == ["Genk 3600", "Genk"]


def test_the_rest_is_passed_on(counting: Counting) -> None:
    lookup = Remembered(counting)
    assert lookup.find_nace("26") == NACE["26"]
    assert ("product", "beer") in lookup.terms
    assert lookup.term("product", "beer") == {"en": "beer"}


def test_the_reference_tables_are_such_a_lookup() -> None:
    lookup: Lookup = reference()
    assert lookup.find_market("China") == COUNTRY.CHN
    assert lookup.find_municipality("Genk", "").nis == "71016"
    assert lookup.term("role", "no such role") == {}
    assert ("role", "no such role") not in lookup.terms
