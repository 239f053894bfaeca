"""What bounds a walk, and the errors that name what is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import InputError
from graph.network import RELATIONS, Limits
from graph.network.limits import MAX_DEPTH, Moment


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("relation", {"relations": ("friendship",)}),
        ("depth", {"depth": MAX_DEPTH + 1}),
        ("depth", {"depth": -1}),
        ("nodes", {"nodes": 0}),
        ("perRelation", {"per_relation": 0}),
    ],
)
def test_what_is_out_of_range_is_named(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        Limits(**given)
    (issue,) = caught.value.issues
    assert issue.name == name
    assert issue.value in {"friendship", "5", "-1", "0"}


def test_relations_come_nearest_first_with_their_numbers() -> None:
    assert Limits().caps == RELATIONS
    assert list(Limits(relations=("award", "branch")).caps) == ["branch", "award"]
    assert Limits(relations=("award", "branch"), per_relation=3).caps == {"branch": 3, "award": 3}


def test_a_day_that_is_asked_for_is_before_today_in_what_it_shows() -> None:
    today = date(2024, 6, 1)
    assert Moment.of(None, today) == Moment(today.toordinal(), past=False)
    assert Moment.of(date(2018, 2, 19), today) == Moment(date(2018, 2, 19).toordinal(), past=True)
