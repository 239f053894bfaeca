"""Answers in other shapes than JSON: tables (CSV, XLSX) and triples (Turtle, JSON-LD)."""
