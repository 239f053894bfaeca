"""The pieces that names are found by."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.names import name_of
from graph.names.grams import LONGEST, grams, letters


def test_the_pieces_of_a_name() -> None:
    assert grams(name_of("Luminex NV")) == sorted(
        [
            *("^lu", "lum", "umi", "min", "ine", "nex", "ex$", "^nv", "nv$"),
            *("=eilmnux", "~rmnks", "%rmn", "%mnk", "%nks"),
        ]
    )


def test_a_word_that_goes_on_has_no_end() -> None:
    assert letters("lu", ended=False) == ["^lu"]
    assert letters("lu") == ["^lu", "lu$"]
    assert letters("a") == ["^a$"]


def test_two_letters_may_change_places() -> None:
    assert "=biorx" in set(grams(name_of("Orbix"))) & set(grams(name_of("Obrix")))


def test_a_short_sound_is_a_piece_as_a_whole() -> None:
    assert "%rk" in grams(name_of("Ariake"))


@given(st.text(max_size=60))
def test_pieces_are_what_the_index_takes_for_one_word_each(text: str) -> None:
    for piece in grams(name_of(text)):
        assert piece
        assert piece.isascii()
        assert piece == piece.lower()
        assert all(letter.isalnum() or letter in "^$=~%" for letter in piece)


def test_a_huge_name_has_no_more_pieces_than_its_beginning() -> None:
    assert len(grams(name_of("abcde fghij " * 10_000))) < 6 * LONGEST
