"""How often `match: true` is right, on noisy rows of the real data. It must never be wrong."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date

import pytest

from graph.index import Index
from graph.reconciliation import entities, matching
from graph.reconciliation.queries import Query, Value, clean
from tests.reconciliation import noise

TODAY = date(2026, 1, 1)
ROWS = 900
"""Rows of the table that are asked, drawn with the seed of the rules."""


def _query(row: noise.Row) -> Query:
    return Query(clean(row.text), values={name: (Value(text),) for name, text in row.values.items()})


def test_a_match_that_is_said_to_be_sure_is_never_wrong(
    index: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = random.Random(noise.SEED).sample(list(noise.rows()), ROWS)
    known = entities.identify(index.shaper("en", TODAY), {f"organization/x/{row.means}" for row in rows})
    told: dict[str, Counter[str]] = defaultdict(Counter)
    wrong = []
    for start in range(0, ROWS, 50):
        part = rows[start : start + 50]
        for row, own in zip(
            part, matching.match(index, [_query(row) for row in part], "en", TODAY), strict=True
        ):
            means = known.get(f"organization/x/{row.means}") if row.means else None
            first = own[0] if own else None
            told[row.rule]["rows"] += 1
            told[row.rule]["first"] += first is not None and first.entity == means
            if first is not None and first.match:
                told[row.rule]["sure"] += 1
                if first.entity != means:
                    wrong.append((row, first.entity.name))
    with capsys.disabled():
        print(f"\n{'rule':40} rows first sure")  # noqa: T201
        for rule, counts in sorted(told.items()):
            print(f"{rule:40} {counts['rows']:4} {counts['first']:5} {counts['sure']:4}")  # noqa: T201
        sure = sum(counts["sure"] for counts in told.values())
        print(f"{'all':40} {ROWS:4}       {sure:4}, wrong {len(wrong)}")  # noqa: T201
    assert not wrong
    spelled = [told[rule] for rule in ("as it is", "capitals", "direction marks", "with NV")]
    assert all(counts["sure"] == counts["rows"] > 0 for counts in spelled)
    assert set(told) >= {"with GmbH", "a word more", "another last word, in its place"}
