"""docs/data.md tells of every table, with its key, and of nothing that is gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.data.tables import FACTS, REFERENCE, table
from tests.data.test_integrity import KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "data.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE, re.MULTILINE))


def test_every_table_has_its_row_and_no_other() -> None:
    assert set(ROWS) == set(FACTS) | set(REFERENCE)


@pytest.mark.parametrize("name", FACTS)
def test_the_key_is_the_one_that_is_tested(name: str) -> None:
    told = {column.strip() for column in ROWS[name].rsplit("|", 1)[1].split(",")}
    assert told == {"role" if column == "role_en" else column for column in KEYS[name]}


def test_the_next_free_source_number_is_told() -> None:
    last = max(row["source_id"] for row in table("sources"))
    assert f"(`s{int(last[1:]) + 1}`)" in PAGE


@pytest.mark.parametrize("status", ["targets", "entering", "active", "leading", "withdrawn"])
def test_every_status_is_explained(status: str) -> None:
    assert f"`{status}`:" in PAGE


def test_numbers_that_are_told_are_right() -> None:
    assert f"the {len(table('municipalities'))} municipalities" in PAGE
    groups = [row for row in table("regions") if not row["m49"]]
    assert len(groups) == 10
    assert "ten groups" in PAGE
