"""Networks as pictures."""

from graph.network.drawing.svg import svg

__all__ = ["svg"]
