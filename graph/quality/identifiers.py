"""Check digits that SPARQL cannot compute well: those of the LEI (ISO 17442, modulo 97 over letters)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.model.identifiers import lei
from graph.model.namespaces import SKOS, VERRE
from graph.model.terms import Literal, NamedNode
from graph.quality.report import Finding

if TYPE_CHECKING:
    from graph.store.view import GraphView

MESSAGE = {
    "nl": "De controlecijfers van deze LEI kloppen niet.",
    "en": "The check digits of this LEI do not fit.",
    "fr": "Les chiffres de contrôle de ce LEI ne concordent pas.",
}
_LEIS = f"""
    SELECT ?node ?value WHERE {{
        ?node <{VERRE.scheme.value}> ?scheme ; <{SKOS.notation.value}> ?value .
        FILTER(STRENDS(STR(?scheme), "/scheme/xi-lei"))
        FILTER(REGEX(STR(?value), "^[0-9A-Z]{{18}}[0-9]{{2}}$"))
    }}"""


def wrong_check_digits(view: GraphView) -> Iterator[Finding]:
    """LEIs of the right form whose check digits do not fit; those of another form are the shape's."""
    for node, value in view.select(_LEIS):
        if not isinstance(node, NamedNode) or not isinstance(value, Literal):
            continue
        try:
            lei(value.value)
        except ValueError:
            yield Finding(
                severity="warning",
                check="lei-checksum",
                focus=node.value,
                message=MESSAGE,
                path=SKOS.notation.value,
                value=value.value,
            )
