"""How `web/` is built: with a Node.js that is new enough, fetching nothing where nothing changed."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`web/build.py` with a folder of its own, a lock file of two packages, and an npm that is only noted."""
    found = importlib.util.spec_from_file_location("web_build", ROOT / "web" / "build.py")
    assert found is not None
    assert found.loader is not None
    made: Any = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    (tmp_path / "node_modules" / "a").mkdir(parents=True)
    (tmp_path / "node_modules" / "a" / "LICENSE").write_text("Copyright A")
    letters = tmp_path / "node_modules" / made.LETTERS
    (letters / "files").mkdir(parents=True)
    (letters / "files" / "a-b.woff2").write_bytes(b"wOF2")
    (letters / "wght.css").write_text(
        "@font-face { src: url(./files/a-b.woff2) format('woff2-variations'); }"
    )
    (letters / "wght-italic.css").write_text("/* slanted */")
    packages = """{"": {}, "node_modules/a": {"version": "1.0", "license": "MIT"},
        "node_modules/tool": {"version": "2.0", "license": "MIT", "dev": true}}"""
    (tmp_path / "package-lock.json").write_text(f'{{"packages": {packages}}}')
    made.WEB = made.BUILT = tmp_path
    made.of_the_machine = lambda: (tmp_path, ["npm"])
    made.asked = []

    def run(words: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        made.asked.append(words)
        return subprocess.CompletedProcess(words, made.code, "", "")

    made.code = 0
    monkeypatch.setattr(made.subprocess, "run", run)
    return made  # type: ignore[no-any-return]


CI = ["npm", "ci", "--loglevel=error"]
BUILD = ["npm", "run", "--silent", "build"]


def test_packages_are_fetched_only_where_the_lock_file_changed(build: Any) -> None:
    build.main("build")
    build.main("build")
    assert build.asked == [CI, BUILD, BUILD]
    lock = build.WEB / "package-lock.json"
    lock.write_text(lock.read_text() + " ")
    build.main("build")
    assert build.asked[3:] == [CI, BUILD]


def test_what_a_task_says_is_what_make_hears(build: Any) -> None:
    build.main("build")
    build.code = 3
    assert build.main("check") == 3


def test_the_licences_of_what_browsers_get_come_along(build: Any) -> None:
    build.main("build")
    assert (build.WEB / "licences.txt").read_text() == "a 1.0 (MIT)\n\nCopyright A\n"


def test_the_letters_come_along_under_names_that_the_server_finds(build: Any) -> None:
    build.main("build")
    assert (build.BUILT / "a-b.woff2").read_bytes() == b"wOF2"
    rules = (build.BUILT / "letters.css").read_text()
    assert "url(a-b.woff2)" in rules
    assert "slanted" in rules


def test_an_old_node_is_passed_over(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "v20.20.2"
    monkeypatch.setattr(
        build.subprocess, "run", lambda words, **_: subprocess.CompletedProcess(words, 0, told, "")
    )
    assert build.version("node") == (20, 20)
    assert build.version("node") < build.OLDEST
    told = "v24.19.0"
    assert build.version("node") >= build.OLDEST


def test_the_wheel_brings_node_and_npm(build: Any) -> None:
    folder, npm = build.of_the_wheel()
    assert (folder / "node").is_file()
    assert Path(npm[1]).is_file()
