"""The filters of a list: their values with counts, what is chosen with a way to take it away, and its orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.pages.face import Face
from api.pages.views.facts import RUNGS

SHOWN = 8
"""Values of a filter that are seen at once; the others fold."""
FOLDED = 60
"""Values that fold; what is beyond has to be typed."""

BOXES = (
    "market",
    "status",
    "sector",
    "product",
    "areaMembership",
    "municipality",
    "hasPresenceIn",
    "partnerCountry",
)
"""Filters of the exporters that are boxes to tick, in the order of the page."""
FIELDS = ("q", "asOf")
"""Those that are typed."""
FORM = frozenset({*BOXES, *FIELDS, "area", "includeEnded", "page"})
"""Every parameter that the form has itself; the others travel along hidden."""

_FEW = {"product": 5, "hasPresenceIn": 5, "partnerCountry": 5}


def choices(facets: Mapping[str, Any], name: str, chosen: Mapping[str, str]) -> dict[str, Any]:
    """The values of one filter: chosen ones first, then by count; what is beyond `SHOWN` folds.

    Args:
        facets: of the list, by name.
        name: the filter.
        chosen: the values that are asked for, with their labels.
    """
    values = [dict(value) for value in facets.get(name) or ()]
    known = {str(value["value"]) for value in values}
    values += [
        {"value": code, "label": label, "count": 0} for code, label in chosen.items() if code not in known
    ]
    for value in values:
        value["chosen"] = str(value["value"]) in chosen
    if name == "status":
        values.sort(key=lambda v: RUNGS.index(v["value"]) if v["value"] in RUNGS else len(RUNGS))
    elif name != "areaMembership":
        values.sort(key=lambda v: (not v["chosen"], -v["count"], str(v["label"])))
    cut = max(_FEW.get(name, SHOWN), sum(v["chosen"] for v in values))
    return {
        "name": name,
        "seen": values[:cut],
        "folded": values[cut : cut + FOLDED],
        "beyond": max(0, len(values) - cut - FOLDED),
    }


def tags(face: Face, labels: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """What is chosen, one by one, each with the address of the page without it.

    Args:
        face: the reader, with the query as it was asked.
        labels: by filter, what each value as it was written is called.
    """
    found = []
    for name in (*BOXES, *FIELDS, "area", "includeEnded"):
        written = list(dict.fromkeys(value for key, value in face.query if key == name and value.strip()))
        for value in written:
            rest = [other for other in written if other != value]
            label = labels.get(name, {}).get(value, value)
            if label:
                found.append({"name": name, "label": label, "href": face.here(**{name: rest, "page": None})})
    return found


def orders(face: Face, names: Sequence[str], asked: Iterable[str]) -> list[dict[str, Any]]:
    """The orders that a list can be had in, each with its address and how it stands now.

    Asked again, an order is turned round; then the list is as it is without one.
    """
    first = next(iter(asked), "")
    found = []
    for name in names:
        now = {name: "ascending", f"-{name}": "descending"}.get(first)
        newest = name == "lastAttested"  # the latest first is what one means
        steps = [f"-{name}", name] if newest else [name, f"-{name}"]
        following = steps[0] if now is None else steps[1] if first == steps[0] else None
        found.append({"name": name, "now": now, "href": face.here(sort=following, page=None)})
    return found
