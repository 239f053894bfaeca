"""How each kind of node and relation looks: shape and colour both, so that neither alone has to be told apart.

The colours stand 3 to 1 or more from the ground, and differ for people who see no red, green or blue;
the shapes differ in black and white.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GROUND, INK, MUTED, LINE, ACCENT = "#fbfaf7", "#1b2430", "#55606e", "#848d9a", "#0a6363"

Words = tuple[str, str, str]
"""In nl, en, fr."""


@dataclass(frozen=True)
class Look:
    """How a kind of node is drawn.

    Attributes:
        shape: circle, small, square, diamond, hexagon, triangle, star, pentagon.
        gexf: the shape nearest to it in GEXF.
        name: what the legend calls it.
    """

    shape: str
    colour: str
    gexf: str
    name: Words


LOOKS: Mapping[str, Look] = {
    "company": Look("circle", "#0067a3", "disc", ("bedrijf", "company", "entreprise")),
    "branch": Look(
        "small", "#0067a3", "disc", ("vestiging of dochter", "branch or subsidiary", "succursale ou filiale")
    ),
    "partner": Look("square", "#b84a00", "square", ("partner", "partner", "partenaire")),
    "person": Look("diamond", "#9a4a78", "diamond", ("persoon", "person", "personne")),
    "market": Look("hexagon", "#00735a", "triangle", ("markt", "market", "marché")),
    "mission": Look("triangle", "#8a6100", "triangle", ("missie", "mission", "mission")),
    "award": Look("star", "#6a4fb3", "diamond", ("prijs", "award", "prix")),
    "organization": Look(
        "pentagon", "#55606e", "square", ("andere organisatie", "other organization", "autre organisation")
    ),
}

_SAME = {"parent": "company", "subsidiary": "branch", "foreign-partner": "partner"}


def kind_of(kind: str) -> str:
    """The entry of `LOOKS` for a kind of node: chambers, agencies and the like are other organizations."""
    known = _SAME.get(kind, kind)
    return known if known in LOOKS else "organization"


def look(kind: str) -> Look:
    """How a kind of node is drawn."""
    return LOOKS[kind_of(kind)]


@dataclass(frozen=True)
class Stroke:
    """How a relation is drawn.

    Attributes:
        double: two lines.
        dashes: an SVG dash pattern, or an empty text.
    """

    double: bool
    dashes: str
    name: Words


STROKES: Mapping[str, Stroke] = {
    "ownership": Stroke(
        True, "", ("eigendom of vestiging", "ownership or branch", "propriété ou succursale")
    ),
    "partnership": Stroke(False, "", ("partner of markt", "partner or market", "partenaire ou marché")),
    "membership": Stroke(
        False, "1 5", ("functie, missie of prijs", "role, mission or award", "fonction, mission ou prix")
    ),
}
_LIKE = {"branch": "ownership", "engagement": "partnership", "mission": "membership", "award": "membership"}


def stroke_of(kind: str) -> str:
    """The entry of `STROKES` for a kind of relation."""
    return _LIKE.get(kind, kind)


@dataclass(frozen=True)
class Mark:
    """What an engagement ends in at its market: hollow for who wants to, filled for who does."""

    fill: str
    ring: str
    double: bool
    dashes: str
    name: Words


MARKS: Mapping[str, Mark] = {
    "targets": Mark(GROUND, ACCENT, False, "", ("wil exporteren", "wants to export", "veut exporter")),
    "entering": Mark("#8cc7c1", ACCENT, False, "", ("eerste stappen", "first steps", "premiers pas")),
    "active": Mark("#2c8984", "#2c8984", False, "", ("exporteert", "exports", "exporte")),
    "leading": Mark("#08403f", "#08403f", True, "", ("topmarkt", "best market", "marché principal")),
    "withdrawn": Mark(
        GROUND, "#767f8a", False, "2 2", ("vertrokken of voorbij", "left or over", "parti ou terminé")
    ),
}
