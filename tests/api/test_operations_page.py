"""What docs/operations.md says is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from api.logs.records import common
from api.metrics import Metrics
from graph.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
NUMBERS = {"s": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "Mi": 2**20, "": 1}


def test_every_setting_that_is_named_exists() -> None:
    known = {f"VERRE_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"VERRE_[A-Z_]+[A-Z]", PAGE))
    assert named <= known
    assert len(named) > 25


def test_every_metric_is_told_and_no_other() -> None:
    names = {
        metric.name + ("_total" if metric.type == "counter" else "")
        for metric in Metrics().registry.collect()
    }
    told = set(re.findall(r"verre_[a-z_]+[a-z]", PAGE))
    assert told == names


def test_the_limits_have_the_defaults_that_are_told() -> None:
    rows = re.findall(r"^\| (`VERRE_[^|]*) \| (\d[^|]*) \|", PAGE, re.MULTILINE)
    checked = 0
    for names, defaults in rows:
        settings = re.findall(r"VERRE_([A-Z_]+)", names)
        told = re.findall(r"(\d+) ?([A-Za-z]*)", defaults.partition(", and a")[0])
        for setting, (number, unit) in zip(settings, told, strict=True):
            default = Settings.model_fields[setting.lower()].default
            assert default == int(number) * NUMBERS.get(unit, 1), setting
            checked += 1
    assert checked >= 15


def test_every_field_of_a_line_is_told() -> None:
    scope = {"type": "http", "method": "GET", "state": {"request_id": "1"}, "headers": []}
    for name in (*common(scope), "status", "seconds", "bytes", "release", "problem", "broke", "key", "role"):
        assert f"`{name}`" in PAGE, name
