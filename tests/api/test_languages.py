"""`Accept-Language` and `lang=`."""

from __future__ import annotations

import pytest

from api.languages import accepted, choose
from graph.errors import InputError


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "nl"),
        ("", "nl"),
        ("*", "nl"),
        ("en", "en"),
        ("fr-BE,fr;q=0.9,en;q=0.8", "fr"),
        ("de-DE,de;q=0.9,en;q=0.3", "en"),
        ("de", "nl"),
        ("en;q=0.2, fr;q=0.7", "fr"),
        ("nl;q=0, *", "en"),
        ("en;q=0, fr;q=0", "nl"),
        ("EN-us", "en"),
        ("en;q=9", "nl"),
    ],
)
def test_header(header: str | None, expected: str) -> None:
    assert accepted(header) == expected


def test_the_parameter_comes_first() -> None:
    assert choose("FR", "en") == "fr"
    assert choose(None, "en") == "en"


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError) as caught:
        choose("de", None)
    assert caught.value.issues[0].detail == "use one of nl, en, fr"
