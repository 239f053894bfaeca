"""Legal forms as evidence: `GmbH` in a name speaks of a company of Germany, Austria or Switzerland.

Only forms that name their countries without doubt; `SA` and `Ltd` are used all over the world.
"""

from __future__ import annotations

from functools import lru_cache

from graph.names import fold, without_legal_form, words

COUNTRIES: dict[str, frozenset[str]] = {
    form: frozenset(codes.split())
    for forms, codes in (
        ("bvba cvba sprl scrl cvoa ebvba sprlu gcv commv scomm", "BE"),
        ("nv bv vof", "BE NL SR CW AW"),
        ("gmbh ggmbh", "DE AT CH LI"),
        ("ag kg ohg ug kgaa gesmbh", "DE AT CH LI"),
        ("sarl sas sasu eurl", "FR LU CH MA TN DZ SN CI MC CM"),
        ("llc", "US AE RU UA KZ GE OM QA SA EG IN PR"),
        ("spa", "IT CL DZ"),
        ("oy oyj", "FI"),
        ("aps", "DK GL FO"),
        ("kft zrt nyrt", "HU"),
        ("eood ood", "BG"),
        ("kk gk yk", "JP"),
        ("pty", "AU ZA NA BW"),
        ("plc", "GB IE NG KE LK EG ET GH MT CY"),
        ("bhd sdn", "MY BN"),
    )
    for form in forms.split()
}
"""A form as it stands in a folded name -> ISO codes of the countries that use it."""


@lru_cache(4096)
def of(name: str) -> frozenset[str]:
    """The words of a name that are its legal form, folded."""
    folded = fold(name)
    return frozenset(words(folded)) - frozenset(words(without_legal_form(folded)))


def contradict(name: str, country: str | None) -> bool:
    """Whether the legal form in a name is one that companies of a country do not have."""
    if country is None:
        return False
    return any(country not in COUNTRIES[form] for form in of(name) if form in COUNTRIES)


def differ(one: str, other: str) -> bool:
    """Whether two names have legal forms, and none in common."""
    mine, theirs = of(one), of(other)
    return bool(mine and theirs and not mine & theirs)
