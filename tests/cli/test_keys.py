"""`verre keys`: a key is shown once, listed without its secret, and taken back by its id."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph.keys import Keys, Role
from tests.cli.conftest import Verre


def test_a_key_is_shown_once_and_alone_on_standard_output(verre: Verre, home: Path) -> None:
    made = verre("keys", "create", "analyst", "--note", "An Analyst")
    text = made.stdout.strip()
    assert made.exit_code == 0
    found = Keys(home).ring().find(text)
    assert found is not None
    assert (found.role, found.note, found.expires) == (Role.ANALYST, "An Analyst", None)
    listed = verre("keys", "list").stdout
    assert text not in listed
    assert [found.id, "analyst", "valid"] == listed.split()[:3]
    assert "An Analyst" in listed


@pytest.mark.parametrize("role", ["reader", "steward", "admin"])
def test_every_role_can_be_given(verre: Verre, home: Path, role: str) -> None:
    verre("keys", "create", role)
    assert Keys(home).list()[0].role.word == role


@pytest.mark.parametrize("role", ["anonymous", "root", "Reader", ""])
def test_other_roles_cannot(verre: Verre, home: Path, role: str) -> None:
    refused = verre("keys", "create", role)
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert "reader, analyst, steward, admin" in refused.stderr
    assert not home.exists()


def test_a_key_may_end_with_a_day_or_after_some(verre: Verre, home: Path) -> None:
    verre("keys", "create", "reader", "--expires", "2999-01-31")
    verre("keys", "create", "reader", "--expires", "90d")
    first, second = Keys(home).list()
    assert first.expires == datetime(2999, 2, 1, tzinfo=UTC)
    assert second.expires is not None
    assert abs(second.expires - datetime.now(UTC) - timedelta(days=90)) < timedelta(hours=1)
    assert "until 2999-02-01T00:00Z" in verre("keys", "list").stdout


@pytest.mark.parametrize("end", ["soon", "2018-02-19", "0d", "-3d", "2999-02-30", "9999-12-31"])
def test_other_ends_cannot_be_given(verre: Verre, home: Path, end: str) -> None:
    refused = verre("keys", "create", "reader", f"--expires={end}")
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert not (home / "keys.json").exists()


def test_a_key_is_taken_back(verre: Verre, home: Path) -> None:
    text = verre("keys", "create", "admin").stdout.strip()
    name = Keys(home).list()[0].id
    assert verre("keys", "revoke", name).exit_code == 0
    assert Keys(home).ring().find(text) is None
    assert "revoked" in verre("keys", "list").stdout
    assert verre("keys", "revoke", "nosuch").exit_code == 4


def test_a_damaged_file_is_told(verre: Verre, home: Path) -> None:
    verre("keys", "create", "reader")
    (home / "keys.json").write_text("{")
    for words in (("list",), ("create", "reader"), ("revoke", "x")):
        told = verre("keys", *words)
        assert told.exit_code == 7
        assert "no key opens anything" in told.stderr
