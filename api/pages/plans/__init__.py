"""Missions and export plans that are drawn up from the graph: as pages, on paper, as tables, to write on in."""
