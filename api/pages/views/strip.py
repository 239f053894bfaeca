"""The markets of a company on a strip by region, each with the mark of its status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.pages.face import Face
from graph.index.continents import CONTINENTS

Thing = Mapping[str, Any]


def strip(face: Face, rungs: Iterable[Thing], continents: Mapping[str, Thing]) -> list[dict[str, Any]]:
    """One row a continent, strongest status first; wider regions in a row of their own at the end.

    Args:
        face: the reader.
        rungs: of `facts.ladder`.
        continents: the continent of each market that has one, by the market's code.
    """
    rows: dict[str, dict[str, Any]] = {}
    for rung in rungs:
        for fact in rung["facts"]:
            market = fact["market"]
            where = continents.get(str(market["code"]))
            wide = where is None or where["code"] == market["code"]
            code = "" if wide else str(where["code"])  # type: ignore[index]
            label = str(face.t("strip.wide")) if wide else str(where["label"])  # type: ignore[index]
            row = rows.setdefault(code, {"label": label, "market": None if wide else where, "marks": []})
            row["marks"].append(
                {"market": market, "status": fact["status"], "over": rung["status"] == "over"}
            )
    order = {code: place for place, code in enumerate((*CONTINENTS, ""))}
    return [rows[code] for code in sorted(rows, key=lambda code: order.get(code, len(order)))]


def planned(rungs: Iterable[Thing], most: int = 12) -> list[Thing]:
    """The countries that an export plan is worth drawing up for: where it wants to go, then where it goes."""
    order = ("targets", "entering", "active", "leading")
    held = {rung["status"]: rung["facts"] for rung in rungs}
    found = [fact["market"] for status in order for fact in held.get(status, ())]
    return [market for market in found if market["kind"] == "country"][:most]
