"""What one source says, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from api.pages.face import Face
from api.pages.views.facts import sentence

Item = Mapping[str, Any]


def web_address(url: object) -> str | None:
    """The address if a browser may follow it: http or https with a host; None for anything else."""
    text = str(url or "")
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.netloc else None


def said(face: Face, source: str, companies: Iterable[Item]) -> list[dict[str, Any]]:
    """Every engagement that the source states, one sentence each, by company.

    Args:
        face: the reader.
        source: id of the source.
        companies: exporters (with `markets`) or single companies (with `engagements`).
    """
    found: dict[str, dict[str, Any]] = {}
    for company in companies:
        for fact in _engagements(company):
            if any(s["id"] == source for s in fact.get("sources") or ()):
                found.setdefault(
                    str(fact["iri"]),
                    {"company": company, "engagement": fact, "words": sentence(face, fact)},
                )
    return sorted(
        found.values(), key=lambda f: (str(f["company"]["name"]), str(f["engagement"]["market"]["label"]))
    )


def _engagements(company: Item) -> list[Item]:
    if "engagements" in company:
        return list(company["engagements"] or ())
    return [fact for market in company.get("markets") or () for fact in market.get("engagements") or ()]
