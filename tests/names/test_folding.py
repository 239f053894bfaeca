"""Names without case, accents and marks; their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.names import fold, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crème  Brûlée", "creme brulee"),
        ("Šternberk Kežmarok", "sternberk kezmarok"),
        ("\u202eLuminex\u200f\u200b", "luminex"),
        ("ガ", "ガ"),  # another letter than カ, no accent
        ("Lumi\ud800nex", "luminex"),
        ("한국", "한국"),
        ("กำลัง", fold("กำลัง")),
        ("مُحَمَّد", "محمد"),
        ("ﾙﾐﾈｯｸｽ", "ルミネックス"),
    ],
)
def test_what_does_not_tell_names_apart_goes(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text(max_size=40))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n.v. luminex", ["nv", "luminex"]),
        ("h.essers", ["h", "essers"]),
        ("chang'an suzuki", ["changan", "suzuki"]),
        ("flanders investment & trade", ["flanders", "investment", "trade"]),
        ("ag2r_cycling-team", ["ag2r", "cycling", "team"]),
        ("s. a. acme", ["sa", "acme"]),
        ("บริษัท สยาม", ["บริษัท", "สยาม"]),
        ("%_ ... --", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected
