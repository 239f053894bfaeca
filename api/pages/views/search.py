"""Hits of a search, by kind, each with its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.pages.face import Face

_PAGES = {
    "company": "companies",
    "person": "people",
    "mission": "missions",
    "market": "markets",
    "source": "sources",
}


def path(face: Face, kind: str, ref: str) -> str | None:
    """The page of a thing, if its kind has one."""
    if kind == "product":
        return face.href("exporters", product=ref)
    section = _PAGES.get(kind)
    return face.href(section, ref) if section and ref else None


def groups(face: Face, hits: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The hits by kind, in the order in which the kinds come."""
    found: dict[str, list[dict[str, Any]]] = {}
    for hit in hits:
        kind = str(hit["kind"])
        told = {"label": hit["label"], "path": path(face, kind, str(hit["id"])), "hint": hit.get("detail")}
        found.setdefault(kind, []).append(told)
    return [{"kind": kind, "hits": group} for kind, group in found.items()]


def names(hits: Iterable[Mapping[str, Any]]) -> list[str]:
    """What the browser offers to choose from as the reader types on."""
    return list(dict.fromkeys(str(hit["label"]) for hit in hits))
