"""What pages load beside the stylesheet of all: named by template, allowed by the policy, and left out where not built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.pages import assets, loads
from api.pages.face import Face
from api.pages.loads import PAGES, POLICY, SCRIPTED, Loads
from api.pages.render import render

TEMPLATES = Path(loads.__file__).parent / "templates"
ERROR: dict[str, Any] = {"status": 404, "headline": "x", "explain": "", "issues": [], "q": ""}


def test_every_page_that_loads_more_is_a_template_of_ours() -> None:
    assert list(PAGES) == sorted(PAGES)
    assert [name for name in PAGES if not (TEMPLATES / name).is_file()] == []


@pytest.mark.parametrize(
    "name", sorted({n for each in PAGES.values() for n in (*each.styles, *each.scripts)})
)
def test_every_file_is_there(name: str) -> None:
    assert assets.found(name), "web/ is not built: make test builds it"


def test_scripts_are_allowed_only_where_there_are_some() -> None:
    assert Loads(styles=("x.css",)).policy == POLICY
    assert Loads(scripts=("x.js",)).policy == SCRIPTED
    assert "script-src" not in POLICY
    assert loads.of("no-such.html").policy == POLICY


def test_a_page_names_its_files_in_order_and_does_without_what_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    more = Loads(styles=("no-such.css", "verre.css"), scripts=("no-such.js", "sparql.js"))
    monkeypatch.setattr(loads, "PAGES", {"error.html": more})
    text = render(Face("nl"), "error.html", ERROR).decode()
    assert text.count(f'<link rel="stylesheet" href="{assets.address("verre.css")}">') == 2
    assert text.count("<script") == 1
    assert f'<script type="module" src="{assets.found("sparql.js")}"></script>' in text
    assert "no-such" not in text
