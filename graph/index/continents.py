"""On which continent a market lies, by the UN's M49 list as the reference tables have it."""

from __future__ import annotations

from collections.abc import Iterable

from graph.index.catalogue import Json
from graph.index.database import IN, many
from graph.index.shaping import Shaper

CONTINENTS = ("EUROPE", "ASIA", "AFRICA", "AMERICAS", "OCEANIA")
"""In the order in which pages show them."""


def continents(shaper: Shaper, markets: Iterable[str]) -> dict[str, Json]:
    """The continent of each market that lies on one, by the market's code; wider regions have none.

    Args:
        shaper: of the index, in the language of the labels.
        markets: codes of countries and regions.
    """
    rows = shaper.db.rows(
        f"""SELECT s.code, v.asked FROM concept s JOIN coverage v ON v.stated = s.id AND v.upward = 0
            JOIN concept a ON a.id = v.asked
            WHERE s.kind IN ('country', 'region') AND s.code {IN} AND a.kind = 'region' AND a.code {IN}
            ORDER BY a.code""",
        (many(dict.fromkeys(markets)), many(CONTINENTS)),
    )
    return {code: shaper.market(continent) or {} for code, continent in rows}
