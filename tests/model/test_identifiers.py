from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.identifiers import dotted, enterprise_number, lei


@pytest.mark.parametrize(
    "text", ["0403.170.701", "0403170701", "BE 0403.170.701", "BE0403170701", "be 403 170 701", "403170701"]
)
def test_every_spelling_of_an_enterprise_number_is_the_same(text: str) -> None:
    assert enterprise_number(text) == "0403170701"


def test_wrong_check_digits_say_what_would_be_right() -> None:
    with pytest.raises(ValueError, match="after 04031707 they would be 01"):
        enterprise_number("0403.170.702")


@pytest.mark.parametrize("text", ["", "0403", "2403170701", "NL0403170701", "0403.170.701.1", "O403170701"])
def test_what_is_no_enterprise_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"0403\.170\.701"):
        enterprise_number(text)


def _valid(first_eight: int) -> str:
    return f"{first_eight:08d}{97 - first_eight % 97:02d}"


@given(st.integers(2_000_000, 19_999_999).map(_valid))
def test_writing_and_reading_agree(number: str) -> None:
    assert enterprise_number(dotted(number)) == number
    assert enterprise_number(f"BE {dotted(number)}") == number


@given(st.integers(2_000_000, 19_999_999).map(_valid), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_never_passes(number: str, place: int, shift: int) -> None:
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(ValueError, match=r"check digits|is not an enterprise number"):
        enterprise_number(wrong)


def test_what_is_shorter_is_no_lei_although_its_check_digits_fit() -> None:
    for text in ("1", "98", ""):
        with pytest.raises(ValueError, match="20 letters"):
            lei(text)


def test_an_lei_is_checked() -> None:
    assert lei("529900GRZ2BQY5ZM9N49") == "529900GRZ2BQY5ZM9N49"
    with pytest.raises(ValueError, match="ISO 17442"):
        lei("529900GRZ2BQY5ZM9N48")
