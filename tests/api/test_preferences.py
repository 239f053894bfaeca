"""`Prefer` (RFC 7240)."""

from __future__ import annotations

import pytest

from api.preferences import preferences
from tests.api.requests import request


@pytest.mark.parametrize(
    ("told", "applied", "lenient", "minimal"),
    [
        ("handling=lenient", "handling=lenient", True, False),
        ('Handling = "Lenient"; x=1, return=minimal', "handling=lenient, return=minimal", True, True),
        ("return=representation", "return=representation", False, False),
        ("handling=strict, handling=lenient", "handling=strict", False, False),
        ("respond-async, wait=10, handling=odd", "", False, False),
        ("handling", "", False, False),
    ],
)
def test_what_is_known_is_applied_and_told(told: str, applied: str, lenient: bool, minimal: bool) -> None:
    found = preferences(request(headers={"Prefer": told}))
    assert found.headers() == ({"Preference-Applied": applied} if applied else {})
    assert (found.lenient, found.minimal) == (lenient, minimal)


def test_nothing_is_asked() -> None:
    assert not preferences(request()).applied
