"""A market: who stands on which rung, who is known only for a region around it, who is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from api.pages import catalogue
from api.pages.face import Face
from api.pages.views.facts import RUNGS, disputed

Item = Mapping[str, Any]


def counts(item: Item) -> dict[str, int]:
    """Companies by status of a market; markets by status of a company."""
    given = item.get("counts") or item.get("markets") or {}
    return {str(status): int(number or 0) for status, number in given.items()}


def standings(exporters: Iterable[Item]) -> list[dict[str, Any]]:
    """One entry a company: where it stands in the one market asked.

    Args:
        exporters: items of the list of exporters, asked for exactly one market.
    """
    found = []
    for item in exporters:
        for market in item.get("markets") or ():
            engagements = list(market.get("engagements") or ())
            named = {e["market"]["code"]: str(e["market"]["label"]) for e in engagements if e.get("market")}
            elsewhere = [label for code, label in named.items() if code != market["market"]["code"]]
            found.append(
                {
                    "company": item,
                    "status": market["status"],
                    "over": bool(market.get("ended")) or market["status"] == "withdrawn",
                    "regional": bool(market.get("regionLevel")),
                    "region": ", ".join(elsewhere),
                    "facts": engagements,
                    "presence": market.get("presence") or [],
                    "partners": market.get("partners") or [],
                }
            )
    return found


def rungs(standing: Iterable[Item]) -> list[dict[str, Any]]:
    """The ladder with names on each rung, strongest first; what is over stands last."""
    held = list(standing)
    found = []
    for status in (*RUNGS[:-1], "over"):
        companies = [s for s in held if ("over" if s["over"] else s["status"]) == status]
        if companies:
            found.append({"status": status, "companies": companies})
    return found


def groups(standing: Iterable[Item]) -> list[dict[str, Any]]:
    """All statements, those of one company together."""
    return [
        {"company": s["company"], "facts": s["facts"], "dispute": disputed(s["facts"])}
        for s in standing
        if s["facts"]
    ]


def headline(face: Face, market: Item, standing: Sequence[Item]) -> Markup:
    """`13 bedrijven exporteren naar China, 1 wil het`; names the market alone where nothing is known."""
    going = [s for s in standing if not s["over"] and not s["regional"]]
    exporting = sum(s["status"] in {"active", "leading"} for s in going)
    entering = sum(s["status"] == "entering" for s in going)
    wanting = sum(s["status"] == "targets" for s in going)
    parts = []
    if exporting:
        parts.append(face.t("headline.exports", n=exporting))
    if entering:
        parts.append(face.t("headline.entering", n=entering))
    if wanting:
        parts.append(face.t("headline.targets", n=wanting))
    if not parts:
        return face.t("headline.none", market=market["label"])
    return face.t("headline.market", market=market["label"], parts=catalogue.join(face.lang, parts, "and"))


def presence(found: Iterable[Item]) -> list[Item]:
    """Branches, subsidiaries and sites there; not the place of a branch that stands there itself."""
    held = list(found)
    named = {each["organization"]["iri"] for each in held if each.get("organization")}
    return [each for each in held if each.get("organization") or each["company"]["iri"] not in named]
