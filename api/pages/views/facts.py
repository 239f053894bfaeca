"""What statements look like: sentences, order on the ladder, and those that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from api.pages.face import Face
from graph.model.statuses import EXPORTS, RANK

Fact = Mapping[str, Any]

RUNGS = tuple(sorted(RANK, key=RANK.__getitem__, reverse=True))
"""The statuses from the strongest down: leading, active, entering, targets, withdrawn."""


def over(fact: Fact) -> bool:
    """Whether an engagement no longer counts: ended, withdrawn, or outweighed by a later withdrawal."""
    return bool(fact.get("ended") or fact.get("outweighed") or fact.get("status") == "withdrawn")


def sentence(face: Face, fact: Fact) -> Markup:
    """`wil exporteren naar Vietnam`: status and market as people say it."""
    return face.t(
        f"fact.{fact['status']}",
        to=face.to(fact["market"]),
        into=face.into(fact["market"]),
        market=fact["market"]["label"],
    )


def ladder(engagements: Iterable[Fact]) -> list[dict[str, Any]]:
    """The rungs that are taken, strongest first, each with its markets by name.

    A market stands on the rung of its strongest engagement that is going on; one where nothing
    goes on any more stands on a last rung of its own.
    """
    strongest: dict[str, Fact] = {}
    for fact in engagements:
        code = fact["market"]["code"]
        held = strongest.get(code)
        if held is None or _strength(fact) > _strength(held):
            strongest[code] = fact
    rungs = []
    for status in (*RUNGS[:-1], "over"):
        facts = [f for f in strongest.values() if ("over" if over(f) else f["status"]) == status]
        if facts:
            facts.sort(key=lambda f: (bool(f.get("regionLevel")), str(f["market"]["label"])))
            rungs.append({"status": status, "facts": facts})
    return rungs


def _strength(fact: Fact) -> tuple[bool, int]:
    return not over(fact), RANK.get(str(fact.get("status")), 0)


def by_market(engagements: Iterable[Fact]) -> list[dict[str, Any]]:
    """All statements, those of one market together; `dispute` where sources disagree on it."""
    groups: dict[str, list[Fact]] = {}
    for fact in engagements:
        groups.setdefault(fact["market"]["code"], []).append(fact)
    found = [
        {
            "market": facts[0]["market"],
            "facts": sorted(facts, key=_strength, reverse=True),
            "dispute": disputed(facts),
        }
        for facts in groups.values()
    ]
    return sorted(found, key=lambda group: (_rank(group["facts"]), str(group["market"]["label"])))


def _rank(facts: list[Fact]) -> tuple[bool, int]:
    going, strength = max(_strength(fact) for fact in facts)
    return not going, -strength


def disputed(facts: Iterable[Fact]) -> bool:
    """Whether statements about one market that go on cannot all hold: wanting to and doing so, of one product."""
    held: dict[str, set[str]] = {}
    for fact in facts:
        if not over(fact):
            product = str((fact.get("product") or {}).get("iri", ""))
            held.setdefault(product, set()).add(str(fact["status"]))
    return any("targets" in kinds and kinds & EXPORTS for kinds in held.values())


def figure_groups(figures: Iterable[Fact]) -> list[dict[str, Any]]:
    """Figures of one measure and period together, side by side; `dispute` where their values differ."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in figures:
        key = (str(fact.get("measureLabel") or fact.get("measure")), str(fact.get("period") or ""))
        groups.setdefault(key, []).append(fact)
    return [
        {
            "label": label,
            "period": period,
            "facts": facts,
            "dispute": bool(period)
            and len({(f.get("value"), f.get("min"), f.get("max"), f.get("unit")) for f in facts}) > 1,
        }
        for (label, period), facts in sorted(groups.items())
    ]


def sources_of(*lists: Iterable[Fact] | None) -> list[Fact]:
    """Every source that the facts name, once, oldest id first."""
    found = {s["id"]: s for facts in lists for fact in facts or () for s in fact.get("sources") or ()}
    return [found[key] for key in sorted(found)]
