"""What the service says of itself (section 3.1 of the specification)."""

from __future__ import annotations

from typing import Any

import graph
from graph.model.namespaces import VERRE
from graph.reconciliation.properties import SETTINGS
from graph.reconciliation.types import DEFAULT, TYPES
from graph.settings import Settings

Json = dict[str, Any]

NAMES = {
    "nl": "Verre: exporteurs en hun partners",
    "en": "Verre: exporters and their partners",
    "fr": "Verre : exportateurs et leurs partenaires",
}
BATCH = 50
"""Queries that a client should send at a time; the setting may allow more, or fewer."""
WIDTH, HEIGHT = 430, 300
"""Pixels of a preview."""


def manifest(origin: str, settings: Settings, lang: str, *, chosen: bool = False) -> Json:
    """The manifest.

    Args:
        origin: scheme and host of this server, without a slash at the end.
        lang: of the names in it.
        chosen: whether the client asked for the language by `lang=`; all addresses then keep it.
    """
    kept = f"lang={lang}" if chosen else ""
    tail, more = (f"?{kept}", f"&{kept}") if kept else ("", "")
    suggest = {
        kind: {
            "service_url": origin,
            "service_path": f"/reconcile/suggest/{kind}{tail}",
            "flyout_service_url": origin,
            "flyout_service_path": f"/reconcile/flyout/{kind}?id=${{id}}{more}",
        }
        for kind in ("entity", "property", "type")
    }
    return {
        "versions": ["0.2"],
        "name": NAMES[lang],
        "identifierSpace": f"{settings.base_iri}id/",
        "schemaSpace": str(VERRE),
        "documentation": f"{origin}/about",
        "serviceVersion": graph.__version__,
        "defaultTypes": [TYPES[name].told(lang) for name in DEFAULT],
        "view": {"url": f"{origin}/reconcile/view?id={{{{id}}}}"},
        "preview": {
            "url": f"{origin}/reconcile/preview?id={{{{id}}}}{more}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": origin, "service_path": f"/reconcile/properties{tail}"},
            "property_settings": list(SETTINGS),
        },
        "batchSize": min(BATCH, settings.reconcile_queries),
    }
