"""The page on the ontology: up to date, complete, whole, and loading nothing from anywhere."""

import logging
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import RDF, SKOS
from rdflib.namespace import SH

from graph import resources
from graph.quality.docs import page as page_module
from graph.quality.docs.__main__ import main
from graph.quality.docs.model import LANGUAGES, code_lists, read, short
from graph.quality.docs.page import page
from graph.sources.vocabulary import vocabulary_files

COMMITTED = Path(__file__).parents[3] / "docs" / "ontology"
VOID = {"meta", "br", "rect", "path"}


@pytest.fixture(scope="module")
def html() -> str:
    return (COMMITTED / "index.html").read_text(encoding="utf-8")


def test_the_committed_files_are_what_the_ontology_gives(tmp_path: Path) -> None:
    """Made in a process with another hash seed: nothing depends on the order of a set."""
    subprocess.run(
        [sys.executable, "-m", "graph.quality.docs", str(tmp_path)],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONHASHSEED": "12345"},
        check=True,
        capture_output=True,
    )
    for name in ("index.html", "classes.svg"):
        made = (tmp_path / name).read_text(encoding="utf-8")
        committed = (COMMITTED / name).read_text(encoding="utf-8")
        assert made == committed, f"docs/ontology/{name} is old: run `python -m graph.quality.docs`"


def test_the_command_names_what_it_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path / "new")])
    files = [tmp_path / "new" / name for name in ("index.html", "classes.svg")]
    assert capsys.readouterr().out.splitlines() == [str(file) for file in files]
    assert all(file.is_file() for file in files)


def test_nothing_is_loaded_from_anywhere(html: str) -> None:
    assert not re.search(r"<(link|script|img|iframe|object|embed|base)\b|\bsrc=|url\(|@import", html)
    assert set(re.findall(r"\son\w+=", html)) == set()


def test_no_day_and_no_folder_of_this_machine_is_in_it(html: str) -> None:
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", html)
    assert str(Path(__file__).parents[3]) not in html


class Balance(HTMLParser):
    """Fails where a tag is closed that was not the last one opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if str(values.get("href", "")).startswith("#"):
            self.links.add(str(values["href"])[1:])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID, tag

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, (tag, self.getpos())


def test_the_page_is_whole_and_its_links_lead_somewhere(html: str) -> None:
    parser = Balance()
    parser.feed(html)
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    assert parser.links <= set(parser.ids)


def test_every_term_has_its_place_under_its_own_name(html: str) -> None:
    graph = read(resources.ontologies())
    for term in graph.subjects(RDF.type):
        name = short(term)
        if "://" not in name and ":" not in name:
            assert f'id="{name}"' in html, name


def test_every_code_and_every_rule_is_shown_in_three_languages(html: str) -> None:
    for scheme, members in code_lists(resources.ontologies()):
        assert f'id="code-{str(scheme).rpartition("/")[2]}"' in html
        assert members
    rows = re.findall(r"<tr><td><code>([\w-]+)</code></td>(.*)</tr>", html)
    codes = sum(len(members) for _, members in code_lists(resources.ontologies()))
    queries = len(list((resources.ontologies() / "hygiene").glob("*.rq")))
    shapes = page_module._shapes(resources.ontologies())
    assert len(rows) == codes + queries + len(shapes)
    for name, cells in rows:
        for language in LANGUAGES:
            (cell,) = re.findall(rf'<td lang="{language}">(.*?)</td>', cells)
            assert len(re.sub("<[^>]*>", "", cell)) > 2, name


def test_statuses_stand_in_their_order(html: str) -> None:
    section = html.partition('id="code-engagement-status"')[2].partition("</table>")[0]
    order = re.findall(r"<td><code>(\w+)</code>", section)
    assert order == ["withdrawn", "targets", "entering", "active", "leading"]


def test_text_is_escaped(html: str) -> None:
    assert "Chef d'entreprise <" not in html
    assert "Résultat d&#x27;un prix" in html


def test_making_the_page_leaves_logging_as_it_was() -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers), root.manager.disable)
    page(resources.ontologies())
    assert (root.level, list(root.handlers), root.manager.disable) == before


def test_a_page_of_another_form_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    page(resources.ontologies())  # imports pyLODE, quietly
    monkeypatch.setattr("pylode.profiles.ontpub.OntPub.make_html", lambda _: "<p>something else</p>")
    with pytest.raises(ValueError, match="another form"):
        page(resources.ontologies())


def test_the_parts_of_the_vocabulary_are_told_apart() -> None:
    codes = read(resources.ontologies(), "codelists")
    assert set(codes.subjects(RDF.type, SKOS.ConceptScheme))
    assert not set(codes.subjects(RDF.type, SH.NodeShape))
    modules = [file for file in vocabulary_files(resources.ontologies()) if file.parent.name == "modules"]
    assert len(read(resources.ontologies(), "modules")) > len(modules)
