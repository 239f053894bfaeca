"""Names lie on nothing, stay in the picture, and stand nearest to their own mark."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from api.pages.worldmap.labels import Label, Text, Type, place

ROOM = (400.0, 200.0)
TYPE = Type(12.0, 10.0)
Box = tuple[float, float, float, float]


def meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] - 0.11 and b[0] < a[2] - 0.11 and a[1] < b[3] - 0.11 and b[1] < a[3] - 0.11


def boxes(circles: np.ndarray) -> list[Box]:
    return [(x - r, y - r, x + r, y + r) for x, y, r in circles.tolist()]


def check(found: list[Label], circles: np.ndarray) -> None:
    drawn = [label.box for label in found]
    for n, box in enumerate(drawn):
        assert box[0] >= 0
        assert box[1] >= 0
        assert box[2] <= ROOM[0]
        assert box[3] <= ROOM[1]
        assert not any(meet(box, other) for other in drawn[:n] + drawn[n + 1 :])
        assert not any(meet(box, mark) for mark in boxes(circles))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(8, 392), st.floats(8, 192), st.floats(2, 8)), min_size=1, max_size=14),
    st.booleans(),
)
def test_names_lie_on_nothing(found: list[tuple[float, float, float]], far: bool) -> None:
    circles = np.array(found)
    texts = [Text(n, f"Land {n}", "filiaal" if n % 3 == 0 else "", str(n)) for n in range(len(found))]
    check(place(texts, circles, ROOM, TYPE, far=far), circles)


def test_a_lonely_mark_has_its_name_at_its_right() -> None:
    (label,) = place([Text(0, "Japan")], np.array([[100.0, 100.0, 6.0]]), ROOM, TYPE)
    assert (label.anchor, label.leader) == ("start", None)
    assert 106 < label.x < 112


def test_at_the_edge_it_stands_at_the_left() -> None:
    (label,) = place([Text(0, "Nieuw-Zeeland")], np.array([[390.0, 100.0, 6.0]]), ROOM, TYPE)
    assert label.anchor == "end"


def test_the_first_finds_a_place_first_and_a_line_leads_to_what_stands_far() -> None:
    circles = np.array([[190.0 + 9 * (n % 5), 90.0 + 9 * (n // 5), 4.0] for n in range(25)])
    texts = [Text(n, f"Eiland {n}") for n in range(25)]
    near, far = place(texts, circles, ROOM, TYPE), place(texts, circles, ROOM, TYPE, far=True)
    assert len(near) < len(far)
    assert any(label.leader for label in far)
    assert all(
        label.leader is None or np.hypot(*np.subtract(label.leader[:2], label.leader[2:])) > 5
        for label in far
    )


def test_a_name_is_nobody_elses() -> None:
    circles = np.array([[100.0, 100.0, 6.0], [120.0, 103.0, 6.0]])
    for label in place([Text(0, "Thailand"), Text(1, "Vietnam")], circles, ROOM, TYPE):
        left, top, right, bottom = label.box
        away = [
            np.hypot(max(left - x, x - right, 0), max(top - y, y - bottom, 0)) for x, y, _ in circles.tolist()
        ]
        assert int(np.argmin(away)) == label.text.at


def test_names_keep_clear_of_lines_where_they_can() -> None:
    circle = np.array([[100.0, 100.0, 6.0]])
    line = np.array([[110.0 + 4 * n, 100.0] for n in range(20)])
    (free,) = place([Text(0, "Japan")], circle, ROOM, TYPE)
    (clear,) = place([Text(0, "Japan")], circle, ROOM, TYPE, lines=line)
    assert free.anchor == "start"
    assert clear.box != free.box
