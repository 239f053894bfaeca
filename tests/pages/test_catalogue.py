"""Every text in three languages: none missing, none unused, the same gaps in each."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from markupsafe import Markup

from api.pages import catalogue
from api.pages.catalogue import LANGUAGES, join, messages, translate
from api.pages.plans import booklet, exportplan
from api.pages.plans import words as plan_words
from api.pages.views import statements
from api.pages.views.errors import KNOWN
from api.pages.views.filters import BOXES
from graph import queries
from graph.model.statuses import RANK
from graph.network import RELATIONS

PAGES = Path(catalogue.__file__).parent
WEB = Path(__file__).parents[2] / "web"
SOURCES = [*PAGES.rglob("*.py"), *(PAGES / "templates").iterdir()]

LITERAL = re.compile(r"""(?:\bt|\btranslate)\(\s*(?:lang,\s*)?["']([\w.-]+)["']\s*[,)]""")
PLAIN = re.compile(r"""["']([a-z]+(?:\.[\w-]+)+)["']""")
SUGGESTED = ("company", "market", "mission", "person", "product", "source", "award")
WHOLE = {
    "status": (*RANK,),
    "fact": (*RANK,),
    "about.status": (*RANK,),
    "access.can": ("script", "keys", "size", "colour", "table", "words", "still", "type"),
    "access.lacks": ("source", "editor", "network"),
    "short": ("leading", "active", "entering", "targets"),
    "error": tuple(f"{status}.{part}" for status in (*KNOWN, 500) for part in ("title", "text")),
    "nav": ("exporters", "companies", "markets", "missions", "network", "statistics", "sources", "queries"),
    "sentence": ("any", "targets", "exports", "statuses"),
    "who": ("membership", "sector", "product", "municipality", "presence", "partner", "limburg", "all"),
    "area": ("yes", "no", "unknown", "elsewhere"),
    "market.kind": ("country", "region"),
    "language.own": LANGUAGES,
    "ontology": ("classes", "properties", "codes"),
    "join": ("or", "and"),
    "period": ("H1", "H2", "Q1", "Q2", "Q3", "Q4"),
    "filters": BOXES,
    "property": statements.ORDER,
    "parameter": tuple(sorted({p.name for name in queries.names() for p in queries.load(name).parameters})),
    "queries.hint": ("date", "iri", "market", "organization", "text"),
    "tree": ("subsidiary", "acquisition", "branch"),
    "order": ("name", "status", "municipality", "lastAttested"),
    "booklet": booklet.WORDS,
    "exportplan": (*exportplan.WORDS, *exportplan.PARTS, *(f"{part}.none" for part in exportplan.PARTS)),
    "exportplan.take": ("pdf", "docx", "json"),
    "plan": plan_words.KINDS,
    "family": (
        "parent",
        "subsidiary",
        "acquirer",
        "acquired",
        "investor",
        "investment",
        "branch",
        "head",
        "membership",
    ),
    "net.act": ("arrange", "closer", "fit", "full", "labels", "layers", "redo", "undo", "wider"),
    "net.kind": ("award", "branch", "company", "market", "mission", "organization", "partner", "person"),
    "net.line": ("broken", "dotted", "double", "solid"),
    "net.relation": (*RELATIONS,),
    "map": ("europe", "world"),
    "map.key": ("targets", "entering", "active"),
    "match.count": ("match", "check", "none", "empty"),
    "match.status": ("match", "check", "none", "empty"),
    "privacy.client": ("full", "short", "none"),
    "presence": ("branch", "subsidiary", "site"),
    "when": ("from", "from.article", "since", "since.article", "to", "to.article"),
    "suggest": (*SUGGESTED, "failed", "label", "many", "none", "one"),
    "screening": ("match", "ownerMatch", "noMatch", "notScreened"),
    "screening.again": ("age", "removed", "newer", "added"),
    "screening.feature": ("name", "weakAlias", "identifier", "country", "date", "kind"),
}
"""Families of keys whose last part is made at run time, with every part that can occur."""

OPTIONAL = ("column", "unit", "precision", "language", "state", "mission", "kind", "hits")
"""Families where the graph's own label stands in for a word that we do not have."""


def _text() -> str:
    return "\n".join(file.read_text("utf-8") for file in SOURCES if file.is_file())


@cache
def _scripts() -> str:
    return "\n".join(file.read_text("utf-8") for file in (WEB / "src").rglob("*.ts"))


def _of_the_script(key: str) -> bool:
    """Whether a script names the text, or makes its name from a kind of failure."""
    name = key.removeprefix("editor.").removeprefix("net.js.")
    return f'"{name.removeprefix("failed.")}"' in _scripts()


def used() -> set[str]:
    text = _text()
    keys = {key for key in messages("nl") if key.startswith(("editor.", "net.js.")) and _of_the_script(key)}
    keys |= set(LITERAL.findall(text)) | {key for key in PLAIN.findall(text) if key in messages("nl")}
    return keys | {f"{family}.{part}" for family, parts in WHOLE.items() for part in parts}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_missing(lang: str) -> None:
    missing = {key for key in used() if key not in messages(lang)}
    assert missing == set()


def test_nothing_is_unused() -> None:
    optional = {key for key in messages("nl") if key.partition(".")[0] in OPTIONAL}
    left = set(messages("nl")) - used() - optional
    assert left == set()


@pytest.mark.parametrize("family", OPTIONAL)
def test_optional_families_are_asked_for(family: str) -> None:
    asked = re.compile(rf"""(word\(["']{family}["']|f["']{family}\.\{{)""")
    assert asked.search(_text())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_the_same_keys_and_gaps(lang: str) -> None:
    def gaps(message: catalogue.Message) -> set[str]:
        forms = message.values() if isinstance(message, dict) else [message]
        return {gap for form in forms for gap in re.findall(r"\{(\w+)\}", form)}

    assert set(messages(lang)) == set(messages("nl"))
    for key, message in messages(lang).items():
        assert gaps(message) == gaps(messages("nl")[key]), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counted_texts_have_every_plural_form_of_their_language(lang: str) -> None:
    for key, message in messages(lang).items():
        if isinstance(message, dict):
            assert set(message) == set(catalogue.locale(lang).plural_form.tags | {"other"}), key


def test_no_text_is_left_in_another_language() -> None:
    same = {
        key for key in messages("nl") if messages("nl")[key] == messages("en")[key] == messages("fr")[key]
    }
    assert {key for key in same if not key.startswith("language.own.")} == {
        "company.going",
        "company.identifier.lei",
        "headline.none",
        "home.headline",
    }


def test_french_signs_stay_with_their_words() -> None:
    loose = re.compile("« | [:;?!»]")
    for key, message in messages("fr").items():
        forms = message.values() if isinstance(message, dict) else [message]
        assert not any(loose.search(form) for form in forms), key
    assert "\u00a0:" in translate("fr", "search.title", q="x")
    assert "\u00a0" not in translate("nl", "search.title", q="x")


def test_values_are_escaped_and_markup_is_not() -> None:
    assert translate("nl", "search.title", q="<b>") == "Zoeken: &lt;b&gt;"
    assert translate("nl", "search.title", q=Markup("<b>x</b>")) == "Zoeken: <b>x</b>"


@pytest.mark.parametrize(
    ("lang", "count", "words"),
    [
        ("nl", 1, "1 land"),
        ("nl", 2, "2 landen"),
        ("nl", 1234, "1.234 landen"),
        ("en", 0, "0 countries"),
        ("fr", 0, "0 pays"),
        ("fr", 1_000_000, "1 000 000 pays"),
    ],
)
def test_counts_take_the_right_form(lang: str, count: int, words: str) -> None:
    told = str(translate(lang, "count.countries", n=count))
    assert re.sub(r"\s", " ", told) == words


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a of b"), (["a", "b", "c"], "a, b of c")]
)
def test_lists_are_joined_as_people_do(items: list[str], words: str) -> None:
    assert join("nl", [Markup.escape(item) for item in items], "or") == words
