"""Spreadsheet in, spreadsheet out: rows of somebody's table, matched with the graph, their columns untouched."""
