"""`docs/sheets.md` says what the tables are, and its examples are read."""

from __future__ import annotations

import re
from pathlib import Path

from graph.settings import Settings
from graph.sources.importer import import_sheets
from graph.sources.sheet_docs import BEGIN, END, tables_section, updated
from graph.sources.tables import TABLES
from tests.sources.sheets import MINTER, as_csv, options

PAGE = Path(__file__).parents[2] / "docs" / "sheets.md"


def test_the_page_is_up_to_date() -> None:
    """To mend it: write `updated(page)` into it."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == updated(page)


def test_only_the_part_between_the_marks_is_written() -> None:
    assert updated(f"before\n{BEGIN}\nold\n{END}\nafter\n") == f"before\n{tables_section()}\nafter\n"


def test_every_table_and_column_is_on_it() -> None:
    section = tables_section()
    for table in TABLES:
        assert f"### `{table.name}` (" in section
        for column in table.columns:
            star = " *" if column.required else ""
            assert f"| `{column.name}`{star} |" in section


def test_limits_that_it_names_are_settings() -> None:
    named = set(re.findall(r"VERRE_(\w+)", PAGE.read_text(encoding="utf-8")))
    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_its_examples_are_sheets(tmp_path: Path) -> None:
    organizations, markets, dutch = re.findall(
        r"```csv\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    source = {"source_id": "ledenblad", "publisher": "Kamer", "title": "Leden"}
    for name, text in (("english", markets), ("dutch", dutch)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "sources.csv").write_text(as_csv([source]), encoding="utf-8")
        (folder / "organizations.csv").write_text(organizations, encoding="utf-8")
        (folder / "markets.csv").write_text(text, encoding="utf-8")
        result = import_sheets([folder], options())
        assert result.problems == []
        said = " ".join(map(str, result.graphs[MINTER.source_graph("ledenblad")]))
        assert "engagement-status/targets" in said
        assert "be/0403170701" in said
