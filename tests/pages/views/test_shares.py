"""How much of an organization somebody owns: exactly, between two bounds, or beyond one."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from api.pages.face import Face
from api.pages.views.shares import share

SPACE = "\u00a0"
NARROW = "\u202f"


def said(lang: str, **held: float | None) -> str:
    """In words, with plain spaces."""
    return str(share(Face(lang), held)).replace(SPACE, " ").replace(NARROW, " ")


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "aandeel 96,85%"), ("en", "share 96.85%"), ("fr", "part : 96,85 %")]
)
def test_an_exact_share_is_written_as_the_language_does(lang: str, words: str) -> None:
    assert said(lang, share=96.85) == words


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"shareMin": 25, "shareMax": 50}, "aandeel 25% tot 50%"),
        ({"shareMin": 50}, "aandeel minstens 50%"),
        ({"shareMax": 10.5}, "aandeel hoogstens 10,5%"),
        ({"share": 30, "shareMin": 25, "shareMax": 50}, "aandeel 30%"),
        ({"share": None, "shareMin": 0, "shareMax": None}, "aandeel minstens 0%"),
        ({"share": 0}, "aandeel 0%"),
    ],
)
def test_a_share_is_no_more_exact_than_what_is_known(held: dict[str, float | None], words: str) -> None:
    assert said("nl", **held) == words


@pytest.mark.parametrize("held", [{}, {"share": None, "shareMin": None, "shareMax": None}])
def test_what_is_not_known_is_not_said(held: dict[str, float | None]) -> None:
    assert share(Face("nl"), held) is None


def test_what_is_no_number_stays_text() -> None:
    found = share(Face("nl"), {"share": "<b>half</b>"})
    assert isinstance(found, Markup)
    assert found == "aandeel &lt;b&gt;half&lt;/b&gt;"
