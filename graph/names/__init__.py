"""Names of organizations, persons and things: normal forms, legal forms, transliteration, likeness.

Pure functions of text; no index, no file, no clock.
"""

from __future__ import annotations

from graph.names.folding import fold, words
from graph.names.legal_forms import without_legal_form
from graph.names.scripts import latin
from graph.names.similarity import Name, compare, name_of, similarity
from graph.names.sound import skeleton

__all__ = [
    "Name",
    "compare",
    "fold",
    "latin",
    "name_of",
    "similarity",
    "skeleton",
    "without_legal_form",
    "words",
]
