"""How alike names are, on a scale that depends on nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.names import name_of, similarity
from graph.names.similarity import nearness


@pytest.mark.parametrize(
    ("a", "b", "at_least"),
    [
        ("Luminex NV", "LUMINEX", 0.98),
        ("Crème de la Crème", "creme de la creme s.a.", 0.98),
        ("Network Luminex Intelligence", "Luminex Network Intelligence", 0.95),
        ("Lumniex", "Luminex", 0.85),
        ("H.Essers", "HEssers", 0.95),
        ("ルミネックス", "Luminex", 0.8),
        ("บริษัท ลูมิเน็กซ์ จำกัด", "Luminex", 0.8),
        ("ООО Люминекс", "Luminex", 0.8),
        ("شركة لومينكس ش.م.م", "Luminex NV", 0.8),
        ("卢米内克斯有限公司", "Luminex", 0.8),
        ("(주)루미넥스", "Luminex", 0.8),
    ],
)
def test_spellings_of_one_name_are_alike(a: str, b: str, at_least: float) -> None:
    assert at_least <= similarity(a, b) <= 1.0


@pytest.mark.parametrize(
    ("a", "b", "at_most"),
    [
        ("Bank", "Bank of China", 0.6),
        ("Trading Co", "Luminex Trading Co", 0.65),
        ("Luminex", "Punch", 0.4),
        ("", "Luminex", 0.0),
        ("NV", "BV", 0.6),
    ],
)
def test_other_names_are_not(a: str, b: str, at_most: float) -> None:
    assert 0.0 <= similarity(a, b) <= at_most


@given(st.text(max_size=30), st.text(max_size=30))
def test_it_is_the_same_either_way_and_between_0_and_1(a: str, b: str) -> None:
    found = similarity(a, b)
    assert 0.0 <= found <= 1.0
    assert found == similarity(b, a)


@given(st.text(min_size=1, max_size=30))
def test_a_name_is_like_itself(a: str) -> None:
    assert similarity(a, a) in {0.0, 1.0}  # nothing but marks and spaces is no name


@pytest.mark.parametrize(
    ("asked", "there", "prefix", "least", "most"),
    [
        ("luminex", "Luminex Network Intelligence", False, 0.8, 0.9),
        ("lumi", "Luminex Network Intelligence", True, 0.8, 0.9),
        ("lumi", "Luminex Network Intelligence", False, 0.0, 0.6),
        ("network", "Luminex Network Intelligence", False, 0.7, 0.8),
        ("netw", "Luminex Network Intelligence", True, 0.7, 0.8),
        ("ルミネックス", "Luminex Network Intelligence", False, 0.6, 0.8),
        ("bank", "Luminex Network Intelligence", True, 0.0, 0.3),
        ("Luminex NV", "Luminex", True, 0.98, 0.98),
    ],
)
def test_half_a_name_counts_when_it_is_asked_for(
    asked: str, there: str, prefix: bool, least: float, most: float
) -> None:
    assert least <= nearness(name_of(asked), name_of(there), prefix=prefix) <= most


def test_names_of_marks_alone_are_only_like_themselves() -> None:
    assert similarity("%%", "%%") == 1.0
    assert similarity("%%", "%_") == 0.0
    assert similarity("", "") == 0.0


def test_one_name_in_two_scripts_is_not_quite_the_same() -> None:
    assert similarity("Газпром", "Gazprom") == 0.97
