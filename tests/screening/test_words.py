"""The words by which entries are found: the same however a name is turned, and near where it is misspelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.screening import words
from graph.screening.words import identifier, near, of_name, of_names

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12)


def keys(name: str) -> set[str]:
    return set(of_name(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Verzinsel Tractor NV", "tractor VERZINSEL"),
        ("Xi Jinhuan", "習近幻"),
        ("Вымышленная Сталь", "Stal Vymyshlennaia"),
        ("شركة الوهم الخيالي", "الخيالي الوهم"),
        ("Fantasia-Bank S.A.", "Fantasia Bank"),
        ("Ver zin sel", "Verzinsel"),
    ],
)
def test_names_that_mean_the_same_share_a_key(one: str, other: str) -> None:
    assert keys(one) & keys(other)


@given(WORDS, WORDS)
def test_order_and_spaces_do_not_change_the_key_of_the_whole(one: str, other: str) -> None:
    def whole(name: str) -> set[str]:
        return {key for key in of_name(name) if key.startswith("#")}

    assert whole(f"{one}x {other}x") & whole(f"{other}x {one}x")


@given(WORDS, st.data())
def test_a_word_one_error_away_shares_a_near_key(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcxyz"))
    left_out = word[:place] + word[place + 1 :]
    changed = word[:place] + letter + word[place + 1 :]
    added = word[:place] + letter + word[place:]
    for spoilt in (changed, added, *([left_out] if len(left_out) >= words.SHORTEST else [])):
        assert set(near(word)) & set(near(spoilt))


@given(WORDS, st.integers(0, 10))
def test_swapped_neighbours_share_a_near_key(word: str, at: int) -> None:
    place = at % (len(word) - 1)
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assert set(near(word)) & set(near(swapped))


@pytest.mark.parametrize("word", ["abc", "#abcdef", "^MNPRTS", "x" * 25, ""])
def test_some_words_have_nothing_near(word: str) -> None:
    assert list(near(word)) == []


def test_a_name_without_end_has_few_and_short_keys() -> None:
    found = of_names(["Verzinsel " * 10_000, "x" * 100_000])
    assert len(found) < 20
    assert len([key for key in found if len(key) > 201]) == 1


@pytest.mark.parametrize("name", ["", " ", "!?", "\u202e"])
def test_what_has_no_letter_has_no_key(name: str) -> None:
    assert list(of_name(name)) == []


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("BE 0403.170.701", "BE0403170701"),
        ("be0403170701", "BE0403170701"),
        ("N° 12/34-x", "N1234X"),
        ("№ 77", "77"),
        ("--", ""),
    ],
)
def test_identifiers_are_the_same_however_they_are_written(written: str, key: str) -> None:
    assert identifier(written) == key
