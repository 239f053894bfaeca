"""Precision and recall on the table of `noisy`, printed; and by rule, so that a weak one shows."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date

import orjson
import pytest

from graph.screening import loading
from graph.screening.jobs import Rules
from graph.screening.screener import Screener
from graph.settings import Settings
from tests.screening.extra.noisy import Row, entries, rows

PRECISION, RECALL = 0.97, 0.95


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    folder = tmp_path_factory.mktemp("table")
    file = folder / "invented.json"
    lines = []
    for entry in entries():
        dated = "birthDate" if entry.schema == "Person" else "incorporationDate"
        properties = {
            "name": entry.names,
            "country": entry.countries,
            dated: entry.dates,
            "registrationNumber": entry.identifiers,
        }
        lines.append(orjson.dumps({"id": entry.id, "schema": entry.schema, "properties": properties}))
    file.write_bytes(b"\n".join(lines))
    settings = Settings(home=folder)
    loading.load(settings, loading.Order(file, "invented", day=date(2026, 5, 1)))
    return Screener(folder, settings)


def _matched(screener: Screener, row: Row, threshold: float) -> list[str]:
    (found,) = screener.screen([row.subject], Rules(threshold, threshold, 20))
    return [each["id"] for each in found.results]


def test_precision_and_recall_on_the_table(screener: Screener, capsys: pytest.CaptureFixture[str]) -> None:
    table = list(rows())
    assert len(table) >= 150
    assert sum(row.expected is None for row in table) >= 50
    right = wrong = missed = 0
    faults: Counter[str] = Counter()
    for row in table:
        found = _matched(screener, row, 0.7)
        hit = row.expected in found
        others = len([each for each in found if each != row.expected])
        right += hit
        missed += row.expected is not None and not hit
        wrong += others
        if others or (row.expected is not None and not hit):
            faults[f"{'missed' if not others else 'wrong'}: {row.rule}: {row.subject.names[0]} {found}"] += 1
    precision, recall = right / (right + wrong), right / (right + missed)
    told = f"screening, {len(table)} rows at threshold 0.7: precision {precision:.3f}, recall {recall:.3f}"
    with capsys.disabled():
        sys.stdout.write(
            "\n".join(("", told, *(f"  {count} {fault}" for fault, count in faults.items()), ""))
        )
    assert precision >= PRECISION
    assert recall >= RECALL
