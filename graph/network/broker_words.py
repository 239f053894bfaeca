"""Sentences that say how a broker connects Limburg with a market, in nl, en and fr."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LANGUAGES = ("nl", "en", "fr")
SHOWN = 3
"""Names that a sentence writes out."""

TEXTS: Mapping[str, tuple[str, str, str]] = {
    "partner": (
        "{broker} is in of voor {market} partner van {names}.",
        "{broker} is a partner in or for {market} of {names}.",
        "{broker} est partenaire, dans ou pour {market}, de {names}.",
    ),
    "branch": (
        "{broker} is de vestiging van {names} in {market}.",
        "{broker} is the branch of {names} in {market}.",
        "{broker} est la succursale de {names} dans : {market}.",
    ),
    "subsidiary": (
        "{broker} is een dochter van {names} in {market}.",
        "{broker} is a subsidiary of {names} in {market}.",
        "{broker} est une filiale de {names} dans : {market}.",
    ),
    "mission": (
        "{broker} bracht {names} en {market} bijeen.",
        "{broker} brought {names} and {market} together.",
        "{broker} a réuni {names} et {market}.",
    ),
    "chamber": (
        "{broker} organiseerde een missie voor {market} en heeft als lid {names}.",
        "{broker} organised a mission for {market} and has as members {names}.",
        "{broker} a organisé une mission pour {market} et compte parmi ses membres {names}.",
    ),
    "host": (
        "{broker} zit in {market} en heeft als lid {names}.",
        "{broker} sits in {market} and has as members {names}.",
        "{broker} se trouve dans : {market} et compte parmi ses membres {names}.",
    ),
    "person": (
        "{broker} heeft een functie bij {names} en bij een organisatie in {market}.",
        "{broker} has a role at {names} and at an organization in {market}.",
        "{broker} a une fonction chez {names} et dans une organisation de : {market}.",
    ),
}
_AND = (" en ", " and ", " et ")
_MORE = ("nog {0}", "{0} more", "{0} autres")


def explain(way: str, lang: str, names: tuple[str, str], near: Sequence[str], count: int) -> str:
    """One sentence.

    Args:
        names: of the broker and of the market.
        near: names of organizations of Limburg that it reaches.
        count: how many it reaches in all.
    """
    at = LANGUAGES.index(lang)
    shown = list(near[:SHOWN])
    if count > len(shown):
        shown.append(_MORE[at].format(count - len(shown)))
    listed = _AND[at].join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)
    return TEXTS[way][at].format(broker=names[0], market=names[1], names=listed)
