"""The SPARQL editor: a stored question, one that is cut, links, completion, keyboard, no script, three languages."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from graph import queries
from tests.browser.conftest import DEADLINE, Watch
from tests.product.conftest import Server

pytestmark = pytest.mark.xdist_group("browser")

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TWO = 'SELECT ?a ?b WHERE { VALUES (?a ?b) { (10 "x") (9 <javascript:alert(1)>) } }'
HOSTILE = 'SELECT ?a WHERE { BIND("<img src=x onerror=alert(1)><script>alert(2)</script>" AS ?a) }'


def write(page: Page, text: str) -> None:
    """Replaces what stands in the editor, by keyboard."""
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def written(page: Page) -> str:
    """What stands in the editor."""
    return str(page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()"))


def test_a_stored_question_is_answered_as_a_table(page: Page, site: Server, pictures: Path) -> None:
    page.goto("/sparql?example=exporters")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("table.solutions")).to_be_visible()
    bindings = httpx.get(
        f"{site.url}/sparql", params={"query": queries.load("exporters").text, "format": "json"}
    ).json()["results"]["bindings"]
    assert len(bindings) > 5
    expect(page.locator("table.solutions tbody tr")).to_have_count(len(bindings))
    page.screenshot(path=pictures / "sparql-answer.png")


def test_a_query_that_is_cut_is_said_in_words_and_stays(page: Page, pictures: Path) -> None:
    page.goto("/sparql")
    write(page, ENDLESS)
    page.keyboard.press("Control+Enter")
    said = page.get_by_role("alert")
    expect(said).to_contain_text(f"longer than {DEADLINE} seconds")
    expect(said).to_contain_text("VERRE_QUERY_TIMEOUT")
    assert written(page) == ENDLESS
    expect(page.locator("table.solutions")).to_have_count(0)
    page.screenshot(path=pictures / "sparql-cut.png")


def test_a_query_that_cannot_be_read_is_said_with_its_place(page: Page) -> None:
    page.goto("/sparql")
    write(page, "SELECT WHERE")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("error at 1:13")
    assert written(page) == "SELECT WHERE"


def test_half_an_answer_is_not_shown(page: Page) -> None:
    def break_off(route: Route) -> None:
        half = '{"head":{"vars":["a"]},"results":{"bindings":[{"a":'
        route.fulfill(body=half, headers={"Content-Type": "application/sparql-results+json"})

    page.goto("/sparql")
    page.route(
        "**/sparql", lambda route: break_off(route) if route.request.method == "POST" else route.continue_()
    )
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("broke off")


def test_a_link_opens_the_same_query_and_answers_it(page: Page, context: BrowserContext) -> None:
    page.goto("/sparql")
    write(page, TWO)
    page.keyboard.press("Control+Enter")
    link = page.get_by_role("link", name="Link to this query").get_attribute("href")
    assert link is not None
    other = context.new_page()
    other.goto(link)
    expect(other.locator("table.solutions tbody tr")).to_have_count(2)
    assert written(other) == TWO


def test_another_language_keeps_what_one_wrote(page: Page) -> None:
    page.goto("/sparql")
    write(page, TWO)
    page.locator(".langs a[lang=fr]").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator(".CodeMirror")).to_be_visible()
    assert written(page) == TWO
    expect(page.locator("table.solutions")).to_have_count(0)


def test_columns_are_sorted_and_taken_away(page: Page, site: Server) -> None:
    page.goto("/sparql")
    write(page, TWO)
    page.keyboard.press("Control+Enter")
    cells = page.locator("table.solutions tbody td:first-child")
    expect(cells).to_have_text(["10", "9"])
    page.get_by_role("button", name="a", exact=True).click()
    expect(cells).to_have_text(["9", "10"])
    expect(page.locator("th").first).to_have_attribute("aria-sort", "ascending")
    href = page.get_by_role("link", name="Download CSV").get_attribute("href") or ""
    assert parse_qs(urlsplit(href).query) == {"query": [TWO], "format": ["csv"]}
    assert httpx.get(f"{site.url}{href}").text.splitlines() == ["a,b", "10,x", "9,javascript:alert(1)"]


def test_what_the_graph_says_stays_text(page: Page) -> None:
    page.goto("/sparql")
    write(page, HOSTILE)
    page.keyboard.press("Control+Enter")
    expect(page.locator("table.solutions td")).to_contain_text("<script>alert(2)</script>")
    assert page.locator("#answer img, #answer script").count() == 0
    write(page, TWO)
    page.keyboard.press("Control+Enter")
    expect(page.locator("table.solutions tbody tr")).to_have_count(2)
    assert page.locator("table.solutions a").count() == 0  # a `javascript:` IRI leads nowhere


def test_terms_and_prefixes_are_completed_from_this_server(page: Page, watch: Watch) -> None:
    with page.expect_response("**/.well-known/void"):
        page.goto("/sparql")
    write(page, "")
    page.keyboard.type("SELECT * WHERE { ?x a verre:ExportEng", delay=5)
    page.wait_for_function(
        "document.querySelector('.CodeMirror').CodeMirror.getValue().startsWith('PREFIX verre:')"
    )
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint").first).to_have_text("verre:ExportEngagement")
    page.keyboard.press("Enter")
    assert written(page).endswith("?x a verre:ExportEngagement")
    assert any(path.endswith("/.well-known/void") for path in watch.asked)


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/sparql")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(TWO)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("table.solutions")).to_be_visible()
    assert written(page) == TWO


def test_without_a_script_the_form_works(browser: Browser, site: Server) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site.url, locale="nl-BE")
    page = context.new_page()
    page.goto("/sparql")
    page.locator("textarea").fill("ASK {}")
    with page.expect_response("**/sparql?query=ASK*") as told:
        page.get_by_role("button", name="Vragen").click()
    assert told.value.status == 200
    assert told.value.json()["boolean"] is True
    context.close()


@pytest.mark.parametrize(
    ("lang", "button", "words"),
    [
        ("nl", "Vragen", "duurde langer dan"),
        ("en", "Ask", "took longer than"),
        ("fr", "Demander", "a duré plus de"),
    ],
)
def test_each_language_says_a_failure_in_its_words(page: Page, lang: str, button: str, words: str) -> None:
    def cut(route: Route) -> None:
        problem = '{"status":504,"detail":"stopped after 3 s","setting":"VERRE_QUERY_TIMEOUT"}'
        route.fulfill(status=504, body=problem, headers={"Content-Type": "application/problem+json"})

    page.goto(f"/sparql?lang={lang}")
    page.route("**/sparql", cut)
    page.locator("#run").click()
    expect(page.get_by_role("alert")).to_contain_text(words)
    assert page.locator("#run").inner_text() == button


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_lost_at_any_width(page: Page, scheme: str, pictures: Path) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/sparql?example=exporters")
        page.locator("#run").click()
        expect(page.locator("table.solutions")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.screenshot(path=pictures / f"sparql-{scheme}-{width}.png")


def test_the_script_stays_small(page: Page, watch: Watch, site: Server) -> None:
    page.goto("/sparql")
    scripts = [path for path in watch.asked if urlsplit(path).path.endswith(".js")]
    sizes = {path.rpartition("/")[2]: len(gzip.compress(httpx.get(path).content)) for path in scripts}
    print(f"JavaScript of /sparql, compressed: {sizes}")  # noqa: T201
    assert len(sizes) == 1
    assert sum(sizes.values()) < 250_000
    page.goto("/about")
    assert [path for path in watch.asked if path.endswith(".js")] == scripts
