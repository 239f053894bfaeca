"""Keys: made once, kept as hashes, lost by nobody, and worth nothing once they end."""

from __future__ import annotations

import json
import os
import secrets
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph import keys as module
from graph.errors import InputError, Locked, NotFound, StoreError
from graph.keys import ROLES, Keys, Ring, Role, split
from graph.store.locks import WriterLock


def test_each_role_may_do_what_those_before_it_may() -> None:
    assert Role.ANONYMOUS < Role.READER < Role.ANALYST < Role.STEWARD < Role.ADMIN
    assert ROLES == ("reader", "analyst", "steward", "admin")


def test_there_is_no_key_until_somebody_makes_one(tmp_path: Path) -> None:
    ring = Keys(tmp_path / "nowhere").ring()
    assert ring == Ring()
    assert not ring.any_writer()
    for text in ("", "verre", "verre__", f"verre_{'0' * 8}_", f"verre_{'0' * 8}_{'0' * 64}", "admin"):
        assert ring.find(text) is None


def test_a_key_opens_what_its_role_says_and_its_secret_is_kept_nowhere(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    key, text = keys.create(Role.ANALYST, "An Analyst")
    name, secret = split(text)
    assert (name, len(secret)) == (key.id, 64)
    found = keys.ring().find(text)
    assert found is not None
    assert (found.role, found.note) == (Role.ANALYST, "An Analyst")
    written = keys.path.read_text()
    assert secret not in written
    assert name in written
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys.json", "keys.lock"]


def test_the_same_secret_gives_another_hash_in_another_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keys(tmp_path)
    tokens = iter(
        ["s" * 64, "0" * 31 + "1", "aaaaaaaa", "f" * 16, "s" * 64, "0" * 31 + "2", "bbbbbbbb", "e" * 16]
    )
    monkeypatch.setattr(secrets, "token_hex", lambda _: next(tokens))
    one, two = keys.create(Role.READER)[0], keys.create(Role.READER)[0]
    assert one.hash != two.hash


def test_an_id_is_never_given_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = Keys(tmp_path)
    tokens = iter(
        ["1" * 64, "1" * 32, "aaaaaaaa", "f" * 16, "2" * 64, "2" * 32, "aaaaaaaa", "bbbbbbbb", "e" * 16]
    )
    monkeypatch.setattr(secrets, "token_hex", lambda _: next(tokens))
    assert [keys.create(Role.READER)[0].id for _ in range(2)] == ["aaaaaaaa", "bbbbbbbb"]


@pytest.mark.parametrize("change", ["secret", "name", "prefix", "longer", "shorter", "other"])
def test_a_key_that_is_a_little_different_opens_nothing(tmp_path: Path, change: str) -> None:
    keys = Keys(tmp_path)
    key, text = keys.create(Role.ADMIN)
    other = keys.create(Role.READER)[0]
    secret = split(text)[1]
    wrong = {
        "secret": f"verre_{key.id}_{'0' * 64}",
        "name": f"verre_{'f' * 8}_{secret}",
        "prefix": f"Verre_{key.id}_{secret}",
        "longer": f"{text}0",
        "shorter": text[:-1],
        "other": f"verre_{other.id}_{secret}",
    }[change]
    assert keys.ring().find(wrong) is None
    assert keys.ring().find(text) is not None


def test_odd_texts_are_no_keys_and_no_faults(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    key = keys.create(Role.READER)[0]
    for secret in ("\udcff", "é" * 64, "\0", "a" * 100_000):
        assert keys.ring().find(f"verre_{key.id}_{secret}") is None


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    for _ in range(2):
        keys.create(Role.READER)
        assert stat.S_IMODE(keys.path.stat().st_mode) == 0o600


def test_a_key_ends_when_it_says(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    end = datetime.now(UTC) + timedelta(days=1)
    key, text = keys.create(Role.STEWARD, expires=end)
    ring = keys.ring()
    assert ring.find(text, end - timedelta(seconds=1)) is not None
    assert ring.find(text, end) is None
    assert ring.any_writer(end - timedelta(seconds=1))
    assert not ring.any_writer(end)
    assert (key.state(end - timedelta(seconds=1)), key.state(end)) == ("valid", "expired")


def test_a_revoked_key_stays_listed_and_opens_nothing(tmp_path: Path) -> None:
    keys = Keys(tmp_path)
    key, text = keys.create(Role.STEWARD)
    keys.create(Role.ANALYST)
    assert keys.ring().any_writer()
    revoked = keys.revoke(key.id).revoked
    assert keys.ring().find(text) is None
    assert not keys.ring().any_writer()
    assert [each.state(datetime.now(UTC)) for each in keys.list()] == ["revoked", "valid"]
    assert keys.revoke(text).revoked == revoked


def test_a_key_that_is_not_there_cannot_be_revoked(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nosuch"):
        Keys(tmp_path).revoke("nosuch")


def test_another_process_sees_what_changed(tmp_path: Path) -> None:
    writer, reader = Keys(tmp_path), Keys(tmp_path)
    assert reader.ring().keys == {}
    key, text = writer.create(Role.READER)
    assert reader.ring().find(text) is not None
    assert reader.ring() is reader.ring()
    writer.revoke(key.id)
    assert reader.ring().find(text) is None
    writer.path.unlink()
    assert reader.ring().keys == {}


def test_keys_made_at_once_are_all_kept(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: Keys(tmp_path).create(Role.READER), range(16)))
    assert {key.id for key, _ in made} == set(Keys(tmp_path).ring().keys)
    assert all(Keys(tmp_path).ring().find(text) for _, text in made)


def test_processes_that_make_keys_at_once_lose_none(tmp_path: Path) -> None:
    code = "import sys, pathlib; from graph.keys import Keys, Role; [Keys(pathlib.Path(sys.argv[1])).create(Role.READER) for _ in range(5)]"
    running = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)]) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert len(Keys(tmp_path).list()) == 15


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAIT", 0.01)
    with WriterLock(tmp_path / "keys.lock"), pytest.raises(Locked):
        Keys(tmp_path).create(Role.READER)


DAMAGE = ["", "{", "[]", '{"keys": 1}', '{"keys": [{}]}', '{"more": []}', "\x00", '{"keys": [], "keys2": []}']


@pytest.mark.parametrize("content", DAMAGE)
def test_a_damaged_file_lets_nobody_in_and_is_left_alone(tmp_path: Path, content: str) -> None:
    keys = Keys(tmp_path)
    keys.create(Role.ADMIN)
    keys.path.write_text(content)
    for use in (keys.ring, keys.list, lambda: keys.create(Role.READER), lambda: keys.revoke("x")):
        with pytest.raises(StoreError, match="no key opens anything"):
            use()
    assert keys.path.read_text() == content


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("role", 9),
        ("role", "admin"),
        ("hash", "x"),
        ("salt", ""),
        ("id", "../x"),
        ("created", "soon"),
        ("expires", "never"),
    ],
)
def test_a_damaged_key_is_a_damaged_file(tmp_path: Path, name: str, value: object) -> None:
    keys = Keys(tmp_path)
    keys.create(Role.ADMIN)
    told = json.loads(keys.path.read_text())
    told["keys"][0][name] = value
    keys.path.write_text(json.dumps(told))
    with pytest.raises(StoreError):
        keys.ring()


def test_a_file_that_cannot_be_read_is_no_empty_one(tmp_path: Path) -> None:
    (tmp_path / "keys.json").mkdir()
    with pytest.raises(StoreError):
        Keys(tmp_path).ring()
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StoreError):
        Keys(tmp_path / "home").ring()
    with pytest.raises(StoreError) as caught:
        Keys(tmp_path / "home").create(Role.READER)
    assert caught.value.setting == "VERRE_HOME"


def test_a_write_that_fails_leaves_the_keys_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keys(tmp_path)
    text = keys.create(Role.READER)[1]

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keys.create(Role.READER)
    assert keys.ring().find(text) is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys.json", "keys.lock"]


@pytest.mark.parametrize(
    ("role", "note", "days"),
    [
        (Role.ANONYMOUS, "", 1),
        (Role.READER, "two\nlines", 1),
        (Role.READER, "x" * 201, 1),
        (Role.READER, "", -1),
    ],
)
def test_what_no_key_can_be(tmp_path: Path, role: Role, note: str, days: int) -> None:
    with pytest.raises(InputError):
        Keys(tmp_path).create(role, note, datetime.now(UTC) + timedelta(days=days))
    assert not (tmp_path / "keys.json").exists()
