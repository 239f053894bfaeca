"""Figures of areas, those of one indicator together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Fact = Mapping[str, Any]


def by_indicator(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """Groups of one indicator, its facts by period; in the order in which they come."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(str((fact.get("indicator") or {}).get("label") or ""), []).append(fact)
    return [
        {"label": _capital(label), "facts": sorted(group, key=_order)}
        for label, group in sorted(groups.items())
    ]


def by_area(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    """The groups of each area, in the order in which the areas come."""
    areas: dict[str, list[Fact]] = {}
    for fact in facts:
        areas.setdefault(str((fact.get("area") or {}).get("label") or ""), []).append(fact)
    return [{"label": label, "groups": by_indicator(group)} for label, group in areas.items()]


def _order(fact: Fact) -> tuple[str, str]:
    return str(fact.get("period") or ""), str((fact.get("market") or {}).get("label") or "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
