"""Matchmaking: who fits whom and why, from a bounded piece of the graph (docs/matching.md)."""

from __future__ import annotations

from graph.matching.features import FEATURES, KINDS, Feature
from graph.matching.matcher import Answer, Matcher, match
from graph.matching.question import Bounds, Question, check, check_weights

__all__ = [
    "FEATURES",
    "KINDS",
    "Answer",
    "Bounds",
    "Feature",
    "Matcher",
    "Question",
    "check",
    "check_weights",
    "match",
]
