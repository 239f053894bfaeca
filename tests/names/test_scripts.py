"""Other scripts in Latin letters, and how names sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.names import latin, skeleton


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ルミネックス", "ruminekkusu"),
        ("るみな", "rumina"),
        ("ヴァンデル", "vanderu"),
        ("シャープ", "shapu"),
        ("キャノン", "kyanon"),
        ("ウェスト", "wesuto"),
        ("日本電気", "nihon denki"),
        ("東京エレクトロン", "tokyo erekutoron"),
        ("深圳", "shenzhen"),
        ("현대", "hyeondae"),
        ("Газпром", "gazprom"),
        ("Хасселт", "hasselt"),
        ("لومينكس", "luminks"),
        ("قطر", "qtr"),
        ("Crème", "creme"),
        ("Luminex", "luminex"),
        ("", ""),
    ],
)
def test_latin(text: str, expected: str) -> None:
    assert " ".join(latin(text).split()) == expected


@given(st.text(max_size=30))
def test_latin_is_plain_letters_in_one_case(text: str) -> None:
    found = latin(text)
    assert found.isascii()
    assert found == found.lower()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Luminex", "ルミネックス"),
        ("Luminex", "Люминекс"),
        ("Luminex", "لومينكس"),
        ("Luminex", "루미넥스"),
        ("Luminex", "ลูมิเน็กซ์"),
        ("Luminex", "卢米内克斯"),
        ("Canada", "加拿大"),
        ("Philips", "フィリップス"),
        ("Vandersanden", "ヴァンデルサンデン"),
        ("Hasselt", "Хасселт"),
        ("Xiamen", "厦门"),
        ("Bosal", "บอซาล"),
    ],
)
def test_names_that_sound_alike_have_one_skeleton(a: str, b: str) -> None:
    assert skeleton(a) == skeleton(b)


@pytest.mark.parametrize(("a", "b"), [("Luminex", "Punch"), ("Bosal", "Sabca"), ("Genk", "Hasselt")])
def test_names_that_do_not_have_others(a: str, b: str) -> None:
    assert skeleton(a) != skeleton(b)


@given(st.text(max_size=30))
def test_a_skeleton_is_classes_digits_and_single_spaces(text: str) -> None:
    assert set(skeleton(text)) <= set("PTKSRMN0123456789 ")
    assert skeleton(text) == " ".join(skeleton(text).split())
