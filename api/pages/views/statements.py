"""All that is stated of a company, fact by fact with its sources, and where sources contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from api.pages.face import Face
from api.pages.views import company as company_view
from api.pages.views.facts import over
from graph.model.identifiers import dotted

Thing = Mapping[str, Any]

ORDER = (
    "name",
    "legalName",
    "tradeName",
    "alternativeName",
    "abbreviation",
    "formerName",
    "kind",
    "legalForm",
    "founded",
    "country",
    "website",
    "activity",
    "sector",
    "nace",
)
"""Properties in the order of the table; notes stand by themselves below it."""

SINGLE = frozenset({"founded", "legalForm", "country"})
"""Properties that have one value by nature: several contradict each other."""


def rows(face: Face, company: Thing) -> list[dict[str, Any]]:
    """One group a property: each value with who says so, `dispute` where they cannot all hold."""
    stated = company_view.statements(company)
    found = [
        _group(
            str(face.t(f"property.{name}")),
            [_value(face, name, each) for each in stated[name]],
            dispute=name in SINGLE and len({str(each["value"]) for each in stated[name]}) > 1,
        )
        for name in ORDER
        if name in stated
    ]
    found += [
        _group(_scheme(face, each), [{"text": _number(each), "sources": each.get("sources") or []}])
        for each in company.get("identifiers") or ()
    ]
    sites = [
        {"text": company_view.site(face, each), "sources": each.get("sources") or []}
        for each in company.get("sites") or ()
    ]
    return [*found, *([_group(str(face.t("company.sites")), sites)] if sites else [])]


def _group(label: str, values: list[dict[str, Any]], *, dispute: bool = False) -> dict[str, Any]:
    return {"label": label, "values": values, "dispute": dispute}


def _value(face: Face, name: str, each: Thing) -> dict[str, Any]:
    text: object = each.get("label") or each["value"]
    if name == "founded":
        text = face.day(text)
    elif name == "kind":
        text = face.word("organization", each["value"], each.get("label"))
    elif name == "website":
        text = company_view.link(str(text))
    return {"text": text, "lang": each.get("language") or "", "sources": each.get("sources") or []}


def _scheme(face: Face, each: Thing) -> str:
    kind = "lei" if "lei" in str(each.get("scheme") or "") else "kbo"
    return str(face.t(f"company.identifier.{kind}"))


def _number(each: Thing) -> str:
    value = str(each.get("value") or "")
    return dotted(value) if len(value) == 10 else value


def contradictions(
    face: Face, groups: Iterable[Thing], figures: Iterable[Thing], stated: Iterable[Thing]
) -> list[dict[str, Any]]:
    """What sources disagree on, with each of the sides and who says it.

    Args:
        face: the reader.
        groups: engagements of `facts.by_market`.
        figures: of `facts.figure_groups`.
        stated: of `rows`.
    """
    found = [
        {"about": Markup("<bdi>{}</bdi>").format(group["market"]["label"]), "sides": _statuses(face, group)}
        for group in groups
        if group["dispute"]
    ]
    found += [
        {
            "about": ", ".join(filter(None, (str(group["label"]), face.day(group["period"])))),
            "sides": _sides((face.figure(fact), fact) for fact in group["facts"]),
        }
        for group in figures
        if group["dispute"]
    ]
    found += [
        {"about": group["label"], "sides": _sides((value["text"], value) for value in group["values"])}
        for group in stated
        if group["dispute"]
    ]
    return found


def _statuses(face: Face, group: Thing) -> list[dict[str, Any]]:
    going = [fact for fact in group["facts"] if not over(fact)]
    sides = _sides((face.word("status", fact["status"], fact.get("statusLabel")), fact) for fact in going)
    codes = {
        str(face.word("status", fact["status"], fact.get("statusLabel"))): fact["status"] for fact in going
    }
    return [{**side, "status": codes[str(side["text"])]} for side in sides]


def _sides(said: Iterable[tuple[object, Thing]]) -> list[dict[str, Any]]:
    """Each different value once, with every source that gives it."""
    found: dict[str, dict[str, Any]] = {}
    for text, fact in said:
        side = found.setdefault(str(text), {"text": text, "held": {}})
        side["held"].update({s["id"]: s for s in fact.get("sources") or ()})
    return [{"text": side["text"], "sources": list(side["held"].values())} for side in found.values()]
