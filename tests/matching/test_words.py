"""Sentences: the same gaps in every language, and one for everything that is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import graph.matching
from graph.matching.words import SENTENCES, sentence

SOURCES = Path(graph.matching.__file__).parent.glob("*.py")
CODE = "\n".join(path.read_text("utf-8") for path in SOURCES if path.name != "words.py")
BUILT = ("standing.", "region.", "role.", "bond.")
"""Beginnings of keys that the code puts together."""


@pytest.mark.parametrize("key", SENTENCES)
def test_every_language_has_the_same_gaps(key: str) -> None:
    gaps = [set(re.findall(r"\{(\w+)\}", text)) for text in SENTENCES[key]]
    assert gaps[0] == gaps[1] == gaps[2]
    assert len({*SENTENCES[key]}) > 1 or key == "mission.to"


@pytest.mark.parametrize("key", SENTENCES)
def test_every_sentence_is_said_somewhere(key: str) -> None:
    assert f'"{key}"' in CODE or key.startswith(BUILT)


def test_whatever_is_said_has_a_sentence() -> None:
    said = set(re.findall(r'Say\(\s*"([a-z]+\.[a-z]+)"', CODE))
    assert len(said) > 40
    assert said <= SENTENCES.keys()


def test_a_piece_with_an_empty_gap_is_left_out() -> None:
    given = {"org": "A", "market": "B"}
    assert sentence("standing.left", "en", {**given, "when": ""}) == "A left this market: B"
    assert sentence("standing.left", "en", {**given, "when": "2016"}) == "A left this market: B in 2016"


def test_names_are_only_names() -> None:
    given = {"org": "{market} [x] %s", "market": "{org}"}
    assert sentence("place.in", "en", given) == "{market} [x] %s is there: {org}"
