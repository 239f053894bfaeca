"""How texts are compared: as `graph.names` folds them."""

from __future__ import annotations

from graph.names.folding import fold

__all__ = ["fold"]
