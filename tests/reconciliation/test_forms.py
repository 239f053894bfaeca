"""Which countries a legal form speaks of."""

from __future__ import annotations

import re

import pytest

from graph.reconciliation import forms

AGAINST = [
    ("Acme GmbH", "BE"),
    ("Acme AG", "BE"),
    ("Acme GmbH & Co. KG", "NL"),
    ("Acme BVBA", "NL"),
    ("Acme BVBA", "DE"),
    ("Acme NV", "DE"),
    ("Acme N.V.", "FR"),
    ("Acme BV", "FR"),
    ("Acme SARL", "BE"),
    ("Acme SAS", "BE"),
    ("Acme Oy", "SE"),
    ("Acme Oyj", "BE"),
    ("Acme ApS", "SE"),
    ("Acme Kft", "RO"),
    ("Acme LLC", "BE"),
    ("Acme PLC", "BE"),
    ("Acme Pty Ltd", "GB"),
    ("Acme Sdn Bhd", "SG"),
    ("Acme KK", "KR"),
]
FITS = [
    ("Acme GmbH", "DE"),
    ("Acme GmbH", "AT"),
    ("Acme AG", "CH"),
    ("Acme BVBA", "BE"),
    ("Acme NV", "BE"),
    ("Acme NV", "NL"),
    ("Acme BV", "NL"),
    ("Acme SARL", "FR"),
    ("Acme SA", "BE"),
    ("Acme SA", "BR"),
    ("Acme Ltd", "BE"),
    ("Acme Co., Ltd.", "TH"),
    ("Acme Inc", "BE"),
    ("Acme Oy", "FI"),
    ("Acme ApS", "DK"),
    ("Acme LLC", "AE"),
    ("Acme PLC", "GB"),
    ("Acme Pty Ltd", "AU"),
    ("Acme Sdn Bhd", "MY"),
    ("Acme KK", "JP"),
    ("Acme", "BE"),
    ("NV", "DE"),
    ("", "BE"),
]


@pytest.mark.parametrize(("name", "country"), AGAINST)
def test_a_form_that_a_country_does_not_have_speaks_against_it(name: str, country: str) -> None:
    assert forms.contradict(name, country)


@pytest.mark.parametrize(("name", "country"), FITS)
def test_a_form_that_a_country_has_or_all_have_says_nothing(name: str, country: str) -> None:
    assert not forms.contradict(name, country)


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Acme NV", "Acme BV", True),
        ("Acme NV", "Acme N.V.", False),
        ("Acme NV", "Acme nv/sa", False),
        ("Acme", "Acme NV", False),
        ("Acme", "Acme", False),
        ("Acme GmbH", "Acme GmbH & Co. KG", False),
    ],
)
def test_two_forms_differ_where_none_is_common(one: str, other: str, differ: bool) -> None:
    assert forms.differ(one, other) is differ
    assert forms.differ(other, one) is differ


def test_countries_are_iso_codes() -> None:
    assert all(re.fullmatch("[A-Z]{2}", code) for codes in forms.COUNTRIES.values() for code in codes)
