"""A map of the world as SVG: marks on countries, with names that lie on nothing.

`draw` is all that a page needs; `templates/worldmap.html` writes what it gives. The shapes are built by `web/`
into one file; a page does without the map where that was not built.
"""

from __future__ import annotations

from api.pages.worldmap.drawing import Drawing, Land, draw
from api.pages.worldmap.marks import Mark, Seat
from api.pages.worldmap.panel import Panel

__all__ = ["Drawing", "Land", "Mark", "Panel", "Seat", "draw"]
