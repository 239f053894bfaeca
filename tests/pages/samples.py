"""Names that nobody should trust, and small facts in the shapes of the list index."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}' + "'&" + "x" * 220
"""Markup, quotes, a template expression, and no space to break at."""

RTL = "\u202eevil\u202c שלום <b>bold</b>"
"""A mark that turns the writing round, another script, and markup."""

LUMINEX: Json = {
    "iri": "https://w3id.org/verre/id/organization/x/luminex",
    "id": "luminex",
    "name": "Luminex",
}
OTHER: Json = {"iri": "https://w3id.org/verre/id/organization/x/other", "id": "other", "name": "Other"}

LABELS = {
    "CN": ("China", "China", "Chine"),
    "JP": ("Japan", "Japan", "Japon"),
    "US": ("Verenigde Staten", "United States", "États-Unis"),
    "ASIA": ("Azië", "Asia", "Asie"),
    "WORLD": ("Wereld", "World", "Monde"),
}


def market(code: str, lang: str = "nl") -> Json:
    """A MarketRef."""
    label = LABELS[code][("nl", "en", "fr").index(lang)]
    return {
        "iri": f"urn:market:{code}",
        "code": code,
        "label": label,
        "kind": "country" if len(code) == 2 else "region",
    }


def source(ref: str = "s001", date: str | None = "2018-02-19") -> Json:
    """A SourceRef."""
    return {
        "iri": f"urn:source:{ref}",
        "id": ref,
        "title": "Titel",
        "publisher": "Blad",
        "date": date,
        "url": None,
    }


def engagement(code: str, status: str, **more: Any) -> Json:
    """An Engagement."""
    return {
        "iri": f"urn:engagement:{code}:{status}",
        "market": market(code),
        "status": status,
        "product": None,
        "since": None,
        "until": None,
        "attested": "2018",
        "ended": False,
        "outweighed": False,
        "sources": [source()],
        **more,
    }


def statistic(period: str | None, value: float | None, **more: Any) -> Json:
    """A Statistic on certificates of origin."""
    return {
        "indicator": {
            "iri": "https://w3id.org/verre/id/indicator/certificates-of-origin",
            "label": "certificaten",
        },
        "area": {"iri": "urn:limburg", "label": "Limburg"},
        "period": period,
        "value": value,
        "unit": "number",
        "sources": [source()],
        **more,
    }
