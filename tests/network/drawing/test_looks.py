"""Kinds and statuses are told apart by everybody: contrast, colour blindness, black and white."""

from __future__ import annotations

from itertools import combinations

import pytest

from graph.model.statuses import RANK
from graph.network import RELATIONS
from graph.network.drawing.looks import (
    GROUND,
    INK,
    LINE,
    LOOKS,
    MARKS,
    MUTED,
    STROKES,
    kind_of,
    look,
    stroke_of,
)

Colour = tuple[float, float, float]

# Machado, Oliveira and Fernandes 2009, severity 1: what people see who lack one of the three cones.
BLIND = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> Colour:
    """Of an sRGB colour, each part in linear light."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, blindness: str) -> Colour:
    parts = linear(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, parts, strict=True)))) for row in BLIND[blindness]
    )
    return red, green, blue


def test_words_and_lines_stand_out_from_the_ground() -> None:
    assert contrast(INK, GROUND) >= 7
    assert contrast(MUTED, GROUND) >= 4.5
    assert contrast(LINE, GROUND) >= 3


@pytest.mark.parametrize("kind", LOOKS)
def test_every_shape_stands_out_from_the_ground(kind: str) -> None:
    assert contrast(LOOKS[kind].colour, GROUND) >= 3


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_has_a_ring_that_stands_out(mark: str) -> None:
    assert contrast(MARKS[mark].ring, GROUND) >= 3


@pytest.mark.parametrize("blindness", BLIND)
def test_who_lacks_a_colour_still_has_the_shape_and_mostly_the_colour(blindness: str) -> None:
    for (one, a), (other, b) in combinations(LOOKS.items(), 2):
        assert a.shape != b.shape, (one, other)
    told = {
        frozenset((one, other))
        for (one, a), (other, b) in combinations(LOOKS.items(), 2)
        if max(abs(x - y) for x, y in zip(seen(a.colour, blindness), seen(b.colour, blindness), strict=True))
        > 0.03
    }
    for pair in (("company", "partner"), ("company", "person"), ("partner", "market"), ("mission", "person")):
        assert frozenset(pair) in told, pair


def test_statuses_grow_darker_the_stronger_they_are() -> None:
    order = ["targets", "entering", "active", "leading"]
    light = [luminance(MARKS[status].fill) for status in order]
    assert light == sorted(light, reverse=True)
    assert MARKS["targets"].fill == MARKS["withdrawn"].fill == GROUND  # hollow
    assert MARKS["withdrawn"].dashes
    assert MARKS["leading"].double
    assert set(MARKS) == set(RANK)


def test_every_relation_has_a_line() -> None:
    assert {stroke_of(kind) for kind in RELATIONS} == set(STROKES)
    assert len({(stroke.double, stroke.dashes) for stroke in STROKES.values()}) == len(STROKES)
    assert stroke_of("branch") == stroke_of("ownership")


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [
        ("company", "company"),
        ("parent", "company"),
        ("subsidiary", "branch"),
        ("foreign-partner", "partner"),
        ("chamber", "organization"),
        ("", "organization"),
        ("<script>", "organization"),
    ],
)
def test_every_kind_is_drawn_as_something(kind: str, drawn: str) -> None:
    assert kind_of(kind) == drawn
    assert look(kind) is LOOKS[drawn]


def test_everything_in_the_legend_has_three_names() -> None:
    for names in [each.name for table in (LOOKS, STROKES, MARKS) for each in table.values()]:
        assert len(names) == 3
        assert all(name.strip() for name in names)
