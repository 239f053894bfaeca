"""The page that documents the ontology for people: `docs/ontology/index.html`, and its class diagram.

`python -m graph.quality.docs` writes both; a test compares them with the ontology. pyLODE, which makes
the tables of terms, is a development dependency: this package is not imported by the rest.
"""
