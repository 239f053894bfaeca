"""Loading: whole or not at all, dated, and found again by index without going through the list."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from graph.errors import InputError, NoRoom, NotFound, SheetRefused, StoreError
from graph.screening import lists, loading
from graph.screening.jobs import Rules
from graph.screening.lists import SanctionsList
from graph.screening.loading import Order, load
from graph.screening.records import Subject
from graph.screening.screener import Screener
from graph.settings import Settings
from tests.screening.conftest import LISTS

RULES = Rules(0.7, 0.7, 20)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def screened(settings: Settings, *names: str) -> list[list[str]]:
    screener = Screener(settings.home, settings)
    subjects = [Subject((name,), "organization") for name in names]
    found = screener.screen(subjects, RULES)
    screener.close()
    return [[each["id"] for each in one.results] for one in found]


def test_a_list_says_what_it_is(settings: Settings) -> None:
    version = load(settings, Order(LISTS / "eu.xml", "eu", title="Invented Union"))
    assert version == lists.loaded(settings.home)[0]
    assert (version.dated, version.basis, version.entries, version.names) == ("2026-04-29", "file", 2, 3)
    assert (version.title, version.format, version.file) == ("Invented Union", "eu-xml", "eu.xml")
    assert version.day == date(2026, 4, 29)
    assert version.at.tzinfo is not None
    assert len(version.sha256) == 64


def test_a_day_that_is_given_comes_before_the_file_s(settings: Settings) -> None:
    version = load(settings, Order(LISTS / "eu.xml", "eu", day=date(2026, 1, 2)))
    assert (version.dated, version.basis) == ("2026-01-02", "given")
    assert load(settings, Order(LISTS / "entities.ftm.json", "f")).basis == "latestChange"


def test_a_file_without_a_day_needs_one(settings: Settings) -> None:
    with pytest.raises(InputError, match="which day") as caught:
        load(settings, Order(LISTS / "sdn.csv", "ofac"))
    assert caught.value.issues[0].name == "date"
    assert lists.loaded(settings.home) == ()


def test_a_broken_file_leaves_the_old_list_and_no_draft(settings: Settings, tmp_path: Path) -> None:
    before = load(settings, Order(LISTS / "entities.ftm.json", "one"))
    broken = tmp_path / "broken.json"
    broken.write_bytes((LISTS / "entities.ftm.json").read_bytes() + b"{")
    with pytest.raises(SheetRefused, match="stays"):
        load(settings, Order(broken, "one"))
    assert lists.loaded(settings.home) == (before,)
    assert [path.name for path in lists.folder(settings.home).iterdir()] == ["one.sqlite"]
    assert screened(settings, "Vymyshlennaya Stal") == [["fict-steel"]]


def test_a_disk_that_takes_nothing_leaves_the_old_list(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load(settings, Order(LISTS / "eu.xml", "one"))

    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(loading, "sync_folder", full)
    monkeypatch.setattr(Path, "replace", lambda *_: full(Path()))
    with pytest.raises(NoRoom):
        load(settings, Order(LISTS / "un.xml", "one"))
    assert lists.loaded(settings.home) == (before,)


@pytest.mark.parametrize("name", ["../up", "", "A", "a/b", "a" * 65, ".hidden"])
def test_a_name_is_no_path(settings: Settings, name: str) -> None:
    with pytest.raises(InputError, match="cannot be called"):
        load(settings, Order(LISTS / "eu.xml", name))


def test_files_that_are_not_there_or_too_large_are_refused(settings: Settings) -> None:
    with pytest.raises(InputError, match="no such file"):
        load(settings, Order(LISTS / "none.xml", "eu"))
    with pytest.raises(SheetRefused) as caught:
        load(Settings(home=settings.home, screening_list_bytes=100), Order(LISTS / "eu.xml", "eu"))
    assert caught.value.setting == "screening_list_bytes"


def test_a_list_without_entries_is_refused(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"id":"a","schema":"Address","properties":{}}\n', "utf-8")
    with pytest.raises(InputError, match="no entry"):
        load(settings, Order(file, "empty", day=date(2026, 1, 1)))


def test_what_is_no_list_of_ours_is_told(settings: Settings) -> None:
    folder = lists.folder(settings.home)
    folder.mkdir(parents=True)
    (folder / "bad.sqlite").write_bytes(b"no database")
    with pytest.raises(StoreError, match="no sanctions list"):
        lists.loaded(settings.home)
    load(settings, Order(LISTS / "eu.xml", "bad"))
    database = sqlite3.connect(folder / "bad.sqlite")
    database.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
    database.commit()
    database.close()
    with pytest.raises(StoreError, match="another version"):
        lists.loaded(settings.home)


def test_lists_are_removed_by_name(settings: Settings) -> None:
    load(settings, Order(LISTS / "eu.xml", "eu"))
    lists.remove(settings.home, "eu")
    assert lists.loaded(settings.home) == ()
    with pytest.raises(NotFound):
        lists.remove(settings.home, "eu")


def test_a_screener_sees_a_list_that_was_loaded_or_removed_since(settings: Settings) -> None:
    load(settings, Order(LISTS / "eu.xml", "one"))
    screener = Screener(settings.home, settings)
    steel = Subject(("Vymyshlennaya Stal",), "organization")
    assert not screener.screen([steel], RULES)[0].results
    load(settings, Order(LISTS / "entities.ftm.json", "one"))
    assert screener.screen([steel], RULES)[0].matches
    lists.remove(settings.home, "one")
    assert screener.versions() == ()
    with pytest.raises(InputError, match="no such sanctions list"):
        screener.screen([steel], Rules(0.7, 0.7, 20, ("one",)))
    screener.close()


def test_candidates_are_found_by_index_and_bounded(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "many.json"
    common = "".join(
        f'{{"id":"e{n}","schema":"Company","properties":{{"name":["Imaginary Trading {n:05}"]}}}}\n'
        for n in range(3000)
    )
    rare = '{"id":"rare","schema":"Company","properties":{"name":["Imaginary Kwizzelwurst"]}}\n'
    file.write_text(common + rare, "utf-8")
    load(settings, Order(file, "many", day=date(2026, 1, 1)))
    opened = SanctionsList(lists.path_of(settings.home, "many"))
    found = opened.candidates(Subject(("Kwizelwurst Imaginary",)), 5, 50_000)
    assert opened.entry(found[0]).id == "rare"
    assert len(found) == 5
    few = opened.candidates(Subject(("Kwizelwurst Imaginary",)), 5, 100)
    assert [opened.entry(number).id for number in few] == ["rare"]
    plan = " ".join(
        str(row)
        for row in sqlite3.connect(opened_path(settings)).execute(
            "EXPLAIN QUERY PLAN SELECT p.entry FROM json_each('[1]') k CROSS JOIN posting p ON p.word = k.value"
        )
    )
    assert "SEARCH p USING PRIMARY KEY" in plan
    opened.close()


def opened_path(settings: Settings) -> Path:
    return lists.path_of(settings.home, "many")
