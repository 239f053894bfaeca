"""What each thing that is compared weighs; a feature has a value from 0 to 1."""

from __future__ import annotations

NAME, WEAK_ALIAS, IDENTIFIER, NUMBER = 1.0, 0.8, 0.95, 0.85
"""Weights of what speaks for a match; an identifier whose format has check digits weighs more."""
COUNTRY, DATE, KIND = -0.2, -0.4, -0.1
"""Weights of what speaks against it; of a date, another year counts whole and another day in part."""

WEIGHTS = {
    "name": NAME,
    "weakAlias": WEAK_ALIAS,
    "identifier": IDENTIFIER,
    "country": COUNTRY,
    "date": DATE,
    "kind": KIND,
}
"""What each feature weighs at most, as `/v1/screenings` and the documentation tell it."""
